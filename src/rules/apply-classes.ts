interface ClassWords {
  readonly says: string;
  readonly cause: string;
  readonly repair: string;
}

/** Why an event cannot be applied, as far as the logs tell. */
export const APPLY_CLASSES = {
  unreadable: {
    says: 'the relay log could not be read',
    cause:
      'The applier could not read on in its relay log: it is damaged or cut, or the position lies inside an event. The data are as they were; nothing of the transaction was applied.',
    repair:
      'the relay log is fetched again from the true executed position, once the damage is found',
  },
  'applied-before': {
    says: 'the replica’s own binary log already holds that transaction',
    cause:
      'The transaction stands in the replica’s own binary log: it was applied before, and the applier met it again from a position that is too old. The rows are right as they are.',
    repair: 'the position is set to the true executed one; the data need nothing',
  },
  'came-back': {
    says: 'the transaction went out from this server and came back',
    cause:
      'The transaction stands in the replica’s own binary log, and its source has it from there: it goes round a ring, since the server that wrote it has left, or has another id now, and nobody drops it. The key of the table stopped its second lap; without one it would go on for ever. The position and the rows are right as they are.',
    repair:
      'the transaction is passed by, and the id that wrote it is ignored on this channel until nothing of it comes round any more',
  },
  repeated: {
    says: 'the relay log holds that transaction more than once',
    cause:
      'Copies of the transaction stand in one relay log: it goes round a ring, or a stretch was fetched twice. The first copy was applied.',
    repair:
      'what sends it twice is ended first: the loop, or the position it was fetched again from',
  },
  'object-missing': {
    says: 'the table or database is missing on the replica',
    cause:
      'The object that the event names is not there: its CREATE was not replicated (a filter, sql_log_bin=0, an incomplete copy), or it was dropped on the replica.',
    repair: 'the object is made as the source has it, with its rows as of this position',
  },
  'local-write': {
    says: 'this server writes by itself too, and may have written that row',
    cause:
      'The replica’s own binary log holds events with its own server id: somebody writes on it, so a row of theirs may stand in the way, or one may have been changed or deleted.',
    repair:
      'the row on both sides is compared, the replica’s is put right, and super_read_only keeps others away',
  },
  'row-missing': {
    says: 'the row to be changed is not there',
    cause:
      'The row that the event changes or deletes is not on the replica: an earlier insert never arrived, or it was deleted here.',
    repair: 'the row is brought from the source as it was before this event',
  },
  unknown: {
    says: 'these logs do not tell why',
    cause:
      'Nothing in these logs says why the data differ: no earlier copy of the transaction, no write of this server’s own.',
    repair: 'the row on both sides is compared before anything is changed',
  },
} as const satisfies Readonly<Record<string, ClassWords>>;

export type ApplyClass = keyof typeof APPLY_CLASSES;
