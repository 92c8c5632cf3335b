import { wordingOfVersion } from '../../rules/in-dialect.ts';
import type { Report } from '../report.ts';
import { shortPath } from './paths.ts';
import { listed } from './words.ts';

type Server = Report['servers'][number];

const FLAVORS = { mysql: 'MySQL', mariadb: 'MariaDB' } as const;

/**
 * `MySQL 5.6.24`, and the dialect of the statements where it is another version's: `(mysql-8.0)`.
 * What a build appends to its number the table of inputs has.
 */
const software = ({ flavor, version, dialect }: Server): string => {
  const number = version === null ? null : (/^\d[\d.]*/.exec(version)?.[0] ?? version);
  const isOwn = dialect !== null && `${flavor}-${number}.`.startsWith(`${dialect}.`);
  return [flavor && FLAVORS[flavor], number, dialect && !isOwn && `(${dialect})`]
    .filter(Boolean)
    .join(' ');
};

const address = (host: string | null, port: number | null): string | null => {
  if (host === null || port === null) return host;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** `server 2 (127.0.0.1:13141)`, `10.0.0.2:3306`, `server 2 (channel 'west')`. */
const source = ({ channel, serverId, host, port }: Server['sources'][number]): string => {
  const at = address(host, port);
  const by = channel === '' ? null : `channel '${channel}'`;
  const name = serverId === null ? (at ?? 'a source that no file names') : `server ${serverId}`;
  const aside = [serverId === null ? null : at, by].filter((part) => part !== null).join(', ');
  return aside === '' ? name : `${name} (${aside})`;
};

const role = ({ role: known, sources }: Server): string | null => {
  if (sources.length > 0) return `replica of ${listed(sources.map(source))}`;
  return known === 'unknown' ? null : known;
};

/** Folder without the common one in front, with a slash behind; '' for the common one itself. */
const folderOf = (page: { readonly folder: string }, { folder }: Server): string => {
  const short = folder === '' || folder === '.' ? '' : shortPath(page, `${folder}/`);
  return short === '/' ? folder : short;
};

/** `server 12 = db-a/ MySQL 5.6.24, replica of server 2`. */
export const serverWords = (page: { readonly folder: string }, server: Server): string => {
  const name = server.serverId === null ? 'server without a known id' : `server ${server.serverId}`;
  const where = [folderOf(page, server), software(server)].filter((part) => part !== '').join(' ');
  const { sentence } = wordingOfVersion(server.version);
  const told = [where, sentence(role(server) ?? '')].filter(Boolean).join(', ');
  return told === '' ? name : `${name} = ${told}`;
};
