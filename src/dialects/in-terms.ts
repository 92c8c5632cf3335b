import type { Terms } from './define-dialect.ts';

const WORDS = ['source', 'replica', 'receiver', 'applier'] as const;

/** What stands in quotes was said by a server or a client. */
const QUOTED = /"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|“[^”\n]*”/;

/**
 * A word of its own, with its article: no part of a name (`db-replica`, `source.orders`, `source:3306`)
 * and none of a compound.
 */
const TERM = new RegExp(
  `(?<![^\\s(])([Aa]n? )?(${WORDS.map((word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`).join('|')})(s?)( threads?\\b)?(?=’|[\\s,;!?)]|[.:](?:\\s|$)|$)`,
  'g',
);

const EITHER = new RegExp(`${QUOTED.source}|${TERM.source}`, 'g');

/**
 * A sentence of ours in the words of a server line: rules say source, replica, receiver and applier, and
 * people with a MySQL 5.6 before them know a master, a slave, an I/O thread and an SQL thread.
 */
export const inTerms = (sentence: string, terms: Terms): string =>
  sentence.replace(
    EITHER,
    (all, article?: string, word?: string, plural?: string, thread?: string) => {
      const known = WORDS.find((one) => one === word?.toLowerCase());
      if (known === undefined || terms[known] === known) return all;
      const name = terms[known];
      const isThread = name.endsWith(' thread');
      const isMany = plural === 's' || (isThread && thread?.endsWith('s') === true);
      const term = (isMany ? pluralOf(name) : name) + (isThread ? '' : (thread ?? ''));
      if (article === undefined) return word?.startsWith(known[0] as string) ? term : begun(term);
      // As it is spoken: an S-Q-L thread
      const spoken = /^(?:[aeio]|I\/O|SQL)/.test(term) ? 'an ' : 'a ';
      return `${article.startsWith('A') ? begun(spoken) : spoken}${term}`;
    },
  );

const pluralOf = (name: string): string =>
  name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
