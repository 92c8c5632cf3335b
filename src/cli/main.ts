import yargs from 'yargs';
import { visible } from '../report/renderers/visible.ts';
import { packageVersion } from '../version.ts';
import { addEventsCommand } from './events-command.ts';
import { OutputError, UsageError } from './failures.ts';
import { addExplainCommand, addRulesCommand } from './rules-command.ts';
import { addScanCommand } from './scan-command.ts';
import { addStatsCommand } from './stats-command.ts';
import { withoutDash } from './stdin-argument.ts';
import { surviveClosedPipes } from './streams.ts';

const COMMANDS: readonly string[] = ['scan', 'events', 'stats', 'rules', 'explain'];
const HELP_COLUMNS = 100;

/** Line by line: messages may quote names that come from anywhere. */
const complain = (text: string): void => {
  process.stderr.write(`${text.split('\n').map(visible).join('\n')}\n`);
};

/** Says on stderr what went wrong; the exit code that it stands for. */
const failed = (error: unknown, command: string | undefined): 2 | 4 => {
  if (error instanceof UsageError || (error instanceof Error && error.name === 'YError')) {
    const about = command !== undefined && COMMANDS.includes(command) ? `${command} ` : '';
    complain(`repl-forensics: ${error.message}\nTry: repl-forensics ${about}--help`);
    return 2;
  }
  if (error instanceof OutputError) {
    complain(`repl-forensics: ${error.message}`);
    return 4;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  complain(`repl-forensics: the tool failed; nothing was changed. Please report this:\n${details}`);
  return 4;
};

const run = async (argv: readonly string[]): Promise<void> => {
  const parser = yargs()
    .scriptName('repl-forensics')
    .locale('en')
    .usage(
      '$0 <command>\n\nReads the logs of MySQL and MariaDB replication and says what happened, how sure that is, and which statement puts it right. Offline; reads only.',
    )
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
    })
    .demandCommand(1, 'a command is needed')
    .strict()
    .strictCommands()
    .recommendCommands()
    .version(packageVersion())
    .help()
    .wrap(Math.min(HELP_COLUMNS, process.stdout.columns || HELP_COLUMNS))
    .example('$0 scan /var/lib/mysql', 'what is wrong with this replica')
    .example('$0 explain truncated-log', 'what a finding means')
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  addScanCommand(parser);
  addEventsCommand(parser);
  addStatsCommand(parser);
  addRulesCommand(parser);
  addExplainCommand(parser);
  await parser.parseAsync(argv);
};

const argv = process.argv.slice(2);
surviveClosedPipes();
process.once('uncaughtException', (error) => process.exit(failed(error, argv[0])));
try {
  await run(withoutDash(argv));
} catch (error) {
  process.exitCode = failed(error, argv[0]);
}
