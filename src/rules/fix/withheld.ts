import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Server } from '../../evidence/evidence.ts';
import type { Fix, Precondition } from '../finding.ts';

/** No statement, and why. */
export const held = (
  dialect: Dialect,
  reason: string,
  preconditions: readonly Precondition[] = [],
): Fix => ({
  dialect: dialect.id,
  withheld: reason,
  preconditions,
  steps: [],
  sideEffects: [],
  undo: [],
  alternatives: [],
});

/** Where the applier has gone past a loss: nothing read again from there on would bring it back. */
export const pastRepair = (server: Server, reason: string): Fix | null =>
  server.dialect ? held(server.dialect, reason) : null;
