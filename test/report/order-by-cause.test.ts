import { describe, expect, test } from 'vitest';
import { orderByCause } from '../../src/report/order-by-cause.ts';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { defineRule, type Locus } from '../../src/rules/define-rule.ts';
import type { Severity } from '../../src/rules/finding.ts';
import { rules as allRules } from '../../src/rules/index.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { RelayLog } from '../support/relay-log.ts';
import { placeOf, received, replica } from '../support/replica.ts';
import { slaveStatusText } from '../support/replica-text.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';

const finding = (
  fingerprint: string,
  severity: Severity,
  causedBy: string | null = null,
): ReportFinding => ({ fingerprint, severity, causedBy }) as ReportFinding;

const ordered = (...findings: ReportFinding[]): string =>
  orderByCause(findings)
    .map(({ fingerprint }) => fingerprint)
    .join(' ');

describe('order', () => {
  test('worst first where nothing follows from anything', () => {
    expect(ordered(finding('a', 'critical'), finding('b', 'high'), finding('c', 'info'))).toBe(
      'a b c',
    );
  });

  test('a consequence stands under its cause, before what is worse than it alone', () => {
    expect(
      ordered(finding('loop', 'critical'), finding('gap', 'high'), finding('lag', 'info', 'loop')),
    ).toBe('loop lag gap');
  });

  test('a lesser cause stands where the worst of its consequences would', () => {
    expect(
      ordered(finding('ahead', 'high', 'torn'), finding('x', 'medium'), finding('torn', 'low')),
    ).toBe('torn ahead x');
  });

  test('a cause that is not in the report, and a circle, lose nobody', () => {
    expect(ordered(finding('a', 'high', 'gone'), finding('b', 'low'))).toBe('a b');
    expect(ordered(finding('a', 'high', 'b'), finding('b', 'low', 'a'))).toBe('a b');
  });
});

/** Another rule of a scan: a finding on every relay log, with a cause. */
const says = (id: string, severity: Severity, title: string, follows: readonly string[] = []) =>
  defineRule({
    id,
    title,
    severity: `${severity}: always`,
    needs: ['relays'],
    story: 's',
    traps: [],
    fixStory: 'f',
    references: [],
    follows,
    *detect({ relays }) {
      for (const { server, channel, relay } of relays) {
        const at: Locus = {
          path: relay.files[0]?.path ?? '',
          offset: 4,
          length: null,
          field: null,
          source: null,
          gtid: null,
          text: null,
        };
        yield {
          key: id,
          severity,
          confidence: 'proven',
          title,
          summary: title,
          server,
          channel: channel.name,
          at: [at],
          facts: {},
          excluded: [],
          subject: null,
        };
      }
    },
    explain: () => '',
    fix: () => null,
  });

const rulesOf = ({ findings }: Report): string[] => findings.map(({ rule }) => rule);

/** Without what every connect in the middle of a built log shows. */
const rules = allRules.filter(({ id }) => id !== 'stale-format-description');

describe('verdict', () => {
  test('loop, lag and 1062: the loop is the cause of both, said once', async () => {
    const duplicate = says('duplicate-key', 'critical', 'The applier stopped with error 1062', [
      'foreign-server-id-loop',
    ]);
    const files: Files = {
      'b/relay-bin.000002': ringRelay(),
      'b/slave-status.txt': slaveStatusText({ secondsBehind: 3, read: 900 }),
    };
    const report = await reportOf(files, { rules: [duplicate, ...rules] });
    expect(rulesOf(report)).toEqual([
      'foreign-server-id-loop',
      'duplicate-key',
      'misleading-lag-figure',
    ]);
    expect(report.verdict).toBe(
      'Server 2: Events of server id 3 are circling the ring. Critical, proven. From it follow: The SQL thread stopped with error 1062; Seconds_Behind_Master is 3, the age of transactions that circle.',
    );
  });

  test('purged and 1236: the purged log leads', async () => {
    const purged = says('purged-log', 'critical', 'The source has purged what is needed');
    const error = says('source-read-error', 'critical', 'Error 1236', ['purged-log']);
    const files = { 'b/relay-bin.000002': new RelayLog().connect().write() };
    const report = await reportOf(files, { rules: [error, purged] });
    expect(rulesOf(report)).toEqual(['purged-log', 'source-read-error']);
    expect(report.verdict).toBe(
      'Server 2: The master has purged what is needed. Critical, proven. From it follows: Error 1236.',
    );
  });

  test('torn relay log and a read position ahead: one fault, one repair', async () => {
    const ten = received(10);
    const cut = ten.relay.bytes().subarray(0, ten.relay.length - 30);
    const files = {
      ...replica(ten.relay, { info: placeOf(ten, 4), master: placeOf(ten, 10) }),
      'r/relay-bin.000002': cut,
    };
    const report = await reportOf(files, { rules });
    expect(rulesOf(report)).toEqual(['truncated-log', 'receiver-position-ahead']);
    expect(report.verdict).toMatch(/ends too early.* From it follows: master\.info is ahead/);
    expect(report.plan.filter(({ run }) => run.startsWith('CHANGE'))).toHaveLength(1);
  });

  test('two roots: the next one is named where it is urgent', async () => {
    const other = says('other', 'high', 'Something else is wrong');
    const files = { 'b/relay-bin.000002': ringRelay() };
    const { verdict } = await reportOf(files, { rules: [...rules, other] });
    expect(verdict).toMatch(
      /proven\. 1 further finding\. Next: Server 2: Something else is wrong \(high\)\.$/,
    );
  });

  test('little was found, but a thread stands: nobody is told to do nothing', async () => {
    const files: Files = {
      'b/relay-bin.000002': new RelayLog().connect().write(),
      'b/slave-status.txt': slaveStatusText({ applier: 'No', secondsBehind: null }),
    };
    const { verdict } = await reportOf(files, { rules });
    expect(verdict).toMatch(
      /^Server 2: Seconds_Behind_Master is NULL: the SQL thread does not run\./,
    );
  });
});
