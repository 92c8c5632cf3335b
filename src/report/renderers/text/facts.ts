import type { ReportFinding } from '../../report.ts';
import { duration } from './words.ts';

/** Said in words by {@link since}. */
const SAID_APART = new Set(['firstSeen', 'running']);
/** Entries of a list fact shown. */
const ENTRIES = 8;

type Facts = ReportFinding['facts'];

const words = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const shown = (value: unknown): string | null => {
  if (isScalar(value)) return value === true ? 'yes' : value === false ? 'no' : String(value);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isScalar)) return null;
  const more = value.length - ENTRIES;
  return `${value.slice(0, ENTRIES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** The facts that fit a line, in words: `laps 804; tables app.hb`. Nested ones are left to the JSON. */
export const factWords = (facts: Facts): string =>
  Object.entries(facts)
    .filter(([key]) => !SAID_APART.has(key))
    .map(([key, value]) => [words(key), shown(value)])
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `${key} ${value}`)
    .join('; ');

/** Since when, and whether it is running or over, by the facts `firstSeen` and `running`; '' without. */
export const since = (facts: Facts, now: string): string => {
  const { firstSeen, running } = facts as { firstSeen?: unknown; running?: unknown };
  const seconds =
    typeof firstSeen === 'string' ? (Date.parse(now) - Date.parse(firstSeen)) / 1000 : Number.NaN;
  const parts = [
    typeof firstSeen === 'string'
      ? `${firstSeen}${seconds >= 0 ? ` (${duration(seconds)} before now)` : ''}`
      : null,
    running === true ? 'STILL RUNNING' : running === false ? 'over' : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
};
