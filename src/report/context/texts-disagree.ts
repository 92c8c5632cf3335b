import { formatCoordinates } from '../../binlog/coordinates.ts';
import { usesGtid } from '../../evidence/channel-view.ts';
import type { Channel, Evidence, Server } from '../../evidence/evidence.ts';
import { isText } from '../../evidence/record-name.ts';
import { standIns } from '../../evidence/stand-ins.ts';
import { serverName } from '../../rules/fix/steps.ts';
import type { ContextEntry } from './context-entry.ts';

/** Positions of info files that a text beside them contradicts: two moments, and the files count. */
export const textsDisagree = (evidence: Evidence): ContextEntry[] =>
  evidence.servers.flatMap((server) => {
    const texts = standIns(server.observed);
    return server.channels
      .filter((channel) => !usesGtid(channel))
      .flatMap((channel) => {
        const text = texts.find((one) => one.channel === channel.name);
        return text
          ? [
              ...entryOf(server, channel, read(channel.masterInfo), read(text.masterInfo)),
              ...entryOf(
                server,
                channel,
                executed(channel.relayLogInfo),
                executed(text.relayLogInfo),
              ),
            ]
          : [];
      });
  });

interface Recorded {
  readonly path: string;
  readonly offset: number;
  readonly field: string;
  readonly isText: boolean;
  readonly name: string;
  readonly place: string;
}

const read = (document: Channel['masterInfo']): Recorded | null => {
  const value = document?.value;
  if (!document || !value || value.readPosition === null || value.sourceLogFile === '') return null;
  return {
    path: document.path,
    offset: value.offsets.readPosition ?? 0,
    field: 'readPosition',
    isText: isText(document),
    name: document.standsIn ?? 'master.info',
    place: formatCoordinates({ file: value.sourceLogFile, position: value.readPosition }),
  };
};

const executed = (document: Channel['relayLogInfo']): Recorded | null => {
  const value = document?.value;
  if (!document || !value || value.sourceLogPos === null || value.sourceLogFile === '') return null;
  return {
    path: document.path,
    offset: value.offsets.sourceLogPos ?? 0,
    field: 'sourceLogPos',
    isText: isText(document),
    name: document.standsIn ?? 'relay-log.info',
    place: formatCoordinates({ file: value.sourceLogFile, position: value.sourceLogPos }),
  };
};

const entryOf = (
  server: Server,
  channel: Channel,
  file: Recorded | null,
  text: Recorded | null,
): ContextEntry[] => {
  if (!file || !text || file.isText || file.place === text.place) return [];
  return [
    {
      kind: 'texts-disagree',
      summary: `${file.name} of ${serverName(server)} says ${file.place}, ${text.name} says ${text.place}: they are of two moments. The file was judged, which was copied with the logs.`,
      at: [file, text].map(({ path, offset, field, place }) => ({
        path,
        offset,
        length: null,
        field,
        source: null,
        gtid: null,
        text: place,
      })),
      facts: {
        server: server.id,
        channel: channel.name,
        field: file.field,
        judged: file.place,
        passedOver: text.place,
      },
    },
  ];
};
