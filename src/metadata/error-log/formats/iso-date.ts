import type { LineFormat } from './define-line-format.ts';

/** `2026-11-20T10:42:11.123456Z 7 [Note] …`, and in 8.0 `… 7 [ERROR] [MY-010584] [Repl] …`. */
export const isoDate: LineFormat = {
  name: 'iso-date',
  source:
    'MySQL 5.7 sql/log.cc print_buffer_to_file, 8.0 sql/server_component/log_sink_trad.cc log_sink_trad; scripts/mysqld_safe.sh log_generic; sql/signal_handler.cc',
  head: /^(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) +(?:(?:(?<thread>\d{1,20}) +)?\[(?<level>System|ERROR|Warning|Note)\] +(?:\[(?<code>MY-\d{1,10})\] +)?(?:\[(?<subsystem>\w{1,32})\] +)?|(?=mysqld_safe )|UTC - (?=\S{1,64} got ))/,
};
