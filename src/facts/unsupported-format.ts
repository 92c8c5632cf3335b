import { isRenumbered } from '../binlog/events/format-description.ts';

/** What a log is that begins with a Start event instead of a format description, by the size of that. */
export const formatOfStart = (size: number): string =>
  size < 75 ? 'a log of MySQL 3.23 (format v1)' : 'a log of MySQL 4.0 or 4.1 (format v3)';

/** Builds that numbered their events in another way; null for all others. */
export const renumberingBuild = (serverVersion: string): string | null =>
  isRenumbered(serverVersion)
    ? `a log of an alpha build (${serverVersion}) with renumbered event types`
    : null;
