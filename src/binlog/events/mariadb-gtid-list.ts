import { defineEvent } from '../define-event.ts';
import type { FlagTable } from '../flag-names.ts';
import type { MariadbGtid } from '../mariadb-gtid.ts';

const ENTRY_BYTES = 16;
const COUNT_BITS = 28;

/** Bits of `flags`. Source: MariaDB sql/log_event.h `Gtid_list_log_event::FLAG_*`. */
export const MARIADB_GTID_LIST_FLAG = { UNTIL_REACHED: 1, IGNORE_GTIDS: 2 } as const;

/** The bits of {@link MARIADB_GTID_LIST_FLAG} as the server's header calls them. */
export const MARIADB_GTID_LIST_FLAGS: FlagTable = [
  [MARIADB_GTID_LIST_FLAG.UNTIL_REACHED, 'FLAG_UNTIL_REACHED'],
  [MARIADB_GTID_LIST_FLAG.IGNORE_GTIDS, 'FLAG_IGN_GTIDS'],
];

/**
 * The state at the head of a MariaDB log: the last GTID of each domain and server before it, the
 * last of a domain in the last place. An empty list is padded.
 */
export const mariadbGtidList = defineEvent({
  name: 'mariadb-gtid-list',
  codes: [163],
  source: 'MariaDB sql/log_event.h Gtid_list_log_event',
  read: (f) => {
    const word = f.u32('count');
    const count = word & (2 ** COUNT_BITS - 1);
    if (count * ENTRY_BYTES > f.remaining) {
      throw f.malformed('count', `${count} entries in ${f.remaining} bytes`);
    }
    const gtids: MariadbGtid[] = [];
    for (let i = 0; i < count; i += 1) {
      const domain = f.u32('domain_id');
      const server = f.u32('server_id');
      gtids.push({ domain, server, sequence: f.u64('seq_no') });
    }
    return { flags: word >>> COUNT_BITS, gtids: gtids as readonly MariadbGtid[] };
  },
});
