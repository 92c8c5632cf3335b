// The floor: read a file once and sum it with the native CRC32.
import { openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const fd = openSync(process.argv[2], 'r');
const window = Buffer.allocUnsafeSlow(1 << 20);
let sum = 0;
for (let n = readSync(fd, window); n > 0; n = readSync(fd, window))
  sum = crc32(window.subarray(0, n), sum);
console.log(sum >>> 0);
