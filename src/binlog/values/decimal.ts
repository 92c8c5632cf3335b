import type { FieldReader } from '../../bytes/field-reader.ts';
import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

const GROUP_DIGITS = 9;
const GROUP_BYTES = 4;
/** Bytes of a group that has fewer than nine digits, by their number. */
const PARTIAL_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4] as const;
/** Servers store up to 65 digits; arithmetic of JSON decimals may give up to 81. */
const MOST_DIGITS = 81;
const MOST_SCALE = 30;

interface Groups {
  /** Digits and bytes of each group, from the left. */
  readonly integer: readonly (readonly [digits: number, bytes: number])[];
  readonly fraction: readonly (readonly [digits: number, bytes: number])[];
}

const groupsOf = (precision: number, scale: number): Groups => {
  const full = (digits: number) =>
    Array.from(
      { length: Math.floor(digits / GROUP_DIGITS) },
      () => [GROUP_DIGITS, GROUP_BYTES] as const,
    );
  const partial = (digits: number) => {
    const rest = digits % GROUP_DIGITS;
    return rest === 0 ? [] : [[rest, PARTIAL_BYTES[rest] ?? GROUP_BYTES] as const];
  };
  const whole = precision - scale;
  return {
    integer: [...partial(whole), ...full(whole)],
    fraction: [...full(scale), ...partial(scale)],
  };
};

const lengthOf = ({ integer, fraction }: Groups): number =>
  [...integer, ...fraction].reduce((sum, [, bytes]) => sum + bytes, 0);

const requireDecimal = (f: FieldReader, precision: number, scale: number): void => {
  if (precision < 1 || precision > MOST_DIGITS || scale > MOST_SCALE || scale > precision) {
    throw f.malformed('decimal', `there is no DECIMAL(${precision},${scale})`);
  }
};

/** Bytes of so many digits, without a list of their groups. */
const bytesOf = (digits: number): number =>
  Math.floor(digits / GROUP_DIGITS) * GROUP_BYTES + (PARTIAL_BYTES[digits % GROUP_DIGITS] ?? 0);

/**
 * A packed decimal as its digits: `-12.340`, with as many behind the point as `scale` says.
 * Groups of nine digits, big-endian, the incomplete one outermost; the top bit is set when the
 * number is not negative, and all bits of a negative one are inverted.
 * Source: MySQL strings/decimal.cc `bin2decimal`, `decimal2string`.
 */
export const readDecimal = (f: FieldReader, precision: number, scale: number): string => {
  requireDecimal(f, precision, scale);
  const groups = groupsOf(precision, scale);
  const start = f.offset;
  const bytes = Buffer.from(f.bytes('decimal', lengthOf(groups)));
  const isNegative = ((bytes[0] ?? 0) & 0x80) === 0;
  bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  if (isNegative) for (let i = 0; i < bytes.length; i += 1) bytes[i] = ~(bytes[i] ?? 0);
  let at = 0;
  const digitsOf = (part: Groups['integer']): string =>
    part
      .map(([digits, width]) => {
        const group = bytes.readUIntBE(at, width);
        if (group >= 10 ** digits) {
          throw f.malformed('decimal', `${group} is no group of ${digits} digits`, start);
        }
        at += width;
        return String(group).padStart(digits, '0');
      })
      .join('');
  const whole = digitsOf(groups.integer).replace(/^0+/, '') || '0';
  const fraction = digitsOf(groups.fraction);
  return `${isNegative ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
};

/** DECIMAL as its digits. */
export const decimal = defineValueType({
  codes: [COLUMN_TYPE.NEWDECIMAL],
  source: 'MySQL strings/decimal.cc bin2decimal',
  metadata: 'u16be',
  read: (f, column) => readDecimal(f, column.size, column.scale),
  skip: (f, { size, scale }) => {
    requireDecimal(f, size, scale);
    f.skip('decimal', bytesOf(size - scale) + bytesOf(scale));
  },
});
