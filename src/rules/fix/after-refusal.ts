import type { Fix } from '../finding.ts';
import { REFUSALS } from '../refusal-words.ts';
import type { RefusedRead } from '../source-read-error.ts';
import { list } from '../words.ts';
import { serverName } from './steps.ts';
import { held } from './withheld.ts';

/** A refusal is a witness of its cause, and the cause decides: nothing is to be run from the words alone. */
export const afterRefusal = ({ server, refusal, bytes, twins }: RefusedRead): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  if (twins.length > 0) {
    const both = list([server, ...twins].map(serverName));
    return held(
      dialect,
      `${both} have one uuid: the copy is stopped, its auto.cnf moved away, and started, which gives it a uuid of its own; which one is the copy these files do not tell. Then replication is started on both`,
    );
  }
  const look =
    refusal === null
      ? 'the source’s words above say what to look at'
      : `to be looked at first: ${REFUSALS[refusal].look}`;
  return held(
    dialect,
    `the words of an error do not say what would be lost; ${look}${bytes ? `. ${bytes.words}` : ''}`.replace(
      /\.$/,
      '',
    ),
  );
};
