import type { Header, LogBuilder } from './build-log.ts';

/** One row of `shop.orders (id INT, w VARCHAR(40))`. */
export type Order = readonly [id: number, w: string];

export interface Change extends Header {
  readonly before?: Order | readonly Order[];
  readonly after?: Order | readonly Order[];
  /** What `binlog_row_metadata=FULL` adds: signedness, names and the key. */
  readonly full?: boolean;
  /** Of `binlog_row_image=MINIMAL` a before-image has the key alone. */
  readonly minimal?: boolean;
  readonly table?: string;
  readonly tableId?: number;
}

const number = (value: number, bytes: number): Buffer => {
  const out = Buffer.alloc(bytes);
  out.writeUIntLE(value, 0, bytes);
  return out;
};

const lengthed = (text: string): Buffer =>
  Buffer.concat([number(text.length, 1), Buffer.from(text)]);

const field = (type: number, value: Buffer): Buffer =>
  Buffer.concat([number(type, 1), number(value.length, 1), value]);

/** Types of the optional metadata: signedness, default charset, names, simple primary key. */
const FULL = Buffer.concat([
  field(1, Buffer.from([0])),
  field(2, Buffer.from([45])),
  field(4, Buffer.concat([lengthed('id'), lengthed('w')])),
  field(8, Buffer.from([0])),
]);

const several = (rows: Order | readonly Order[] | undefined): readonly Order[] =>
  rows === undefined ? [] : ((Array.isArray(rows[0]) ? rows : [rows]) as readonly Order[]);

const image = ([id, w]: Order, keyOnly: boolean): Buffer =>
  Buffer.concat([Buffer.from([0]), number(id, 4), ...(keyOnly ? [] : [lengthed(w)])]);

/** A table map and the rows event behind it, without a transaction around them. */
export const change = (
  log: LogBuilder,
  {
    before,
    after,
    full = false,
    minimal = false,
    table = 'shop.orders',
    tableId = 77,
    ...header
  }: Change,
): LogBuilder => {
  const [db = '', name = ''] = table.split('.');
  const map = [
    number(tableId, 6),
    number(1, 2),
    Buffer.concat([lengthed(db), Buffer.from([0])]),
    Buffer.concat([lengthed(name), Buffer.from([0])]),
    Buffer.from([2, 3, 15, 2, 40, 0, 0]),
    full ? FULL : Buffer.alloc(0),
  ];
  const [was, is] = [several(before), several(after)];
  const kind = was.length === 0 ? 30 : is.length === 0 ? 32 : 31;
  const present = Buffer.from([minimal && kind !== 30 ? 1 : 3]);
  const head = [number(tableId, 6), number(1, 2), number(2, 2), number(2, 1), present];
  if (kind === 31) head.push(Buffer.from([3]));
  const rows = (was.length > 0 ? was : is).flatMap((row, i) => {
    const first = image(row, minimal && kind !== 30);
    const then = is[i];
    return kind === 31 && then ? [first, image(then, false)] : [first];
  });
  return log
    .put(19, Buffer.concat(map), header)
    .put(kind, Buffer.concat([...head, ...rows]), header);
};

/** The same as a transaction of its own. */
export const committed = (
  log: LogBuilder,
  { gno, ...what }: Change & { readonly gno?: number },
): LogBuilder => {
  const {
    before: _before,
    after: _after,
    full: _full,
    minimal: _minimal,
    table: _table,
    tableId: _id,
    ...header
  } = what;
  if (gno !== undefined) log.gtid(gno, header);
  return change(log.begin(header), what).xid(9, header);
};
