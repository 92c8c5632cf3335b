import type { Server } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import type { Lap, Laps } from '../evidence/laps.ts';
import { findLoops, ignores, type Loop, type LoopStream, paceOf } from '../evidence/loops.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Fix, Severity } from './finding.ts';
import { ignoreServerIds } from './fix/ignore-server-ids.ts';
import { loopTarget } from './fix/loop-target.ts';
import { check, serverName } from './fix/steps.ts';
import { at, count, list, span } from './words.ts';

interface LoopFacts {
  readonly loopingServerId: number;
  /** Different transactions that go round. */
  readonly transactions: number;
  /** Copies of the most repeated one in one log series. */
  readonly laps: number;
  readonly lapSeconds: number | null;
  readonly lapsPerSecond: number | null;
  /** The rate is a lower bound: the copies carry whole seconds. */
  readonly rateIsLowerBound: boolean;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly written: string | null;
  /** From the transaction's origin to its last lap; a lower bound where the copies carry no time of writing. */
  readonly ageSeconds: number | null;
  readonly running: boolean;
  readonly cause: 'removed-server' | 'renumbered-server' | 'unknown';
  readonly renumberedTo: number | null;
  readonly proof: Laps['proof'];
  readonly formats: Laps['formats'];
  readonly tables: readonly string[];
  readonly seenIn: ReadonlyArray<{
    readonly server: number | null;
    readonly log: string;
    readonly laps: number;
    readonly transactions: number;
  }>;
}

/**
 * Events of a server that no member of a ring recognises as its own go round for ever: each member
 * drops only what carries its own id. They were left behind by a server that was taken out of the
 * ring, or by a member whose server_id was changed.
 */
export const foreignServerIdLoop = defineRule({
  id: 'foreign-server-id-loop',
  title: 'Events of a foreign server id circle the ring',
  severity: [
    'critical: the loop was running when the files were copied',
    'medium: the loop is over, or the signs allow another explanation (confidence possible)',
  ].join('\n'),
  needs: ['logs'],
  story:
    'In a ring every server logs what it applies (log_slave_updates) and drops what comes back with its own server id. A transaction whose server id belongs to none of them is dropped by nobody: it is applied and logged on every server, lap after lap, hundreds of times a second. Counters run away, rows without a key multiply, binary logs grow, and the lag figure flaps between 0 and the age of the loop. The laps are told by identity, never by likeness alone: the same MariaDB GTID, the same original commit timestamp (MySQL 8.0.1+), or, where there is neither, the same bytes but for what every hop rewrites, with an exec_time that grows from lap to lap.',
  traps: [
    {
      trap: 'multi-tier chain',
      why: 'foreign ids are normal there: only a transaction that comes back counts',
    },
    {
      trap: 'range fetched twice after a reconnect',
      why: 'such copies have the same source position; laps never do',
    },
    {
      trap: 'equal statements of one client within a second',
      why: 'they differ in GTID or commit timestamp; without either, their exec_time does not grow, or grows only where a slow applier logged them: then nothing shows a ring',
    },
    { trap: 'one transaction through two channels', why: 'no more copies than channels' },
    { trap: 'binary log replayed by hand', why: 'two copies, not three' },
    {
      trap: 'MySQL GTID ring',
      why: 'a GTID that is already executed is skipped: it comes back once, and no more',
    },
    { trap: 'two snapshots of one server', why: 'laps are counted inside one series of logs' },
  ],
  fixStory:
    'Stop one member, let it ignore the id, start it: IGNORE_SERVER_IDS, on one server, without coordinates. A renumbered server must ignore its own old id, and only it. Where the server has no such list (MySQL 5.1) or refuses it (MySQL 8.4+ with gtid_mode=ON), a newer position of the peer ends the loop at a cost. The tables that looped must be compared afterwards.',
  references: [
    'MySQL manual: CHANGE REPLICATION SOURCE TO, IGNORE_SERVER_IDS',
    'MySQL bugs #25998, #27808; WL#10963',
    'MariaDB: CHANGE MASTER TO, IGNORE_SERVER_IDS; gtid_strict_mode',
  ],
  *detect({ streams, servers }) {
    for (const loop of findLoops(streams, servers)) yield describe(loop);
  },
  explain: ({ facts }) => {
    const origin =
      facts.cause === 'renumbered-server'
        ? `Server id ${facts.loopingServerId} is the old id of the server that is now ${facts.renumberedTo}: since the change its own events are foreign to it.`
        : facts.cause === 'removed-server'
          ? `No server of the ring has id ${facts.loopingServerId}, as after the removal of a member.`
          : `Server id ${facts.loopingServerId} is in use in the ring, and yet its events are not dropped where they come from (replicate_same_server_id?).`;
    return `${origin} Every member drops only events with its own id, so these are applied, logged and passed on for ever. Each lap applies the transaction once more: rows without a unique key and counters multiply.`;
  },
  fix: ({ subject, facts }, { servers }) => fixFor(subject, facts, servers),
});

