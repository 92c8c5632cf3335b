import type { DuplicateId } from '../../evidence/duplicate-ids.ts';
import type { Fix } from '../finding.ts';
import { serverName } from './steps.ts';
import { held } from './withheld.ts';

/** Which of two servers gets another id is no question of files. */
export const renumberOne = ({ servers: [a, b], told }: DuplicateId): Fix | null => {
  const dialect = a.dialect ?? b.dialect;
  if (!dialect) return null;
  const clone =
    dialect.flavor === 'mysql' && told === 'logs' && a.uuid !== null && a.uuid === b.uuid
      ? ' and its auto.cnf removed before the start, since the uuid is the same, too'
      : '';
  return held(
    dialect,
    `one of ${serverName(a)} and ${serverName(b)} needs another server_id in its option file, and a restart${clone}; which one, these files do not tell. Where it has written events that still go round a ring, let them come to an end first: after the change nobody drops them any more`,
    [{ text: 'the new id is used by no other server', state: 'unknown' }],
  );
};
