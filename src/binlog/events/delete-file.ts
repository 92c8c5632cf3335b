import { defineEvent } from '../define-event.ts';

/** A LOAD DATA statement failed on its server: its file is to be thrown away. */
export const deleteFile = defineEvent({
  name: 'delete-file',
  codes: [11],
  source: 'MySQL libs/mysql/binlog/event/load_data_events.h Delete_file_event',
  read: (f) => ({ fileId: f.u32('file_id') }),
});
