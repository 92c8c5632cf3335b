import type { LineFormat } from './define-line-format.ts';

/** `2026-11-20  9:42:11 1234 [Note] …`: local time, then the process (MySQL 5.6) or thread id. */
export const spacedDate: LineFormat = {
  name: 'spaced-date',
  source:
    'MySQL 5.6 sql/log.cc print_buffer_to_file; MariaDB 10.1.5+ sql/log.cc print_buffer_to_file; InnoDB lines of 5.6: storage/innobase/ut/ut0ut.cc ut_print_timestamp; with a zone: the entry point of the official Docker images',
  head: /^(?<time>\d{4}-\d\d-\d\d [ \d]\d:\d\d:\d\d(?:\.\d{1,9})?(?:[+-]\d\d:\d\d)?) +(?:(?<thread>(?:0x)?[\da-f]{1,20}) +)?(?:\[(?<level>ERROR|Warning|Note)\] +|(?=InnoDB: |mysqld_safe |mariadbd-safe ))/,
};
