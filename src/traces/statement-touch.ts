import { classifyQuery, tablesNamed } from '../binlog/query-text.ts';
import type { TouchEffect, TouchMatch } from '../evidence/apply-trace.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { namesValue } from './named-value.ts';

/** What is looked for: a value in a table, or what becomes of the table itself. */
export interface Sought {
  /** `db.table` */
  readonly table: string;
  /** The value that the error quotes; null where it quotes none. */
  readonly value: string | null;
  /** Is the table itself, or its definition, what the error is about? */
  readonly isDefinition: boolean;
}

const DATABASE =
  /^\s*(create|drop)\s+(?:database|schema)\s+(?:if\s+(?:not\s+)?exists\s+)?`?([^`\s;]+)/i;
const FIRST_WORD = /^\s*(?:\/\*(?!!).*?\*\/\s*)*(\w+)/s;
const DEFINES: ReadonlySet<string> = new Set(['CREATE', 'ALTER', 'DROP', 'RENAME', 'TRUNCATE']);
const EFFECTS: Readonly<Record<string, TouchEffect>> = {
  INSERT: 'makes',
  REPLACE: 'makes',
  LOAD: 'makes',
  DELETE: 'removes',
  TRUNCATE: 'removes',
  DROP: 'removes',
  CREATE: 'makes',
};

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * What a statement has to do with what is sought; null for nothing. `insertId` is that of the Intvar
 * event before it. A view, trigger or routine may do more than its text tells.
 */
export const statementTouch = (
  { statement, database, body }: ListedEvent,
  sought: Sought,
  insertId: string | null,
): { readonly match: TouchMatch; readonly effect: TouchEffect } | null => {
  if (statement === null || body?.type === 'rows-query' || body?.type === 'annotate-rows')
    return null;
  if (classifyQuery(statement) !== 'other') return null;
  const verb = FIRST_WORD.exec(statement)?.[1]?.toUpperCase() ?? '';
  const effect = EFFECTS[verb] ?? 'unknown';
  const [, , named] = DATABASE.exec(statement) ?? [];
  if (named !== undefined) {
    const isIts = sameName(named, sought.table.slice(0, sought.table.indexOf('.')));
    return isIts && (effect === 'removes' || sought.isDefinition)
      ? { match: 'table', effect }
      : null;
  }
  if (!tablesNamed(statement, database ?? '').some((name) => sameName(name, sought.table)))
    return null;
  if (DEFINES.has(verb)) {
    // An ALTER keeps the rows, and a CREATE brings none
    return sought.isDefinition || effect === 'removes' ? { match: 'table', effect } : null;
  }
  if (sought.isDefinition) return null;
  if (verb === 'DELETE' && !/\bwhere\b|\blimit\b/i.test(statement))
    return { match: 'table', effect };
  const { value } = sought;
  if (value === null) return null;
  return value === insertId || namesValue(statement, value) ? { match: 'value', effect } : null;
};
