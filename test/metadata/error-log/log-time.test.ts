import { describe, expect, test } from 'vitest';
import { logZone, readLogTime } from '../../../src/metadata/error-log/log-time.ts';

const read = (written: string, zone: string | null = null) =>
  readLogTime(written, zone === null ? null : logZone(zone));

describe('times with a zone are told in UTC, and no other zone counts', () => {
  test.each([
    ['2026-11-20T10:42:11.123456Z', '2026-11-20T10:42:11.123456Z'],
    ['2026-11-20T10:42:11.123456+02:00', '2026-11-20T08:42:11.123456Z'],
    ['2026-11-20T10:42:11-0530', '2026-11-20T16:12:11Z'],
    ['2026-01-01T00:30:00.000001+01:00', '2025-12-31T23:30:00.000001Z'],
  ])('%s', (written, text) => {
    expect(read(written, '+09:00')).toEqual({ text, zone: 'stated' });
  });
});

describe('times without one', () => {
  test.each([
    ['261120  9:42:11', '2026-11-20T09:42:11'],
    ['2026-11-20  9:42:11', '2026-11-20T09:42:11'],
    ['2026-11-20 10:42:11.5', '2026-11-20T10:42:11.5'],
    ['991231 23:59:60', '2000-01-01T00:00:00'],
  ])('%s stays as written', (written, text) => {
    expect(read(written)).toEqual({ text, zone: 'unknown' });
  });

  test.each([
    ['Z', '2026-11-20T10:42:11Z'],
    ['UTC', '2026-11-20T10:42:11Z'],
    ['+02:00', '2026-11-20T08:42:11Z'],
    ['-0530', '2026-11-20T16:12:11Z'],
    ['Europe/Vienna', '2026-11-20T09:42:11Z'],
    ['America/New_York', '2026-11-20T15:42:11Z'],
    ['Asia/Kathmandu', '2026-11-20T04:57:11Z'],
  ])('are told in UTC by the zone %s', (zone, text) => {
    expect(read('2026-11-20 10:42:11', zone)).toEqual({ text, zone: 'given' });
  });

  test.each([
    ['before', '2026-03-29 01:59:59', '2026-03-29T00:59:59Z'],
    ['in the hour that is left out', '2026-03-29 02:30:00', '2026-03-29T01:30:00Z'],
    ['after', '2026-03-29 03:00:00', '2026-03-29T01:00:00Z'],
    ['in the hour that comes twice, the first', '2026-10-25 02:30:00', '2026-10-25T00:30:00Z'],
    ['after it', '2026-10-25 03:00:00', '2026-10-25T02:00:00Z'],
  ])('%s the clocks change', (_, written, text) => {
    expect(read(written, 'Europe/Vienna')).toEqual({ text, zone: 'given' });
  });
});

test.each([
  '',
  'x',
  '2026-13-01 10:00:00',
  '2026-02-30 10:00:00',
  '2026-11-20 24:00:00',
  '261120 10:61:00',
  '000000 10:00:00',
  '2026-11-20',
])('%j is no time', (written) => expect(read(written)).toBeNull());

test.each(['', 'Nowhere/Atlantis', '+25:00', '+02:99', '02:00'])('%j is no zone', (name) => {
  expect(logZone(name)).toBeNull();
});
