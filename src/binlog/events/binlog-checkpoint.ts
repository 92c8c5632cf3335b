import { defineEvent } from '../define-event.ts';

/** The oldest log that crash recovery of a MariaDB server still needs. */
export const binlogCheckpoint = defineEvent({
  name: 'binlog-checkpoint',
  codes: [161],
  source: 'MariaDB sql/log_event.h Binlog_checkpoint_log_event',
  read: (f) => ({ logName: f.text('binlog_file_name', f.u32('binlog_file_len')) }),
});
