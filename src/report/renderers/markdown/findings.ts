import type { ReportFinding } from '../../report.ts';
import { cause, whom } from '../finding-words.ts';
import { shownFindings } from '../shown-findings.ts';
import { since } from '../since.ts';
import { counted, findingNumber } from '../words.ts';
import { code } from './code.ts';
import { evidence } from './evidence.ts';
import { fixBlocks } from './fix.ts';
import { prose, reference } from './prose.ts';
import {
  type Block,
  blocks,
  bullets,
  folded,
  named,
  RANK,
  type Section,
  type Sheet,
  stacked,
} from './sheet.ts';

const labelled = (label: string, text: string): string =>
  text === '' ? '' : `**${label}:** ${prose(text)}`;

/** What it is, how sure, where, since when. */
const head = ({ report }: Sheet, finding: ReportFinding): string => {
  const { severity, confidence, rule, title, summary, facts, fingerprint } = finding;
  return stacked(
    `## Finding ${findingNumber(report, fingerprint) ?? 0}: ${prose(title)}`,
    `**${severity}, ${confidence}:** ${code(rule)} ${prose(whom(finding))}`.trimEnd(),
    prose(summary),
    labelled('Since', since(facts)),
    labelled('Caused by', cause(report, finding)),
  );
};

/** The one text with paragraphs of its own; every other line break is data and is spelled out. */
const why = ({ explanation }: ReportFinding): string => {
  const [first = '', ...rest] = explanation
    .split(/\n+/)
    .map((paragraph) => prose(paragraph))
    .filter(Boolean);
  return first && stacked(`**Why:** ${first}`, ...rest);
};

const ruledOut = ({ excluded }: ReportFinding): string =>
  excluded.length === 0
    ? ''
    : folded(
        `Ruled out: ${counted(excluded.length, 'other explanation')}`,
        bullets(excluded.map(({ trap, why: reason }) => prose(`${trap}: ${reason}`))),
      );

const one = (sheet: Sheet, finding: ReportFinding): Block[] => [
  ...blocks(RANK.finding, head(sheet, finding)),
  ...blocks(RANK.why, why(finding)),
  ...fixBlocks(sheet, finding),
  ...evidence(sheet, finding.evidence),
  ...blocks(RANK.aside, ruledOut(finding), named('See', finding.references.map(reference))),
];

/** Every finding at or above the wanted severity, in full. */
export const findings: Section = (sheet) =>
  shownFindings(sheet.report, sheet.minSeverity).flatMap((finding) => one(sheet, finding));
