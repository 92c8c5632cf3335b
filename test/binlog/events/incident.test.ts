import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  0100                              # incident LOST_EVENTS
  05                                # message_length
  6572726f72                        # message "error"
`);

test('an incident has its code and message', () => {
  expect(decode(26, BODY, { postHeaderLength: 2 })).toEqual({
    type: 'incident',
    code: 1,
    message: 'error',
  });
});

test('an incident cut anywhere is malformed', () => {
  expect(tear(26, BODY)).toBe(BODY.length);
});
