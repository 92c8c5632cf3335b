import type { Argv } from 'yargs';
import { UsageError } from './failures.ts';
import { type RuleStory, ruleChapter, ruleEntry } from './rule-text.ts';
import { writeStdout } from './streams.ts';

const WIDTH = 100;

const width = (): number =>
  process.stdout.isTTY ? Math.min(WIDTH, Math.max(40, process.stdout.columns || WIDTH)) : WIDTH;

const allRules = async (): Promise<readonly RuleStory[]> => {
  const { rules } = await import('../rules/index.ts');
  return rules;
};

const list = async (): Promise<void> => {
  const entries = (await allRules()).map((rule) => ruleEntry(rule, width()));
  await writeStdout(`${entries.join('\n\n')}\n`);
};

const explain = async (name = ''): Promise<void> => {
  if (name === '') throw new UsageError('explain needs the name of a rule');
  const rules = await allRules();
  const rule = rules.find(({ id }) => id === name);
  if (rule !== undefined) return writeStdout(`${ruleChapter(rule, width())}\n`);
  const similar = rules.map(({ id }) => id).filter((id) => id.includes(name));
  throw new UsageError(
    `there is no rule "${name}"${similar.length > 0 ? `; is it ${similar.join(' or ')}?` : '; repl-forensics rules lists them'}`,
  );
};

/** `rules`: every rule with its severities. */
export const addRulesCommand = (yargs: Argv): Argv =>
  yargs.command('rules', 'list what is looked for', (y) => y, list);

/** `explain`: one rule's story, traps, way out and sources. */
export const addExplainCommand = (yargs: Argv): Argv =>
  yargs.command(
    'explain [rule]',
    'tell what a rule finds and why it matters',
    (y) => y.positional('rule', { type: 'string', describe: 'its name' }),
    (args): Promise<void> => explain(args.rule),
  );
