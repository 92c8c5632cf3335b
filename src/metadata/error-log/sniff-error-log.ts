import { LineReader } from './line-reader.ts';

/** Non-empty lines that are looked at. */
const LOOKED_AT = 50;

/** Words that a server's log begins, goes on and ends with, whatever it is about. */
const SERVERS_WORDS =
  /InnoDB|mysqld|mariadbd|MariaDB|MySQL|\b(?:[Ss]lave|[Rr]eplica|[Bb]inlog|[Rr]elay log|Aria|Plugin|GTID|Aborted connection|Access denied|Event Scheduler|Server socket|Server hostname)\b|Disk is full writing '|-bin\.\d{6}/;

/**
 * An error log: its first line, or every other line, has a server's head, and one of them a server's
 * words. Notes that quote a log do neither.
 */
export const isErrorLog = (lines: readonly string[]): boolean => {
  const reader = new LineReader();
  const texts = lines.filter((line) => line.trim() !== '').slice(0, LOOKED_AT);
  const heads = texts.map((line) => reader.read(line.replace(/^\0+/, ''), () => line));
  const isHead = heads.map(({ head }) => head !== null);
  const share = isHead.filter(Boolean).length / Math.max(1, texts.length);
  const dated = heads.some(({ head }) => head !== null && head.written !== null);
  return (
    dated &&
    (isHead[0] === true || share >= 0.5) &&
    heads.some(
      ({ head, unwrapped }, at) =>
        head !== null &&
        (head.subsystem !== null || SERVERS_WORDS.test(unwrapped ?? texts[at] ?? '')),
    )
  );
};
