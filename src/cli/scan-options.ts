import type { Argv } from 'yargs';
import { FAIL_ON } from '../report/exit-code.ts';
import { type Format, renderers } from '../report/renderers/index.ts';
import { SEVERITIES } from '../rules/finding.ts';
import { keyOptions } from './key-options.ts';
import { choice, instant, seconds, serverId, timeZone } from './option-values.ts';
import { OUTPUT_EXTENSIONS, outputFiles } from './output-files.ts';
import { pageOptions } from './page-options.ts';

const FORMATS = Object.keys(renderers) as Format[];
/** What `scan` takes. */
export const scanOptions = (yargs: Argv) =>
  yargs
    .usage(
      '$0 scan <inputs..>\n\nBinary logs, relay logs, their indexes, master.info, relay-log.info, and folders or globs of them, plain or compressed with gzip or zstd; - is stdin. Nothing is changed but the files that -o names.',
    )
    .positional('inputs', {
      type: 'string',
      array: true,
      defaultDescription: 'none',
      describe: 'files, folders, globs, - for stdin; behind -- names that begin with a dash',
    })
    .options({
      format: {
        describe: 'format of the report on stdout',
        choices: FORMATS,
        default: 'text',
        requiresArg: true,
        coerce: choice('format', FORMATS),
      },
      o: {
        describe: `also write the report to a file, its format by extension (${OUTPUT_EXTENSIONS.join(', ')}); repeatable`,
        type: 'string',
        array: true,
        requiresArg: true,
        default: [],
        defaultDescription: 'none',
        coerce: outputFiles,
      },
      'fail-on': {
        describe: 'exit with 1 for findings of this severity or worse',
        choices: FAIL_ON,
        default: 'high',
        requiresArg: true,
        coerce: choice('fail-on', FAIL_ON),
      },
      'min-severity': {
        describe: 'leave lesser findings out of the report; the exit code stays',
        choices: SEVERITIES,
        default: 'info',
        requiresArg: true,
        coerce: choice('min-severity', SEVERITIES),
      },
      now: {
        describe: 'the time to judge by, ISO 8601, UTC without a zone',
        defaultDescription: 'the clock',
        requiresArg: true,
        coerce: instant,
      },
      'server-id': {
        describe: 'server_id of the server that the inputs are from',
        defaultDescription: 'what the logs say',
        requiresArg: true,
        coerce: serverId,
      },
      'stale-after': {
        describe: 'age in seconds from which a format description counts as stale',
        default: '30',
        requiresArg: true,
        coerce: seconds('stale-after'),
      },
      'log-timezone': {
        describe:
          'time zone of error logs whose lines state none (MySQL to 5.6, MariaDB): +02:00, Europe/Vienna',
        defaultDescription: 'unknown; such lines are then joined by position alone',
        requiresArg: true,
        coerce: timeZone,
      },
      'only-given': {
        describe: 'do not read the status files, texts, settings and error logs beside the inputs',
        type: 'boolean',
        default: false,
      },
      redact: {
        describe:
          'leave out texts of statements, values, and names of hosts and accounts; names of files, channels and tables stay',
        type: 'boolean',
        default: false,
      },
      ...keyOptions,
      ...pageOptions,
    })
    .example('$0 scan /var/lib/mysql', 'a replica, on its own host')
    .example('$0 scan db11/ db12/ -o report.json', 'two servers, a folder each')
    .example("$0 scan 'relay-bin.*' --now 2026-11-20T10:00:00Z", 'judged by the time of the copy')
    // No example: those wrap in their column, and this one is to be pasted.
    .epilogue(
      'The plan as a list to tick off:\n$0 scan DIR --format json | jq -r \'.plan[] | "[ ] \\(.on): \\(.run)"\'\n\nExit code: 0 all read and nothing at --fail-on, 1 findings at --fail-on, 2 usage, 3 not all could be read, 4 the tool failed.',
    );

/** The command line of `scan`, checked. */
export type ScanArguments = Awaited<ReturnType<typeof scanOptions>['argv']>;
