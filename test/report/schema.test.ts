import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { renderers } from '../../src/report/renderers/index.ts';
import { ReportSchemaVersion } from '../../src/report/report.ts';
import { SCHEMA_ID } from '../../src/report/schema-id.ts';
import { exampleReport, healthyReport } from './example-report.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

const schema = JSON.parse(read('report.schema.json'));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

type Place = readonly (string | number)[];

/** Every object of fixed shape inside a report; `facts` is free. */
const objectsOf = (value: unknown, at: Place = []): Place[] => {
  if (typeof value !== 'object' || value === null || at.at(-1) === 'facts') return [];
  const inside = Object.entries(value).flatMap(([key, member]) => objectsOf(member, [...at, key]));
  return Array.isArray(value) ? inside : [at, ...inside];
};

/** A copy of the example in which the object at `place` was changed. */
const changed = (place: Place, change: (object: Record<string, unknown>) => void): unknown => {
  const copy: unknown = JSON.parse(JSON.stringify(exampleReport));
  let object = copy as Record<string, unknown>;
  for (const key of place) object = object[key] as Record<string, unknown>;
  change(object);
  return copy;
};

const places = objectsOf(exampleReport);

describe('report.schema.json', () => {
  test.each([
    ['example', exampleReport],
    ['healthy report', healthyReport],
  ])('accepts the %s', (_name, report) => {
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('accepts what the JSON renderer writes', () => {
    const out = renderers.json(exampleReport, { width: 80, color: 0, minSeverity: 'critical' });
    expect(validate(JSON.parse(out))).toBe(true);
  });

  test('refuses a report in which any key is missing', () => {
    for (const place of places) {
      const object = place.reduce<unknown>(
        (value, key) => (value as Record<string, unknown>)[key],
        exampleReport,
      );
      for (const key of Object.keys(object as object)) {
        const report = changed(place, (target) => delete target[key]);
        expect(validate(report), [...place, key].join('.')).toBe(false);
      }
    }
  });

  test('refuses a key it does not know, everywhere but in facts', () => {
    for (const place of places) {
      const report = changed(place, (target) => {
        target['surprise'] = 1;
      });
      expect(validate(report), place.join('.')).toBe(false);
    }
    const free = changed(['findings', 0, 'facts'], (facts) => {
      facts['surprise'] = { nested: [1] };
    });
    expect(validate(free)).toBe(true);
  });

  test.each<readonly [string, Place, Record<string, unknown>]>([
    ['steps beside a withheld fix', ['findings', 0, 'fix'], { withheld: 'no position is proven' }],
    ['a local time', [], { now: '2026-11-20T10:00:00+01:00' }],
    ['a severity it does not know', ['findings', 0], { severity: 'fatal' }],
    ['a server id of more than 32 bits', ['findings', 0], { server: 4_294_967_296 }],
    ['a fraction of an offset', ['findings', 0, 'evidence', 0], { offset: 0.5 }],
    ['another schema', [], { $schema: 'report.schema.json' }],
  ])('refuses %s', (_name, place, changes) => {
    expect(validate(changed(place, (target) => Object.assign(target, changes)))).toBe(false);
  });

  test('is exported under the name that reports give it', () => {
    const manifest = JSON.parse(read('package.json'));
    const name = SCHEMA_ID.slice(manifest.name.length + 1);
    expect(SCHEMA_ID).toBe(`${manifest.name}/${name}`);
    expect(manifest.exports[`./${name}`]).toBe(`./${name}`);
    expect(manifest.files).toContain(name);
    expect(schema.properties.$schema.const).toBe(SCHEMA_ID);
    expect(schema.properties.schemaVersion.const).toBe(ReportSchemaVersion);
  });
});
