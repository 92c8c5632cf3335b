import type { Problem } from '../report.ts';
import { shortPath } from './paths.ts';

/** `relay-bin.000003: at 217: …`, the path as the page shows paths. */
export const problemWords = (
  page: { readonly folder: string },
  { path, offset, message }: Problem,
): string => {
  const short = shortPath(page, path);
  if (message.startsWith(path)) return short + message.slice(path.length);
  return `${offset === null ? short : `${short}: at ${offset}`}: ${message}`;
};
