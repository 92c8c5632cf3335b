import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfText, hasKeptBytes, textOfBytes } from '../../src/listing/raw-bytes.ts';

test('bytes come back as they were, beside any text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, text) => {
      const written = bytesOfText(`${text}${textOfBytes(Buffer.from(bytes))}${text}`);
      const around = Buffer.from(text);
      expect(written.equals(Buffer.concat([around, bytes, around]))).toBe(true);
    }),
  );
});

test('text alone has none', () => {
  expect(hasKeptBytes('żółć 🐬')).toBe(false);
  expect(hasKeptBytes(textOfBytes(Buffer.from([0xe9])))).toBe(true);
});
