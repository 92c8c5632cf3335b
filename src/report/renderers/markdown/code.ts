import { visible } from '../visible.ts';

/** A path is longer than this on no system. */
const LONGEST = 4200;
/** Parsers give up on delimiters of some 80 backticks; no name and no statement has so many. */
const MANY_BACKTICKS = /`{20,}/g;

/** The most backticks that stand in a row in `text`. */
const longestRun = (text: string): number => {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
};

/** `text` of at most `limit` characters, made visible; what was cut is counted. */
export const clipped = (text: string, limit: number): string => {
  const shown = visible(text);
  if (shown.length <= limit) return shown;
  // No half of a surrogate pair
  const head = shown.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${head}… (${shown.length - head.length} more characters)`;
};

/** Data as a code span, which nothing inside can end; '' stays ''. */
export const code = (text: string, limit = LONGEST): string => {
  const shown = clipped(text, limit).replace(MANY_BACKTICKS, (run) => '\\x60'.repeat(run.length));
  if (shown === '') return '';
  const delimiter = '`'.repeat(longestRun(shown) + 1);
  // A parser takes one blank off each side where both have one
  const isPadded = /^`|`$|^ .*[^ ].* $/.test(shown);
  return isPadded ? `${delimiter} ${shown} ${delimiter}` : `${delimiter}${shown}${delimiter}`;
};

/** Parsers count the backticks of a fence in one byte. */
const TOO_MANY_BACKTICKS = /`{100,}/;

/** Lines as a fenced block, which none of them can end. */
export const fenced = (language: 'sql' | 'sh', lines: readonly string[]): string => {
  const body = lines.map((line) =>
    TOO_MANY_BACKTICKS.test(line)
      ? '# NOT SHOWN: a hundred backticks in a row. Take it from the JSON report.'
      : line,
  );
  const fence = '`'.repeat(Math.max(3, longestRun(body.join('\n')) + 1));
  return [`${fence}${language}`, ...body, fence].join('\n');
};
