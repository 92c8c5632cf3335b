import { expect, test } from 'vitest';
import { parseMultiMaster } from '../../src/metadata/multi-master.ts';

const read = (text: string) => parseMultiMaster(Buffer.from(text));

test('connections are listed as typed', () => {
  expect(read('s1\nWeird Name/2\r\nöst\n')).toEqual({
    value: {
      connections: [
        { name: 's1', offset: 0 },
        { name: 'Weird Name/2', offset: 3 },
        { name: 'öst', offset: 17 },
      ],
    },
    problems: [],
  });
});

test('an empty file lists none: the default connection never stands in it', () => {
  expect(read('')).toEqual({ value: { connections: [] }, problems: [] });
});

test('a name that may be cut is kept and in doubt, NUL bytes are no name', () => {
  expect(read('\0\0\ns2')).toEqual({
    value: { connections: [{ name: 's2', offset: 3 }] },
    problems: [
      { offset: 0, field: 'name', problem: 'is not text' },
      { offset: 3, field: 'name', problem: 'has no newline, it may be cut' },
    ],
  });
});
