import { defineEvent } from '../define-event.ts';

/** From here on each event is encrypted, MariaDB's way; Percona Server 5.7 used the same body. */
export const startEncryption = defineEvent({
  name: 'start-encryption',
  codes: [164, 159],
  source: 'MariaDB sql/log_event.h Start_encryption_log_event',
  read: (f) => ({
    scheme: f.u8('crypto_scheme'),
    keyVersion: f.u32('key_version'),
    nonce: f.bytes('nonce', 12),
  }),
});
