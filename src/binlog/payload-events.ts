import { MalformedError } from '../bytes/malformed-error.ts';
import type { Flavor } from '../dialects/server-version.ts';
import type { EventOf } from './define-event.ts';
import { HEADER_LENGTH, readHeader } from './event-header.ts';
import { eventTypeName } from './event-type.ts';
import { decodeBody } from './events/index.ts';
import { PAYLOAD_COMPRESSION, type transactionPayload } from './events/transaction-payload.ts';
import type { LogEvent } from './read-log.ts';
import { zstdPieces } from './zstd-payload.ts';

/** A decoded transaction-payload event. */
export type TransactionPayload = EventOf<typeof transactionPayload>;

/** An event inside a transaction payload: it has no checksum and no position of its own (`endLogPos` 0). */
export interface PayloadEvent extends LogEvent {
  readonly inner: true;
  /** Where it begins in the decompressed payload. */
  readonly offset: number;
}

/** Where the payload's event stands, and what the log around it says of the types inside. */
export interface PayloadPlace {
  readonly file: string;
  /** Of the transaction-payload event, in the file. */
  readonly offset: number;
  readonly postHeaderLengths?: readonly number[];
  readonly flavor?: Flavor | null;
}

/**
 * Beyond this many bytes a payload is refused: servers accept no event of more than 1 GiB
 * (`max_allowed_packet`), and compress a transaction only if it would fit into one.
 */
export const LARGEST_PAYLOAD = 1 << 30;

/** Bytes that come in pieces: kept until enough of them are there for one event. */
class Pieces {
  /** Bytes that were taken. */
  offset = 0;
  #kept: Uint8Array[] = [];
  #length = 0;
  readonly #source: Iterator<Uint8Array>;

  constructor(source: Iterable<Uint8Array>) {
    this.#source = source[Symbol.iterator]();
  }

  /** The next `length` bytes, which stay; fewer at the end. */
  peek(length: number): Buffer {
    while (this.#length < length) {
      const next = this.#source.next();
      if (next.done) break;
      this.#kept.push(next.value);
      this.#length += next.value.byteLength;
    }
    return this.#joined(length);
  }

  /** The next `length` bytes, which are there. */
  take(length: number): Buffer {
    const bytes = this.peek(length);
    const [first] = this.#kept;
    if (first) this.#kept[0] = first.subarray(bytes.byteLength);
    this.#length -= bytes.byteLength;
    this.offset += bytes.byteLength;
    return bytes;
  }

  /** Joins pieces only where an event goes across them. */
  #joined(length: number): Buffer {
    const wanted = Math.min(length, this.#length);
    if ((this.#kept[0]?.byteLength ?? 0) < wanted) this.#kept = [Buffer.concat(this.#kept)];
    const first = this.#kept[0] ?? Buffer.alloc(0);
    return Buffer.from(first.buffer, first.byteOffset, wanted);
  }
}

const declaredSize = (payload: TransactionPayload, place: PayloadPlace): number => {
  const { uncompressedSize } = payload;
  if (uncompressedSize === null) return LARGEST_PAYLOAD;
  if (uncompressedSize <= BigInt(LARGEST_PAYLOAD)) return Number(uncompressedSize);
  const problem = `${uncompressedSize} bytes are more than an event may have (${LARGEST_PAYLOAD})`;
  throw new MalformedError(place.file, place.offset, 'uncompressed_size', problem);
};

const piecesOf = (
  { compressionType, payload }: TransactionPayload,
  size: number,
  place: PayloadPlace,
): Iterable<Uint8Array> => {
  if (compressionType === PAYLOAD_COMPRESSION.NONE) return [payload];
  if (compressionType === PAYLOAD_COMPRESSION.ZSTD) {
    return inPlace(place, () => zstdPieces(payload, size, { file: place.file, base: 0 }));
  }
  const problem = `${compressionType} is no compression we know`;
  throw new MalformedError(place.file, place.offset, 'compression_type', problem);
};

/** An error inside the payload, told at the offset of the event that holds it. */
const atPlace = (place: PayloadPlace, error: unknown, inside: string): unknown =>
  error instanceof MalformedError
    ? new MalformedError(
        place.file,
        place.offset,
        error.field,
        `${error.problem}, at ${error.offset} of the ${inside}`,
      )
    : error;

function* inPlace(
  place: PayloadPlace,
  pieces: () => Iterable<Uint8Array>,
): Generator<Uint8Array, void> {
  try {
    yield* pieces();
  } catch (error) {
    throw atPlace(place, error, 'payload');
  }
}

/** The event whose bytes these are; they are a view, and must not change. */
const innerEvent = (bytes: Buffer, offset: number, place: PayloadPlace): PayloadEvent => {
  const header = readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  const { typeCode, serverId } = header;
  return {
    inner: true,
    offset,
    ...header,
    type: eventTypeName(typeCode),
    bodyEnd: offset + bytes.byteLength,
    bytes: () => bytes,
    decode: (trace) => {
      const context = {
        typeCode,
        postHeaderLength: place.postHeaderLengths?.[typeCode - 1] ?? 0,
        flavor: place.flavor ?? null,
        serverId,
      };
      const where = { file: place.file, base: offset + HEADER_LENGTH };
      try {
        return decodeBody(typeCode, bytes.subarray(HEADER_LENGTH), context, where, trace);
      } catch (error) {
        throw atPlace(place, error, 'decompressed payload');
      }
    },
  };
};

/**
 * The events inside a transaction payload, in their order. They are decompressed as they are asked
 * for: no more memory is held than one event and one piece of some hundred KiB take. Throws a
 * `MalformedError` with the offset of the outer event, and in its text the offset inside, where the
 * payload cannot be decompressed, is not as long as declared, or does not consist of whole events.
 * Source: MySQL libs/mysql/binlog/event/compression/payload_event_buffer_istream.h.
 */
export function* payloadEvents(
  payload: TransactionPayload,
  place: PayloadPlace,
): Generator<PayloadEvent, void> {
  const size = declaredSize(payload, place);
  const pieces = new Pieces(piecesOf(payload, size, place));
  const malformed = (field: string, problem: string) => {
    const inside = new MalformedError(place.file, pieces.offset, field, problem);
    return atPlace(place, inside, 'decompressed payload');
  };
  for (;;) {
    const head = pieces.peek(HEADER_LENGTH);
    if (head.byteLength === 0) break;
    if (head.byteLength < HEADER_LENGTH) {
      throw malformed('event', `needs ${HEADER_LENGTH} bytes, ${head.byteLength} left`);
    }
    const length = head.readUInt32LE(9);
    if (length < HEADER_LENGTH) {
      throw malformed('event_size', `${length} bytes are less than an event header`);
    }
    if (length > size - pieces.offset) {
      throw malformed('event', `needs ${length} bytes, ${size - pieces.offset} left`);
    }
    const { offset } = pieces;
    const bytes = pieces.take(length);
    if (bytes.byteLength < length) {
      throw malformed('event', `needs ${length} bytes, ${bytes.byteLength} left`);
    }
    yield innerEvent(bytes, offset, place);
  }
  const { uncompressedSize } = payload;
  if (uncompressedSize !== null && uncompressedSize !== BigInt(pieces.offset)) {
    throw malformed(
      'uncompressed_size',
      `says ${uncompressedSize} bytes, ${pieces.offset} came out`,
    );
  }
}
