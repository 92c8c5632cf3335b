import type { LineFormat } from './define-line-format.ts';

/**
 * Lines that begin a message without a date: a crash (`10:42:11 UTC - mysqld got signal 11 ;`), and
 * InnoDB's of MySQL to 5.6 (`InnoDB: Last MySQL binlog file position 0 154, …`).
 */
export const undated: LineFormat = {
  name: 'undated',
  source:
    'MySQL 5.6+ sql/signal_handler.cc handle_fatal_signal; MySQL to 5.6, MariaDB to 10.1 storage/innobase/trx/trx0sys.cc',
  head: /^(?:\d\d:\d\d:\d\d UTC - (?=\S{1,64} got )|(?=InnoDB: [A-Z]))/,
};
