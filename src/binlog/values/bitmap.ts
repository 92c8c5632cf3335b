import type { FieldReader } from '../../bytes/field-reader.ts';
import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

const MOST_BITS = 64;
const MOST_BYTES = 8;

/** Big-endian. */
const fromBytes = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

const bitBytes = (f: FieldReader, { size: bits }: Column): number => {
  if (bits < 1 || bits > MOST_BITS) throw f.malformed('bit', `there is no BIT(${bits})`);
  return (bits + 7) >> 3;
};

/** BIT: whole bytes, big-endian, the value at their lower end. */
export const bit = defineValueType({
  codes: [COLUMN_TYPE.BIT],
  source: 'MySQL sql/field.cc Field_bit::pack; metadata: bits beyond whole bytes, then whole bytes',
  metadata: 'u16le',
  read: (f, column) => fromBytes(f.bytes('bit', bitBytes(f, column))),
  skip: (f, column) => f.skip('bit', bitBytes(f, column)),
});

/** The width that the metadata says, where there is such a one. */
const widthOf = (f: FieldReader, name: string, { size }: Column, most: number): number => {
  if (size < 1 || size > most) throw f.malformed(name, `${size} bytes are no width of one`);
  return size;
};

/** ENUM: the index of its string, from 1; 0 stands for a value that was not valid. */
export const enumeration = defineValueType({
  codes: [COLUMN_TYPE.ENUM],
  source: 'MySQL sql/field.cc Field_enum::pack',
  metadata: 'u16be',
  read: (f, column) => f.uint('enum', widthOf(f, 'enum', column, 2)),
  skip: (f, column) => f.skip('enum', widthOf(f, 'enum', column, 2)),
});

/** SET: a bitmap, the first string in the lowest bit. */
export const set = defineValueType({
  codes: [COLUMN_TYPE.SET],
  source: 'MySQL sql/field.cc Field_enum::pack',
  metadata: 'u16be',
  read: (f, column) => {
    const bytes = f.bytes('set', widthOf(f, 'set', column, MOST_BYTES));
    return fromBytes(Buffer.from(bytes).reverse());
  },
  skip: (f, column) => f.skip('set', widthOf(f, 'set', column, MOST_BYTES)),
});
