import { describe, expect, test } from 'vitest';
import { EventCursor, type Step } from '../../src/binlog/event-cursor.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { FileWindow } from '../../src/bytes/file-window.ts';
import { StreamSource } from '../../src/bytes/stream-source.ts';
import { log, lyingSize, noise, patched } from '../support/build-log.ts';
import { inPieces } from '../support/pack.ts';

const cursorOver = (bytes: Uint8Array, capacity?: number): EventCursor =>
  new EventCursor(new FileWindow(fromBytes(bytes), capacity), 4);

const steps = (bytes: Uint8Array, capacity?: number): string[] =>
  stepsOf(cursorOver(bytes, capacity));

/** Every step with the offset that it was made at. */
const stepsOf = (cursor: EventCursor): string[] => {
  const seen: string[] = [];
  let step: Step;
  do {
    step = cursor.next();
    seen.push(`${step} ${cursor.offset}`);
  } while (step === 'event');
  return seen;
};

const built = log({ serverId: 0xfffffffe, at: 0xfffffff0 })
  .format()
  .gtid(1, { flags: 0x8001 })
  .query('DROP TABLE a', { logPos: 0xfffffffd })
  .stop();

test('hops from event to event, to the end', () => {
  expect(steps(built.bytes())).toEqual([
    ...built.events.map(({ offset }) => `event ${offset}`),
    `end ${built.length}`,
  ]);
});

test('shows the header of the event that it stands on', () => {
  const cursor = cursorOver(built.bytes());
  for (const { offset, size, typeCode } of built.events) {
    cursor.next();
    expect(cursor).toMatchObject({
      offset,
      size,
      typeCode,
      serverId: 0xfffffffe,
      timestamp: 0xfffffff0,
      loaded: size,
    });
    expect(cursor.following).toBe(offset + size);
    expect(cursor.endLogPos).toBe(typeCode === 2 ? 0xfffffffd : offset + size);
    expect(cursor.flags).toBe(typeCode === 33 ? 0x8001 : 0);
  }
});

test('hops by size, whatever the position in the header says', () => {
  const relay = log().format().sourceAt(70_000).begin().xid(1).sourceAt(4).begin().xid(2);
  expect(steps(relay.bytes())).toEqual([
    ...relay.events.map(({ offset }) => `event ${offset}`),
    `end ${relay.length}`,
  ]);
});

test('the window may be smaller than any event', () => {
  for (const capacity of [64, 65, 100, 150]) {
    expect(steps(built.bytes(), capacity)).toEqual(steps(built.bytes()));
    const cursor = cursorOver(built.bytes(), capacity);
    for (const { size } of built.events) {
      cursor.next();
      expect(cursor.loaded).toBe(Math.min(size, capacity));
      expect(cursor.checksumFits()).toBe(true);
      expect(cursor.size).toBe(size);
    }
  }
});

describe('ends', () => {
  const { offset, size } = built.event(-2);

  test('cut at every byte of an event: truncated, at its first byte', () => {
    for (let left = 1; left < size; left += 1) {
      expect(steps(built.bytes().subarray(0, offset + left)).at(-1)).toBe(`truncated ${offset}`);
    }
    expect(steps(built.bytes().subarray(0, offset)).at(-1)).toBe(`end ${offset}`);
  });

  test('a size below that of a header: malformed', () => {
    for (const lie of [0, 1, 18])
      expect(steps(lyingSize(built.bytes(), offset, lie)).at(-1)).toBe(`malformed ${offset}`);
  });

  test('a size beyond the end of the file: truncated', () => {
    for (const lie of [built.length - offset + 1, 2 ** 31, 2 ** 32 - 1]) {
      expect(steps(lyingSize(built.bytes(), offset, lie)).at(-1)).toBe(`truncated ${offset}`);
    }
  });

  test('a file that was cut while it is read: truncated', () => {
    for (const at of [offset, offset + 5, offset + 25]) {
      const window = new FileWindow({
        ...fromBytes(built.bytes().subarray(0, at)),
        size: built.length,
      });
      const cursor = new EventCursor(window, 4);
      while (cursor.next() === 'event');
      expect(cursor.offset).toBe(offset);
    }
  });
});

