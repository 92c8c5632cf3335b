import type { MessageKind } from '../metadata/error-log/messages/index.ts';

interface ReceiverErrorWords {
  /** For a title, behind "The receiver stopped: ". */
  readonly says: string;
  readonly cause: string;
  /** What to put right before it is started again. */
  readonly look: string;
}

/** What ends a receiver besides its source’s answers: MySQL sql/rpl_slave.cc handle_slave_io, queue_event. */
const WORDS: ReadonlyMap<MessageKind | null, ReceiverErrorWords> = new Map([
  [
    'packet-too-large',
    {
      says: 'an event is larger than it may take',
      cause:
        'An event of the source exceeds slave_max_allowed_packet (replica_max_allowed_packet from MySQL 8.0.26 on); or the position lies inside an event, and other bytes are read as its size.',
      look: 'whether a whole event stands at the place it asked for (mysqlbinlog --start-position on the source’s log). With one: raise slave_max_allowed_packet on the replica, and start the receiver; with none, the position is wrong',
    },
  ],
  [
    'relay-log-write-failed',
    {
      says: 'it could not write its relay log',
      cause:
        'The event came, and could not be stored: a full disk, a file system that is read-only, rights on the relay log’s folder, or an event that is damaged.',
      look: 'the room and the rights where the relay logs lie, and the lines before this one in the error log; then start the receiver',
    },
  ],
  [
    'network-checksum-failed',
    {
      says: 'an event came with a wrong checksum',
      cause:
        'The event was damaged on its way, in the memory of a server, or lies damaged in the source’s log. Nothing of it was stored.',
      look: 'the source’s log at that place (mysqlbinlog --verify-binlog-checksum). Whole there: start the receiver, and look at the network if it comes again; damaged there: the log is lost from that place on',
    },
  ],
  [
    'heartbeat-unexpected',
    {
      says: 'the source’s heartbeat names another place than the replica has read to',
      cause:
        'A heartbeat carries the place that the source has sent up to. Another one than the replica’s own means that the position was changed, or the source’s log is another one of that name.',
      look: 'the read position against the source’s log: its length, and the time of its making',
    },
  ],
  [
    'source-command-failed',
    {
      says: 'the source refused one of its commands',
      cause:
        'The replica logged in, and the source refused to register it or to send: most often the account lacks REPLICATION SLAVE.',
      look: 'the number and the words at the end of the error; SHOW GRANTS of the replication account on the source',
    },
  ],
  [
    'gtid-mode-mismatch',
    {
      says: 'the GTID modes of source and replica do not go together',
      cause:
        'One side has gtid_mode ON, the other OFF, or the channel asks by auto-position of a source that writes no GTIDs. Neighbouring modes only may replicate (OFF, OFF_PERMISSIVE, ON_PERMISSIVE, ON).',
      look: 'SELECT @@GLOBAL.gtid_mode on both, and which of them was changed; they are changed a step at a time, on every server before the next step',
    },
  ],
  [
    'unexpected-event-sequence',
    {
      says: 'events came in an order that cannot be',
      cause:
        'The source sent events that do not follow on each other: its log is damaged or was changed, or the position lies inside a transaction.',
      look: 'the source’s log around the place it asked for',
    },
  ],
]);

const OTHER: ReceiverErrorWords = {
  says: 'for a reason that is in the error’s own words',
  cause: 'The words are none that are known here: they are printed as they stand.',
  look: 'what the error’s own words say',
};

/** Are these words of an error that ends a receiver, or refuses it each time? */
export const isKnownError = (kind: MessageKind | null): boolean => WORDS.has(kind);

export const receiverErrorWords = (kind: MessageKind | null): ReceiverErrorWords =>
  WORDS.get(kind) ?? OTHER;
