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
    name: 'LOST_EVENTS',
    message: 'error',
  });
});

test('an incident with a code that servers do not know keeps it', () => {
  expect(decode(26, hex('0900 00'))).toMatchObject({ code: 9, name: null, message: '' });
});

test('an incident cut anywhere is malformed', () => {
  expect(tear(26, BODY)).toBe(BODY.length);
});
