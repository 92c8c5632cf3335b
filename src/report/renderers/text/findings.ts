import type { ReportFinding } from '../../report.ts';
import { cause, whom } from '../finding-words.ts';
import { shownFindings } from '../shown-findings.ts';
import { since } from '../since.ts';
import { visible } from '../visible.ts';
import { counted, findingNumber, severityCounts } from '../words.ts';
import { wrap } from '../wrap.ts';
import { evidenceLines } from './evidence.ts';
import { fixLines } from './fix.ts';
import {
  columnsBehind,
  heading,
  INDENT,
  labelled,
  labelledProse,
  type Page,
  prose,
  type Section,
} from './page.ts';

const head = (page: Page, finding: ReportFinding): string[] => {
  const number = findingNumber(page.report, finding.fingerprint) ?? 0;
  const severity = finding.severity.toUpperCase();
  const before = `${number}. `;
  const what = `${finding.rule}${whom(finding)}`;
  return prose(page, `${before}${severity}, ${finding.confidence}: ${what}`).map((line, at) =>
    at === 0
      ? before +
        page.paint.severity[finding.severity](severity) +
        line.slice(before.length + severity.length)
      : line,
  );
};

/** The one text with paragraphs of its own; every other line break is data and is spelled out. */
const why = (page: Page, explanation: string): string[] =>
  labelled(
    page,
    'why',
    explanation
      .split(/\n+/)
      .flatMap((paragraph) => wrap(paragraph, columnsBehind(page, INDENT.length))),
  );

const optional = (page: Page, label: string, text: string): string[] =>
  text === '' ? [] : labelledProse(page, label, text);

const one = (page: Page, finding: ReportFinding): string[] => [
  ...head(page, finding),
  ...prose(page, finding.title).map(page.paint.strong),
  ...prose(page, finding.summary),
  ...optional(page, 'since', since(finding.facts)),
  ...optional(page, 'caused by', cause(page.report, finding)),
  ...labelled(page, 'where', evidenceLines(page, finding.evidence)),
  ...(finding.explanation === '' ? [] : why(page, finding.explanation)),
  ...finding.excluded.flatMap((trap) =>
    labelledProse(page, 'excluded', `${trap.trap}: ${trap.why}`),
  ),
  ...fixLines(page, finding),
  ...finding.references.flatMap((reference) => labelled(page, 'see', [visible(reference)])),
];

/** Every finding at or above the wanted severity, with a word on those left out. */
export const findings: Section = (page) => {
  const shown = shownFindings(page.report, page.minSeverity);
  const hidden = page.report.findings.length - shown.length;
  return [
    ...heading(page, `FINDINGS: ${severityCounts(page.report)}`),
    ...shown.flatMap((finding, at) => [...(at === 0 ? [] : ['']), ...one(page, finding)]),
    ...(hidden > 0
      ? ['', ...prose(page, `${counted(hidden, 'finding')} below ${page.minSeverity} not shown.`)]
      : []),
  ];
};
