/** `2026-11-20T10:17:26Z` of Unix seconds: without a fraction, so that jq's `fromdate` takes it. */
export const isoTime = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
