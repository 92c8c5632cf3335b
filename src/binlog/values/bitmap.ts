import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

const MOST_BITS = 64;
const MOST_BYTES = 8;

/** Big-endian. */
const fromBytes = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** BIT: whole bytes, big-endian, the value at their lower end. */
export const bit = defineValueType({
  codes: [COLUMN_TYPE.BIT],
  source: 'MySQL sql/field.cc Field_bit::pack; metadata: bits beyond whole bytes, then whole bytes',
  metadata: 'u16le',
  read: (f, column) => {
    const bits = column.size;
    if (bits < 1 || bits > MOST_BITS) throw f.malformed('bit', `there is no BIT(${bits})`);
    return fromBytes(f.bytes('bit', (bits + 7) >> 3));
  },
});

const requireWidth = (f: FieldReader, name: string, width: number, most: number): void => {
  if (width < 1 || width > most) throw f.malformed(name, `${width} bytes are no width of one`);
};

/** ENUM: the index of its string, from 1; 0 stands for a value that was not valid. */
export const enumeration = defineValueType({
  codes: [COLUMN_TYPE.ENUM],
  source: 'MySQL sql/field.cc Field_enum::pack',
  metadata: 'u16be',
  read: (f, column) => {
    requireWidth(f, 'enum', column.size, 2);
    return f.uint('enum', column.size);
  },
});

/** SET: a bitmap, the first string in the lowest bit. */
export const set = defineValueType({
  codes: [COLUMN_TYPE.SET],
  source: 'MySQL sql/field.cc Field_enum::pack',
  metadata: 'u16be',
  read: (f, column) => {
    requireWidth(f, 'set', column.size, MOST_BYTES);
    return fromBytes(Buffer.from(f.bytes('set', column.size)).reverse());
  },
});
