import type { LineFormat } from './define-line-format.ts';
import { isoDate } from './iso-date.ts';
import { shortDate } from './short-date.ts';
import { spacedDate } from './spaced-date.ts';
import { undated } from './undated.ts';

/** One line a format. The JSON sink's is told by its brace, see `json-line.ts`. */
export const lineFormats: readonly LineFormat[] = [isoDate, spacedDate, shortDate, undated];
