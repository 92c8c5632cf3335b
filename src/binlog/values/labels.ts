import type { Column } from './column.ts';
import { COLUMN_TYPE } from './column-type.ts';

/**
 * The strings of an ENUM's or a SET's value: one of an ENUM (the empty one where its value was not
 * valid), any number of a SET. Null when the log does not name them, or not all that are needed.
 */
export const labelsIn = (
  value: number | bigint,
  { realType, labels }: Column,
): readonly (string | Buffer)[] | null => {
  if (labels === null) return null;
  if (realType === COLUMN_TYPE.ENUM) {
    const label = value === 0 ? '' : labels[Number(value) - 1];
    return label === undefined ? null : [label];
  }
  const bits = BigInt(value);
  if (bits >> BigInt(labels.length) !== 0n) return null;
  return labels.filter((_, i) => ((bits >> BigInt(i)) & 1n) === 1n);
};
