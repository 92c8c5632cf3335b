import { isReadFailure } from './apply-failures.ts';
import type { Channel, Server } from './evidence.ts';
import { troublesOf } from './thread-trouble.ts';

/** Does an error log or a status show that the applier of this channel could not read on, and nothing later? */
export const cannotReadOn = (server: Server, { name }: Channel): boolean =>
  troublesOf(server, 'applier', isReadFailure).some(
    ({ standing, story }) => standing === 'stands' && story.channel === name,
  );
