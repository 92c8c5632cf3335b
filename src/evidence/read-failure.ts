import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import type { Channel, Server } from './evidence.ts';
import { troublesOf } from './thread-trouble.ts';

/** The applier could not read on in its relay logs (1594, 13121). */
export const READ_FAILURES: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'relay-log-read-failed',
  'log-checksum-failed',
]);

/** Does an error log or a status show the applier of this channel stopped by that, and nothing later? */
export const cannotReadOn = (server: Server, { name }: Channel): boolean =>
  troublesOf(server, 'applier', ({ kind }) => READ_FAILURES.has(kind)).some(
    ({ standing, story }) => standing === 'stands' && story.channel === name,
  );
