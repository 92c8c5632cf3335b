import { compareCoordinates, type LogCoordinates } from '../binlog/coordinates.ts';
import { relayEnd } from './channel-view.ts';
import type { Channel } from './evidence.ts';

/**
 * What a channel that works by position will ask its source for: the later of what master.info
 * records and where its relay logs end. Null before the first connect.
 */
export const requestedCoordinates = (channel: Channel): LogCoordinates | null => {
  const { sourceLogFile = '', readPosition = null } = channel.masterInfo?.value ?? {};
  const recorded =
    sourceLogFile !== '' && readPosition !== null
      ? { file: sourceLogFile, position: readPosition }
      : null;
  const end = relayEnd(channel);
  const received = end && { file: end.log, position: end.position };
  const asked = channel.connections.findLast((one) => one.asked !== null)?.asked ?? null;
  return [recorded, received].reduce(
    (latest, one) =>
      latest !== null && one !== null && compareCoordinates(one, latest) > 0
        ? one
        : (latest ?? one),
    recorded ?? received ?? asked,
  );
};
