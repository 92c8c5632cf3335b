import { readDetails, withRefusal } from './details.ts';
import type { LogActor } from './error-log.ts';
import type { LineHead } from './formats/define-line-format.ts';
import type { MessageDetails } from './message-fields.ts';
import {
  actorOfUnknown,
  type MessageKind,
  messageDefinitions,
  UNKNOWN_MESSAGES,
} from './messages/index.ts';
import { compileTemplate, firstWord, type Template } from './template.ts';

/** What an entry is, by its text. */
export interface Classified {
  readonly kind: MessageKind;
  readonly actor: LogActor;
  /** What finds its fields in `said`; null when its code alone told the kind. */
  readonly pattern: RegExp | null;
  /** The text on one line, without what names its reporter. */
  readonly said: string;
  /** The channel that its reporter names; null when none is named. */
  readonly channel: string | null;
}

type Definition = (typeof messageDefinitions)[number];

interface Row extends Template {
  readonly definition: Definition;
}

const rows: readonly Row[] = messageDefinitions.flatMap((definition) =>
  definition.texts.map((text) => ({ definition, ...compileTemplate(text) })),
);

const byFirstWord = new Map<string, Row[]>();
for (const row of rows) {
  for (const word of row.firstWords) {
    const known = byFirstWord.get(word);
    if (known) known.push(row);
    else byFirstWord.set(word, [row]);
  }
}
const byCode = new Map(
  messageDefinitions.flatMap((definition) =>
    (definition.codes ?? []).map((code) => [code, definition] as const),
  ),
);

/** Texts that begin with the server's own name, or with another's words. */
const withoutFirstWord = rows.filter(({ firstWords }) => firstWords.length === 0);
const NAMES_SERVER = /mysqld|mariadbd|incident event/i;
/** Characters in which the server's name is looked for: `FN_REFLEN`. */
const LONGEST_BEFORE_NAME = 512;

/** Words that only replication begins a message with. */
const SPEAKS_OF_REPLICATION =
  /^(?:slave|replica|relay|replication|semi-?sync|multi-threaded|mts|mta|gtid|binlog_dump)$/;

/** `Master 'east': ` before what a named connection's threads say: MariaDB ER_MASTER_LOG_PREFIX. */
const CONNECTION = /^Master '([^']{0,1024})': /;
/** Source: MySQL sql/rpl_reporting.cc va_report; MariaDB sql/rpl_reporting.cc report. */
const REPORT =
  /^(?:Slave|Replica) (I\/O|SQL)(?: for channel '([^']{0,1024})')?: (?:Fatal error: )?/;

const codeNumber = (code: string | null): number => (code === null ? -1 : Number(code.slice(3)));

/**
 * Whether an entry may concern replication or the server's life, by the beginning of its text: false
 * for most lines of a log, which are then neither joined nor read further.
 */
export const isCandidate = (begin: string, head: LineHead): boolean => {
  const word = firstWord(begin);
  return (
    byFirstWord.has(word) ||
    head.subsystem === 'Repl' ||
    byCode.has(codeNumber(head.code)) ||
    SPEAKS_OF_REPLICATION.test(word) ||
    NAMES_SERVER.test(begin)
  );
};

/** Texts that say why the source ended the stream. */
const TELLS_REFUSAL: ReadonlySet<MessageKind> = new Set([
  'source-refused',
  'receiver-lost-connection',
  'dump-connection-aborted',
]);

interface Matched {
  readonly definition: Definition;
  /** Null when its code alone tells it. */
  readonly pattern: RegExp | null;
}

const match = (text: string, code: string | null): Matched | null => {
  const byWord = byFirstWord.get(firstWord(text))?.find(({ pattern }) => pattern.test(text));
  if (byWord) return byWord;
  const unnamed = NAMES_SERVER.test(text.slice(0, LONGEST_BEFORE_NAME))
    ? withoutFirstWord.find(({ pattern }) => pattern.test(text))
    : undefined;
  if (unnamed) return unnamed;
  const definition = byCode.get(codeNumber(code));
  return definition ? { definition, pattern: null } : null;
};

/** Whose error a report is, when the table does not know it. */
const unknownKind = (
  thread: string | undefined,
  first: string,
  head: LineHead,
): MessageKind | null => {
  if (thread === 'I/O') return UNKNOWN_MESSAGES.receiver;
  if (thread === 'SQL') return UNKNOWN_MESSAGES.applier;
  return head.subsystem === 'Repl' ||
    (head.subsystem !== 'InnoDB' && SPEAKS_OF_REPLICATION.test(first))
    ? UNKNOWN_MESSAGES.other
    : null;
};

/** An entry's lines as one: mail and terminals break them where a blank was. */
const flatten = (text: string): string =>
  text.includes('\n') ? text.replaceAll(/[ \t]*\n\s*/g, ' ') : text;

/**
 * Tells what an entry says, by its whole text (see the table, `messages/`) or else by its code. Null
 * when it concerns neither replication nor the server's life.
 */
export const classify = (text: string, head: LineHead): Classified | null => {
  const flat = flatten(text);
  const connection = CONNECTION.exec(flat);
  const said = connection ? flat.slice(connection[0].length) : flat;
  const report = REPORT.exec(said);
  const whole = match(said, null);
  const inner = report ? said.slice(report[0].length) : said.replace(/^Fatal error: /, '');
  const matched = whole ?? match(inner, head.code);
  const kind = matched?.definition.kind ?? unknownKind(report?.[1], firstWord(said), head);
  if (kind === null) return null;
  const reporter = report?.[1] === 'I/O' ? 'receiver' : report?.[1] === 'SQL' ? 'applier' : null;
  return {
    kind,
    actor: reporter ?? matched?.definition.actor ?? actorOfUnknown(kind),
    pattern: matched?.pattern ?? null,
    said: whole ? said : inner,
    channel: connection?.[1] ?? report?.[2] ?? null,
  };
};

/** What a classified entry tells further; apart, since most of a large log is counted alone. */
export const detailsOf = (classified: Classified, text: string): MessageDetails => {
  const { kind, pattern, said, channel } = classified;
  const groups = pattern?.exec(said)?.groups ?? {};
  const flat = flatten(text);
  const details = readDetails(flat, {
    ...groups,
    channel: groups['channel'] ?? channel ?? undefined,
  });
  return TELLS_REFUSAL.has(kind) ? withRefusal(details, flat) : details;
};

/** Kinds that can fill a log without end. */
export const chattyKinds: ReadonlySet<MessageKind> = new Set(
  messageDefinitions.filter(({ chatty }) => chatty).map(({ kind }) => kind),
);
