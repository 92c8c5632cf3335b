import type { ReportInput } from '../../report.ts';
import {
  BESIDE,
  compressionLegend,
  inputLegend,
  inputTotals,
  kindOfInput,
  serverOfInput,
} from '../input-words.ts';
import { shortPath } from '../paths.ts';
import { dayAndClock } from '../times.ts';
import { count } from '../words.ts';
import { code } from './code.ts';
import { cell, prose } from './prose.ts';
import { bullets, folded, RANK, type Section, type Sheet } from './sheet.ts';

const ROWS = 200;
const VERSION_LENGTH = 60;

const COLUMNS = [
  'file',
  'kind',
  'server',
  'version',
  'events',
  'first (UTC)',
  'last (UTC)',
  'state',
];

const time = (iso: string | null): string => {
  if (iso === null) return '';
  const parts = dayAndClock(iso);
  return prose(parts === null ? iso : `${parts.day} ${parts.clock}`);
};

const state = ({ state: known, badChecksums }: ReportInput): string =>
  badChecksums ? `${known}, bad checksums: ${count(badChecksums)}` : known;

const row = (sheet: Sheet, input: ReportInput): string => {
  const cells = [
    `${code(shortPath(sheet, input.path))}${input.foundBeside ? BESIDE : ''}`,
    prose(kindOfInput(input)),
    serverOfInput(input),
    code(input.serverVersion ?? '', VERSION_LENGTH),
    input.events === null ? '' : count(input.events),
    time(input.first),
    time(input.last),
    state(input),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

/** What was read, as a table. */
export const inputs: Section = (sheet) => {
  const { inputs: entries } = sheet.report;
  const rest = entries.length - ROWS;
  const table = [
    `| ${COLUMNS.join(' | ')} |`,
    `|${' --- |'.repeat(COLUMNS.length)}`,
    ...entries.slice(0, ROWS).map((input) => row(sheet, input)),
  ];
  return [
    {
      rank: RANK.inputs,
      text: folded(
        `Inputs: ${inputTotals(sheet.report)}`,
        entries.length === 0 ? '' : table.join('\n'),
        rest > 0 ? `… and ${count(rest)} more, all in the JSON report.` : '',
        bullets([
          ...compressionLegend(sheet.report).map(
            ({ text, command }) => `${prose(text)} ${code(command)}`,
          ),
          ...inputLegend(sheet.report).map((line) => prose(line)),
        ]),
      ),
    },
  ];
};
