import { serverOfFinding } from '../finding-words.ts';
import { shownFindings } from '../shown-findings.ts';
import { count, counted, findingNumber, severityCounts } from '../words.ts';
import { code } from './code.ts';
import { cell, prose } from './prose.ts';
import { blocks, RANK, type Section, stacked } from './sheet.ts';

const ROWS = 100;
const TITLE_LENGTH = 200;

/** Every finding at or above the wanted severity on a line, with a word on those left out. */
export const findingTable: Section = ({ report, minSeverity }) => {
  const shown = shownFindings(report, minSeverity);
  const hidden = report.findings.length - shown.length;
  const rows = shown.slice(0, ROWS).map((finding) => {
    const cells = [
      String(findingNumber(report, finding.fingerprint) ?? ''),
      finding.severity,
      finding.confidence,
      code(finding.rule, TITLE_LENGTH),
      prose(serverOfFinding(finding).replace(/^server /, '')),
      prose(finding.title, TITLE_LENGTH),
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const table = [
    '| no. | severity | confidence | rule | server | finding |',
    '| --: | --- | --- | --- | --: | --- |',
    ...rows,
  ];
  return blocks(
    RANK.table,
    stacked(
      `## Findings: ${severityCounts(report)}`,
      rows.length === 0 ? '' : table.join('\n'),
      shown.length > ROWS
        ? `… and ${count(shown.length - ROWS)} more, all in the JSON report.`
        : '',
      hidden > 0 ? `${counted(hidden, 'finding')} below ${minSeverity} not shown.` : '',
    ),
  );
};
