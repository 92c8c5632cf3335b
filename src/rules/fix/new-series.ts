import type { Fix } from '../finding.ts';
import type { Replaced } from '../replaced-source-log.ts';
import { changeToLog, untilAllApplied } from './change-to-log.ts';
import { channelName, check, serverName } from './steps.ts';
import { held } from './withheld.ts';

/**
 * What lies between the last received event and the new logs is in no file. Whoever knows that there
 * was nothing goes on with the first of them (tried on MySQL 5.6.24 and MariaDB 10.11).
 */
export const newSeries = ({
  server,
  channel,
  source,
  replaced: { first, received },
  allApplied,
}: Replaced): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const whose = source ? serverName(source) : 'its source';
  const { statements, terms } = dialect;
  const name = channelName(dialect, channel);
  const fix = held(
    dialect,
    `${received.log} of ${whose} is not the log that ${on} received from: what the source wrote between the last received event and the new logs is in no file, and after a restore the source lacks what ${on} has. Set ${on} up anew from a backup or a copy of ${whose}; only where nothing was written in between, and nothing was lost, may it go on with the first of the new logs, and their tables are compared afterwards`,
    [
      {
        text: `the ${terms.applier} has executed everything received`,
        state: allApplied === null ? 'unknown' : allApplied ? 'met' : 'unmet',
      },
    ],
  );
  if (!first || name === null) return fix;
  return {
    ...fix,
    alternatives: [
      {
        title: `the first of the new logs, ${first.name}`,
        costs: `right only where ${on} had received all that ${whose} wrote before it began its logs anew, and ${whose} has kept all of that; nothing here tells`,
        steps: [
          untilAllApplied(on, dialect, name),
          check(
            source ? serverName(source) : `the ${terms.source} of ${on}`,
            statements.showBinaryLogs(),
            `${first.name} is listed; of these logs it is the first`,
            `${on} goes on there`,
          ),
          ...changeToLog({ server, channel }, dialect, name, {
            log: first.name,
            because: `reads all of the new logs, from ${first.name} on`,
          }),
        ],
      },
    ],
  };
};
