import { logNameOf } from '../../../binlog/coordinates.ts';
import type { ReportInput } from '../../report.ts';
import { BESIDE, compressionLegend, inputLegend, inputTotals } from '../input-words.ts';
import { shortPath } from '../paths.ts';
import { counted } from '../words.ts';
import { inputTable } from './input-table.ts';
import { heading, type Page, prose, type Section } from './page.ts';

const LOGS: ReadonlySet<string> = new Set(['binary-log', 'relay-log', 'log']);

/** A file that is worth no row of its own: a status file, read whole. */
const isPlain = ({ state, kind }: ReportInput): boolean => state === 'complete' && !LOGS.has(kind);

/** `master.info`, and of a file whose name does not tell it the kind: `m.txt (master-info)`. */
const statusName = (input: ReportInput, folder: string): string => {
  const name = input.path.slice(folder.length);
  const plain = input.compression === undefined ? name : logNameOf(name);
  const isTold =
    plain.replaceAll(/[._]/g, '-').endsWith(input.kind) ||
    (input.kind === 'log-index' && plain.endsWith('.index'));
  return `${name}${isTold ? '' : ` (${input.kind})`}${input.foundBeside ? BESIDE : ''}`;
};

/** The status files, a list a folder. */
const statusFiles = (page: Page, entries: readonly ReportInput[]): string[] => {
  const folders = new Map<string, ReportInput[]>();
  for (const input of entries) {
    const folder = input.path.slice(0, input.path.lastIndexOf('/') + 1);
    const files = folders.get(folder);
    if (files) files.push(input);
    else folders.set(folder, [input]);
  }
  return [...folders].flatMap(([folder, files]) => {
    const names = files.map((input) => statusName(input, folder)).join(', ');
    const short = shortPath(page, folder);
    return prose(page, `status files${short === '' ? '' : ` of ${short}`}: ${names}`);
  });
};

/** What was read: the logs as a table, the status files by name, and what the marks mean. */
export const inputs: Section = (page) => {
  const { inputs: entries } = page.report;
  const rows = entries.filter((input) => !isPlain(input));
  return [
    ...heading(page, `INPUTS: ${inputTotals(page.report)}`),
    ...(rows.length === 0 ? [] : inputTable(page, rows)),
    ...entries
      .filter(({ badChecksums }) => (badChecksums ?? 0) > 0)
      .flatMap((input) =>
        prose(
          page,
          `${shortPath(page, input.path)}: ${counted(input.badChecksums ?? 0, 'bad checksum')}`,
        ),
      ),
    ...statusFiles(page, entries.filter(isPlain)),
    ...compressionLegend(page.report).flatMap(({ text, command }) =>
      prose(page, `${text} ${command}`),
    ),
    ...inputLegend(page.report).flatMap((line) => prose(page, line)),
  ];
};
