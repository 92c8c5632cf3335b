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

/** How the lines of one output were broken by what it went through. */
export interface Margins {
  /** Columns that its lines had at the least: a word that would have fitted was not wrapped. */
  readonly known: number;
  /** Column after which a terminal cut every line, in the middle of words; null: none did. */
  readonly cut: number | null;
}

/** No mail program breaks lines that would end before. */
const NARROWEST = 60;
export const NO_MARGINS: Margins = { known: NARROWEST, cut: null };

/** Two lines that end here are cut by a terminal; elsewhere it takes three. */
const TERMINAL_WIDTHS: ReadonlySet<number> = new Set([80, 100, 120, 132, 160]);

/**
 * The margins that show in the lines of an output: nobody who breaks lines at blanks leaves a blank
 * beyond the margin. `broken` are the widths of those lines of it that are known to go on in the next.
 */
export const marginsOf = (lines: Iterable<string>, broken: readonly number[] = []): Margins => {
  let known = NARROWEST;
  for (const line of lines) known = Math.max(known, line.trimEnd().lastIndexOf(' '));
  const [first = 0] = broken;
  const enough = TERMINAL_WIDTHS.has(first) ? 2 : 3;
  const isCut =
    first >= NARROWEST && broken.length >= enough && broken.every((width) => width === first);
  return { known, cut: isCut ? first : null };
};

/** Whether a line of `width` ended because the first word of `next` did not fit. */
export const isWrap = (width: number, next: string, { known }: Margins): boolean =>
  width + 1 + (next.trimStart().split(/\s/, 1)[0]?.length ?? 0) > known;

/**
 * The value that was broken into `pieces`: by a mail program at a blank, by a terminal anywhere, or
 * by the server itself, whose errors repeat statements of several lines.
 */
export const joinPieces = (
  pieces: readonly Piece[],
  wrapping: Wrapping,
  margins: Margins,
): string => {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only.text.trim();
  if (wrapping === 'solid') return pieces.map(({ text }) => text.trim()).join('');
  const isCut = pieces.slice(0, -1).every(({ width }) => width === margins.cut);
  if (isCut)
    return pieces
      .map(({ text }) => text)
      .join('')
      .trim();
  let joined = '';
  let width = 0;
  for (const piece of pieces) {
    if (joined !== '') joined += isWrap(width, piece.text, margins) ? ' ' : '\n';
    joined += piece.text.trim();
    width = piece.width;
  }
  return joined;
};
