import { compareCoordinates } from '../binlog/coordinates.ts';
import type { ChannelView } from './channel-view.ts';
import { requestedCoordinates } from './requested-coordinates.ts';
import { resumePoint } from './resume-point.ts';

/** Is the executed position the end of what was received? Null when nothing tells. */
export const appliedAll = ({ server, channel }: ChannelView): boolean | null => {
  const point = resumePoint(server, channel);
  const received = requestedCoordinates(channel);
  if (point.state !== 'at' || received === null) return null;
  return compareCoordinates(point.source, received) >= 0;
};
