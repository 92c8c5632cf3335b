import { isNetworkError } from './connect-errors.ts';
import type { ThreadReport } from './thread-reports.ts';

/** What became of a question that the receiver asks between its login and the first event. */
export interface StartupQuestion {
  /** `SERVER_ID`, `@master_heartbeat_period`, a statement; null where the words do not tell. */
  readonly asked: string | null;
  /**
   * `no-answer`: the network kept it back; `refused`: the source answered with an error; `failed`: the
   * words do not tell which.
   */
  readonly outcome: 'no-answer' | 'refused' | 'failed';
  /** What the source said; null where nothing came. */
  readonly answer: string | null;
  /** Does the receiver connect again after these words, and not stop for good? */
  readonly isRepeated: boolean;
}

const ASKED: readonly RegExp[] = [
  /get the value of (\w+)(?: global)? variable/i,
  /(?:initialization (?:query|command)) '([^]{1,200}?)' (?:failed|did)/i,
  /send query to (?:master|source) ?\(query: ([^]{1,200}?)\)\.?/i,
  /Notifying (?:master|source) by ([^]{1,200}?) failed/i,
  /Get (?:master|source) ([^]{1,80}?) failed/i,
  /(?:SET|SELECT|set|Setting) (@\w+)/,
];

/** What a fatal error quotes; nothing stands there after a timeout: MySQL to 5.6 has no words for 1159. */
const QUOTED = /(?:\. Error:|failed with (?:the following )?error:?)\s*'?([^]*?)'?\.?\s*$/;
const CODE = /,?\.?\s*(?:Error_code: (?:MY-)?|Internal MariaDB error code: )\d{1,9}\s*$/;
/** Words of the client library for what a timeout left behind. */
const NETWORK_WORDS =
  /^(?:Got (?:timeout|an error) (?:reading|writing) communication packets|Lost connection to |.{0,10}server has gone away|Commands out of sync)/i;

/** These words alone come before the thread ends; the others before it connects again. */
const STOPS =
  /\bI\/O thread (?:stops|was stopped) because a fatal error is encountered\b|\bI\/O thread stops because SET @/i;

/**
 * Reads one failed question. Source: MySQL sql/rpl_slave.cc, MariaDB sql/slave.cc
 * get_master_version_and_clock, io_thread_init_command(s), get_master_uuid; what each wording leads to
 * was tried on MySQL 5.6.24 and 9.7, and MariaDB 10.11.
 */
export const startupQuestion = ({ text, errorNumber }: ThreadReport): StartupQuestion => {
  const flat = text.replaceAll(/\s+/g, ' ').replace(CODE, '');
  const asked = ASKED.map((pattern) => pattern.exec(flat)?.[1]).find(Boolean) ?? null;
  const quoted = QUOTED.exec(flat)?.[1]?.trim() ?? null;
  const isNetwork =
    isNetworkError(errorNumber) ||
    (quoted !== null && (quoted === '' || NETWORK_WORDS.test(quoted)));
  const outcome = isNetwork ? 'no-answer' : quoted ? 'refused' : 'failed';
  return {
    asked,
    outcome,
    answer: outcome === 'refused' ? quoted : null,
    isRepeated: !STOPS.test(flat),
  };
};
