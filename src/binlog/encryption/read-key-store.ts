import { MalformedError } from '../../bytes/malformed-error.ts';
import type { KeyFile, KeyStoreDefinition } from './define-key-store.ts';
import { KeyStore } from './key-store.ts';
import { keyringComponent } from './keyring-component.ts';
import { keyringPlugin } from './keyring-plugin.ts';
import { mariadbKeyFile } from './mariadb-key-file.ts';

/** Every format of key files that is read. */
export const keyStores: readonly KeyStoreDefinition[] = [
  keyringComponent,
  keyringPlugin,
  mariadbKeyFile,
];

/**
 * The keys of a key file, whichever server wrote it: told by its content. Throws a `MalformedError`
 * when it is none, is damaged, or is encrypted and `password` does not open it. No message shows a
 * secret.
 */
export const readKeyStore = (bytes: Buffer, options: KeyFile): KeyStore => {
  const definition = keyStores.find((candidate) => candidate.matches(bytes));
  if (!definition) {
    const formats = keyStores.map(({ format }) => format).join(', ');
    throw new MalformedError(options.file, 0, 'format', `no key file of ${formats}`);
  }
  return new KeyStore(options.file, definition.format, definition.read(bytes, options));
};
