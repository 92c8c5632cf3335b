import type { Argv } from 'yargs';
import { type StatsFormat, statsRenderers } from '../stats/renderers/index.ts';
import { filterOptions } from './filter-options.ts';
import { keyOptions } from './key-options.ts';
import { logsPositional } from './logs-positional.ts';
import { choice, positiveNumber } from './option-values.ts';
import { pageOptions } from './page-options.ts';

const FORMATS = Object.keys(statsRenderers) as StatsFormat[];

/** What `stats` takes. */
export const statsOptions = (yargs: Argv) =>
  yargs
    .usage(
      '$0 stats <inputs..>\n\nWhat fills binary and relay logs: by file, by event type, by table, the largest and longest transactions, and the rate over time. Reads only.',
    )
    .positional('inputs', logsPositional)
    .options({
      format: {
        describe: 'text, or json: all of it',
        choices: FORMATS,
        default: 'text',
        requiresArg: true,
        coerce: choice('format', FORMATS),
      },
      top: {
        describe: 'tables that the text shows',
        default: '20',
        requiresArg: true,
        coerce: positiveNumber('top'),
      },
      ...filterOptions,
      ...keyOptions,
      ...pageOptions,
    })
    .example('$0 stats /var/lib/mysql', 'what fills the logs of this host')
    .example("$0 stats 'mysql-bin.*' --since 2026-11-20T03:00:00Z", 'what was written since three')
    .epilogue(
      "With a filter, the sums are those of the events asked for.\n\nThe tables by bytes, for a spreadsheet:\n$0 stats DIR --format json | jq -r '.tables[] | [.table, .bytes, .rows.written] | @csv'\n\nExit code: 0 all read, 2 usage, 3 not all could be read, 4 the tool failed.",
    );

/** The command line of `stats`, checked. */
export type StatsArguments = Awaited<ReturnType<typeof statsOptions>['argv']>;