describe('checksums', () => {
  const bits = (bytes: Buffer, at: number, mask: number): Buffer =>
    patched(bytes, at, (bytes[at] ?? 0) ^ mask);

  const fits = (bytes: Uint8Array, index: number, capacity?: number): boolean => {
    const cursor = cursorOver(bytes, capacity);
    for (let n = 0; n <= index; n += 1) cursor.next();
    return cursor.checksumFits();
  };

  test('any byte counts, those of the sum as well', () => {
    const { offset, end } = built.event(2);
    for (let at = offset; at < end; at += 1) {
      if (at >= offset + 9 && at < offset + 13) continue;
      expect(fits(bits(built.bytes(), at, 0x10), 2)).toBe(false);
      expect(fits(bits(built.bytes(), at, 0x10), 2, 64)).toBe(false);
    }
    expect(fits(built.bytes(), 2)).toBe(true);
  });

  test('the flag "in use" of a format description does not, any other flag does', () => {
    const open = log().format({ flags: 1 }).stop();
    expect(fits(open.bytes(), 0)).toBe(true);
    expect(fits(bits(open.bytes(), 4 + 17, 1), 0)).toBe(true);
    expect(fits(bits(open.bytes(), 4 + 17, 2), 0)).toBe(false);
    expect(fits(bits(open.bytes(), open.event(1).offset + 17, 1), 1)).toBe(false);
  });

  test('an event too small for one has none', () => {
    expect(fits(log().format({ checksum: 'none' }).stop().bytes(), 1)).toBe(false);
  });

  test('after the sum of a large event the cursor shows its header again', () => {
    const large = log().format().query('x'.repeat(5000), { serverId: 77 }).stop();
    const cursor = cursorOver(large.bytes(), 256);
    cursor.next();
    cursor.next();
    expect(cursor.checksumFits()).toBe(true);
    expect(cursor).toMatchObject({ serverId: 77, typeCode: 2, size: large.event(1).size });
    expect(cursor.next()).toBe('event');
    expect(cursor.typeCode).toBe(3);
  });
});

test('a body is copied without header and checksum, up to a limit', () => {
  const rows = noise(3000);
  const source = log().format().put(30, rows).put(30, Buffer.alloc(0));
  const cursor = cursorOver(source.bytes(), 200);
  cursor.next();
  cursor.next();
  expect(cursor.copyBody(19, 4)).toEqual(rows);
  expect(cursor.copyBody(19, 4, 100)).toEqual(rows.subarray(0, 100));
  expect(cursor.copyBody(21, 4, 10)).toEqual(rows.subarray(2, 12));
  cursor.next();
  expect(cursor.copyBody(19, 4)).toHaveLength(0);
  expect(cursor.copyBody(255, 4)).toHaveLength(0);
});

describe('over a stream', () => {
  const streamed = (bytes: Uint8Array, piece: number, capacity?: number) => {
    const chunks = inPieces(bytes, piece);
    const source = new StreamSource(chunks, 'stdin', { behind: 0, atMost: 1 << 30 });
    return { chunks, cursor: new EventCursor(new FileWindow(source, capacity), 4) };
  };

  test('the steps are those over a file, wherever it is cut', () => {
    for (let length = 4; length <= built.length; length += 1) {
      const bytes = built.bytes().subarray(0, length);
      for (const capacity of [64, 150, undefined]) {
        expect(stepsOf(streamed(bytes, 50, capacity).cursor)).toEqual(steps(bytes));
      }
    }
  });

  test('a size that lies costs what comes, and no more', () => {
    const { offset } = built.event(-2);
    for (const lie of [built.length - offset + 1, 2 ** 31, 2 ** 32 - 1]) {
      const { cursor } = streamed(lyingSize(built.bytes(), offset, lie), 100, 64);
      expect(stepsOf(cursor).at(-1)).toBe(`truncated ${offset}`);
    }
    expect(stepsOf(streamed(lyingSize(built.bytes(), offset, 18), 9).cursor).at(-1)).toBe(
      `malformed ${offset}`,
    );
  });

  test('an event is shown as soon as it is there', () => {
    const { chunks, cursor } = streamed(built.bytes(), 10);
    for (const { end } of built.events) {
      expect(cursor.next()).toBe('event');
      expect(chunks.taken).toBeLessThan(end + 10);
    }
  });

  test('an event larger than the window is summed, copied and passed', () => {
    const rows = noise(3 << 20);
    const large = log()
      .format()
      .put(30, rows)
      .query('DROP TABLE a')
      .put(30, noise(2 << 20))
      .stop();
    const { cursor } = streamed(large.bytes(), 70_000, 1000);
    for (const { typeCode, offset } of large.events) {
      expect(cursor.next()).toBe('event');
      expect(cursor).toMatchObject({ typeCode, offset });
      if (offset === large.event(1).offset) expect(cursor.copyBody(19, 4).equals(rows)).toBe(true);
      expect(cursor.checksumFits()).toBe(true);
      expect(cursor).toMatchObject({ typeCode, offset });
    }
    expect(cursor.next()).toBe('end');
  });
});
