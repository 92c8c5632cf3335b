import type { LogDamage } from '../../binlog/damage.ts';

/** `relay-bin.000002: at 550: checksum: …; 77 bytes lost, reading goes on at 627`. */
export const damageText = (path: string, damage: LogDamage): string => {
  const { offset, length, field, problem, resumedAt } = damage;
  const after =
    resumedAt === null ? 'nothing behind it could be read' : `reading goes on at ${resumedAt}`;
  return `${path}: at ${offset}: ${field}: ${problem}; ${length} bytes not used, ${after}`;
};
