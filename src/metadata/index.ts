import { type AutoCnf, parseAutoCnf } from './auto-cnf.ts';
import type { ErrorLog } from './error-log/error-log.ts';
import { type LogIndex, parseLogIndex } from './log-index.ts';
import { type MasterInfo, parseMasterInfo } from './master-info.ts';
import { type MultiMaster, parseMultiMaster } from './multi-master.ts';
import type { MetadataProblem, Parsed } from './parsed.ts';
import { parseRelayLogInfo, type RelayLogInfo } from './relay-log-info.ts';
import { parseSettings, type Settings } from './settings/settings.ts';
import type { MetadataKind } from './sniff.ts';
import { parseStatusText, type StatusText } from './status-text/status-text.ts';
import { parseWorkerInfo, type WorkerInfo } from './worker-info.ts';

/** The value that each kind of metadata file holds. */
export interface MetadataValues {
  'master-info': MasterInfo;
  'relay-log-info': RelayLogInfo;
  'log-index': LogIndex;
  'multi-master-info': MultiMaster;
  'worker-info': WorkerInfo;
  'auto-cnf': AutoCnf;
  settings: Settings;
  'error-log': ErrorLog;
  'status-text': StatusText;
}

/** One metadata file as it was read. */
export interface MetadataDocument<K extends MetadataKind = MetadataKind> {
  readonly kind: K;
  readonly path: string;
  /** Of what takes the place of such a file: the statement or table whose output it is. */
  readonly standsIn?: string;
  readonly value: MetadataValues[K];
  readonly problems: readonly MetadataProblem[];
}

/** Kinds that are read whole; an error log, however large, is read by `ErrorLogReader`. */
export type SmallMetadataKind = Exclude<MetadataKind, 'error-log'>;

/** Reads one kind of file; some need its name, without directory. */
type Parser<K extends SmallMetadataKind> = (
  bytes: Buffer,
  fileName: string,
) => Parsed<MetadataValues[K]>;

/** One line a kind. */
const parsers: { readonly [K in SmallMetadataKind]: Parser<K> } = {
  'master-info': parseMasterInfo,
  'relay-log-info': parseRelayLogInfo,
  'log-index': parseLogIndex,
  'multi-master-info': parseMultiMaster,
  'worker-info': parseWorkerInfo,
  'auto-cnf': parseAutoCnf,
  settings: (bytes) => parseSettings(bytes),
  'status-text': parseStatusText,
};

/** Reads a metadata file of a known kind. Never throws: what is wrong is in `problems`. */
export const parseMetadata = <K extends SmallMetadataKind>(
  kind: K,
  path: string,
  bytes: Buffer,
): MetadataDocument<K> => ({
  kind,
  path,
  ...parsers[kind](bytes, path.replace(/^.*[/\\]/s, '')),
});
