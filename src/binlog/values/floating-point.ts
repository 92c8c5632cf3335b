import { COLUMN_TYPE } from './column-type.ts';
import { defineValueType } from './define-value-type.ts';

export const float = defineValueType({
  codes: [COLUMN_TYPE.FLOAT],
  source: 'MySQL sql/field.cc Field_float::pack',
  metadata: 'u8',
  read: (f) => f.f32('float'),
  skip: (f) => f.skip('float', 4),
});

export const double = defineValueType({
  codes: [COLUMN_TYPE.DOUBLE],
  source: 'MySQL sql/field.cc Field_double::pack',
  metadata: 'u8',
  read: (f) => f.f64('double'),
  skip: (f) => f.skip('double', 8),
});
