import { expect, test } from 'vitest';
import { numberRanges, sentence, size } from '../../../src/report/renderers/words.ts';

test.each([
  [[1], '1'],
  [[1, 2], '1 and 2'],
  [[1, 2, 3], '1 to 3'],
  [[1, 3, 4, 6, 7, 8], '1, 3, 4 and 6 to 8'],
])('%j reads %s', (numbers, words) => {
  expect(numberRanges(numbers)).toBe(words);
});

test.each([
  ['nothing to do', 'Nothing to do.'],
  ['Wait!', 'Wait!'],
  ['gtid_mode is ON', 'gtid_mode is ON.'],
  ['corrupt-event: unproven.', 'corrupt-event: unproven.'],
])('%j is the sentence %j; names keep their case', (text, whole) => {
  expect(sentence(text)).toBe(whole);
});

test.each([
  [1, '1 byte'],
  [1023, '1,023 bytes'],
  [1024, '1.0 KiB'],
  [2_854_891, '2.7 MiB'],
])('%i bytes are %s', (bytes, words) => {
  expect(size(bytes)).toBe(words);
});
