/** Steps within a doubling: a bucket is 9 % wide. */
const STEPS = 8;
/** µs: anything below is no lag, and all that is negative lies there too. */
const LEAST = 1000;
/** 2^64 µs exceed any stamp. */
const HIGHEST = 64 * STEPS;

/** The bucket of a lag in µs: 0 up to a millisecond, then eight a doubling. */
export const bucketOf = (micros: number): number =>
  micros <= LEAST ? 0 : Math.min(HIGHEST, Math.ceil(Math.log2(micros / LEAST) * STEPS));

/** The largest lag of a bucket, in seconds. */
export const bucketSeconds = (bucket: number): number => (LEAST * 2 ** (bucket / STEPS)) / 1e6;
