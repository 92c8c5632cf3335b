import { applierConfiguration } from './applier-configuration.ts';
import { applierCoordinatorStatus } from './applier-coordinator-status.ts';
import { applierStatus } from './applier-status.ts';
import { applierWorkerStatus } from './applier-worker-status.ts';
import { binaryLogs } from './binary-logs.ts';
import { connectionConfiguration } from './connection-configuration.ts';
import { connectionStatus } from './connection-status.ts';
import { gtidSlavePos } from './gtid-slave-pos.ts';
import { gtidValues } from './gtid-values.ts';
import { logStatus } from './log-status.ts';
import { registeredReplicas } from './registered-replicas.ts';
import { replicaStatus } from './replica-status.ts';
import { slaveMasterInfo } from './slave-master-info.ts';
import { slaveRelayLogInfo } from './slave-relay-log-info.ts';
import { slaveWorkerInfo } from './slave-worker-info.ts';
import { sourceStatus } from './source-status.ts';
import { variables } from './variables.ts';

/** One line a statement or table. The first that recognises the columns reads them. */
export const sectionDefinitions = [
  replicaStatus,
  sourceStatus,
  binaryLogs,
  registeredReplicas,
  slaveMasterInfo,
  slaveWorkerInfo,
  slaveRelayLogInfo,
  connectionConfiguration,
  connectionStatus,
  applierConfiguration,
  applierStatus,
  applierWorkerStatus,
  applierCoordinatorStatus,
  logStatus,
  variables,
  gtidSlavePos,
  gtidValues,
] as const;

export type AnySection = (typeof sectionDefinitions)[number];
export type SectionKind = AnySection['kind'];
/** What a row of each kind of section is read into. */
export type SectionRows = { [S in AnySection as S['kind']]: ReturnType<S['read']> };

/** What prints columns of these keys; null when nothing known does. */
export const sectionOf = (keys: ReadonlySet<string>): AnySection | null =>
  sectionDefinitions.find((section) => section.recognises(keys)) ?? null;

const KNOWN = new Set(sectionDefinitions.flatMap(({ keys }) => [...keys]));

/** Whether any section has a column of this key: a first, cheap look at a line. */
export const isKnownColumn = (key: string): boolean => KNOWN.has(key);
