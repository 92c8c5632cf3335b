import { describe, expect, test } from 'vitest';
import { progressMeter } from '../../src/cli/progress.ts';

const escape = String.fromCharCode(27);

describe('progress', () => {
  const drawn = (isTTY: boolean, times: readonly number[]): string => {
    let out = '';
    let time = 0;
    const stream = { isTTY, columns: 40, write: (text: string) => ((out += text), true) };
    const meter = progressMeter(stream as unknown as NodeJS.WriteStream, () => time);
    for (time of times) meter.update({ path: `db12/${escape}`, doneBytes: 1, totalBytes: 4 });
    meter.clear();
    return out;
  };

  test('shows nothing in the first second, or where there is no terminal', () => {
    expect(drawn(true, [0, 500, 999])).toBe('');
    expect(drawn(false, [0, 2000])).toBe('');
  });

  test('draws one line now and then, and takes it away', () => {
    const erase = `\r${escape}[K`;
    expect(drawn(true, [1500, 1550])).toBe(`${erase}db12/\\x1b 25 %${erase}`);
  });
});
