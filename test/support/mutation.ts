import fc from 'fast-check';

/** What happens to files on disks, at a place and of a length told as parts of the whole. */
export interface Mutation {
  readonly kind: 'flip' | 'zero' | 'cut' | 'insert' | 'duplicate' | 'lie';
  /** From 0 to 1. */
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

const part = fc.double({ min: 0, max: 1, noNaN: true });

export const mutations: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('flip', 'zero', 'cut', 'insert', 'duplicate', 'lie'),
  at: part,
  length: fc.integer({ min: 1, max: 400 }),
  value: fc.integer({ min: 1, max: 0xffff_ffff }),
});

/** A copy of `bytes` that this has happened to; the magic number of 4 bytes stays. */
export const mutate = (bytes: Buffer, { kind, at, length, value }: Mutation): Buffer => {
  const from = 4 + Math.floor(at * Math.max(0, bytes.length - 5));
  const [head, behind] = [bytes.subarray(0, from), bytes.subarray(from + length)];
  const block = bytes.subarray(from, from + length);
  switch (kind) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      copy[from] = (copy[from] ?? 0) ^ (value & 0xff || 1);
      return copy;
    }
    case 'zero':
      return Buffer.concat([head, Buffer.alloc(block.length), behind]);
    case 'cut':
      return Buffer.concat([head, behind]);
    case 'insert':
      return Buffer.concat([head, Buffer.alloc(length, value & 0xff), bytes.subarray(from)]);
    case 'duplicate':
      return Buffer.concat([head, block, bytes.subarray(from)]);
    case 'lie': {
      const copy = Buffer.from(bytes);
      copy.writeUInt32LE(value, Math.min(from, bytes.length - 4));
      return copy;
    }
  }
};
