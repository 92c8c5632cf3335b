import type { Evidence } from '../../evidence/evidence.ts';
import { isoTime } from '../../evidence/iso-time.ts';
import { type ServerStart, serverStarts } from '../../evidence/server-starts.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { at, count, list } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

const LISTED = 200;

const WORDS: Readonly<Record<ServerStart['before'], string>> = {
  orderly: 'after an orderly stop',
  crash: 'after a crash or a kill (the log before it ends without a Stop event)',
  unknown: 'with no log before it that tells how it ended',
};

/** When a server was started, and how it ended before: by its own binary logs. */
export const restarts = (evidence: Evidence): ContextEntry[] =>
  evidence.servers.flatMap((server) => {
    const starts = serverStarts(server);
    // The first log of a server says nothing that matters
    if (!starts.some(({ before }) => before !== 'unknown')) return [];
    const kinds = (['crash', 'orderly', 'unknown'] as const).flatMap((kind) => {
      const some = starts.filter(({ before }) => before === kind);
      const [first] = some;
      if (!first) return [];
      const times = some.slice(0, 3).map((start) => at(start.at));
      const more = some.length > 3 ? ` and ${some.length - 3} more` : '';
      return [`${list(times)}${more} UTC ${WORDS[kind]}`];
    });
    return [
      {
        kind: 'restarts',
        summary: `The binary logs of ${serverName(server)} show ${count(starts.length, 'start')}: ${kinds.join('; ')}.`,
        at: starts
          .filter(({ before }) => before !== 'unknown')
          .slice(0, 20)
          .map(({ file, at: created, before }) => ({
            path: file.path,
            offset: file.facts.formats[0]?.offset ?? 4,
            length: null,
            field: 'created',
            source: null,
            gtid: null,
            text: `started ${at(created)} UTC, ${WORDS[before]}`,
          })),
        facts: {
          server: server.id,
          counts: Object.fromEntries(
            Object.keys(WORDS).map((kind) => [
              kind,
              starts.filter(({ before }) => before === kind).length,
            ]),
          ),
          history: starts.slice(0, LISTED).map(({ file, at: created, before }) => ({
            path: file.path,
            started: isoTime(created),
            before,
          })),
          leftOut: Math.max(0, starts.length - LISTED),
        },
      },
    ];
  });
