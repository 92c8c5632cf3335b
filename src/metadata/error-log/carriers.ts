/** What carried a server's lines to the file, and put something before each of them. */
export interface Carrier {
  readonly name: string;
  /** Matches what it puts before a line, its own time in the group `time`. */
  readonly prefix: RegExp;
}

const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
/** `db1 mysqld[1234]: `, `db1 mariadbd: `. */
const TAG = String.raw`\S{1,255} [\w./@-]{1,64}(?:\[\d{1,10}\])?: `;

/** The most telling first. One line a carrier. */
export const carriers: readonly Carrier[] = [
  {
    name: 'container runtime (CRI)',
    prefix: new RegExp(`^(?<time>${ISO}) (?:stdout|stderr) [FP] `),
  },
  { name: 'syslog, journalctl -o short-iso', prefix: new RegExp(`^(?<time>${ISO}) ${TAG}`) },
  { name: 'docker logs --timestamps', prefix: new RegExp(`^(?<time>${ISO}) (?=\\d|\\[|InnoDB: )`) },
  {
    name: 'journalctl -o short-full',
    prefix: new RegExp(
      String.raw`^[A-Z][a-z]{2} (?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) [A-Z+\d-]{1,8} ${TAG}`,
    ),
  },
  {
    // RFC 3164 states no year: its time says less than the line's own
    name: 'syslog, journalctl',
    prefix: new RegExp(
      String.raw`^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ${TAG}`,
    ),
  },
  { name: 'docker compose logs', prefix: /^[\w.-]{1,128} +\| / },
];
