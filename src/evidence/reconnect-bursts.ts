import type { Stretch } from './reconnect-history.ts';

/** So many reconnects within at most so many seconds. */
export interface Burst {
  readonly stretches: readonly Stretch[];
  /** An upper bound, by what dates the first and the last of them. */
  readonly seconds: number;
}

/**
 * The longest run of these stretches that certainly fits into `seconds`; null where there is none of
 * `least`. What no event dates from above happened before `now`.
 */
export const largestBurst = (
  stretches: readonly Stretch[],
  {
    least,
    seconds,
    now,
  }: { readonly least: number; readonly seconds: number; readonly now: number },
): Burst | null => {
  const from = lowerBounds(stretches);
  // A clock that is behind the logs' tells nothing: their newest time does
  const dated = stretches.flatMap(({ notAfter }) => notAfter ?? []);
  const to = upperBounds(stretches, Math.max(now, ...from.filter(Number.isFinite), ...dated));
  let best: Burst | null = null;
  let first = 0;
  for (let last = 0; last < stretches.length; last += 1) {
    while (first < last && spanOf(from, to, first, last) > seconds) first += 1;
    const span = spanOf(from, to, first, last);
    const size = last - first + 1;
    if (span > seconds || size < least || size <= (best?.stretches.length ?? 0)) continue;
    best = { stretches: stretches.slice(first, last + 1), seconds: Math.max(0, span) };
  }
  return best;
};

const spanOf = (
  from: readonly number[],
  to: readonly number[],
  first: number,
  last: number,
): number => (to[last] ?? 0) - (from[first] ?? 0);

/** None came before the one ahead of it. */
const lowerBounds = (stretches: readonly Stretch[]): number[] => {
  let bound = Number.NEGATIVE_INFINITY;
  return stretches.map(({ notBefore }) => {
    bound = Math.max(bound, notBefore ?? bound);
    return bound;
  });
};

/** None came after the one behind it. */
const upperBounds = (stretches: readonly Stretch[], now: number): number[] => {
  let bound = now;
  return stretches
    .toReversed()
    .map(({ notAfter }) => {
      bound = Math.min(bound, notAfter ?? bound);
      return bound;
    })
    .reverse();
};

/** Bounds so close that a moment between them is a date, in seconds. */
const DATED = 2;
const FEWEST_GAPS = 5;
/** Gaps that are taken for equal: this share of them lies so near their median. */
const SHARE = 0.8;

/** Seconds from one to the next, where they follow each other evenly; null where they do not, or nothing tells. */
export const evenSpacing = (stretches: readonly Stretch[]): number | null => {
  const dates = stretches.map(({ notBefore, notAfter }) =>
    notBefore !== null && notAfter !== null && notAfter - notBefore <= DATED
      ? (notBefore + notAfter) / 2
      : null,
  );
  const gaps = dates
    .flatMap((date, i) => {
      const before = dates[i - 1];
      return date === null || before === null || before === undefined ? [] : [date - before];
    })
    .sort((a, b) => a - b);
  const median = gaps[Math.floor(gaps.length / 2)];
  if (gaps.length < FEWEST_GAPS || median === undefined || median <= 0) return null;
  const near = gaps.filter((gap) => Math.abs(gap - median) <= Math.max(1, median / 10));
  return near.length >= SHARE * gaps.length ? median : null;
};
