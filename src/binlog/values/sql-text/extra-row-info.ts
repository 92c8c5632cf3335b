import { FieldReader } from '../../../bytes/field-reader.ts';
import type { RowsKind } from '../../events/rows.ts';

/** Source: MySQL libs/mysql/binlog/event/rows_event.h `enum_extra_row_info_typecode`. */
const INFO = { NDB: 0, PARTITION: 1 } as const;

const NDB_HEAD_BYTES = 2;

/**
 * What the extra part of a rows event says, a line each: of NDB's own data, or the partition. Throws
 * a `MalformedError` when it is cut off; what stands behind an unknown item is left out.
 * Source: MySQL sql/log_event.cc `Rows_log_event::print_verbose`.
 */
export const extraRowLines = (
  extra: Buffer,
  kind: RowsKind,
  where: { readonly file: string; readonly base: number },
): readonly string[] => {
  const f = new FieldReader(extra, where);
  const lines: string[] = [];
  while (f.remaining > 0) {
    const type = f.u8('extra_row_info_type');
    if (type === INFO.NDB) {
      const length = f.u8('extra_row_ndb_info_length') - NDB_HEAD_BYTES;
      if (length < 0) throw f.malformed('extra_row_ndb_info_length', 'is less than its own head');
      const format = f.u8('extra_row_ndb_info_format');
      const data = f.bytes('extra_row_ndb_info', length).toString('hex').toUpperCase();
      lines.push(
        `### Extra row ndb info: data_format: ${format}, len: ${length}, data: ${data && `0x${data}`}`,
      );
    } else if (type === INFO.PARTITION) {
      const partition = f.u16('partition_id');
      const which =
        kind === 'update'
          ? `source_partition: ${f.u16('source_partition_id')} target_partition: ${partition}`
          : `partition: ${partition}`;
      lines.push(`### Extra row info for partitioning: ${which}`);
    } else break;
  }
  return lines;
};
