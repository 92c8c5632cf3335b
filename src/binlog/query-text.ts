import { sqlTokens } from './sql-tokens.ts';

export { maskSecrets } from './mask-secrets.ts';
export { tablesNamed } from './tables-named.ts';

/** What a statement means to the transaction it stands in. */
export type QueryClass =
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'xa-start'
  | 'xa-end'
  | 'xa-prepare'
  | 'xa-commit'
  | 'xa-rollback'
  | 'savepoint'
  | 'other';

const XA: Readonly<Record<string, QueryClass>> = {
  START: 'xa-start',
  BEGIN: 'xa-start',
  END: 'xa-end',
  PREPARE: 'xa-prepare',
  COMMIT: 'xa-commit',
  ROLLBACK: 'xa-rollback',
};

/** First letters of BEGIN, COMMIT, ROLLBACK and RELEASE, SAVEPOINT and START, XA, or of a comment. */
const MAY_MATTER = /^[bcrsx\s/#(-]/i;

/** The first `count` words, in upper case; fewer where something else comes before. */
const leadingWords = (sql: string, count: number): readonly string[] => {
  const words: string[] = [];
  for (const { kind, start, end } of sqlTokens(sql)) {
    if (kind === 'comment') continue;
    if (kind !== 'word' || words.push(sql.slice(start, end).toUpperCase()) === count) break;
  }
  return words;
};

/**
 * The class of a statement by its first words, in any case, whatever comments stand before or
 * between. A text that was cut after some words is enough.
 */
export const classifyQuery = (sql: string): QueryClass => {
  if (sql === 'BEGIN') return 'begin';
  if (sql === 'COMMIT') return 'commit';
  if (!MAY_MATTER.test(sql)) return 'other';
  const [first, second = '', third = ''] = leadingWords(sql, 3);
  switch (first) {
    case 'BEGIN':
      return 'begin';
    case 'START':
      return second === 'TRANSACTION' ? 'begin' : 'other';
    case 'COMMIT':
      return 'commit';
    case 'ROLLBACK':
      return second === 'TO' || (second === 'WORK' && third === 'TO') ? 'savepoint' : 'rollback';
    case 'SAVEPOINT':
      return 'savepoint';
    case 'RELEASE':
      return second === 'SAVEPOINT' ? 'savepoint' : 'other';
    case 'XA':
      return XA[second] ?? 'other';
    default:
      return 'other';
  }
};
