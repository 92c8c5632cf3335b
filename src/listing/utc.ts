let last = -1;
let text = '';

/** `2026-11-20 10:30:47` of Unix seconds. Events come many a second: the last one is remembered. */
export const utc = (seconds: number): string => {
  if (seconds !== last) {
    text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    last = seconds;
  }
  return text;
};
