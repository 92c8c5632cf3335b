const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const STRIPE = 32;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated = (value: bigint, by: bigint): bigint => u64((value << by) | (value >> (64n - by)));
const round = (lane: bigint, input: bigint): bigint =>
  u64(rotated(u64(lane + input * P2), 31n) * P1);

const highOf = (value: bigint): number => Number(u64(value) >> 32n) | 0;
const lowOf = (value: bigint): number => Number(value & 0xffffffffn) | 0;

/** The upper half of the product of two unsigned numbers of 32 bits. */
const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + (carry >>> 16)) | 0;
};

const [P1_HIGH, P1_LOW] = [highOf(P1), lowOf(P1)];
const [P2_HIGH, P2_LOW] = [highOf(P2), lowOf(P2)];

/**
 * XXH64 with seed 0, the checksum of zstd frames (xxHash: doc/xxhash_spec.md). The four lanes are
 * pairs of 32-bit halves: as BigInts they are six times slower, and three times slower than the
 * decompressor.
 */
export class XxHash64 {
  readonly #low = Int32Array.of(lowOf(P1 + P2), lowOf(P2), 0, lowOf(u64(-P1)));
  readonly #high = Int32Array.of(highOf(P1 + P2), highOf(P2), 0, highOf(-P1));
  readonly #rest = Buffer.alloc(STRIPE);
  #length = 0;

  update(bytes: Uint8Array): void {
    const kept = this.#length % STRIPE;
    this.#length += bytes.byteLength;
    let from = 0;
    if (kept > 0) {
      from = Math.min(STRIPE - kept, bytes.byteLength);
      this.#rest.set(bytes.subarray(0, from), kept);
      if (kept + from < STRIPE) return;
      this.#stripe(new DataView(this.#rest.buffer, this.#rest.byteOffset), 0);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; from + STRIPE <= bytes.byteLength; from += STRIPE) this.#stripe(view, from);
    this.#rest.set(bytes.subarray(from));
  }

  /** The sum of all bytes so far. */
  digest(): bigint {
    let hash = u64((this.#length >= STRIPE ? this.#merged() : P5) + BigInt(this.#length));
    let at = 0;
    const rest = this.#rest.subarray(0, this.#length % STRIPE);
    for (; at + 8 <= rest.byteLength; at += 8) {
      hash = u64(rotated(hash ^ round(0n, rest.readBigUInt64LE(at)), 27n) * P1 + P4);
    }
    if (at + 4 <= rest.byteLength) {
      hash = u64(rotated(hash ^ u64(BigInt(rest.readUInt32LE(at)) * P1), 23n) * P2 + P3);
      at += 4;
    }
    for (; at < rest.byteLength; at += 1) {
      hash = u64(rotated(hash ^ u64(BigInt(rest.readUInt8(at)) * P5), 11n) * P1);
    }
    hash = u64((hash ^ (hash >> 33n)) * P2);
    hash = u64((hash ^ (hash >> 29n)) * P3);
    return hash ^ (hash >> 32n);
  }

  #merged(): bigint {
    const lanes = Array.from(this.#low, (low, i) =>
      u64((BigInt(this.#high[i] as number) << 32n) | BigInt(low >>> 0)),
    ) as [bigint, bigint, bigint, bigint];
    const [a, b, c, d] = lanes;
    const sum = rotated(a, 1n) + rotated(b, 7n) + rotated(c, 12n) + rotated(d, 18n);
    return lanes.reduce((hash, lane) => u64((hash ^ round(0n, lane)) * P1 + P4), u64(sum));
  }

  #stripe(view: DataView, at: number): void {
    for (let lane = 0; lane < 4; lane += 1) {
      const from = at + 8 * lane;
      this.#round(lane, view.getInt32(from, true), view.getInt32(from + 4, true));
    }
  }

  /** lane = rotate(lane + input × P2, 31) × P1, in halves. */
  #round(lane: number, low: number, high: number): void {
    const productLow = Math.imul(low, P2_LOW);
    const productHigh =
      multiplyHigh(low, P2_LOW) + Math.imul(high, P2_LOW) + Math.imul(low, P2_HIGH);
    const sum = ((this.#low[lane] as number) >>> 0) + (productLow >>> 0);
    const sumLow = sum | 0;
    const sumHigh = ((this.#high[lane] as number) + productHigh + (sum > 0xffffffff ? 1 : 0)) | 0;
    const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
    const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
    this.#low[lane] = Math.imul(turnedLow, P1_LOW);
    this.#high[lane] =
      multiplyHigh(turnedLow, P1_LOW) +
      Math.imul(turnedHigh, P1_LOW) +
      Math.imul(turnedLow, P1_HIGH);
  }
}
