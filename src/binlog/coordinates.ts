declare const fileOffset: unique symbol;
declare const logPosition: unique symbol;

/** A byte offset in the file that is being read. */
export type FileOffset = number & { readonly [fileOffset]: true };
/** A position in the binary log of the server that wrote the event. In a relay log the two differ. */
export type LogPosition = number & { readonly [logPosition]: true };

export const asFileOffset = (n: number): FileOffset => n as FileOffset;
export const asLogPosition = (n: number): LogPosition => n as LogPosition;

/** A place in a server's binary log: file name without directory, and position. */
export interface LogCoordinates {
  readonly file: string;
  readonly position: number;
}

/** `mysql-bin.000012` → base `mysql-bin`, number 12; null when the name has no numeric extension. */
export const splitLogName = (name: string): { base: string; number: number } | null => {
  const parts = /^(.+)\.(\d{1,10})$/.exec(name);
  return parts ? { base: String(parts[1]), number: Number(parts[2]) } : null;
};

/** The last component of a path as servers write it, on Unix or Windows. */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** What compressing a file leaves at the end of its name. */
const COMPRESSION_SUFFIX = /\.(?:gz|gzip|zst|zstd)$/i;

/**
 * The name under which a server knows the file at `path`: without directory, and without what
 * compressing it added. `/backup/relay-bin.000002.gz` is a copy of `relay-bin.000002`. Standard
 * input, `-`, has no name, and is called by its own.
 */
export const logNameOf = (path: string): string =>
  path === '-' ? 'stdin' : baseName(path).replace(COMPRESSION_SUFFIX, '');

/**
 * Order of two log names by their numbers (`x.999999` before `x.1000000`); NaN when they are not of
 * one series.
 */
export const compareLogNames = (a: string, b: string): number => {
  if (a === b) return 0;
  const left = splitLogName(a);
  const right = splitLogName(b);
  return left && right && left.base === right.base ? left.number - right.number : Number.NaN;
};

/** Negative when `a` lies before `b`; NaN when they are not of one series. */
export const compareCoordinates = (a: LogCoordinates, b: LogCoordinates): number => {
  const files = compareLogNames(a.file, b.file);
  return files === 0 ? a.position - b.position : files;
};

export const formatCoordinates = (at: LogCoordinates): string => `${at.file}:${at.position}`;
