import type { DefineFormat } from './define-format.ts';
import { ndjson } from './ndjson.ts';
import { sql } from './sql.ts';
import { table } from './table.ts';

/** Every way to write events: one line each. */
export const formats = { table, ndjson, sql } as const satisfies Record<string, DefineFormat>;

export type ListingFormatName = keyof typeof formats;
