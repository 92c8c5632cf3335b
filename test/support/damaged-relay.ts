import { patched } from './build-log.ts';
import { RelayLog, VERSION } from './relay-log.ts';
import { type Files, findingsOf } from './scan-bytes.ts';
import { relayLogInfo } from './status-files.ts';

/** What `corrupt-event` says of these files. */
export const findings = (files: Files) => findingsOf('corrupt-event', files);

/** Its one finding. */
export const only = (files: Files) => {
  const [one, ...others] = findings(files);
  if (!one || others.length > 0) throw new Error(`${others.length + 1} findings, or none`);
  return one;
};

/** Three transactions: events 3 to 5, 6 to 8, 9 to 11. */
export const relayOf = (version: string = VERSION.mysql56): RelayLog =>
  new RelayLog({ version }).connect({ position: 700 }).write().write({ xid: 2 }).write({ xid: 3 });

export const FIRST_END = 5;
export const SECOND_END = 8;
export const THIRD = 10;

/** One bit of the event's body is another. */
export const flipped = (bytes: Buffer, offset: number): Buffer =>
  patched(bytes, offset + 25, (bytes[offset + 25] ?? 0) ^ 1);

/** relay-log.info at the end of event `index` of `relay`. */
export const executed = (relay: RelayLog, index: number): string => {
  const { end } = relay.log.event(index);
  return relayLogInfo({ offset: end, position: relay.position - (relay.length - end) });
};

export const damaged = (relay: RelayLog, index: number): Buffer =>
  flipped(relay.bytes(), relay.log.event(index).offset);
