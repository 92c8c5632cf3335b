import type { Evidence } from '../evidence/evidence.ts';
import { rowsOf, settingOf } from '../evidence/observations.ts';
import type { Report } from './report.ts';

const HOST = '[host]';
const USER = '[user]';

/** Names of hosts and accounts that a scan's files tell. */
export interface SensitiveNames {
  readonly hosts: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

export const sensitiveNames = ({ servers }: Pick<Evidence, 'servers'>): SensitiveNames => {
  const hosts: Array<string | null | undefined> = [];
  const users: Array<string | null | undefined> = [];
  for (const { channels, observed } of servers) {
    for (const { masterInfo } of channels) {
      hosts.push(masterInfo?.value.host, masterInfo?.value.bind);
      users.push(masterInfo?.value.user);
    }
    for (const { row } of rowsOf(observed, 'replica-status')) {
      hosts.push(row.sourceHost, row.bind);
      users.push(row.sourceUser);
    }
    for (const { row } of rowsOf(observed, 'slave-master-info')) {
      hosts.push(row.host);
      users.push(row.user);
    }
    hosts.push(
      settingOf(observed, 'hostname')?.setting.value,
      settingOf(observed, 'report_host')?.setting.value,
    );
  }
  const named = (all: ReadonlyArray<string | null | undefined>): ReadonlySet<string> =>
    new Set(all.flatMap((name) => (name ? [name] : [])));
  return { hosts: named(hosts), users: named(users) };
};

/**
 * What must stay as it is: names of files lead back to the evidence, and a changed statement would do
 * another thing.
 */
const KEPT = new Set([
  'path',
  'folder',
  'inputs',
  'run',
  'undo',
  'bring',
  'fingerprint',
  '$schema',
]);

/**
 * A report for people outside: no names of hosts or accounts, and none of the values that servers quote
 * in their errors. Texts of statements have been left out before (`describeEvidence`).
 */
export const redactReport = (report: Report, names: SensitiveNames): Report => {
  const hide = hider(names);
  const walk = (value: unknown, key: string): unknown => {
    if (KEPT.has(key)) return value;
    if (key === 'host') return typeof value === 'string' ? HOST : value;
    if (typeof value === 'string') return hide(value);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  const hidden = walk(report, '') as Report;
  return {
    ...hidden,
    context: [
      ...hidden.context,
      {
        kind: 'redacted',
        summary:
          'Texts of statements, values, and names of hosts and accounts were left out of this report. Names of files, channels, databases and tables stay, since they are needed to act; a relay log is often called after its host.',
        evidence: [],
        facts: {},
      },
    ],
  };
};

const hider = ({ hosts, users }: SensitiveNames): ((text: string) => string) => {
  const replacements: Array<readonly [RegExp, string]> = [
    // 'repl'@'10.0.0.7', and repl@db1:3306 of the receiver's errors
    [/'[^'\n]*'@'[^'\n]*'/g, `'${USER}'@'${HOST}'`],
    [/(?<![\w.-])[\w.$-]+@(?:\[[\da-f:.]+\]|[\w.-]+)(:\d+)?/gi, `${USER}@${HOST}$1`],
    // Errors 1062 and 1366 quote what rows hold; a value may hold quotes
    [/\b(Duplicate entry) '.*?' (for key)/gis, "$1 '[value]' $2"],
    [/\b((?:In|T)[a-z]* [a-z ]*value): '.*?' (for column)/gis, "$1: '[value]' $2"],
    [/\b(Query): '.*?'(?=[.,;]?\s*(?:$|,? Error))/gis, "$1: '[statement]'"],
    ...[...hosts].toSorted(longestFirst).map((host) => [whole(host), HOST] as const),
    ...[...users].map((user) => [new RegExp(`'${literal(user)}'`, 'g'), `'${USER}'`] as const),
  ];
  return (text) => replacements.reduce((said, [from, to]) => said.replace(from, to), text);
};

const longestFirst = (a: string, b: string): number => b.length - a.length;

/**
 * A name as a word of its own, not as the begin of a file's. One that is an ordinary word (`source`)
 * only where it is quoted.
 */
const whole = (name: string): RegExp =>
  /[\d.:-]/.test(name)
    ? new RegExp(`(?<![\\w.-])${literal(name)}(?![\\w-]|\\.\\w)`, 'gi')
    : new RegExp(`(?<=['"\`])${literal(name)}(?=['"\`])`, 'gi');

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
