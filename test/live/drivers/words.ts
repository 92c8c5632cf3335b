/** Options of a CHANGE in the modern words. Texts are quoted; numbers, and what is no text, stand as they are. */
export type ChangeOptions = Readonly<Record<string, string | number>>;

/** The words that differ between the servers, as far as a scenario says them itself. */
export interface Words {
  readonly stop: string;
  readonly stopApplier: string;
  readonly stopReceiver: string;
  readonly start: string;
  readonly startApplier: string;
  readonly startReceiver: string;
  readonly status: string;
  readonly sourceStatus: string;
  readonly resetSource: string;
  /** Forgets the connection too. */
  readonly resetAll: string;
  /** `CHANGE MASTER TO` or its modern form. */
  readonly change: (options: ChangeOptions) => string;
}

/** MySQL up to 8.0.22, and MariaDB, where a connection may have a name. */
export const masterSlaveWords = (connection = ''): Words => {
  const name = connection === '' ? '' : ` '${connection}'`;
  return {
    stop: `STOP SLAVE${name}`,
    stopApplier: `STOP SLAVE${name} SQL_THREAD`,
    stopReceiver: `STOP SLAVE${name} IO_THREAD`,
    start: `START SLAVE${name}`,
    startApplier: `START SLAVE${name} SQL_THREAD`,
    startReceiver: `START SLAVE${name} IO_THREAD`,
    status: `SHOW SLAVE${name} STATUS`,
    sourceStatus: 'SHOW MASTER STATUS',
    resetSource: 'RESET MASTER',
    resetAll: `RESET SLAVE${name} ALL`,
    change: (options) =>
      `CHANGE MASTER${name} TO ${assignments(options, (option) => option.replace(/^SOURCE_/, 'MASTER_'))}`,
  };
};

/** MySQL 8.4 and later, where a channel may have a name. */
export const sourceReplicaWords = (channel = ''): Words => {
  const name = channel === '' ? '' : ` FOR CHANNEL '${channel}'`;
  return {
    stop: `STOP REPLICA${name}`,
    stopApplier: `STOP REPLICA SQL_THREAD${name}`,
    stopReceiver: `STOP REPLICA IO_THREAD${name}`,
    start: `START REPLICA${name}`,
    startApplier: `START REPLICA SQL_THREAD${name}`,
    startReceiver: `START REPLICA IO_THREAD${name}`,
    status: `SHOW REPLICA STATUS${name}`,
    sourceStatus: 'SHOW BINARY LOG STATUS',
    resetSource: 'RESET BINARY LOGS AND GTIDS',
    resetAll: `RESET REPLICA ALL${name}`,
    change: (options) =>
      `CHANGE REPLICATION SOURCE TO ${assignments(options, (option) => option)}${name}`,
  };
};

const assignments = (options: ChangeOptions, word: (name: string) => string): string =>
  Object.entries(options)
    .map(([name, value]) => {
      const bare = typeof value === 'number' || /^\(|^(?:no|slave_pos|current_pos)$/.test(value);
      return `${word(name)} = ${bare ? value : `'${value}'`}`;
    })
    .join(', ');
