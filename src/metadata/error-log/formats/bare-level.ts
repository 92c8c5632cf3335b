import type { LineFormat } from './define-line-format.ts';

/** `[ERROR] [MY-010584] [Repl] …`: what goes to the system's log, which adds the time. */
export const bareLevel: LineFormat = {
  name: 'bare-level',
  source:
    'MySQL 5.7 sql/log.cc --log-syslog, 8.0 components/logging/log_sink_syseventlog.cc; behind a carrier alone',
  head: /^\[(?<level>System|ERROR|Warning|Note)\] +(?:\[(?<code>MY-\d{1,10})\] +)?(?:\[(?<subsystem>\w{1,32})\] +)?/,
};
