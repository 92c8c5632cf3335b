import { expect } from 'vitest';
import type { LiveServer } from './live-server.ts';

export const TABLES = ['app.orders', 'app.journal', 'app.counters'] as const;

export type Table = (typeof TABLES)[number];

/** Of all rows: what two servers that agree have in common. */
export const checksumOf = (server: LiveServer, table: Table): string =>
  server.sql(`CHECKSUM TABLE ${table}`).split('\t')[1]?.trim() ?? '';

/** Which tables differ between two servers. */
export const differingTables = (a: LiveServer, b: LiveServer): Table[] =>
  TABLES.filter((table) => checksumOf(a, table) !== checksumOf(b, table));

export const countOf = (server: LiveServer, table: Table): number =>
  Number(server.sql(`SELECT COUNT(*) FROM ${table}`));

export const expectEqualTables = (a: LiveServer, b: LiveServer): void =>
  expect(differingTables(a, b), `tables of ${a.id} and ${b.id} that differ`).toEqual([]);
