export interface MasterInfo {
  readonly file?: string;
  readonly position?: number;
  readonly heartbeat?: number;
  readonly ignore?: readonly number[];
  readonly autoPosition?: boolean;
  readonly channel?: string;
  readonly usingGtid?: 'no' | 'current_pos' | 'slave_pos';
}

const PASSWORD = 'correct horse';

const head = ({
  file = 'mysql-bin.000001',
  position = 4,
  heartbeat = 30,
  ignore = [],
}: MasterInfo): string[] => [
  file,
  String(position),
  'db1',
  'repl',
  PASSWORD,
  '3306',
  '60',
  '0',
  '',
  '',
  '',
  '',
  '',
  '0',
  heartbeat.toFixed(3),
  '',
  [ignore.length, ...ignore].join(' '),
];

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** master.info as MySQL 5.6 writes it, or with a channel as 5.7 does. */
export const masterInfo = (info: MasterInfo = {}): string => {
  const { autoPosition = false, channel } = info;
  const tail = [
    '',
    '86400',
    '',
    '',
    autoPosition ? '1' : '0',
    ...(channel === undefined ? [] : [channel, '']),
  ];
  return text([channel === undefined ? '23' : '25', ...head(info), ...tail]);
};

/** master.info as MariaDB 10.11 writes it. */
export const mariadbMasterInfo = (info: MasterInfo = {}): string => {
  const using = ['no', 'current_pos', 'slave_pos'].indexOf(info.usingGtid ?? 'no');
  const keys = [`using_gtid=${using}`, 'do_domain_ids=0', 'ignore_domain_ids=0', 'END_MARKER'];
  return text(['33', ...head(info), '', '0', ...Array.from({ length: 13 }, () => ''), ...keys]);
};

export interface RelayLogInfo {
  readonly file?: string;
  readonly offset: number;
  readonly sourceFile?: string;
  readonly position: number;
  readonly delay?: number;
  readonly workers?: number;
}

/** relay-log.info as MySQL 5.6 writes it; of MariaDB the lines from the delay on are less. */
export const relayLogInfo = ({
  file = 'relay-bin.000002',
  offset,
  sourceFile = 'mysql-bin.000001',
  position,
  delay = 0,
  workers = 0,
}: RelayLogInfo): string =>
  text([
    '7',
    `./${file}`,
    String(offset),
    sourceFile,
    String(position),
    String(delay),
    String(workers),
    '1',
  ]);

export const index = (...names: readonly string[]): string =>
  text(names.map((name) => `./${name}`));

export interface WorkerInfo {
  readonly id?: number;
  /** Behind its last transaction. */
  readonly last: { readonly file?: string; readonly position: number };
  readonly checkpoint: { readonly file?: string; readonly position: number };
  /** Numbers, from 0, of the transactions since the checkpoint that it applied. */
  readonly applied: readonly number[];
  readonly channel?: string;
}

/** A worker's file as MySQL 5.6 writes it, or with a channel as 5.7 does. */
export const workerInfo = ({ id = 1, last, checkpoint, applied, channel }: WorkerInfo): Buffer => {
  const place = ({ file = 'mysql-bin.000001', position }: WorkerInfo['last']): string[] => [
    './relay-bin.000002',
    '4',
    file,
    String(position),
  ];
  const bitmap = Buffer.alloc(64);
  for (const n of applied) bitmap[n >> 3] = (bitmap[n >> 3] ?? 0) | (1 << (n & 7));
  return Buffer.concat([
    Buffer.from(
      text([
        String(id),
        ...place(last),
        ...place(checkpoint),
        String(Math.max(0, ...applied)),
        String(bitmap.length),
      ]),
    ),
    bitmap,
    Buffer.from(channel === undefined ? '' : `${channel}\n`),
  ]);
};
