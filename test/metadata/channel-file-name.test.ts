import { expect, test } from 'vitest';
import {
  channelOfInfoFile,
  decodeChannelName,
  encodeChannelName,
} from '../../src/metadata/channel-file-name.ts';

test.each([
  ['Weird Name/2', 'weird@0020name@002f2'],
  ['WEST-2', 'west@002d2'],
  ['a_b$.', 'a_b@0024@002e'],
  ['s1', 's1'],
  ['', ''],
])('%j is %j in file names', (typed, encoded) => {
  expect(encodeChannelName(typed)).toBe(encoded);
  expect(decodeChannelName(encoded)).toBe(typed.toLowerCase());
});

test('names beyond ASCII are not guessed, and their codes stay when decoded', () => {
  expect(encodeChannelName('West-2.eu ö')).toBeNull();
  expect(decodeChannelName('west@002d2@002eeu@0020@1i')).toBe('west-2.eu @1i');
  expect(decodeChannelName('a@4e2db')).toBe('a中b');
  expect(decodeChannelName('a@00')).toBe('a@00');
});

test.each([
  ['master.info', ''],
  ['master-s1.info', 's1'],
  ['relay-log-weird@0020name@002f2.info', 'weird@0020name@002f2'],
  ['relay-log.info', ''],
  ['master.info.bak', ''],
  ['worker-relay-log-east.info.3', 'east'],
  ['multi-master.info', null],
  ['masterly.info', null],
  ['relay-bin-s1.index', null],
])('the channel of %s is %j', (name, channel) => {
  expect(channelOfInfoFile(name)).toBe(channel);
});
