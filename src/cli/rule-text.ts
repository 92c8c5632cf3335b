import { visible } from '../report/renderers/visible.ts';
import { columns, wrap } from '../report/renderers/wrap.ts';
import { type AnyRule, EVIDENCE_KINDS } from '../rules/define-rule.ts';

/** What a rule tells about itself. */
export type RuleStory = Pick<
  AnyRule,
  'id' | 'title' | 'severity' | 'story' | 'traps' | 'fixStory' | 'references' | 'needs'
>;

const indented = (text: string, width: number, indent: number): string[] =>
  wrap(text, width - indent).map((line) => ' '.repeat(indent) + line);

/** Running text: paragraphs are set apart by empty lines, lines inside them flow. */
const flowing = (text: string, width: number): string[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .flatMap((paragraph, at) => [
      ...(at > 0 ? [''] : []),
      ...indented(paragraph.replace(/\s+/g, ' '), width, 2),
    ]);

/** Lines whose blanks mean something, as those of a table: wrapped only where they are too long. */
const lined = (text: string, width: number): string[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) =>
      columns(visible(line)) <= width - 2 ? [`  ${visible(line)}`] : indented(line, width, 2),
    );

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** One rule in the list: its name, what it finds and how bad that is. */
export const ruleEntry = (rule: RuleStory, width: number): string =>
  [rule.id, ...indented(rule.title, width, 2), ...lined(rule.severity, width)].join('\n');

/** All that a rule knows about itself. */
export const ruleChapter = (rule: RuleStory, width: number): string =>
  [
    rule.id,
    ...wrap(rule.title, width),
    ...section('What happens', flowing(rule.story, width)),
    ...section('Severity', lined(rule.severity, width)),
    ...section(
      'What looks like it and is not',
      rule.traps.flatMap(({ trap, why }) => indented(`${trap}: ${why}`, width, 2)),
    ),
    ...section('The way out', flowing(rule.fixStory, width)),
    ...section(
      'Needs',
      rule.needs.flatMap((kind) => indented(EVIDENCE_KINDS[kind].name, width, 2)),
    ),
    ...section(
      'Sources',
      rule.references.map((reference) => `  ${reference}`),
    ),
  ].join('\n');
