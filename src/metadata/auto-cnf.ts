import type { MetadataProblem, Parsed } from './parsed.ts';
import { splitLines } from './text-lines.ts';

/** What a MySQL server (5.6+) calls itself in GTIDs. */
export interface AutoCnf {
  /** As written; null when the file has none that is whole. */
  readonly serverUuid: string | null;
  /** Byte offset of the line. */
  readonly offsets: { readonly serverUuid?: number };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads an `auto.cnf`: section `[auto]`, `server-uuid=` (`init_server_auto_options`). */
export const parseAutoCnf = (bytes: Buffer): Parsed<AutoCnf> => {
  const problems: MetadataProblem[] = [];
  for (const { text, offset } of splitLines(bytes)) {
    const setting = /^\s*server[-_]uuid\s*=\s*(.*?)\s*$/.exec(text);
    if (!setting) continue;
    const uuid = String(setting[1]);
    if (UUID.test(uuid))
      return { value: { serverUuid: uuid, offsets: { serverUuid: offset } }, problems };
    problems.push({ offset, field: 'serverUuid', problem: 'is not a UUID' });
  }
  if (problems.length === 0) {
    problems.push({ offset: 0, field: 'serverUuid', problem: 'no line sets server-uuid' });
  }
  return { value: { serverUuid: null, offsets: {} }, problems };
};
