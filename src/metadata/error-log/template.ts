import { fieldPattern } from './message-fields.ts';

/**
 * A server's text as a regular expression. In `text`
 * - `{name}` or `{name:shape}` is a field, `{for-channel}` the words that name a channel, or none of them;
 * - `[…]` may be missing, `<a|b>` is one or the other, `{*}` any text, the shortest;
 * - a blank is any white space, `slave` is also `replica`, `master` also `source` (MySQL 8.0.26+).
 *
 * What follows the text in a message is left open: versions add words at the end. Every part is
 * bounded and no part is repeated, so that no line takes long.
 */
export interface Template {
  readonly pattern: RegExp;
  /** First words, in lower case, of the messages that can match; none when a field comes first. */
  readonly firstWords: readonly string[];
}

const TOKEN = /\{([\w-]+|\*)(?::(\w+))?\}|<([^<>]*)>|([[\]])|([^{<[\]]+)/g;
const FOR_CHANNEL = String.raw`(?:\s{1,4}for\s{1,4}channel\s{1,4}'(?<channel>[^']{0,1024})')?`;
const ANYTHING = '[^]{0,400}?';

const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['slave', ['slave', 'replica']],
  ['master', ['master', 'source']],
]);

const literal = (text: string): string =>
  text
    .replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replaceAll(/ +/g, String.raw`\s{1,4}`)
    .replaceAll(/\b(?:slave|master)\b/gi, (word) => {
      const words = SYNONYMS.get(word.toLowerCase()) ?? [word];
      return `(?:${words.join('|')})`;
    });

const field = (name: string, shape: string): string => {
  if (name === '*') return ANYTHING;
  if (name === 'for-channel') return FOR_CHANNEL;
  return `(?<${name}>${fieldPattern(name, shape)})`;
};

/** The word that a message begins with, in lower case. */
export const firstWord = (text: string): string =>
  (/^\s*([^\s:,;(=]{1,64})/.exec(text)?.[1] ?? '').toLowerCase();

/** The literal words that a text begins with, up to a field or a bracket. */
const leadOf = (text: string): string => /^[^{<[]*/.exec(text)?.[0] ?? '';

/** A first word that only part of is known would never be found. */
const checkLead = (lead: string, text: string): void => {
  const isWhole = lead === text || /^\s*[^\s:,;(=]+[\s:,;(=]/.test(lead);
  if (!isWhole && !text.slice(lead.length).startsWith('{for-channel}')) {
    throw new Error(`its first word ends in what may differ: ${text}`);
  }
};

const firstWordsOf = (text: string): string[] => {
  if (text.startsWith('{')) return [];
  const [, alternatives, rest = ''] = /^<([^<>]*)>(.*)$/s.exec(text) ?? [];
  const leads =
    alternatives === undefined
      ? [leadOf(text)]
      : alternatives.split('|').map((one) => `${one}${leadOf(rest)}`);
  if (alternatives === undefined) checkLead(leadOf(text), text);
  return leads.map(firstWord).flatMap((word) => SYNONYMS.get(word) ?? [word]);
};

/**
 * Compiles a template. Throws on a field that there is none of, and where it does not tell the first
 * word.
 */
export const compileTemplate = (text: string): Template => {
  const pattern = Array.from(
    text.matchAll(TOKEN),
    ([, name, shape = '', alternatives, bracket, words]) => {
      if (name !== undefined) return field(name, shape);
      if (alternatives !== undefined)
        return `(?:${alternatives.split('|').map(literal).join('|')})`;
      if (bracket !== undefined) return bracket === '[' ? '(?:' : ')?';
      return literal(words ?? '');
    },
  ).join('');
  return { pattern: new RegExp(`^\\s{0,4}${pattern}`, 'i'), firstWords: firstWordsOf(text) };
};
