import { encodeChannelName } from '../metadata/channel-file-name.ts';
import type { Channel, Server } from './evidence.ts';
import { type Observation, rowsOf } from './observations.ts';

export type StatusMoment = Observation<'replica-status'>;

/** What `SHOW REPLICA STATUS` and its like said of one channel, in the order of their times. */
export const replicaStatuses = (server: Server, channel: Channel): readonly StatusMoment[] => {
  const key = (name: string | null): string => encodeChannelName(name ?? '') ?? name ?? '';
  return rowsOf(server.observed, 'replica-status').filter(
    ({ row }) => key(row.channelName) === key(channel.name),
  );
};

/** Did both threads stand still when it was taken? */
export const isStopped = ({ row }: Pick<StatusMoment, 'row'>): boolean =>
  row.receiverRunning === 'no' && row.applierRunning === 'no';
