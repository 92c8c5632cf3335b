import type { LogDamage } from '../../binlog/damage.ts';
import type { IntegrityFact } from '../facts.ts';
import type { Transactions } from './transactions.ts';

/** Damage beyond this many places is one story: the rest is counted. */
const KEPT = 200;

/** Where the bytes contradict the format, and what is whole before it. */
export class Integrity {
  readonly facts: IntegrityFact[] = [];
  leftOut = 0;

  add(damage: LogDamage, transactions: Transactions): void {
    if (this.facts.length >= KEPT) {
      this.leftOut += 1;
      return;
    }
    this.facts.push({
      ...damage,
      transaction: transactions.start,
      lastComplete: transactions.lastComplete,
    });
  }
}
