import type { ChangeOption, ChangeOptions } from './define-dialect.ts';
import { quoteString } from './quote-string.ts';

/** How a family of servers spells the options of its CHANGE statement, as far as it has them. */
export type ChangeSpelling = Readonly<Partial<Record<ChangeOption, string>>>;

const refuse = (problem: string): never => {
  throw new RangeError(`CHANGE of the source: ${problem}`);
};

/** An integer that is written with its digits, not as 1e+21. */
const writeInteger = (name: ChangeOption, value: number, highest: number): string =>
  Number.isSafeInteger(value) && value >= 0 && value <= highest
    ? String(value)
    : refuse(`${name} cannot be ${value}`);

/** 0 (off), or from a millisecond up to SLAVE_MAX_HEARTBEAT_PERIOD. */
const writeHeartbeatPeriod = (seconds: number): string =>
  seconds === 0 || (seconds >= 0.001 && seconds <= 4_294_967)
    ? seconds.toFixed(3)
    : refuse(`heartbeatPeriod cannot be ${seconds}`);

/** Combinations that servers refuse (error 1776) or, worse, accept and do something else. */
const checkCombination = (options: ChangeOptions): void => {
  const { logFile, logPos, relayLogFile, relayLogPos, autoPosition, useGtid } = options;
  const givesRelay = relayLogFile !== undefined || relayLogPos !== undefined;
  const givesCoordinates = givesRelay || logFile !== undefined || logPos !== undefined;
  if ((logFile === undefined) !== (logPos === undefined)) {
    refuse('logFile and logPos come together');
  }
  if ((relayLogFile === undefined) !== (relayLogPos === undefined)) {
    refuse('relayLogFile and relayLogPos come together');
  }
  // The server would write the receiver's position down as the applier's
  if (givesRelay && logFile !== undefined) refuse('coordinates of the source or of a relay log');
  if (givesCoordinates && autoPosition) {
    refuse('coordinates are refused with auto position (error 1776)');
  }
  if (givesCoordinates && useGtid !== undefined && useGtid !== 'no') {
    refuse(`coordinates are ignored with useGtid ${useGtid}`);
  }
};

/**
 * The option list of a CHANGE statement, always in the order below. Throws a RangeError for an
 * option that is not among `known`, for an empty list (a syntax error) and for values or
 * combinations that no server takes as they are meant.
 */
export const writeChangeOptions = (
  spelling: ChangeSpelling,
  known: readonly ChangeOption[],
  options: ChangeOptions,
): string => {
  checkCombination(options);
  const clauses: string[] = [];
  const add = <Name extends ChangeOption>(
    name: Name,
    write: (value: NonNullable<ChangeOptions[Name]>) => string,
  ): void => {
    const value = options[name];
    if (value === undefined) return;
    const word = spelling[name];
    if (word === undefined || !known.includes(name)) refuse(`this server line has no ${name}`);
    clauses.push(`${word} = ${write(value)}`);
  };

  add('logFile', quoteString);
  add('logPos', (position) => writeInteger('logPos', position, Number.MAX_SAFE_INTEGER));
  add('relayLogFile', quoteString);
  add('relayLogPos', (position) => writeInteger('relayLogPos', position, Number.MAX_SAFE_INTEGER));
  add('autoPosition', (on) => (on ? '1' : '0'));
  add('useGtid', (from) => from);
  add('ignoreServerIds', (ids) => {
    const written = ids.map((id) => writeInteger('ignoreServerIds', id, 0xffff_ffff));
    return `(${written.join(', ')})`;
  });
  add('heartbeatPeriod', writeHeartbeatPeriod);
  add('requestPublicKey', (on) => (on ? '1' : '0'));

  if (clauses.length === 0) refuse('nothing to change');
  return clauses.join(', ');
};
