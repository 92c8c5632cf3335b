import { clientOf } from '../../dialects/client.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import { atLeast } from '../../dialects/server-version.ts';
import type { ConnectClass } from '../../evidence/connect-errors.ts';
import type { FailedConnect } from '../connect-failure.ts';
import { tlsOptions } from '../connect-words.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import {
  changeOn,
  channelName,
  check,
  serverName,
  shellOf,
  shellWord,
  UNWRITABLE_NAME,
} from './steps.ts';
import { held } from './withheld.ts';

/** What to look for when the client fails too. */
const REPAIRS: Readonly<Record<ConnectClass, string>> = {
  tls: 'the CA that signed the source’s certificate must be the one that the replica names, and no certificate may have ended',
  'tls-required':
    'require_secure_transport is on at the source, so the channel must connect with TLS, and with a CA that the source’s certificate fits',
  network:
    'the source must run, listen on that address and port, and be let through every firewall',
  name: 'the name must be resolved on the replica itself: /etc/hosts, DNS',
  account:
    'the account must exist for this host, with this password and REPLICATION SLAVE, neither locked, blocked nor expired; one that REQUIREs SSL is refused in the same words without TLS',
  host: 'the account must be allowed from the replica’s address; FLUSH HOSTS on the source where it is blocked (1129), its DNS or skip_name_resolve where it is not resolved (1042)',
  limit:
    'the source must have room for a connection: max_connections, the account’s own limits, offline_mode (3032)',
  plugin:
    'the account’s plugin must be loaded on the source (1524 says that it is not) and be there on the replica, and caching_sha2_password needs TLS or the source’s public key',
  other: 'the words of the error say what to put right',
};

/** Lets the receiver connect again. Positions stay as they are. */
export const connectAgain = (failed: FailedConnect): Fix | null => {
  const { server, channel, class: type } = failed;
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements } = dialect;
  const on = serverName(server);
  const steps: Step[] = [
    check(
      shellOf(server),
      clientCommand(failed, dialect),
      `the ${terms.source}’s server_id; an error here is what the ${terms.receiver} meets: ${REPAIRS[type]}. Go on when it connects`,
      'a client with the same account, address and files tells the cause from the replication settings',
    ),
    ...certificateChecks(failed),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.receiverRunning} is Yes, Connecting or No: with Yes it has connected meanwhile; with Connecting it goes on by itself, up to its last try; with No it gave up; an empty set says that this server replicates from nobody any more, and nothing is to be done`,
      `the ${terms.receiver} reads its files anew with every try`,
    ),
    {
      kind: 'change',
      on,
      run: statements.startReceiver(name),
      expect: null,
      risk: 'reversible',
      because: `starts the ${terms.receiver} where it gave up; one that still tries is left alone, with a note`,
    },
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.receiverRunning} is Yes, ${terms.readPosition} grows`,
      'shows that it connected',
    ),
  ];
  if (failed.wasCutShort) {
    return {
      ...held(
        dialect,
        `it had failed for less than a minute when its records end, as where a ${terms.source} and its replica are shut down together: nothing is to be done once it connects`,
      ),
      alternatives: [
        { title: 'where it still fails', steps, costs: 'nothing: positions stay as they are' },
      ],
    };
  }
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [
      { text: 'what keeps the connection from being made has been put right', state: 'unknown' },
    ],
    steps,
    sideEffects: [],
    undo: [statements.stopReceiver(name)],
    alternatives: type === 'plugin' ? publicKey(dialect, name, on) : [],
  };
};

const clientCommand = ({ server, channel, trouble }: FailedConnect, dialect: Dialect): string => {
  const info = channel?.masterInfo?.value;
  const said = trouble.reports.at(-1)?.details;
  const host = said?.host ?? info?.host;
  const port = said?.port ?? info?.port;
  const user = said?.user ?? info?.user;
  const options = [
    ...(host ? [`--host=${shellWord(host)}`] : []),
    ...(port ? [`--port=${port}`, '--protocol=TCP'] : []),
    ...(user ? [`--user=${shellWord(user)}`] : []),
    '--password',
    ...tlsMode(server.version && modes(server.version), info?.ssl, info?.sslVerifyServerCert),
    ...(info?.ssl === true
      ? tlsOptions(channel).map(([option, value]) => `--${option}=${shellWord(value)}`)
      : []),
  ];
  return `${clientOf(dialect)} ${options.join(' ')} -e 'SELECT @@server_id'`;
};

type Version = Parameters<typeof atLeast>[0];

/** Does the client know --ssl-mode? (MySQL 5.7.11; it had none of the old options from 8.0 on.) */
const modes = (version: Version): boolean =>
  version.flavor === 'mysql' && atLeast(version, 5, 7, 11);

const tlsMode = (
  hasModes: boolean | null,
  ssl: boolean | null | undefined,
  verify: boolean | null | undefined,
): string[] => {
  if (ssl === null || ssl === undefined) return [];
  if (hasModes) {
    return [`--ssl-mode=${ssl ? (verify ? 'VERIFY_IDENTITY' : 'REQUIRED') : 'DISABLED'}`];
  }
  if (!ssl) return ['--skip-ssl'];
  return verify ? ['--ssl', '--ssl-verify-server-cert'] : ['--ssl'];
};

const certificateChecks = ({ server, channel, class: type }: FailedConnect): Step[] => {
  if (type !== 'tls') return [];
  const files = new Map(tlsOptions(channel));
  const [ca, cert] = [files.get('ssl-ca'), files.get('ssl-cert')];
  return [
    ...(ca
      ? [
          check(
            shellOf(server),
            `openssl x509 -in ${shellWord(ca)} -noout -subject -issuer -dates`,
            'the subject is the issuer of the source’s certificate, and notAfter lies ahead',
            'a CA that was replaced or has ended fails every handshake',
          ),
        ]
      : []),
    ...(ca && cert
      ? [
          check(
            shellOf(server),
            `openssl verify -CAfile ${shellWord(ca)} ${shellWord(cert)}`,
            'OK',
            'the source verifies the replica’s certificate with its own CA',
          ),
        ]
      : []),
  ];
};

/** With the applier running a CHANGE of the receiver deletes no relay log (MySQL 5.7.4+). */
const publicKey = (
  { abilities, statements, terms }: Dialect,
  name: string,
  on: string,
): Alternative[] => {
  if (!abilities.changeOptions.includes('requestPublicKey')) return [];
  const change = changeOn(on, 'reversible');
  return [
    {
      title: `ask the ${terms.source} for its public key, where the network between them is trusted`,
      steps: [
        check(
          on,
          statements.showReplicaStatus(name),
          `${terms.applierRunning} is Yes: with the ${terms.applier} stopped too, the CHANGE would delete the relay logs`,
          'the relay logs stay',
        ),
        change(statements.stopReceiver(name), `the ${terms.applier} goes on`),
        change(
          statements.changeSource(name, { requestPublicKey: true }),
          'caching_sha2_password sends the password encrypted with that key',
        ),
        change(statements.startReceiver(name), 'connects with it'),
      ],
      costs: `whoever sits in between can give a key of his own: TLS is the better way`,
    },
  ];
};
