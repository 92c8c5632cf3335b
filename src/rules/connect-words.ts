import type { Channel } from '../evidence/evidence.ts';
import type { FailedConnect } from './connect-failure.ts';

/** The files and options of TLS that a channel connects with, as `--ssl-…` of the client. */
export const tlsOptions = (channel: Channel | null): ReadonlyArray<readonly [string, string]> => {
  const info = channel?.masterInfo?.value;
  if (!info) return [];
  return (
    [
      ['ssl-ca', info.sslCa],
      ['ssl-capath', info.sslCapath],
      ['ssl-cert', info.sslCert],
      ['ssl-key', info.sslKey],
      ['ssl-cipher', info.sslCipher],
      ['ssl-crl', info.sslCrl],
      ['ssl-crlpath', info.sslCrlpath],
    ] as const
  ).flatMap(([option, value]) => (value ? [[option, value] as const] : []));
};

const CONCERNED: ReadonlySet<FailedConnect['class']> = new Set(['tls', 'tls-required', 'plugin']);

/** What the replica is told of TLS, where it has to do with the failure. */
export const tlsWords = ({ channel, class: type }: FailedConnect): string[] => {
  const info = channel?.masterInfo?.value;
  if (!info || !CONCERNED.has(type)) return [];
  if (info.ssl === false) {
    return [
      type !== 'plugin'
        ? 'The channel is set to connect without TLS, so the source asks for it, or the setting was changed since.'
        : 'The channel connects without TLS, and caching_sha2_password then needs the source’s public key.',
    ];
  }
  if (info.ssl === null) return [];
  const files = tlsOptions(channel).map(([option, value]) => `${option} ${value}`);
  const verify = info.sslVerifyServerCert
    ? ' The source’s certificate is verified, host name included.'
    : '';
  return [
    `The channel uses TLS with ${files.length > 0 ? files.join(', ') : 'no files named'}.${verify}`,
  ];
};
