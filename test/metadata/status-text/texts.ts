import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SectionKind, SectionRows } from '../../../src/metadata/status-text/sections/index.ts';
import {
  parseStatusText,
  type StatusSection,
  sectionsOf,
} from '../../../src/metadata/status-text/status-text.ts';

/** What a real server printed. */
export const printed = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'texts', name), 'utf8');

export const parse = (content: string, fileName = 'ticket.txt') =>
  parseStatusText(Buffer.from(content), fileName);

/** The sections of one kind of a text in which nothing is wrong. */
export const sections = <K extends SectionKind>(
  content: string,
  kind: K,
  fileName?: string,
): readonly StatusSection<K>[] => {
  const { value, problems } = parse(content, fileName);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return sectionsOf(value, kind);
};

/** All rows of one kind, of all sections. */
export const rows = <K extends SectionKind>(
  content: string,
  kind: K,
  fileName?: string,
): readonly SectionRows[K][] =>
  sections(content, kind, fileName).flatMap((section) => section.rows as SectionRows[K][]);

/** The only row of one kind. */
export const row = <K extends SectionKind>(
  content: string,
  kind: K,
  fileName?: string,
): SectionRows[K] => {
  const all = rows(content, kind, fileName);
  const [only] = all;
  if (all.length !== 1 || only === undefined) throw new Error(`${all.length} rows`);
  return only;
};

/** What a row says, without where it stands. */
export const said = <R extends object>(found: R): Omit<R, 'offset' | 'offsets'> => {
  const { offset: _at, offsets: _each, ...rest } = found as R & { offset: number; offsets: object };
  return rest as unknown as Omit<R, 'offset' | 'offsets'>;
};
