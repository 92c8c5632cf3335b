import { observationsOf } from '../evidence/observations.ts';
import { standIns } from '../evidence/stand-ins.ts';
import type { MetadataDocument } from '../metadata/index.ts';

/** The positions that a text tells in the place of info files. */
export const documentsIn = (document: MetadataDocument): readonly MetadataDocument[] =>
  standIns(observationsOf([document])).flatMap(({ masterInfo, relayLogInfo }) => [
    ...(masterInfo ? [masterInfo] : []),
    ...(relayLogInfo ? [relayLogInfo] : []),
  ]);
