import { describe, expect, test } from 'vitest';
import type { RepeatFact } from '../../src/facts/facts.ts';
import { Repeats, type SeenTransaction } from '../../src/facts/families/repeats.ts';
import type { CommitStamps, LogBuilder } from '../support/build-log.ts';
import { log, noise, UUID } from '../support/build-log.ts';
import { gather } from './gather.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const repeatsOf = (built: LogBuilder): readonly RepeatFact[] => gather(built).transactions.repeats;

/** What stands in a transaction that only its content names; each test changes one thing. */
interface Content {
  readonly serverId?: number;
  readonly at?: number;
  readonly thread?: number;
  readonly exec?: number;
  readonly db?: string;
  readonly vars?: Buffer;
  readonly beginVars?: Buffer;
  readonly flags?: number;
  readonly insertId?: number;
  readonly sql?: string;
  readonly table?: string;
  readonly tableId?: number;
  readonly kind?: 'write' | 'delete';
  readonly rows?: readonly number[];
  readonly rowFlags?: boolean;
  readonly xid?: number;
  readonly annotation?: string | null;
  readonly logPos?: number;
  readonly swapped?: boolean;
  readonly ends?: 'xid' | 'commit';
  /** The file that a LOAD DATA names. */
  readonly file?: string;
  readonly fileId?: number;
  readonly into?: string;
}

/** As `Execute_load_query_event` lays it out; each server puts its own copy's name into the text. */
const loadData = ({
  thread = 7,
  exec = 0,
  fileId = 1,
  file = 'a',
  into = 'a',
}: Content): Buffer => {
  const part = ` INFILE '${file}' IGNORE`;
  const text = `LOAD DATA${part} INTO TABLE ${into}`;
  // db_len, no error, no status variables
  const head = [u32(thread), u32(exec), Buffer.of(4, 0, 0, 0, 0), u32(fileId)];
  const name = [u32(9), u32(9 + part.length), Buffer.of(1)];
  return Buffer.concat([...head, ...name, Buffer.from(`shop\0${text}`)]);
};

const FRACTION = Buffer.of(13, 1, 2, 3);
/** A catalog, an invoker, the databases that are changed: codes 6, 11 and 12 of the status variables. */
const ROUND_IT = Buffer.from('\x06\x03std\x0b\x04root\x01%\x0c\x02app\0shop\0', 'latin1');

const transaction = (built: LogBuilder, content: Content): LogBuilder => {
  const {
    serverId = 3,
    at = 1_700_000_000,
    thread = 7,
    exec = 0,
    db = 'shop',
    vars = FRACTION,
  } = content;
  const {
    insertId = 5,
    sql = 'INSERT INTO a VALUES (1)',
    table = 'shop.b',
    tableId = 108,
    kind = 'write',
  } = content;
  const {
    rows = [1, 2],
    rowFlags = true,
    xid = 10,
    annotation = 'INSERT INTO b VALUES (1),(2)',
    flags = 0,
  } = content;
  const { beginVars = vars } = content;
  built.from(serverId).at(at).begin({ thread, exec, db, vars: beginVars });
  const statement = (): LogBuilder =>
    built.intvar(insertId).query(sql, { thread, exec, db, vars, flags });
  if (!content.swapped) statement();
  if (annotation !== null) built.put(29, Buffer.from(`\x01${annotation}`));
  built.tableMap(table, tableId).rows(tableId, rows, { kind, last: rowFlags });
  if (content.swapped) statement();
  built.put(17, Buffer.concat([u32(content.fileId ?? 1), Buffer.from('1\tone')]));
  built.put(18, loadData(content));
  if (content.ends === 'commit') return built.commit({ thread, exec });
  return built.xid(xid, content.logPos === undefined ? {} : { logPos: content.logPos });
};

const mysql56 = (): LogBuilder => log().format({ version: '5.6.24-log', types: 35 });