const describe = (loop: Loop): Found<LoopFacts, Loop> => {
  const [main] = loop.streams;
  const [top] = main.laps;
  const { severity, confidence } = grade(loop);
  const facts = factsOf(loop, main, top);
  const { server, channel } = main.stream;
  const rate =
    facts.lapsPerSecond === null
      ? ''
      : `, ${facts.rateIsLowerBound ? 'at least' : 'about'} ${facts.lapsPerSecond.toLocaleString('en-US')} laps a second`;
  return {
    key: String(loop.serverId),
    severity,
    confidence,
    title:
      loop.strength === 'weak'
        ? `Events of server id ${loop.serverId} may be circling`
        : loop.running
          ? `Events of server id ${loop.serverId} are circling the ring`
          : `Events of server id ${loop.serverId} circled the ring; the loop is over`,
    summary: `${count(facts.transactions, 'transaction')} of server id ${loop.serverId} (${list(facts.tables) || 'tables not told by these bytes'}), written ${at(top.timestamp)} UTC, ${facts.transactions === 1 ? 'stands' : 'stand up to'} ${count(facts.laps, 'time')} in ${main.stream.chain.base} of ${serverName(server)}${rate}, the last time ${facts.ageSeconds === null ? 'later' : span(facts.ageSeconds)} after ${facts.transactions === 1 ? 'it was' : 'they were'} written. ${ending(loop)}`,
    server,
    channel: channel?.name ?? '',
    at: loci(loop) as [Locus, ...Locus[]],
    facts,
    alsoOn: loop.streams.map(({ stream }) => stream.server),
    excluded: excluded(loop, top),
    subject: loop,
  };
};

const ending = (loop: Loop): string => {
  if (loop.strength === 'weak')
    return 'Copies of a log replayed by hand, or equal statements that a slow applier logged, look the same.';
  return loop.running
    ? 'The loop was running when the copies end.'
    : 'It is over: the log goes on without it, or the id is ignored by now.';
};

const grade = (loop: Loop): { severity: Severity; confidence: Confidence } => {
  if (loop.strength === 'weak') return { severity: 'medium', confidence: 'possible' };
  const proven = loop.proof !== 'content' || loop.corroborated;
  return {
    severity: loop.running ? 'critical' : 'medium',
    confidence: proven ? 'proven' : 'likely',
  };
};

const factsOf = (loop: Loop, main: LoopStream, top: Laps): LoopFacts => {
  const pace = paceOf(top);
  const second = top.second.copy;
  const last = top.last.copy;
  const wall = last.writtenAt ?? last.notBefore;
  const origin = top.originalCommit === null ? top.timestamp : top.originalCommit / 1e6;
  const tables = new Set(loop.streams.flatMap(({ laps }) => laps.flatMap((one) => one.tables)));
  return {
    loopingServerId: loop.serverId,
    transactions: Math.max(...loop.streams.map(({ laps }) => laps.length)),
    laps: top.laps,
    lapSeconds: pace === null ? null : Math.round(pace.seconds * 1e4) / 1e4,
    lapsPerSecond: pace === null ? null : rounded(1 / pace.seconds),
    rateIsLowerBound: pace?.atLeast ?? false,
    firstSeen: isoTime(second.writtenAt),
    lastSeen: isoTime(wall),
    written: isoTime(top.timestamp),
    ageSeconds: Math.max(0, Math.round(wall - origin)),
    running: loop.running,
    cause: loop.cause.kind,
    renumberedTo: loop.cause.kind === 'renumbered-server' ? loop.cause.to : null,
    proof: loop.proof,
    formats: [...new Set(main.laps.flatMap((laps) => laps.formats))].sort(),
    tables: [...tables].sort(),
    seenIn: loop.streams.map(({ stream, laps }) => ({
      server: stream.server.id,
      log: stream.chain.base,
      laps: laps[0].laps,
      transactions: laps.length,
    })),
  };
};

