import { clientOf } from '../dialects/client.ts';
import type { Dialect } from '../dialects/define-dialect.ts';
import type { Evidence, Server } from '../evidence/evidence.ts';

/** A command that collects what is missing, in the words of the servers that a scan saw. */
export type Bring = string | ((evidence: Pick<Evidence, 'servers'>) => string);

export const bringOf = (bring: Bring, evidence: Pick<Evidence, 'servers'>): string =>
  typeof bring === 'string' ? bring : bring(evidence);

/** The dialects of those that replicate; of all where none is known to. */
const dialectsOf = ({ servers }: Pick<Evidence, 'servers'>): readonly Dialect[] => {
  const replicas = servers.filter(({ channels }) => channels.length > 0);
  const known = (some: readonly Server[]) => some.flatMap(({ dialect }) => dialect ?? []);
  return replicas.length > 0 ? known(replicas) : known(servers);
};

const keepsTables = (evidence: Pick<Evidence, 'servers'>): boolean => {
  const dialects = dialectsOf(evidence);
  return dialects.length > 0 && dialects.every(({ abilities }) => !abilities.statusFilesByDefault);
};

/** Of all the servers at once: that which any of them has. */
const client = (evidence: Pick<Evidence, 'servers'>): string => {
  const clients = new Set(dialectsOf(evidence).map(clientOf));
  const [only] = clients;
  return clients.size === 1 && only ? only : 'mysql';
};

const quoted = (evidence: Pick<Evidence, 'servers'>, statement: string, file: string): string =>
  `${client(evidence)} -e '${statement}' > COPY/${file}`;

const NEWEST = 'SHOW REPLICA STATUS\\G';

/** Of all channels: MariaDB says only the default one's without ALL. */
const statusStatement = ({ flavor, abilities, statements }: Dialect): string =>
  flavor === 'mariadb' && abilities.namedChannels
    ? 'SHOW ALL SLAVES STATUS\\G'
    : statements.showReplicaStatus('');

export const bringStatus = (evidence: Pick<Evidence, 'servers'>): string => {
  const statements = new Set(dialectsOf(evidence).map(statusStatement));
  const [only] = statements;
  return quoted(evidence, statements.size === 1 && only ? only : NEWEST, 'replica-status.txt');
};

/** A replica that stands still, since a text of a running one tells no position that holds. */
export const bringReadPosition = (evidence: Pick<Evidence, 'servers'>): string =>
  keepsTables(evidence)
    ? `with the replica stopped: ${bringStatus(evidence)}`
    : 'cp -a DATADIR/master*.info COPY/';

/** The table holds no password, other than that of the receiver. */
export const bringExecutedPosition = (evidence: Pick<Evidence, 'servers'>): string =>
  keepsTables(evidence)
    ? quoted(evidence, 'SELECT * FROM mysql.slave_relay_log_info\\G', 'slave_relay_log_info.txt')
    : 'cp -a DATADIR/relay-log*.info COPY/';

/** A server names it from its own directory on: `./db12.err`. */
export const bringErrorLog = (evidence: Pick<Evidence, 'servers'>): string =>
  `(cd DATADIR && cp "$(${client(evidence)} -Nse 'SELECT @@log_error')" COPY/)`;

export const bringWitness = (evidence: Pick<Evidence, 'servers'>): string =>
  `${bringErrorLog(evidence)}; ${bringStatus(evidence)}`;
