import type { Fix } from '../finding.ts';
import { REFUSALS } from '../refusal-words.ts';
import type { RefusedRead } from '../source-read-error.ts';
import { held } from './withheld.ts';

/** A refusal is a witness of its cause, and the cause decides: nothing is to be run from the words alone. */
export const afterRefusal = ({ server, refusal, bytes }: RefusedRead): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
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
