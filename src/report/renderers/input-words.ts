import type { Report, ReportInput } from '../report.ts';
import { count, counted, size } from './words.ts';

/** Behind the name of a file that was read because it lay beside an input. */
export const BESIDE = ' +';

/** `12 of 11`: whose log it is, and whose events a relay log holds. */
export const serverOfInput = ({ serverId, sourceServerId }: ReportInput): string =>
  [serverId === null ? '' : String(serverId), sourceServerId === null ? '' : `of ${sourceServerId}`]
    .filter((part) => part !== '')
    .join(' ');

/** `4 files, 8.2 KiB, 99 events`. */
export const inputTotals = ({ summary }: Report): string =>
  [counted(summary.inputs, 'file'), size(summary.bytes), counted(summary.events, 'event')].join(
    ', ',
  );

const notLookedInto = (n: number): string =>
  n === 1
    ? '1 other file not looked into: neither a log nor a status file of replication'
    : `${count(n)} other files not looked into: neither logs nor status files of replication`;

/** `3 logs decrypted with key …`, a line a key: their offsets are those of the plain logs. */
const decrypted = (inputs: Report['inputs']): readonly string[] => {
  const logs = new Map<string, number>();
  for (const { decryptedWith: key } of inputs) {
    if (typeof key === 'string') logs.set(key, (logs.get(key) ?? 0) + 1);
  }
  return [...logs].map(([key, n]) => `${counted(n, 'log')} decrypted with key ${key}`);
};

/** What the marks of the inputs mean, a line each. */
export const inputLegend = ({ inputs, summary: { skipped } }: Report): readonly string[] => [
  ...(inputs.some(({ state }) => state === 'open')
    ? ['open: still being written when copied']
    : []),
  ...(inputs.some(({ foundBeside }) => foundBeside)
    ? [`${BESIDE.trim()} not named, read because it lay beside an input`]
    : []),
  ...decrypted(inputs),
  ...(skipped > 0 ? [notLookedInto(skipped)] : []),
];
