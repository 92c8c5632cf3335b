import { MalformedError } from '../../bytes/malformed-error.ts';
import { defineKeyStore } from './define-key-store.ts';
import type { StoredKey } from './key-store.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parser's own message quotes the text around the fault, and with it keys: only the place is kept. */
const parse = (bytes: Buffer, file: string): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const place = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new MalformedError(file, Number(place ?? 0), 'JSON', 'ends or breaks off here');
  }
};

/**
 * MySQL 8.0.24+: `{"version": "1.0", "elements": [{user, data_id, data_type, data, extension}]}`,
 * `data` in hexadecimal digits. Keys of a `user` are those of SQL functions, never of the server.
 */
export const keyringComponent = defineKeyStore({
  format: 'component_keyring_file',
  source: 'MySQL components/keyrings/common/json_data/json_reader.cc',
  matches: (bytes) => /^\s*\{/.test(bytes.toString('latin1', 0, 64)),
  read: (bytes, { file }) => {
    const document = parse(bytes, file);
    const fault = (field: string, problem: string) => new MalformedError(file, 0, field, problem);
    if (!isRecord(document)) throw fault('version', 'is missing');
    const { version, elements } = document;
    if (version !== '1.0') {
      throw fault('version', typeof version === 'string' ? 'is none that is read' : 'is missing');
    }
    if (!Array.isArray(elements)) throw fault('elements', 'are missing');
    return elements.flatMap((element: unknown, at): StoredKey[] => {
      const field = `elements[${at}]`;
      if (!isRecord(element)) throw fault(field, 'is no object');
      const { user, data_id: id, data } = element;
      if (typeof id !== 'string') throw fault(`${field}.data_id`, 'is no text');
      if (typeof data !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(data)) {
        throw fault(`${field}.data`, 'is no row of hexadecimal digits');
      }
      return user === '' ? [{ id, secret: Buffer.from(data, 'hex') }] : [];
    });
  },
});
