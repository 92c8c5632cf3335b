import type { ApplyCause } from '../../evidence/apply-cause.ts';

interface Ways {
  /** Do the rows of both sides decide what is right? Else what the class says is the whole repair. */
  readonly needsRows: boolean;
  /** May the group be passed by? Not where that would end nothing, or is another rule’s. */
  readonly mayPass: boolean;
}

/** What is open behind an error of an applier, by its cause. */
export const APPLY_WAYS: Readonly<Record<ApplyCause, Ways>> = {
  unreadable: { needsRows: false, mayPass: false },
  'applied-before': { needsRows: false, mayPass: true },
  'came-back': { needsRows: false, mayPass: true },
  'loop-lap': { needsRows: false, mayPass: true },
  refetched: { needsRows: false, mayPass: true },
  'refetched-part': { needsRows: false, mayPass: true },
  'out-of-order': { needsRows: true, mayPass: false },
  incident: { needsRows: true, mayPass: false },
  'no-event': { needsRows: false, mayPass: false },
  lock: { needsRows: false, mayPass: false },
  'no-room': { needsRows: false, mayPass: false },
  'cache-full': { needsRows: false, mayPass: false },
  killed: { needsRows: false, mayPass: false },
  'earlier-failed': { needsRows: false, mayPass: false },
  setting: { needsRows: false, mayPass: false },
  account: { needsRows: false, mayPass: true },
  'no-right': { needsRows: false, mayPass: false },
  definition: { needsRows: false, mayPass: true },
  'parent-missing': { needsRows: false, mayPass: false },
  'child-left': { needsRows: false, mayPass: false },
  'without-gtid': { needsRows: false, mayPass: false },
  'from-the-start': { needsRows: false, mayPass: false },
  'object-missing': { needsRows: true, mayPass: true },
  'local-write': { needsRows: true, mayPass: true },
  'written-before': { needsRows: true, mayPass: true },
  'missing-insert': { needsRows: true, mayPass: true },
  'local-writer': { needsRows: true, mayPass: true },
  'row-missing': { needsRows: true, mayPass: true },
  unknown: { needsRows: true, mayPass: true },
};
