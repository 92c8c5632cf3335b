import type { LogDamage } from '../../binlog/damage.ts';
import { EVENT, eventTypeName } from '../../binlog/event-type.ts';

/** Kinds of damage that leave the header to be read. */
const WITH_HEADER: ReadonlySet<string> = new Set(['checksum', 'torn-event']);

/** Is the event taken as it is, for want of a better one? */
const isListed = ({ kind, event }: LogDamage): boolean =>
  kind === 'unknown-type' || (kind === 'checksum' && event?.typeCode === EVENT.FORMAT_DESCRIPTION);

/**
 * `relay-bin.000002: at 550: checksum: … (Query of server 11); 77 bytes not used, reading goes on at
 * 627`.
 */
export const damageText = (path: string, damage: LogDamage): string => {
  const { offset, length, field, problem, resumedAt, event, kind } = damage;
  const what =
    event && WITH_HEADER.has(kind)
      ? ` (${eventTypeName(event.typeCode)} of server ${event.serverId})`
      : '';
  const after =
    resumedAt === null ? 'nothing behind it could be read' : `reading goes on at ${resumedAt}`;
  const loss = isListed(damage) ? 'listed all the same' : `${length} bytes not used, ${after}`;
  return `${path}: at ${offset}: ${field}: ${problem}${what}; ${loss}`;
};
