/** One MariaDB transaction: `domain-server-sequence`. */
export interface MariadbGtid {
  readonly domain: number;
  /** Server id of the server that first wrote it. */
  readonly server: number;
  readonly sequence: bigint;
}

const GTID = /^(\d{1,10})-(\d{1,10})-(\d{1,20})$/;
const U32_END = 2 ** 32;
const U64_END = 2n ** 64n;

/** Reads `0-11-52`; null when the text is no GTID. */
export const parseMariadbGtid = (text: string): MariadbGtid | null => {
  const parts = GTID.exec(text.trim());
  if (!parts) return null;
  const domain = Number(parts[1]);
  const server = Number(parts[2]);
  const sequence = BigInt(String(parts[3]));
  return domain < U32_END && server < U32_END && sequence < U64_END
    ? { domain, server, sequence }
    : null;
};

/** Reads a position such as `gtid_slave_pos`: GTIDs with commas between; '' is the empty one. */
export const parseMariadbGtidList = (text: string): readonly MariadbGtid[] | null => {
  if (text.trim() === '') return [];
  const gtids: MariadbGtid[] = [];
  for (const part of text.split(',')) {
    const gtid = parseMariadbGtid(part);
    if (!gtid) return null;
    gtids.push(gtid);
  }
  return gtids;
};

export const formatMariadbGtid = ({ domain, server, sequence }: MariadbGtid): string =>
  `${domain}-${server}-${sequence}`;

export const formatMariadbGtidList = (gtids: readonly MariadbGtid[]): string =>
  gtids.map(formatMariadbGtid).join(',');

/**
 * Negative when `a` comes before `b`: by sequence, whatever the server. NaN across domains, which
 * have no common order.
 */
export const compareMariadbGtids = (a: MariadbGtid, b: MariadbGtid): number => {
  if (a.domain !== b.domain) return Number.NaN;
  if (a.sequence === b.sequence) return 0;
  return a.sequence < b.sequence ? -1 : 1;
};
