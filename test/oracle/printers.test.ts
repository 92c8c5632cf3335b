import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SqlTextOptions } from '../../src/binlog/values/sql-text.ts';
import type { Flavor } from '../../src/dialects/server-version.ts';
import type { ListedEvent } from '../../src/listing/listed-event.ts';
import { endOfPrinting, headerDifferences } from './compare.ts';
import { recordedPrintout, type StoredLog, storedLogs } from './logs.ts';
import { isInstalled, printLog } from './mariadb-binlog.ts';
import { ourRowLines, readOurLog } from './our-log.ts';
import { type Printout, parsePrintout } from './printout.ts';

/** Lines of recorded printouts are no longer than this, or than 1,500. */
const CUT_AT = 200;

interface Compared {
  readonly events: readonly ListedEvent[];
  readonly printout: Printout;
}

/** The part of a log that both read. */
const compared = ({ path }: StoredLog, printed: Buffer, printer: Flavor): Compared => {
  const ours = readOurLog(path, readFileSync(path));
  const until = endOfPrinting(ours, printer);
  return {
    printout: parsePrintout(printed, until),
    events: ours.events.filter(({ event }) => until === null || event.offset < until),
  };
};

const storedRowLines = (
  events: readonly ListedEvent[],
  options: SqlTextOptions,
): readonly string[] => events.flatMap((listed) => ourRowLines(listed, 'stored', options));

/** The statements that are not where they should be, in their order, in what was printed. */
const missingStatements = ({ events, printout }: Compared): readonly string[] => {
  let from = 0;
  return events.flatMap(({ body }) => {
    if (body?.type !== 'query') return [];
    const sql = body.sql.toString('latin1');
    const at = printout.text.indexOf(`\n${sql}\n/*!*/;`, from);
    if (at < 0) return [sql];
    from = at + sql.length;
    return [];
  });
};

const recorded = storedLogs.flatMap((log) => {
  const printed = recordedPrintout(log);
  return printed === null ? [] : [{ ...log, printed }];
});

describe('logs of MySQL 9.7 are read as its own mysqlbinlog read them', () => {
  test.each(recorded)('$name', (log) => {
    const both = compared(log, log.printed, 'mysql');
    const { events, printout } = both;
    expect(printout.headers.length).toBeGreaterThan(0);
    const verbosity = printout.text.includes(' is_null=') ? 2 : 1;
    // -v alone does not print what -vv does
    const unexplained = headerDifferences(printout, events, 'mysql').filter(
      (difference) => verbosity === 2 || !/^Rows_query, .*: not printed$/.test(difference),
    );
    expect(unexplained).toEqual([]);

    const lines = storedRowLines(events, { flavor: 'mysql', verbosity });
    const theirs = printout.rowLines;
    const ours = lines
      .slice(0, theirs.length)
      .map((line, i) =>
        (theirs[i]?.length ?? 0) >= CUT_AT ? line.slice(0, theirs[i]?.length) : line,
      );
    expect(ours).toEqual(theirs);
    if (!log.name.includes('compressed')) expect(lines).toHaveLength(theirs.length);

    expect(missingStatements(both)).toEqual([]);
    const gtids = events.flatMap(({ body, gtid }) =>
      body?.type === 'gtid' || body?.type === 'gtid-tagged' ? [gtid ?? 'ANONYMOUS'] : [],
    );
    const next = /^SET @@SESSION\.GTID_NEXT= '([^']+)'\/\*!\*\/;$/gm;
    expect([...printout.text.matchAll(next)].map(([, gtid]) => gtid)).toEqual(gtids);
  });
});

describe.skipIf(!isInstalled)('logs are read as mariadb-binlog reads them', () => {
  test.each(storedLogs)('$name', (log) => {
    const both = compared(log, printLog(log.path), 'mariadb');
    const { events, printout } = both;
    expect(printout.headers.length).toBeGreaterThan(0);
    expect(headerDifferences(printout, events, 'mariadb')).toEqual([]);
    expect(storedRowLines(events, { flavor: 'mariadb', verbosity: 2 })).toEqual(printout.rowLines);
    expect(missingStatements(both)).toEqual([]);
  });
});
