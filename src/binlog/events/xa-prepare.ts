import { defineEvent } from '../define-event.ts';

/** The end of a group that prepares an XA transaction; `onePhase`: and commits it. */
export const xaPrepare = defineEvent({
  name: 'xa-prepare',
  codes: [38],
  source:
    'MySQL libs/mysql/binlog/event/control_events.h XA_prepare_event; MariaDB sql/log_event.h XA_prepare_log_event',
  read: (f) => {
    const onePhase = f.u8('one_phase') !== 0;
    const formatId = f.u32('formatID');
    const gtridLength = f.u32('gtrid_length');
    const bqualLength = f.u32('bqual_length');
    return {
      onePhase,
      formatId,
      gtrid: f.bytes('gtrid', gtridLength),
      bqual: f.bytes('bqual', bqualLength),
    };
  },
});
