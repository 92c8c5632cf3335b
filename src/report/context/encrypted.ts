import type { Evidence } from '../../evidence/evidence.ts';
import { isLocked } from '../../evidence/readable.ts';
import { count } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Logs that cannot be read without their key, and what they tell all the same. */
export const encrypted = (evidence: Evidence): ContextEntry[] => {
  const files = evidence.files.filter((file) => isLocked(file.facts));
  if (files.length === 0) return [];
  const keys = [...new Set(files.flatMap((file) => file.facts.encryption?.keyId ?? []))];
  return [
    {
      kind: 'encrypted',
      summary: `${count(files.length, 'log is', 'logs are')} encrypted, not damaged: ${keys.length > 0 ? `the key is ${keys.join(', ')}` : 'the key is that of the server'}. Name the key file with --keyring, or bring plain copies (mysqlbinlog --read-from-remote-server --raw, or mariadb-binlog likewise), to have them judged.`,
      at: files.map((file) => ({
        path: file.path,
        offset: file.facts.encryption?.offset ?? 0,
        length: null,
        field: 'encryption',
        source: null,
        gtid: null,
        text: null,
      })),
      facts: { files: files.map((file) => file.path), keys },
    },
  ];
};
