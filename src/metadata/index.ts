import { type AutoCnf, parseAutoCnf } from './auto-cnf.ts';
import { type LogIndex, parseLogIndex } from './log-index.ts';
import { type MasterInfo, parseMasterInfo } from './master-info.ts';
import { type MultiMaster, parseMultiMaster } from './multi-master.ts';
import type { MetadataProblem, Parsed } from './parsed.ts';
import { parseRelayLogInfo, type RelayLogInfo } from './relay-log-info.ts';
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
  'status-text': StatusText;
}

/** One metadata file as it was read. */
export interface MetadataDocument<K extends MetadataKind = MetadataKind> {
  readonly kind: K;
  readonly path: string;
  readonly value: MetadataValues[K];
  readonly problems: readonly MetadataProblem[];
}

/** Reads one kind of file; some need its name, without directory. */
type Parser<K extends MetadataKind> = (
  bytes: Buffer,
  fileName: string,
) => Parsed<MetadataValues[K]>;

/** One line a kind. */
const parsers: { readonly [K in MetadataKind]: Parser<K> } = {
  'master-info': parseMasterInfo,
  'relay-log-info': parseRelayLogInfo,
  'log-index': parseLogIndex,
  'multi-master-info': parseMultiMaster,
  'worker-info': parseWorkerInfo,
  'auto-cnf': parseAutoCnf,
  'status-text': parseStatusText,
};

/** Reads a metadata file of a known kind. Never throws: what is wrong is in `problems`. */
export const parseMetadata = <K extends MetadataKind>(
  kind: K,
  path: string,
  bytes: Buffer,
): MetadataDocument<K> => ({
  kind,
  path,
  ...parsers[kind](bytes, path.replace(/^.*[/\\]/s, '')),
});
