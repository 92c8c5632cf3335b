/** What `events` and `stats` take: logs, and nothing else. */
export const logsPositional = {
  type: 'string',
  array: true,
  defaultDescription: 'none',
  describe: 'logs, folders, globs; - for stdin; behind -- names that begin with a dash',
} as const;
