import { expect, test } from 'vitest';
import { FLAG, HEADER_LENGTH, readHeader } from '../../src/binlog/event-header.ts';
import { hex } from './events/event-bytes.ts';

test('a header is read where it stands', () => {
  const bytes = hex(`
    ffff            # before it
    891e006b        # timestamp
    0f              # type
    0e000000        # server_id
    7b000000        # event_size
    7f000000        # log_pos
    4100            # flags IN_USE, RELAY_LOG
  `);
  expect(bytes.length).toBe(2 + HEADER_LENGTH);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(readHeader(view, 2)).toEqual({
    timestamp: 1795169929,
    typeCode: 15,
    serverId: 14,
    size: 123,
    endLogPos: 127,
    flags: FLAG.IN_USE | FLAG.RELAY_LOG,
  });
});
