import type { Fix, Precondition, Step } from '../finding.ts';
import type { Impossible } from '../impossible-source-position.ts';
import { changeToLog, untilAllApplied } from './change-to-log.ts';
import { drain } from './drain.ts';
import { channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/**
 * Goes on with the source's next log, once everything received is applied (verified on MySQL
 * 5.6.24). While it is not, the relay logs are the last copy and only the drain is printed.
 */
export const nextLog = ({
  server,
  channel,
  source,
  log,
  next,
  lost,
  allApplied,
  sameLog,
}: Impossible): Fix | null => {
  const { dialect } = server;
  if (!dialect || !next) return null;
  const name = channelName(dialect, channel);
  const { statements, terms } = dialect;
  const on = serverName(server);
  const preconditions: Precondition[] = [
    {
      text: `the ${terms.applier} has executed everything received`,
      state: allApplied === null ? 'unknown' : allApplied ? 'met' : 'unmet',
    },
    {
      text: `${next.name} is the log that follows ${log.name} on ${serverName(source)}`,
      state: 'met',
    },
    {
      text: `the ${lost.length} transactions are in the tables of ${serverName(source)} (its log lost them; where the tables did, too, new rows there may collide with these: decide first which side is right)`,
      state: 'unknown',
    },
  ];
  if (name === null) return held(dialect, UNWRITABLE_NAME, preconditions);
  if (sameLog === false) {
    return held(
      dialect,
      `${log.name} of ${serverName(source)} is not the log that ${on} received from: the source was reset or set up anew, or these files are not of one time. What its new logs hold from their beginning on is missing on ${on}: compare the data of both, or set up ${on} anew from a backup of the source`,
      preconditions,
    );
  }
  if (allApplied === false) {
    return drain(
      server,
      channel,
      dialect,
      name,
      `what ${serverName(source)} lost exists in them alone`,
    );
  }
  const steps: Step[] = [
    untilAllApplied(on, dialect, name),
    check(
      serverName(source),
      statements.showBinaryLogs(),
      `${log.name} with a size of ${log.facts.bytes}, followed by ${next.name}`,
      'the source goes on there',
    ),
    ...changeToLog({ server, channel }, dialect, name, {
      log: next.name,
      because: `reads on with the first event that the source wrote after its crash; the ${lost.length} transactions that it lost stay on ${on} alone`,
    }),
  ];
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions,
    steps,
    sideEffects: [
      `${on} holds ${lost.length} transactions that are not in the source’s log: compare the tables of both; where the source lost the data too, decide which side is right`,
    ],
    undo: [],
    alternatives: [],
  };
};
