import { baseName } from '../binlog/coordinates.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import type { RelayIndexFault } from '../evidence/relay-index-faults.ts';
import type { Locus } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import { logLocus } from './position-locus.ts';
import { list } from './words.ts';

export interface BrokenIndex {
  readonly server: Server;
  readonly channel: Channel;
  readonly fault: RelayIndexFault;
  readonly passed: boolean | null;
}

export const EXPLAINED: Readonly<Record<RelayIndexFault['kind'], string>> = {
  'missing-log':
    'A server that starts looks for every log that the index names. It does not find this one, cannot count its relay logs, and refuses START; a CHANGE is taken, and START refused again.',
  'lost-line':
    'The applier goes from line to line of the index. It never opens a log that no line names, and goes on with the next one: MySQL 9.7 did so without an error and with no lag, and the rows in between were missing.',
  order:
    'The applier goes from line to line of the index, whatever the numbers: transactions are applied in another order than on the source, or twice.',
  'unnamed-position':
    'The server looks up the log of its recorded position in the index, does not find it ("Could not find target log"), and refuses START; a CHANGE is taken, and START refused again.',
  'other-series':
    'The relay logs go by another name since the server was started anew: by a new host name where relay_log is not set, or by another relay_log option. The server looks up the log of its recorded position in the index of the new name, does not find it ("Could not find target log"), and refuses START (error 1872 or 13124, MariaDB 1201), though no status has to show an error. The tables are as they were: nothing was applied since.',
  'missing-position':
    'The applier stands in a log that is not among those given. In a copy that was made while the applier moved on this is normal; on the server it must be there.',
};

/** The log that no line names is there to be looked at. */
export const unlistedLoci = ({ channel, fault }: BrokenIndex): Locus[] =>
  fault.kind === 'missing-log'
    ? []
    : (channel.relay?.files ?? [])
        .filter(({ name }) => fault.logs.includes(name))
        .map(({ path }) => logLocus(path, 4));

export const titleOf = ({ fault, passed }: BrokenIndex): string => {
  const index = baseName(fault.index);
  const logs = list(fault.logs);
  const one = fault.logs.length === 1;
  const need = passed === false ? `, and the applier has yet to read ${one ? 'it' : 'them'}` : '';
  switch (fault.kind) {
    case 'missing-log':
      return `${index} names ${logs}, which ${one ? 'is' : 'are'} not there${need}`;
    case 'lost-line':
      return `${index} does not name ${logs}, which ${one ? 'is' : 'are'} there${need}`;
    case 'order':
      return `${index} names ${logs} out of order`;
    case 'unnamed-position':
      return `relay-log.info names ${logs}, which ${index} does not`;
    case 'other-series':
      return `relay-log.info names ${logs}, and the server looks for its relay logs in ${index}`;
    case 'missing-position':
      return `relay-log.info names ${logs}, which is not in this copy`;
  }
};

export const summaryOf = ({ server, channel, fault, passed }: BrokenIndex): string => {
  const on = serverName(server);
  const files = channel.relay?.files ?? [];
  const said = fault.startup ? ' The server says itself that it could not open it.' : '';
  const applier =
    passed === null
      ? 'Nothing tells whether the applier is past it.'
      : passed
        ? 'The applier is past it.'
        : 'The applier has yet to come there.';
  switch (fault.kind) {
    case 'missing-log':
      if (fault.startup)
        return `The index of ${on} names ${list(fault.logs)}, and in this copy ${fault.logs.length === 1 ? 'it is' : 'they are'} missing. ${applier}${said}`;
      return `Of ${files[0]?.name} to ${files.at(-1)?.name} on ${on}, in this copy ${list(fault.logs)} ${fault.logs.length === 1 ? 'is' : 'are'} missing, though the index names ${fault.logs.length === 1 ? 'it' : 'them'}. ${applier}`;
    case 'lost-line':
      return `The index of ${on} goes from before ${list(fault.logs)} to ${fault.line.name}. ${applier}`;
    case 'order':
      return `In the index of ${on} ${list(fault.logs)} ${fault.logs.length === 1 ? 'stands' : 'stand'} behind a higher or the same number. ${applier}`;
    case 'unnamed-position':
      return `The recorded position of ${on} is in ${list(fault.logs)}, and ${fault.startup ? `no line of the index names it.${said}` : 'the index has lines before and behind it.'}`;
    case 'other-series':
      return `The recorded position of ${on} is in ${list(fault.logs)}; the relay logs that it began last are called otherwise, ${fault.line.name} and on, and hold nothing from its source.${said}`;
    case 'missing-position':
      return `The recorded position of ${on} is in ${list(fault.logs)}. The index names it too; it was not given.`;
  }
};
