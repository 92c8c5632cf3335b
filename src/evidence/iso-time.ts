/** Unix seconds as UTC ISO-8601, without fractions; null where nothing was written. */
export const isoTime = (seconds: number | null): string | null =>
  seconds === null || seconds <= 0
    ? null
    : `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;
