import { expect, test } from 'vitest';
import { parseWorkerInfo } from '../../src/metadata/worker-info.ts';

const LINES = './r.000002\n1200\nb.000001\n1037\n./r.000002\n980\nb.000001\n817\n3\n8\n';
const file = (bitmap: readonly number[], channel: string, id = '2\n') =>
  Buffer.concat([Buffer.from(id + LINES), Buffer.from(bitmap), Buffer.from(channel)]);

test('every line of a worker file has its field, the bitmap its bits', () => {
  // Bytes of the bitmap may be line ends.
  const { value, problems } = parseWorkerInfo(file([10, 10, 0, 0, 0, 0, 0, 13], 'east\n'));
  expect(problems).toEqual([]);
  expect(value).toEqual({
    id: 2,
    groupRelayLogFile: './r.000002',
    groupRelayLogPos: 1200,
    groupSourceLogFile: 'b.000001',
    groupSourceLogPos: 1037,
    checkpointRelayLogFile: './r.000002',
    checkpointRelayLogPos: 980,
    checkpointSourceLogFile: 'b.000001',
    checkpointSourceLogPos: 817,
    checkpointSeqno: 3,
    bitmapBytes: 8,
    hasAppliedSinceCheckpoint: true,
    bitmap: '0a0a00000000000d',
    channelName: 'east',
    offsets: {
      id: 0,
      groupRelayLogFile: 2,
      groupRelayLogPos: 13,
      groupSourceLogFile: 18,
      groupSourceLogPos: 27,
      checkpointRelayLogFile: 32,
      checkpointRelayLogPos: 43,
      checkpointSourceLogFile: 47,
      checkpointSourceLogPos: 56,
      checkpointSeqno: 60,
      bitmapBytes: 62,
      channelName: 72,
    },
  });
});

test('an empty bitmap is a worker that applied nothing since the checkpoint', () => {
  const zeros = Array<number>(8).fill(0);
  expect(parseWorkerInfo(file(zeros, '\n')).value).toMatchObject({
    hasAppliedSinceCheckpoint: false,
    channelName: '',
  });
  // 5.6 writes no channel.
  expect(parseWorkerInfo(file(zeros, '')).value.channelName).toBeNull();
});

test('a bitmap larger than any server writes is not kept', () => {
  const bitmap = Buffer.alloc((1 << 16) + 1, 1);
  const { value } = parseWorkerInfo(
    Buffer.concat([Buffer.from('2\n' + LINES.replace(/8\n$/, `${bitmap.length}\n`)), bitmap]),
  );
  expect(value).toMatchObject({ bitmap: null, hasAppliedSinceCheckpoint: true });
});

test('a bitmap that is not all there is no answer', () => {
  const { value, problems } = parseWorkerInfo(file([1, 0, 0], ''));
  expect(value).toMatchObject({
    checkpointSeqno: 3,
    hasAppliedSinceCheckpoint: null,
    bitmap: null,
  });
  expect(problems).toEqual([
    { offset: 64, field: 'bitmapBytes', problem: 'needs 8 bytes, 3 left' },
  ]);
});

test('cut at any byte before the bitmap ends it says so and does not throw', () => {
  const whole = file([1, 0, 0, 0, 0, 0, 0, 0], '');
  for (let length = 0; length < whole.byteLength; length++) {
    expect(parseWorkerInfo(whole.subarray(0, length)).problems, `${length}`).not.toEqual([]);
  }
});

test('an id that is no number is null and the rest is read', () => {
  const { value, problems } = parseWorkerInfo(file(Array<number>(8).fill(0), '', 'x\n'));
  expect(value).toMatchObject({ id: null, groupSourceLogPos: 1037 });
  expect(problems).toEqual([{ offset: 0, field: 'id', problem: 'is not an unsigned integer' }]);
});
