import { corruptEvent } from './corrupt-event.ts';
import type { AnyRule } from './define-rule.ts';
import { foreignServerIdLoop } from './foreign-server-id-loop.ts';
import { staleFormatDescription } from './stale-format-description.ts';
import { truncatedLog } from './truncated-log.ts';

/** Every rule, one line each, causes before consequences. */
export const rules: readonly AnyRule[] = [
  foreignServerIdLoop,
  corruptEvent,
  truncatedLog,
  staleFormatDescription,
] as readonly unknown[] as readonly AnyRule[];
