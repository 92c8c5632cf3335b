import type { ChannelView } from './channel-view.ts';
import { resumePoint } from './resume-point.ts';

/** Is the executed position the end of what was received? Null when nothing tells. */
export const appliedAll = ({ server, channel }: ChannelView): boolean | null => {
  const point = resumePoint(server, channel);
  const read = channel.masterInfo?.value.readPosition ?? null;
  if (point.state !== 'at' || read === null) return null;
  return (
    point.source.file === channel.masterInfo?.value.sourceLogFile && point.source.position >= read
  );
};
