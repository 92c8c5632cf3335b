import { clipped, code } from './code.ts';

/** Longer texts say what a ticket has no room for. */
const LONGEST = 3000;

const BEFORE = /^[("'“‘]+/;
const BEHIND = /[.,;:!?)"'”’…]+$/;

/**
 * Words that mean nothing to any Markdown, nor to what GitHub, GitLab and Jira make links of (users,
 * issues, addresses, emoji): letters with hyphens and few digits; short numbers, dates, times.
 */
const PLAIN: readonly RegExp[] = [
  /^\p{L}[\p{L}\p{M}]*\d{0,4}$/u,
  /^\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)+$/u,
  /^\d{1,6}(?:\.\d{1,6}){0,3}%?$/,
  /^\d{1,3}(?:,\d{3})+$/,
  /^\d{4}-\d\d-\d\d$/,
  /^\d\d:\d\d(?::\d\d)?$/,
  /^(?:I\/O|e\.g|i\.e)$/,
];
/** What may be the beginning of a commit's hash. */
const HASH = /^[\da-f]{7,}$/;
/** With the mark behind it, the beginning of an address: `www.…` is one to GitHub's parser. */
const ADDRESS_BEGINS = /^(?:www|https?|ftp|mailto|xmpp)$/i;
const DASHES: ReadonlySet<string> = new Set(['–', '—', '…', '=', '%']);

const isPlain = (core: string): boolean =>
  !HASH.test(core) && !ADDRESS_BEGINS.test(core) && PLAIN.some((pattern) => pattern.test(core));

const occurrences = (text: string, character: string): number => text.split(character).length - 1;

/** Whether the mark behind `core` closes what was opened in it: `NOW()`, `FILE='x'`. */
const closes = (core: string, mark: string): boolean =>
  mark === ')'
    ? occurrences(core, '(') > occurrences(core, ')')
    : `'"`.includes(mark) && occurrences(core, mark) % 2 === 1;

interface Word {
  before: string;
  core: string;
  behind: string;
  readonly isCode: boolean;
}

const wordOf = (text: string, at: number): Word => {
  if (DASHES.has(text) && at > 0) return { before: '', core: text, behind: '', isCode: false };
  const before = BEFORE.exec(text)?.[0] ?? '';
  let behind = BEHIND.exec(text.slice(before.length))?.[0] ?? '';
  let core = text.slice(before.length, text.length - behind.length);
  if (core === '') return { before: '', core: text, behind: '', isCode: true };
  // "1." and "1)" at the beginning would be a list
  const isMarker = at === 0 && /^\d+$/.test(core) && /^[.)]/.test(behind);
  if (isPlain(core) && !isMarker) return { before, core, behind, isCode: false };
  while (behind !== '' && closes(core, behind.charAt(0))) {
    core += behind.charAt(0);
    behind = behind.slice(1);
  }
  return { before, core, behind, isCode: true };
};

/**
 * A text in which names and statements stand among words, on one line: what is not certainly a
 * plain word becomes a code span, so that nothing in it is markup, a mention or a link.
 */
export const prose = (text: string, limit = LONGEST): string => {
  const words: Word[] = [];
  for (const part of clipped(text, limit).split(/ +/).filter(Boolean)) {
    const word = wordOf(part, words.length);
    const last = words.at(-1);
    if (last?.isCode && last.behind === '' && word.isCode && word.before === '') {
      last.core += ` ${word.core}`;
      last.behind = word.behind;
    } else words.push(word);
  }
  return words
    .map(({ before, core, behind, isCode }) => before + (isCode ? code(core) : core) + behind)
    .join(' ');
};

/** Already escaped text for a cell of a table. */
export const cell = (markdown: string): string => markdown.replaceAll('|', '\\|');

const ADDRESS =
  /^https:\/\/(?:[A-Za-z0-9./#?=%+-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])){1,500}(?<=[A-Za-z0-9/])$/;

/** A source that a rule names: the one thing that may become a link. */
export const reference = (text: string): string => (ADDRESS.test(text) ? text : prose(text));
