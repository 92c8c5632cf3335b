import { type Block, RANK } from './sheet.ts';

/** GitHub takes 65,536 characters. */
export const LONGEST = 59_900;

/** Stands once for whatever is missing in one place. */
export const CUT = '*Cut here to stay below 60,000 characters: the JSON report has the rest.*';

const SEPARATOR = '\n\n';

/** One block and what is shown of it: null for nothing. */
interface Shown {
  readonly block: Block;
  text: string | null;
}

const isSilent = (shown: Shown | undefined): boolean =>
  shown !== undefined && shown.text === null && shown.block.instead === undefined;

const assembled = (all: readonly Shown[]): string =>
  `${all
    .flatMap((shown, at) => {
      if (shown.text !== null) return [shown.text];
      if (shown.block.instead !== undefined) return [shown.block.instead];
      return isSilent(all[at - 1]) ? [] : [CUT];
    })
    .join(SEPARATOR)}\n`;

const cost = (text: string): number => text.length + SEPARATOR.length;

/** Leaves the block at `at` out; answers how many characters that saves, words about it subtracted. */
const leaveOut = (all: readonly Shown[], at: number): number => {
  const shown = all[at];
  if (shown === undefined || shown.text === null) return 0;
  const saved = cost(shown.text);
  shown.text = null;
  if (shown.block.instead !== undefined) return saved - cost(shown.block.instead);
  const neighbours = [all[at - 1], all[at + 1]].filter(isSilent).length;
  return saved + (neighbours - 1) * cost(CUT);
};

const shorten = (shown: Shown | undefined): number => {
  const { shorter } = shown?.block ?? {};
  if (shown === undefined || shown.text === null || shorter === undefined) return 0;
  const saved = shown.text.length - shorter.length;
  shown.text = shorter;
  return saved;
};

/**
 * The blocks as one text of at most {@link LONGEST} characters: those of the highest rank are
 * shortened first and then left out, the last before the first; the verdict stays.
 */
export const fit = (blocks: readonly Block[]): string => {
  const all: Shown[] = blocks.map((block) => ({ block, text: block.text }));
  let excess = blocks.reduce((sum, { text }) => sum + cost(text), 0) - LONGEST;
  const ranks = Object.values(RANK).filter((rank) => rank !== RANK.verdict);
  for (const rank of ranks.toReversed()) {
    for (const change of [(at: number) => shorten(all[at]), (at: number) => leaveOut(all, at)]) {
      for (let at = all.length - 1; at >= 0 && excess > 0; at -= 1) {
        if (all[at]?.block.rank === rank) excess -= change(at);
      }
    }
  }
  return assembled(all);
};
