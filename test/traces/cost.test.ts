import { expect, test } from 'vitest';
import { KeyRing } from '../../src/inputs/key-ring.ts';
import { SeekableInputs } from '../../src/inputs/seekable-inputs.ts';
import { traceApplyErrors } from '../../src/traces/trace-apply-errors.ts';
import { placeOf, received, replica } from '../support/replica.ts';
import { evidenceOf } from '../support/scan-bytes.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

/** Inputs of which none may be opened. */
class ClosedInputs extends SeekableInputs {
  // oxlint-disable-next-line require-yield
  override *open(path: string): Generator<number, never> {
    throw new Error(`opened ${path}`);
  }
}

const run = (...lines: ReadonlyArray<readonly [number, string]>) => {
  const ten = received(10);
  const files = replica(
    ten.relay,
    { info: placeOf(ten, 3) },
    { 'r/db.err': errorLog56(READY56, ...lines) },
  );
  const from = { inputs: new ClosedInputs(), keyRing: new KeyRing(), redact: false };
  const work = traceApplyErrors(evidenceOf(files), from);
  return () => work.next();
};

const FAILED =
  "[ERROR] Slave SQL: Error 'Duplicate entry '3' for key 'PRIMARY'' on query. Default database: 'shop'. Query: 'INSERT INTO orders VALUES (3)', Error_code: 1062";
const STARTED =
  "[Note] Slave SQL thread initialized, starting replication in log 'mysql-bin.000001' at position 700, relay log './relay-bin.000002' position: 300";

test('no log is opened again where no applier has failed', () => {
  expect(run()()).toEqual({ done: true, value: [] });
});

test('nor where it has got over it', () => {
  expect(run([5, FAILED], [9, STARTED])()).toEqual({ done: true, value: [] });
});

test('but where one stands still', () => {
  expect(run([5, FAILED])).toThrow(/opened r\/relay-bin.000002/);
});
