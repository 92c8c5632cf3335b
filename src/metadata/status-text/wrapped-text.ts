/** What one physical line holds of a value. */
export interface Piece {
  readonly text: string;
  /** Columns of the whole physical line, with all that stands before the value. */
  readonly width: number;
}

/**
 * How a value may be broken over lines. `solid`: it has no blanks that mean anything (numbers, names,
 * GTID sets), so every break is somebody else's. `words`: it has, so breaks must be told apart.
 */
export type Wrapping = 'solid' | 'words';

/** No mail program and no terminal breaks lines that would end before. */
const NARROWEST = 60;
/** Two lines that end here are cut by a terminal; elsewhere it takes three. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160]);

const firstWord = (text: string): number => text.trimStart().split(/\s/, 1)[0]?.length ?? 0;

/** Whether a line of `width` ended because the first word of `next` did not fit. */
export const isWrap = (width: number, next: string): boolean =>
  width + 1 + firstWord(next) > NARROWEST;

/** Terminals cut at their last column, in the middle of words. */
const isCutByTerminal = (pieces: readonly Piece[]): boolean => {
  const widths = pieces.slice(0, -1).map(({ width }) => width);
  const [first = 0] = widths;
  const enough = TERMINAL_WIDTHS.has(first) ? 2 : 3;
  return first >= NARROWEST && widths.length >= enough && widths.every((width) => width === first);
};

/**
 * The value that was broken into `pieces`: by a mail program at a blank, by a terminal anywhere, or
 * by the server itself, whose errors repeat statements of several lines.
 */
export const joinPieces = (pieces: readonly Piece[], wrapping: Wrapping): string => {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only.text.trim();
  if (wrapping === 'solid') return pieces.map(({ text }) => text.trim()).join('');
  if (isCutByTerminal(pieces)) return pieces.map(({ text }) => text).join('').trim();
  let joined = '';
  let width = 0;
  for (const piece of pieces) {
    if (joined !== '') joined += isWrap(width, piece.text) ? ' ' : '\n';
    joined += piece.text.trim();
    width = piece.width;
  }
  return joined;
};
