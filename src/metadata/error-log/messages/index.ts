import type { LogActor } from '../error-log.ts';
import { applierMessages } from './applier.ts';
import { applierErrorMessages } from './applier-errors.ts';
import { binaryLogMessages } from './binary-log.ts';
import type { MessageDefinition } from './define-messages.ts';
import { receiverMessages } from './receiver.ts';
import { receiverErrorMessages } from './receiver-errors.ts';
import { relayLogMessages } from './relay-log.ts';
import { replicationSetupMessages } from './replication-setup.ts';
import { semisyncMessages } from './semisync.ts';
import { serverLifeMessages } from './server-life.ts';
import { sourceSideMessages } from './source-side.ts';

const TABLE = [
  ...receiverMessages,
  ...receiverErrorMessages,
  ...applierMessages,
  ...applierErrorMessages,
  ...relayLogMessages,
  ...replicationSetupMessages,
  ...sourceSideMessages,
  ...semisyncMessages,
  ...binaryLogMessages,
  ...serverLifeMessages,
] as const;

/** Every kind of message that is known. */
export const messageDefinitions: readonly (MessageDefinition & { readonly kind: KnownKind })[] =
  TABLE;

type KnownKind = (typeof TABLE)[number]['kind'];

/** What is told by who reports it alone: its text is not in the table. */
export const UNKNOWN_MESSAGES = {
  receiver: 'receiver-report',
  applier: 'applier-report',
  other: 'other-replication',
} as const;

export type MessageKind = KnownKind | (typeof UNKNOWN_MESSAGES)[keyof typeof UNKNOWN_MESSAGES];

/** The actor of a message whose kind the table does not know. */
export const actorOfUnknown = (kind: MessageKind): LogActor =>
  kind === 'receiver-report' ? 'receiver' : kind === 'applier-report' ? 'applier' : 'server';