describe('a transaction without a GTID is told by its content', () => {
  const SAME: Readonly<Record<string, Content>> = {
    nothing: {},
    'exec_time, which grows with the age': { exec: 11 },
    XID: { xid: 4711 },
    'table id': { tableId: 65_000_000 },
    log_pos: { logPos: 77 },
    'header flags': { flags: 0x4 },
    // A replica of MySQL 5.7.30 leaves out the catalog, and has another sql_mode
    'status variables of its BEGIN': { beginVars: Buffer.of(1, 0, 0, 8, 0, 0, 0, 0, 0) },
    // It drops the invoker of a CREATE VIEW whose text names the definer
    'other status variables of a statement': { vars: Buffer.concat([ROUND_IT, FRACTION]) },
    // The replica's table is of another engine
    'a COMMIT for its XID': { ends: 'commit' },
    'the file of its LOAD DATA': { fileId: 9, file: '/tmp/SQL_LOAD-11-1.data' },
    'the text that comments on its rows': { annotation: 'INSERT INTO b SELECT * FROM c' },
    'that no text comments on its rows': { annotation: null },
  };
  test.each(Object.entries(SAME))(
    'a copy that differs only in %s is the same',
    (_what, content) => {
      const built = transaction(transaction(mysql56(), {}), content);
      expect(repeatsOf(built)).toMatchObject([
        { proof: 'content', copies: 2, sameBytes: true, serverId: 3, gtid: null },
      ]);
    },
  );

  const DIFFERENT: Readonly<Record<string, Content>> = {
    'server id': { serverId: 4 },
    timestamp: { at: 1_700_000_001 },
    thread: { thread: 8 },
    database: { db: 'shoe' },
    'the fraction of its time': { vars: Buffer.of(13, 1, 2, 4) },
    'the fraction behind other variables': {
      vars: Buffer.concat([ROUND_IT, Buffer.of(13, 1, 2, 4)]),
    },
    'the table of its LOAD DATA': { into: 'b' },
    'a statement': { sql: 'INSERT INTO a VALUES (2)' },
    'the insert id': { insertId: 6 },
    table: { table: 'shop.c' },
    'a row': { rows: [1, 3] },
    'the number of rows': { rows: [1, 2, 2] },
    'what is done to the rows': { kind: 'delete' },
    'flags of the rows': { rowFlags: false },
    'the order of its statements': { swapped: true },
  };
  test.each(Object.entries(DIFFERENT))('one that differs in %s is another', (_what, content) => {
    const built = transaction(transaction(mysql56(), {}), content);
    const { transactions } = gather(built);
    expect(transactions).toMatchObject({ count: 2, repeats: [], repeatsLeftOut: 0 });
    expect(new Set(transactions.sketch.map(({ key }) => key)).size).toBe(2);
  });

  test('a fraction of 0, which a newer replica writes, is as good as none', () => {
    const built = mysql56();
    for (const vars of [Buffer.alloc(0), Buffer.of(13, 0, 0, 0)])
      built.query('CREATE TRIGGER a', { vars });
    expect(repeatsOf(built)).toMatchObject([{ copies: 2, sameBytes: true }]);
  });

  test('one byte in the rows of a large transaction tells two apart', () => {
    const rows = noise(3 << 20, 5);
    const other = Buffer.from(rows);
    other[rows.length - 9] = 1;
    const twice = (second: Buffer): LogBuilder =>
      [rows, second].reduce(
        (built, part) => built.begin().tableMap('shop.b').rows(108, part).xid(1),
        mysql56(),
      );
    expect(repeatsOf(twice(rows))).toMatchObject([{ copies: 2, sameBytes: true }]);
    expect(repeatsOf(twice(other))).toEqual([]);
  });
});

test('a MariaDB transaction is told by its GTID, whatever it holds', () => {
  const built = log().format({ version: '10.11.19-MariaDB' }).from(4);
  built.mariadbGtid(5, { domain: 2 }).query('INSERT a').xid(1);
  built.mariadbGtid(5, { domain: 2 }).query('INSERT b').xid(2);
  built
    .mariadbGtid(5, { domain: 3 })
    .xid(3)
    .mariadbGtid(6, { domain: 2 })
    .xid(4)
    .from(5)
    .mariadbGtid(5, { domain: 2 })
    .xid(5);
  expect(gather(built).transactions).toMatchObject({
    count: 5,
    repeats: [
      {
        proof: 'mariadb-gtid',
        key: '2-4-5',
        gtid: '2-4-5',
        serverId: 4,
        copies: 2,
        sameBytes: false,
      },
    ],
    sketch: [{ key: '2-4-5' }, { key: '3-4-5' }, { key: '2-4-6' }, { key: '2-5-5' }],
  });
});

test('a MySQL transaction with a GTID is told by it', () => {
  const built = log()
    .format()
    .gtid(7)
    .begin()
    .xid(1)
    .gtid(8)
    .begin()
    .xid(1)
    .gtid(7, { lastCommitted: 9 })
    .begin()
    .xid(3);
  expect(repeatsOf(built)).toMatchObject([
    { proof: 'mysql-gtid', gtid: `${UUID}:7`, copies: 2, sameBytes: true },
  ]);
});

test('an anonymous transaction is told by its server and the time it was first committed', () => {
  const built = log().format({ version: '8.0.36' }).from(103);
  const add = (stamps: CommitStamps): LogBuilder =>
    built.anonymousGtid(stamps).begin().query('INSERT a').xid(1);
  add({ immediate: 1_700_000_000_000_001 });
  add({ immediate: 1_700_000_005_500_000, original: 1_700_000_000_000_001, lastCommitted: 5 });
  add({ immediate: 1_700_000_005_500_000, original: 1_700_000_000_000_002 });
  built.from(104);
  add({ immediate: 1_700_000_009_000_000, original: 1_700_000_000_000_001 });
  const [repeat, ...others] = repeatsOf(built);
  expect(others).toEqual([]);
  expect(repeat).toMatchObject({
    proof: 'original-commit-timestamp',
    originalCommit: 1_700_000_000_000_001,
    serverId: 103,
    copies: 2,
    sameBytes: true,
    first: { writtenAt: 1_700_000_000.000001 },
    last: { writtenAt: 1_700_000_005.5 },
  });
});

