import { visible } from '../../report/renderers/visible.ts';
import { eventSummary } from '../event-summary.ts';
import type { ListedEvent } from '../listed-event.ts';
import { rowLines } from '../rows.ts';
import { shownFields, traceLine } from '../trace-lines.ts';
import { utc } from '../utc.ts';
import { damageText } from './damage-line.ts';
import type { DefineFormat } from './define-format.ts';

/**
 * Statements, and rows as the pseudo-SQL of `mysqlbinlog -v`, each headed by a comment: offset,
 * coordinates, time, server, GTID. For reading: secrets are masked.
 */
export const sql: DefineFormat = (options, onProblem) => {
  let database: string | null = null;
  return {
    head: (path) => {
      database = null;
      return `# ${visible(path)}\n`;
    },
    event: (listed) => {
      const lines = [heading(listed)];
      if (options.trace) lines.push(...traceLines(listed));
      const { body } = listed;
      const isStatement = body !== null && 'statusVars' in body;
      if (isStatement && body.database !== '' && body.database !== database) {
        database = body.database;
        lines.push(`USE ${quoted(database)};`);
      }
      lines.push(...statementLines(listed, isStatement), ...rowLines(listed, options, onProblem));
      return `${lines.join('\n')}\n`;
    },
    damage: (path, damage) => `# !! ${visible(damageText(path, damage))}\n`,
  };
};

/** Their summary begins with it. */
const SAY_THEIR_GTID: ReadonlySet<string> = new Set(['gtid', 'gtid-tagged', 'mariadb-gtid']);

const heading = (listed: ListedEvent): string => {
  const { event, innerOffset, log, end, gtid, body } = listed;
  const saysItself = body !== null && SAY_THEIR_GTID.has(body.type);
  const parts = [
    innerOffset === null ? `# at ${event.offset}` : `# at ${event.offset} +${innerOffset}`,
    end === null ? '' : `${log ?? '?'}:${end}`,
    event.timestamp === 0 ? '' : `${utc(event.timestamp)} UTC`,
    `server ${event.serverId}`,
    gtid === null || saysItself ? '' : `GTID ${gtid}`,
    `${event.type}${summaryOf(listed)}`,
  ];
  return visible(parts.filter((part) => part !== '').join('  '));
};

const summaryOf = (listed: ListedEvent): string => {
  const summary = eventSummary(listed);
  return summary === '' ? '' : `: ${summary}`;
};

/** Text of any kind of line: what a terminal would obey is spelled out, line breaks and tabs stay. */
const shown = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');

const statementLines = (listed: ListedEvent, isStatement: boolean): string[] => {
  const { statement, body } = listed;
  if (body?.type === 'xid') return ['COMMIT;'];
  if (body?.type === 'xa-prepare' || body?.type === 'user-var' || body?.type === 'intvar') {
    return [settingOf(listed)];
  }
  if (body?.type === 'rand') return [`SET @@RAND_SEED1=${body.seed1}, @@RAND_SEED2=${body.seed2};`];
  if (statement === null) return [];
  return isStatement
    ? [`${shown(statement)};`]
    : statement.split('\n').map((line) => `# ${shown(line)}`);
};

const settingOf = (listed: ListedEvent): string => {
  const summary = visible(eventSummary(listed));
  switch (listed.body?.type) {
    case 'xa-prepare':
      return `${summary};`;
    case 'intvar':
      return `SET ${summary.replace(' = ', '=')};`;
    default:
      return `SET ${summary.replace(' = ', ':=')};`;
  }
};

const quoted = (name: string): string => `\`${visible(name).replaceAll('`', '``')}\``;

const traceLines = (listed: ListedEvent): string[] =>
  shownFields(listed).map((field) => `#   ${traceLine(field)}`);
