import { splitLogName } from '../binlog/coordinates.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { LogChain, LogFile } from './evidence.ts';

/** Logs of one folder as series: by kind and base name, in the order of their numbers. */
export const buildChains = (files: readonly LogFile[]): LogChain[] => {
  const groups = new Map<string, LogFile[]>();
  for (const file of files) {
    const key = `${file.kind}\0${baseOf(file)}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].map((group) => {
    const files = group.sort((a, b) => numberOf(a) - numberOf(b) || (a.name < b.name ? -1 : 1));
    const [first] = files as [LogFile, ...LogFile[]];
    return {
      kind: first.kind,
      folder: first.folder,
      base: baseOf(first),
      files,
      ownIds: ownIds(files),
    };
  });
};

const baseOf = (file: LogFile): string => splitLogName(file.name)?.base ?? file.name;
const numberOf = (file: LogFile): number => splitLogName(file.name)?.number ?? 0;

/** Ids of the first format description of each file: its writer's. */
const ownIds = (files: readonly LogFile[]): number[] => {
  const ids: number[] = [];
  for (const { facts } of files) {
    const id = facts.formats[0]?.serverId;
    if (id !== undefined && ids.at(-1) !== id) ids.push(id);
  }
  return [...new Set(ids.reverse())].reverse();
};

/** Where the source stood when `file` begins, carried from the files before it. */
export const sourceEndAtHead = (chain: LogChain, file: LogFile): LogFacts['sourceEnd'] => {
  let position: number | null = null;
  for (let i = chain.files.indexOf(file) - 1; i >= 0; i -= 1) {
    const end = chain.files[i]?.facts.sourceEnd;
    if (!isNext(chain, i)) break;
    position ??= end?.position ?? null;
    if (end?.log) return { log: end.log, position: position ?? end.position };
  }
  return position === null ? null : { log: null, position };
};

/** Name of the source's log where `file` begins, when it has no Rotate. */
export const sourceLogAtHead = (chain: LogChain, file: LogFile): string | null =>
  sourceEndAtHead(chain, file)?.log ?? null;

/** Are file `i` and the one after it neighbours by number? */
export const isNext = (chain: LogChain, i: number): boolean => {
  const file = chain.files[i];
  const next = chain.files[i + 1];
  return file !== undefined && next !== undefined && numberOf(next) === numberOf(file) + 1;
};
