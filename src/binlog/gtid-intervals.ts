/** Transaction numbers from `start` up to, not including, `end`. */
export type Interval = readonly [start: bigint, end: bigint];

// Lists of intervals are in order, disjoint and not adjacent: one list for one set of numbers.

/** Index of the first interval that ends at or after `n`: the only one that may hold or touch it. */
const firstEndingFrom = (intervals: readonly Interval[], n: bigint): number => {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle] as Interval)[1] < n) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Adds one interval in place; at the end, where new transactions come, without a search. */
export const insert = (intervals: Interval[], [start, end]: Interval): void => {
  const last = intervals.at(-1);
  if (!last || last[1] < start) {
    intervals.push([start, end]);
    return;
  }
  if (last[1] === start) {
    intervals[intervals.length - 1] = [last[0], end];
    return;
  }
  const from = firstEndingFrom(intervals, start);
  let to = from;
  let newStart = start;
  let newEnd = end;
  for (; to < intervals.length; to += 1) {
    const [s, e] = intervals[to] as Interval;
    if (s > end) break;
    if (s < newStart) newStart = s;
    if (e > newEnd) newEnd = e;
  }
  intervals.splice(from, to - from, [newStart, newEnd]);
};

export const containsNumber = (intervals: readonly Interval[], n: bigint): boolean => {
  const candidate = intervals[firstEndingFrom(intervals, n + 1n)];
  return candidate !== undefined && candidate[0] <= n;
};

/** Whether each number of `inner` is in `outer`. */
export const containsAll = (outer: readonly Interval[], inner: readonly Interval[]): boolean =>
  inner.every(([start, end]) => {
    const candidate = outer[firstEndingFrom(outer, end)];
    return candidate !== undefined && candidate[0] <= start;
  });

export const countNumbers = (intervals: readonly Interval[]): bigint =>
  intervals.reduce((sum, [start, end]) => sum + end - start, 0n);

export const unionIntervals = (a: readonly Interval[], b: readonly Interval[]): Interval[] => {
  const merged: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x && (!y || x[0] <= y[0])) {
      append(merged, x);
      i += 1;
    } else if (y) {
      append(merged, y);
      j += 1;
    }
  }
  return merged;
};

/** Adds an interval that starts at or after the start of the last one. */
const append = (intervals: Interval[], [start, end]: Interval): void => {
  const last = intervals.at(-1);
  if (!last || last[1] < start) intervals.push([start, end]);
  else if (last[1] < end) intervals[intervals.length - 1] = [last[0], end];
};

/** The numbers of `a` that are not in `b`. */
export const subtractIntervals = (a: readonly Interval[], b: readonly Interval[]): Interval[] => {
  const rest: Interval[] = [];
  let j = 0;
  for (const [start, end] of a) {
    let at = start;
    while (j < b.length && (b[j] as Interval)[1] <= at) j += 1;
    for (let k = j; k < b.length && at < end; k += 1) {
      const [s, e] = b[k] as Interval;
      if (s >= end) break;
      if (s > at) rest.push([at, s]);
      if (e > at) at = e;
    }
    if (at < end) rest.push([at, end]);
  }
  return rest;
};

/** The numbers that are in both. */
export const intersectIntervals = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  subtractIntervals(a, subtractIntervals(a, b));
