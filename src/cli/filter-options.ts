import type { EventFilter } from '../listing/event-filter.ts';
import { GtidChoice } from '../listing/gtid-choice.ts';
import { typeCodesNamed } from '../listing/type-names.ts';
import { UsageError } from './failures.ts';
import { instantOf, wholeNumber } from './option-values.ts';

const texts = (option: string, value: unknown): readonly string[] => {
  const given = (Array.isArray(value) ? value : [value]).flatMap((one) => String(one).split(','));
  const trimmed = given.map((one) => one.trim());
  if (trimmed.some((one) => one === '')) throw new UsageError(`--${option} needs a value`);
  return trimmed;
};

const types = (value: unknown): ReadonlySet<number> =>
  new Set(
    texts('type', value).flatMap((name) => {
      const codes = typeCodesNamed(name);
      if (codes.length > 0) return codes;
      throw new UsageError(
        `--type: "${name}" is no event type; docs/events.md lists them, and rows, gtid, query and load stand for several`,
      );
    }),
  );

const numbers =
  (option: string) =>
  (value: unknown): ReadonlySet<number> =>
    new Set(texts(option, value).map((text) => wholeNumber(option, text, 0, 4_294_967_295)));

const names =
  (option: string) =>
  (value: unknown): ReadonlySet<string> =>
    new Set(texts(option, value).map((name) => name.replaceAll('`', '')));

const gtids = (value: unknown): GtidChoice => {
  const text = texts('gtid', value).join(',');
  const choice = GtidChoice.parse(text);
  if (choice !== null) return choice;
  throw new UsageError(`--gtid: "${text}" is neither a GTID set nor GTIDs like 0-1-52`);
};

const place =
  (option: string) =>
  (value: unknown): EventFilter['from'] => {
    const text = Array.isArray(value) ? '' : String(value);
    const parts = /^(?:.*[/\\])?([^/\\]+):(\d{1,16})$/.exec(text);
    const [, file, position] = parts ?? [];
    if (file !== undefined) return { file, position: Number(position) };
    throw new UsageError(`--${option}: "${text}" is no place like relay-bin.000002:550`);
  };

const moment =
  (option: string) =>
  (value: unknown): number =>
    instantOf(option, value).getTime() / 1000;

const repeated = { type: 'string', array: true, requiresArg: true } as const;
const once = { type: 'string', requiresArg: true } as const;

/** Which events are asked for; they combine. */
export const filterOptions = {
  type: {
    ...repeated,
    describe: 'event types, by name or code; rows, gtid, query, load stand for several',
    coerce: types,
  },
  'server-id': { ...repeated, describe: 'server ids of the events', coerce: numbers('server-id') },
  gtid: {
    ...repeated,
    describe: 'transactions: a GTID set, or GTIDs like 0-1-52',
    coerce: gtids,
  },
  since: {
    ...once,
    describe: 'from this time on, ISO 8601, UTC without a zone',
    coerce: moment('since'),
  },
  until: { ...once, describe: 'before this time', coerce: moment('until') },
  from: {
    ...once,
    describe: 'FILE:POS, of the file itself or of the source’s log; from there on',
    coerce: place('from'),
  },
  to: { ...once, describe: 'FILE:POS; what begins before', coerce: place('to') },
  database: { ...repeated, describe: 'databases', coerce: names('database') },
  table: { ...repeated, describe: 'tables, as db.table or table', coerce: names('table') },
  thread: { ...repeated, describe: 'connections that wrote', coerce: numbers('thread') },
} as const;

interface FilterArguments {
  readonly type?: ReadonlySet<number> | undefined;
  readonly 'server-id'?: ReadonlySet<number> | undefined;
  readonly gtid?: GtidChoice | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly from?: EventFilter['from'] | undefined;
  readonly to?: EventFilter['to'] | undefined;
  readonly database?: ReadonlySet<string> | undefined;
  readonly table?: ReadonlySet<string> | undefined;
  readonly thread?: ReadonlySet<number> | undefined;
}

/** What the command line asks for. */
export const filterOf = (args: FilterArguments): EventFilter => ({
  typeCodes: args.type ?? new Set(),
  serverIds: args['server-id'] ?? new Set(),
  gtids: args.gtid ?? null,
  threadIds: args.thread ?? new Set(),
  databases: args.database ?? new Set(),
  tables: args.table ?? new Set(),
  since: args.since ?? null,
  until: args.until ?? null,
  from: args.from ?? null,
  to: args.to ?? null,
});