test('without commit stamps an anonymous transaction is told by its content', () => {
  const built = log().format();
  for (const lastCommitted of [1, 2])
    built.anonymousGtid({ lastCommitted }).begin().query('INSERT a').xid(lastCommitted);
  built.anonymousGtid().begin().query('INSERT b').xid(3);
  expect(repeatsOf(built)).toMatchObject([{ proof: 'content', copies: 2, formats: ['statement'] }]);
});

test('laps of a loop: each copy with its place, and exec_time that grows and falls', () => {
  const built = mysql56()
    .from(2)
    .fakeRotate('mysql-bin.000009', 4000)
    .format({ version: '5.6.24-log', types: 35, logPos: 0 })
    .sourceAt(4000);
  for (const [lap, exec] of [0, 3, 2, 5].entries()) {
    transaction(built, { exec });
    built
      .from(2)
      .at(1_700_000_000 + 2 * lap)
      .begin()
      .xid(lap);
  }
  const [repeat] = repeatsOf(built);
  const begins = built.events.filter(
    ({ typeCode }, i) => typeCode === 2 && built.events[i + 1]?.typeCode === 5,
  );
  expect(repeat).toMatchObject({
    serverId: 3,
    threadId: 7,
    timestamp: 1_700_000_000,
    copies: 4,
    execTimeMin: 0,
    execTimeMax: 5,
    execTimeFalls: 1,
    formats: ['row', 'statement'],
    tables: ['shop.a', 'shop.b'],
    first: {
      offset: begins[0]?.offset,
      index: 0,
      log: 'mysql-bin.000009',
      execTime: 0,
      writtenAt: 1_700_000_000,
    },
    second: {
      offset: begins[1]?.offset,
      index: 2,
      notBefore: 1_700_000_000,
      writtenAt: 1_700_000_003,
    },
    last: { offset: begins[3]?.offset, index: 6, notBefore: 1_700_000_004, execTime: 5 },
  });
  const end = built.events.find(({ typeCode }) => typeCode === 16)?.end ?? 0;
  expect(repeat?.first).toMatchObject({ end, position: 4000 + end - (begins[0]?.offset ?? 0) });
});

test('of more than two copies the second and the last are compared', () => {
  const built = log().format({ version: '10.11.19-MariaDB' });
  for (const sql of ['INSERT a', 'INSERT b', 'INSERT b']) built.mariadbGtid(5).query(sql).xid(1);
  expect(repeatsOf(built)).toMatchObject([{ copies: 3, sameBytes: true }]);
});

test('repeats stand with the most copies first', () => {
  const built = log().format();
  for (const gno of [1, 2, 1, 2, 3, 2, 3]) built.gtid(gno).query('DROP TABLE a');
  expect(repeatsOf(built).map(({ gtid, copies }) => `${gtid?.split(':')[1]}×${copies}`)).toEqual([
    '2×3',
    '1×2',
    '3×2',
  ]);
});

test('of very many repeated transactions five hundred are described and the rest is counted', () => {
  const built = log().format({ checksum: 'none' });
  for (let gno = 0; gno < 1400; gno += 1) built.gtid(1 + (gno % 700)).query('DROP TABLE a');
  expect(gather(built).transactions).toMatchObject({ count: 1400, repeatsLeftOut: 200 });
  expect(repeatsOf(built)).toHaveLength(500);
});

test('a transaction is remembered over one generation at least, and memory stays bounded', () => {
  const GENERATION = 1 << 16;
  const copy = {
    offset: 0,
    end: 0,
    position: 0,
    log: null,
    index: 0,
    writtenAt: null,
    notBefore: 0,
    execTime: null,
  };
  const seen = (n: number): SeenTransaction => ({
    proof: 'content',
    serverId: 1,
    timestamp: 0,
    threadId: null,
    id: n,
    hash: n,
    key: n,
    copy,
  });
  const run = (between: number): number => {
    const repeats = new Repeats();
    for (let n = 0; n <= between; n += 1) repeats.see(seen(n));
    repeats.see(seen(0));
    return repeats.found.size;
  };
  expect(run(GENERATION)).toBe(1);
  expect(run(2 * GENERATION)).toBe(0);
  const many = new Repeats();
  for (let n = 0; n < 30_000; n += 1) for (const again of [n, n]) many.see(seen(again));
  expect(many.found.size).toBe(20_000);
  expect(many.leftOut).toBe(10_000);
});
