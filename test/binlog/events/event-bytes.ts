import { expect } from 'vitest';
import type { BodyContext } from '../../../src/binlog/define-event.ts';
import type { BinlogEvent } from '../../../src/binlog/events/index.ts';
import { decodeBody } from '../../../src/binlog/events/index.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';

/** Bytes of a hex text, one field a line; `#` starts a comment. */
export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/#.*|\s/g, ''), 'hex');

/** Decodes a body as a log of `context`'s server holds it. */
export const decode = (
  typeCode: number,
  body: Buffer,
  context: Partial<BodyContext> = {},
): BinlogEvent | null =>
  decodeBody(
    typeCode,
    body,
    { typeCode, postHeaderLength: 0, flavor: null, serverId: 1, ...context },
    { file: 'binlog.000001', base: 100 },
  );

/** The error of a body that contradicts the format, as text. */
export const problemOf = (
  typeCode: number,
  body: Buffer,
  context: Partial<BodyContext> = {},
): string => {
  try {
    decode(typeCode, body, context);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).message;
  }
  return 'none';
};

/**
 * Cuts the body before each of its bytes, and puts extreme values in the place of each: it must
 * decode or be malformed, nothing else. Answers how many cuts were refused.
 */
export const tear = (
  typeCode: number,
  body: Buffer,
  context: Partial<BodyContext> = {},
): number => {
  let refused = 0;
  for (let n = 0; n < body.length; n += 1) {
    if (problemOf(typeCode, body.subarray(0, n), context) !== 'none') refused += 1;
    for (const value of [0x00, 0x7f, 0x80, 0xfc, 0xff]) {
      const changed = Buffer.from(body);
      changed[n] = value;
      problemOf(typeCode, changed, context);
    }
  }
  return refused;
};
