/** One column of a table as its table map describes it; null where the log does not say. */
export interface Column {
  /** From 0, as in the table. */
  readonly index: number;
  /** Only with `binlog_row_metadata=FULL`. */
  readonly name: string | null;
  /** As it stands in the table map, one of `COLUMN_TYPE`. */
  readonly typeCode: number;
  /** The type of the values: ENUM and SET come inside STRING, else this is {@link typeCode}. */
  readonly realType: number;
  /** The type's metadata as one number, as the servers' printers show it (`meta=`). */
  readonly metadata: number;
  /**
   * What the metadata measures. Bytes: the most of a CHAR or VARCHAR, the width of a length of a
   * BLOB, TEXT, JSON, GEOMETRY or VECTOR, the width of an ENUM or SET. Bits: of a BIT. Digits: the
   * precision of a DECIMAL, the fraction of a temporal value. 0 where there is no metadata.
   */
  readonly size: number;
  /** Digits behind the point of a DECIMAL, else 0. */
  readonly scale: number;
  readonly isNullable: boolean | null;
  /** Of numbers alone; null for the others and where the log has no signedness. */
  readonly isUnsigned: boolean | null;
  /** Collation id, of text, ENUM and SET; 63 is binary. */
  readonly collation: number | null;
  /** Name of the collation's character set; null when no server we know has it. */
  readonly charset: string | null;
  /** Strings of an ENUM or SET, in order; bytes where their character set is not known. */
  readonly labels: readonly (string | Buffer)[] | null;
  /** 0 geometry, 1 point, 2 linestring, 3 polygon, 4 to 6 the same in multiples, 7 collection. */
  readonly geometryType: number | null;
  readonly isVisible: boolean | null;
  /** Numbers in a VECTOR at most. */
  readonly dimension: number | null;
  /** Why no value of this column can be read; null when they can. */
  readonly unreadable: string | null;
}

/** A column in a primary key. */
export interface KeyPart {
  /** Index in the table, from 0. */
  readonly column: number;
  /** Characters of the column that the key holds; null for all of it. */
  readonly prefix: number | null;
}

/** What a table map says of its table. */
export interface TableColumns {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly Column[];
  /** Null where the log does not say; a table without one is not told apart. */
  readonly primaryKey: readonly KeyPart[] | null;
  /** MySQL 8.0.30+ made the key itself (`sql_generate_invisible_primary_key`). */
  readonly hasGeneratedInvisiblePrimaryKey: boolean;
}
