import type { LineFormat } from './define-line-format.ts';

/** `261120  9:42:11 [ERROR] …`: local time, the year in two digits; old InnoDB prints no level. */
export const shortDate: LineFormat = {
  name: 'short-date',
  source:
    'MySQL to 5.5, MariaDB to 10.1.4 sql/log.cc print_buffer_to_file; scripts/mysqld_safe.sh; MariaDB sql/signal_handler.cc handle_fatal_signal',
  head: /^(?<time>\d{6} [ \d]\d:\d\d:\d\d) +(?:\[(?<level>ERROR|Warning|Note)\] +|(?=[A-Za-z/]))/,
};
