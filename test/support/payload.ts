import { LogBuilder } from './build-log.ts';

/** A zstd frame that holds `bytes` as they are: one raw block (RFC 8878, 3.1.1). */
export const zstdStored = (bytes: Uint8Array): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0xfd2fb528, 0);
  // Content size in 4 bytes, single segment
  head.writeUInt8(0xa0, 4);
  head.writeUInt32LE(bytes.length, 5);
  head.writeUIntLE((bytes.length << 3) | 1, 9, 3);
  return Buffer.concat([head, bytes]);
};

/** The events that `build` logs, as they stand in a payload: without checksums. */
export const innerBytes = (build: (log: LogBuilder) => LogBuilder): Buffer => {
  const log = new LogBuilder().format({ checksum: 'none' });
  const from = log.length;
  return Buffer.from(build(log).bytes().subarray(from));
};

const u16Field = (type: number, value: number): readonly number[] => [
  type,
  3,
  0xfc,
  value & 0xff,
  value >> 8,
];

/** Body of a transaction payload event with these inner events, up to 64 KiB of them. */
export const payloadBody = (inner: Uint8Array): Buffer => {
  const payload = zstdStored(inner);
  const fields = [2, 1, 0, ...u16Field(3, inner.length), ...u16Field(1, payload.length), 0];
  return Buffer.concat([Buffer.from(fields), payload]);
};
