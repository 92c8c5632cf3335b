import { baseName } from '../../../binlog/coordinates.ts';
import { shortPath } from '../../../report/renderers/paths.ts';
import { moment } from '../../../report/renderers/times.ts';
import { count, counted, size } from '../../../report/renderers/words.ts';
import type { TransactionStats } from '../../stats.ts';
import { heading, prose, rowsIn, type Section, type Sheet } from './sheet.ts';

const INDENT = 4;

/** `mysql-bin.000001:211 to 382`; nothing where that says the same as path and offset. */
const coordinates = (transaction: TransactionStats): string[] => {
  const { log, position, endPosition, path, offset } = transaction;
  if (endPosition === null || (log === baseName(path) && position === offset)) return [];
  const from = position === null ? '' : `${position} to `;
  return [`${log ?? '?'}:${from}${endPosition}`];
};

const seconds = ({ seconds: n, secondsBy }: TransactionStats): string[] => {
  if (n === 0) return [];
  const by = secondsBy === 'exec-time' ? ' (exec_time)' : '';
  return [`${count(n)} s${by}`];
};

/** One transaction: how much, where and when, what. */
const entry = (sheet: Sheet, transaction: TransactionStats, number: number): string[] => {
  const { path, offset, endOffset, tables, hasMoreTables, time, threadId, gtid } = transaction;
  const much = [
    size(transaction.bytes),
    ...seconds(transaction),
    counted(transaction.events, 'event'),
    counted(rowsIn(transaction.rows), 'row'),
    ...(time === null ? [] : [moment(time)]),
  ];
  const where = [
    `${shortPath(sheet, path)}@${offset} to ${endOffset}`,
    ...coordinates(transaction),
    `server ${transaction.serverId}`,
    ...(threadId === null ? [] : [`thread ${threadId}`]),
    ...(gtid === null ? [] : [`GTID ${gtid}`]),
  ];
  const [lead = '', ...rest] = prose(sheet, much.join(', '), INDENT);
  return [
    `${`${number}.`.padStart(INDENT - 1)} ${lead.trimStart()}`,
    ...rest,
    ...prose(sheet, where.join(', '), INDENT),
    ...(tables.length === 0
      ? []
      : prose(sheet, `${tables.join(', ')}${hasMoreTables ? ' and more' : ''}`, INDENT)),
  ];
};

const listed = (
  sheet: Sheet,
  title: string,
  transactions: readonly TransactionStats[],
): readonly string[] =>
  transactions.length === 0
    ? []
    : [
        ...heading(sheet, title),
        ...transactions.flatMap((transaction, at) => entry(sheet, transaction, at + 1)),
      ];

export const largestTransactions: Section = (sheet) =>
  listed(sheet, 'LARGEST TRANSACTIONS', sheet.stats.transactions.largest);

export const longestTransactions: Section = (sheet) =>
  listed(sheet, 'LONGEST TRANSACTIONS', sheet.stats.transactions.longest);
