import { describe, expect, test } from 'vitest';
import { log, lyingSize, patched } from '../support/build-log.ts';
import {
  damaged,
  executed,
  FIRST_END,
  findings,
  flipped,
  only,
  relayOf,
  SECOND_END,
  THIRD,
} from '../support/damaged-relay.ts';
import { binaryLog, RelayLog, VERSION, write } from '../support/relay-log.ts';
import { relayLogInfo } from '../support/status-files.ts';

describe('severity', () => {
  const relay = relayOf();

  test.each([
    ['behind the executed position: the applier stops there', FIRST_END, 7, 'critical', false],
    ['at it', FIRST_END, 6, 'critical', false],
    ['before it: it was applied', SECOND_END, 4, 'low', true],
  ])('%s', (_name, at, event, severity, applied) => {
    const files = {
      'b/relay-bin.000002': damaged(relay, event),
      'b/relay-log.info': executed(relay, at),
    };
    expect(only(files).found).toMatchObject({
      severity,
      confidence: 'proven',
      facts: { applied, kind: 'checksum' },
    });
  });

  test('in a file before or after the one that is being applied', () => {
    const second = new RelayLog().connect({ position: relay.position }).write();
    const info = (file: string, offset: number, position: number) =>
      relayLogInfo({ file, offset, position });
    const files = { 'b/relay-bin.000002': damaged(relay, 4), 'b/relay-bin.000003': second };
    const done = info('relay-bin.000003', second.log.event(2).end, relay.position);
    expect(only({ ...files, 'b/relay-log.info': done }).found).toMatchObject({ severity: 'low' });
    const yet = info('relay-bin.000002', relay.log.event(2).end, 700);
    const later = {
      'b/relay-bin.000002': relay,
      'b/relay-bin.000003': damaged(second, 4),
      'b/relay-log.info': yet,
    };
    expect(only(later).found).toMatchObject({ severity: 'critical' });
  });

  test('where the executed position is not known, and in a binary log', () => {
    expect(only({ 'b/relay-bin.000002': damaged(relay, 4) }).found).toMatchObject({
      severity: 'high',
      facts: { applied: null },
    });
    const own = write(write(binaryLog()));
    expect(only({ 'a/mysql-bin.000001': flipped(own.bytes(), own.event(2).offset) })).toMatchObject(
      {
        found: {
          severity: 'high',
          title: expect.stringContaining('1236'),
          facts: { log: 'binary-log' },
        },
        fix: null,
      },
    );
  });

  test('of several places the first that was not applied is told of', () => {
    const bytes = flipped(damaged(relay, 4), relay.log.event(THIRD).offset);
    const files = { 'b/relay-bin.000002': bytes, 'b/relay-log.info': executed(relay, SECOND_END) };
    expect(only(files).found).toMatchObject({
      severity: 'critical',
      facts: { offset: relay.log.event(THIRD).offset, applied: false, places: 2 },
    });
    const both = {
      'b/relay-bin.000002': flipped(damaged(relay, 4), relay.log.event(7).offset),
      'b/relay-log.info': executed(relay, SECOND_END),
    };
    expect(only(both).found).toMatchObject({
      severity: 'low',
      facts: { offset: relay.log.event(4).offset },
    });
  });
});

describe('kinds', () => {
  const relay = relayOf();
  const info = { 'b/relay-log.info': executed(relay, SECOND_END) };

  test('the magic, which is read whenever the file is opened', () => {
    const files = { 'b/relay-bin.000002': patched(relay.bytes(), 0, 0), ...info };
    expect(only(files).found).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: { kind: 'magic', offset: 0, eventType: null },
    });
  });

  test('so is the format description', () => {
    const files = { 'b/relay-bin.000002': flipped(relay.bytes(), 4), ...info };
    expect(only(files).found).toMatchObject({
      severity: 'critical',
      facts: { kind: 'checksum', eventType: 'Format_description' },
    });
  });

  test('a size that leads nowhere', () => {
    const { offset } = relay.log.event(THIRD);
    const files = { 'b/relay-bin.000002': lyingSize(relay.bytes(), offset, 70_000), ...info };
    expect(only(files).found).toMatchObject({
      severity: 'critical',
      facts: {
        kind: 'framing',
        offset,
        resumedAt: relay.log.event(THIRD).end,
        lastWholeTransactionEndsAt: relay.log.event(SECOND_END).end,
      },
    });
  });

  test('a type that nobody writes, without a checksum to vouch for it', () => {
    const built = write(log().format({ checksum: 'none', version: VERSION.mysql56 })).put(
      99,
      Buffer.alloc(8),
    );
    expect(only({ 'a/mysql-bin.000001': write(write(built)) }).found).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      facts: { kind: 'unknown-type' },
    });
  });
});

describe('silent', () => {
  test.each<[string, RelayLog]>([
    [
      'a change of the checksum algorithm inside the file',
      new RelayLog().events((built) =>
        write(
          built
            .fakeRotate('mysql-bin.000001', 4, { serverId: 1 })
            .format({ checksum: 'none', serverId: 1, version: VERSION.mysql56 }),
        ),
      ),
    ],
    [
      'a source’s format description without an algorithm and a left-over checksum',
      new RelayLog().events((built) =>
        write(built.format({ checksum: 'none', logPos: 0, badChecksum: true, serverId: 1 })),
      ),
    ],
    [
      'an in-use flag',
      new RelayLog({ version: VERSION.mariadb })
        .connect()
        .events((built) => built.format({ version: VERSION.mariadb, serverId: 2, flags: 1 })),
    ],
    [
      'a compressed transaction',
      new RelayLog({ version: VERSION.mysql8030 })
        .connect()
        .events((built) => built.gtid(1).transactionPayload(Buffer.alloc(90, 7))),
    ],
    [
      'a type of a fork, vouched for by its checksum',
      new RelayLog().connect().events((built) => built.put(99, Buffer.alloc(8))),
    ],
  ])('%s', (_name, relay) => {
    expect(findings({ 'b/relay-bin.000002': relay })).toEqual([]);
  });

  test('an encrypted log', () => {
    expect(findings({ 'b/relay-bin.000002': Buffer.from('fd62696e0001', 'hex') })).toEqual([]);
  });
});
