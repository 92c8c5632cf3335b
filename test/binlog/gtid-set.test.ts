import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGtid, GtidSet } from '../../src/binlog/gtid-set.ts';

const A = '1221e8d4-e4cd-11f1-8288-02fc00000001';
const B = '6eb17eb4-e4ce-11f1-a187-02fc00000001';

const parse = (text: string): GtidSet => {
  const set = GtidSet.parse(text);
  if (!set) throw new Error(`no GTID set: ${text}`);
  return set;
};

describe('text', () => {
  test.each([
    ['', ''],
    [`${A}:1-5:7`, `${A}:1-5:7`],
    [`${A}:7:1-5:6`, `${A}:1-7`],
    [`${B}:1,${A}:1:3-4`, `${A}:1:3-4,${B}:1`],
    [`${A}:1-3:tag:4-6:b:1,${A}:4`, `${A}:1-4:b:1:tag:4-6`],
    [`${A}:tag:1:1-2`, `${A}:tag:1-2`],
    [`\n ${A.toUpperCase()} : 1 - 5 ,\n,${B}:2:TAG:9\n`, `${A}:1-5,${B}:2:tag:9`],
    [`{${A.replaceAll('-', '')}}:1`, `${A}:1`],
    [`${A}:5-3`, ''],
    [`${A}:`, ''],
    [`${A}:9223372036854775806`, `${A}:9223372036854775806`],
  ])('%j is %j', (text, canonical) => {
    expect(parse(text).toString()).toBe(canonical);
  });

  test.each([
    'nonsense',
    A,
    `${A}:0`,
    `${A}:-1`,
    `${A}:1-`,
    `${A}:9223372036854775807`,
    `${A}:1x`,
    `${A.slice(1)}:1`,
    `${A}:${'t'.repeat(33)}:1`,
    '0-11-52',
  ])('%j is no GTID set', (text) => {
    expect(GtidSet.parse(text)).toBeNull();
  });

  test('a GTID is written with its tag', () => {
    expect(formatGtid({ uuid: A, tag: '', gno: 4n })).toBe(`${A}:4`);
    expect(formatGtid({ uuid: A, tag: 'x', gno: 4n })).toBe(`${A}:x:4`);
  });

  test('JSON has the text', () => {
    expect(JSON.stringify({ set: parse(`${A}:1`) })).toBe(`{"set":"${A}:1"}`);
  });
});

test('tags are sources of their own', () => {
  const set = parse(`${A}:1-5:tag:9`);
  expect(set.contains({ uuid: A, tag: '', gno: 5n })).toBe(true);
  expect(set.contains({ uuid: A, tag: 'tag', gno: 5n })).toBe(false);
  expect(set.contains({ uuid: A, tag: 'tag', gno: 9n })).toBe(true);
  expect(set.count).toBe(6n);
});

test('what a replica lacks is the difference', () => {
  const source = parse(`${A}:1-100,${B}:1-3`);
  const replica = parse(`${A}:1-40:42-90,${B}:1-4`);
  expect(source.subtract(replica).toString()).toBe(`${A}:41:91-100`);
  expect(replica.subtract(source).toString()).toBe(`${B}:4`);
  expect(source.intersect(replica).toString()).toBe(`${A}:1-40:42-90,${B}:1-3`);
  expect(replica.isSubsetOf(source)).toBe(false);
});

describe('algebra', () => {
  const gtids = fc.array(
    fc.record({
      uuid: fc.constantFrom(A, B),
      tag: fc.constantFrom('', 'x'),
      gno: fc.bigInt(1n, 24n),
    }),
    { maxLength: 40 },
  );
  const sets = gtids.map((list) => GtidSet.of(...list));

  test('a set has what was added, however it was ordered, and nothing else', () => {
    fc.assert(
      fc.property(gtids, (list) => {
        const set = GtidSet.of(...list);
        const names = new Set(list.map(formatGtid));
        expect(set.count).toBe(BigInt(names.size));
        for (const uuid of [A, B]) {
          for (const tag of ['', 'x']) {
            for (let gno = 0n; gno <= 25n; gno += 1n) {
              const gtid = { uuid, tag, gno };
              expect(set.contains(gtid)).toBe(names.has(formatGtid(gtid)));
            }
          }
        }
        expect(set.equals(GtidSet.of(...list.toReversed()))).toBe(true);
      }),
    );
  });

  test('text and set are one', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(parse(set.toString()).equals(set)).toBe(true);
        expect(parse(set.toString()).toString()).toBe(set.toString());
      }),
    );
  });

  test('union is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(sets, sets, sets, (a, b, c) => {
        expect(String(a.union(b))).toBe(String(b.union(a)));
        expect(String(a.union(b).union(c))).toBe(String(a.union(b.union(c))));
        expect(String(a.union(a))).toBe(String(a));
        expect(a.isSubsetOf(a.union(b))).toBe(true);
      }),
    );
  });

  test('difference, intersection and union fit together', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const rest = a.subtract(b);
        const both = a.intersect(b);
        expect(String(rest.union(both))).toBe(String(a));
        expect(rest.intersect(b).isEmpty).toBe(true);
        expect(String(both)).toBe(String(b.intersect(a)));
        expect(rest.count + both.count).toBe(a.count);
        expect(a.isSubsetOf(b)).toBe(rest.isEmpty);
        expect(a.subtract(a).isEmpty).toBe(true);
      }),
    );
  });

  test('operations leave their operands alone', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const before = [String(a), String(b)];
        const union = a.union(b);
        union.add({ uuid: A, tag: '', gno: 99n });
        a.subtract(b).add({ uuid: A, tag: '', gno: 99n });
        a.intersect(b).add({ uuid: A, tag: '', gno: 99n });
        expect([String(a), String(b)]).toEqual(before);
      }),
    );
  });
});

test('those of one server, whatever their tag', () => {
  const set = GtidSet.parse(`${A}:1-3:ops:7,${B}:5`) as GtidSet;
  expect(String(set.ofUuid(A))).toBe(`${A}:1-3:ops:7`);
  expect(set.ofUuid('3e11fa47-71ca-11e1-9e33-c80aa9429562').isEmpty).toBe(true);
  const part = set.ofUuid(B);
  part.addInterval(B, '', [6n, 9n]);
  expect(String(set)).toBe(`${A}:1-3:ops:7,${B}:5`);
});
