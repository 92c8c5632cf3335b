import type { Argv } from 'yargs';
import { formats, type ListingFormatName } from '../listing/formats/index.ts';
import { filterOptions } from './filter-options.ts';
import { keyOptions } from './key-options.ts';
import { logsPositional } from './logs-positional.ts';
import { choice, positiveNumber } from './option-values.ts';

const FORMATS = Object.keys(formats) as ListingFormatName[];

/** What `events` takes. */
export const eventsOptions = (yargs: Argv) =>
  yargs
    .usage(
      '$0 events <inputs..>\n\nThe events of binary and relay logs, one after the other: as a table, as JSON lines for jq, or as SQL. Reads only.',
    )
    .positional('inputs', logsPositional)
    .options({
      format: {
        describe:
          'table: a line an event; ndjson: a JSON object an event; sql: statements and rows',
        choices: FORMATS,
        default: 'table',
        requiresArg: true,
        coerce: choice('format', FORMATS),
      },
      ...filterOptions,
      ...keyOptions,
      limit: {
        describe: 'events at most',
        requiresArg: true,
        coerce: positiveNumber('limit'),
      },
      rows: {
        describe: 'the values of rows too (sql has them anyway)',
        type: 'boolean',
        default: false,
      },
      trace: {
        describe: 'every field with its offset and bytes: for beside a hex editor',
        type: 'boolean',
        default: false,
      },
      raw: {
        describe:
          'rows byte for byte as mysqlbinlog -v prints them: @1, numbers of ENUM and SET, strings as stored',
        type: 'boolean',
        default: false,
      },
      verbose: {
        alias: 'v',
        describe: 'the types of columns beside their values',
        type: 'boolean',
        default: false,
      },
    })
    .example('$0 events relay-bin.000002 --format sql', 'what was to be applied')
    .example(
      '$0 events db/ --format ndjson --type rows --rows --table shop.orders',
      'who changed it',
    )
    .epilogue(
      'Events per second and server:\n$0 events DIR --format ndjson | jq -r \'"\\(.timestamp) \\(.serverId)"\' | uniq -c\n\nExit code: 0 all read, 2 usage, 3 not all could be read, 4 the tool failed.',
    );

/** The command line of `events`, checked. */
export type EventsArguments = Awaited<ReturnType<typeof eventsOptions>['argv']>;
