import { iterations, path, paths } from './option-values.ts';

/** The files that open encrypted logs. */
export const keyOptions = {
  keyring: {
    describe:
      'key file of encrypted logs: keyring_file, component_keyring_file, file_key_management; repeatable',
    type: 'string',
    array: true,
    requiresArg: true,
    default: [],
    defaultDescription: 'none',
    coerce: paths('keyring'),
  },
  'keyring-password': {
    describe: 'file with the password of an encrypted key file',
    defaultDescription: 'none',
    requiresArg: true,
    coerce: path('keyring-password'),
  },
  'keyring-iterations': {
    describe: 'file_key_management_use_pbkdf2 of the server (MariaDB 12.0+)',
    defaultDescription: '0 and 10000 are tried',
    requiresArg: true,
    coerce: iterations,
  },
} as const;

/** What the command line names of them. */
export const keyFilesOf = (args: {
  readonly keyring: readonly string[];
  readonly 'keyring-password'?: string | undefined;
  readonly 'keyring-iterations'?: number | undefined;
}) => ({
  keyring: args.keyring,
  ...(args['keyring-password'] === undefined ? {} : { keyringPassword: args['keyring-password'] }),
  ...(args['keyring-iterations'] === undefined
    ? {}
    : { keyringIterations: args['keyring-iterations'] }),
});
