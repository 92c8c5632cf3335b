import { defineEvent } from '../define-event.ts';

/** Source: MySQL libs/mysql/binlog/event/compression/base.h `type`. */
export const PAYLOAD_COMPRESSION = { ZSTD: 0, NONE: 255 } as const;

/** Source: MySQL libs/mysql/binlog/event/codecs/binary.cpp `Transaction_payload::fields`. */
const FIELD = { END: 0n, PAYLOAD_SIZE: 1n, COMPRESSION: 2n, UNCOMPRESSED_SIZE: 3n } as const;

/**
 * A transaction's events as one compressed block. Inside they have no checksum and position 0.
 * `uncompressedSize` is what the server declared, in bytes, null where it did not: check it before
 * allocating. `payload` is a view of the event's bytes: one zstd stream of one frame or more.
 */
export const transactionPayload = defineEvent({
  name: 'transaction-payload',
  codes: [40],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Transaction_payload_event',
  read: (f) => {
    let payloadSize: bigint | null = null;
    let compression: bigint | null = null;
    let uncompressedSize: bigint | null = null;
    for (;;) {
      const type = f.lenenc('field_type');
      if (type === FIELD.END) break;
      const length = f.lenencLength('field_length');
      const end = f.remaining - length;
      if (type === FIELD.PAYLOAD_SIZE) payloadSize = f.lenenc('payload_size');
      else if (type === FIELD.COMPRESSION) compression = f.lenenc('compression_type');
      else if (type === FIELD.UNCOMPRESSED_SIZE) uncompressedSize = f.lenenc('uncompressed_size');
      else f.skip('unknown_field', length);
      if (f.remaining !== end) throw f.malformed('field_length', `${length} is not its length`);
    }
    if (payloadSize !== null && payloadSize > BigInt(f.remaining)) {
      throw f.malformed('payload_size', `says ${payloadSize} bytes, ${f.remaining} left`);
    }
    return {
      compressionType: Number(compression ?? PAYLOAD_COMPRESSION.NONE),
      uncompressedSize,
      payload: f.bytes('payload', payloadSize === null ? f.remaining : Number(payloadSize)),
    };
  },
});