/** A slow ring has less than one lap a second, and that is not none. */
const rounded = (rate: number): number =>
  rate < 10 ? Number(rate.toPrecision(2)) : Math.round(rate);

const lapLocus = (laps: Laps, lap: Lap, text: string | null): Locus => ({
  path: lap.file.path,
  offset: lap.copy.offset,
  length: lap.copy.end - lap.copy.offset,
  field: null,
  source: lap.copy.log === null ? null : { file: lap.copy.log, position: lap.copy.position },
  gtid: laps.gtid,
  text,
});

/** First, second and last lap of each transaction, in each stream. */
const loci = (loop: Loop): Locus[] =>
  loop.streams.flatMap(({ laps: all }) =>
    all
      .slice(0, 3)
      .flatMap((laps) => [
        lapLocus(laps, laps.first, null),
        lapLocus(laps, laps.second, `the same, lap 2${writtenAt(laps.second)}`),
        ...(laps.last.copy.offset === laps.second.copy.offset
          ? []
          : [lapLocus(laps, laps.last, `the same, lap ${laps.laps}${writtenAt(laps.last)}`)]),
      ]),
  );

const writtenAt = ({ copy }: Lap): string =>
  copy.writtenAt === null ? '' : `, logged ${at(copy.writtenAt)} UTC`;

const excluded = (loop: Loop, top: Laps): Found['excluded'] => {
  const identity = {
    'mariadb-gtid': `one GTID (${top.gtid}) for all of them`,
    'original-commit-timestamp':
      'one original commit timestamp for all of them, a different time of writing for each',
    'mysql-gtid': 'one GTID for all of them',
    content: `equal in every byte that a hop keeps, and exec_time grows from ${top.execTimeMin} to ${top.execTimeMax} s`,
  }[loop.proof];
  return [
    {
      trap: 'multi-tier chain',
      why: `the same transaction stands ${count(top.laps, 'time')} in one series of logs`,
    },
    {
      trap: 'range fetched twice',
      why:
        top.refetched > 0
          ? `${count(top.refetched, 'copy', 'copies')} with a source position seen before ${top.refetched === 1 ? 'is' : 'are'} not counted`
          : 'every copy has a position of its own',
    },
    { trap: 'equal statements of one client', why: identity },
  ];
};

const fixFor = (loop: Loop, facts: LoopFacts, servers: readonly Server[]): Fix | null => {
  const target = loopTarget(loop, servers);
  if (!target) return null;
  const members = [...new Set(loop.streams.map(({ stream }) => stream.server))];
  if (loop.strength === 'strong' && loop.running) {
    return ignoreServerIds(target, loop.serverId, facts.tables, loop.cause.kind);
  }
  const ignoring = members.find((server) =>
    server.channels.some((channel) => ignores(channel, loop.serverId)),
  );
  const comparable = facts.tables.filter((table) => /^[\w$]+\.[\w$]+$/.test(table));
  return {
    dialect: target.dialect.id,
    withheld:
      comparable.length > 0 && loop.strength === 'strong'
        ? null
        : loop.strength === 'weak'
          ? 'these copies may have another explanation (equal statements that a slow applier logged, a log replayed by hand): look first whether new ones come, and whether this server is part of a ring; the logs of both members together tell'
          : 'the loop is over: there is nothing to change; compare the tables that looped',
    preconditions: [
      {
        text: ignoring
          ? `${serverName(ignoring)} ignores server id ${loop.serverId}`
          : 'the loop is over in these files',
        state: loop.running ? 'unknown' : 'met',
      },
    ],
    steps:
      loop.strength === 'weak'
        ? []
        : members.flatMap((server) =>
            comparable.map((table) =>
              check(
                serverName(server),
                `CHECKSUM TABLE ${table
                  .split('.')
                  .map((part) => `\`${part}\``)
                  .join('.')};`,
                'the same on all members',
                'each lap applied the transactions once more, and members may differ by a lap',
              ),
            ),
          ),
    sideEffects: [],
    undo: [],
    alternatives: [],
  };
};
