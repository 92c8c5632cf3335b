import { hex } from '../binlog/events/event-bytes.ts';

const event = (typeCode: number, logPos: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(19);
  head.writeUInt32LE(1_264_103_377, 0);
  head.writeUInt8(typeCode, 4);
  head.writeUInt32LE(1, 5);
  head.writeUInt32LE(head.length + body.length, 9);
  head.writeUInt32LE(logPos, 13);
  return Buffer.concat([head, body]);
};

const start = Buffer.alloc(56);
start.writeUInt16LE(3, 0);
start.write('4.1.26-log', 2);

/** `INSERT INTO t VALUES ...` in the layout of 4.x: no status variables. */
const query = (sql: string): Buffer =>
  Buffer.concat([hex('03000000 02000000 04 0000 7465737400'), Buffer.from(sql)]);

const bodies: readonly (readonly [typeCode: number, body: Buffer])[] = [
  [1, start],
  [2, query('BEGIN')],
  [5, hex('02 0500000000000000')],
  [2, query('INSERT INTO t VALUES (NULL)')],
  [14, hex('01000000 61 00 02 08000000 08000000 0700000000000000')],
  [2, query('INSERT INTO t VALUES (@a)')],
  [2, query('COMMIT')],
  [4, hex('0400000000000000 6c6f672e303032')],
];

/** A log of MySQL 4.1 (format v3): no checksums, and `log_pos` is where an event begins. */
export const oldLog = bodies.reduce(
  (log, [typeCode, body]) => Buffer.concat([log, event(typeCode, log.length, body)]),
  hex('fe62696e'),
);
