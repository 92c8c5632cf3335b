import { expect, test } from 'vitest';
import { parseAutoCnf } from '../../src/metadata/auto-cnf.ts';

const UUID = '00f2e600-e4cc-11f1-a177-02fc00000001';
const read = (text: string) => parseAutoCnf(Buffer.from(text));

test('the server UUID and the byte where its line begins', () => {
  const expected = { value: { serverUuid: UUID, offsets: { serverUuid: 7 } }, problems: [] };
  expect(read(`[auto]\nserver-uuid=${UUID}\n`)).toEqual(expected);
  expect(read(`[auto]\nserver_uuid = ${UUID}`)).toEqual(expected);
  expect(read(`[auto]\r\nserver-uuid=${UUID}\r\n`).value.offsets.serverUuid).toBe(8);
});

test('cut at any byte there is no half UUID', () => {
  const text = `[auto]\nserver-uuid=${UUID}`;
  for (let length = 0; length < text.length; length++) {
    const { value, problems } = read(text.slice(0, length));
    expect(value.serverUuid).toBeNull();
    expect(problems).toHaveLength(1);
  }
});

test('what stands for the UUID and is none is a problem at its line', () => {
  expect(read('[auto]\nserver-uuid=\n')).toEqual({
    value: { serverUuid: null, offsets: {} },
    problems: [{ offset: 7, field: 'serverUuid', problem: 'is not a UUID' }],
  });
});
