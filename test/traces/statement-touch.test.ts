import { describe, expect, test } from 'vitest';
import type { ListedEvent } from '../../src/listing/listed-event.ts';
import { namesValue } from '../../src/traces/named-value.ts';
import { type Sought, statementTouch } from '../../src/traces/statement-touch.ts';

const query = (statement: string, database = 'shop'): ListedEvent =>
  ({ statement, database, body: { type: 'query' } }) as unknown as ListedEvent;

const SOUGHT: Sought = { table: 'shop.orders', value: '6', isDefinition: false };

const touch = (sql: string, sought: Partial<Sought> = {}, insertId: string | null = null) =>
  statementTouch(query(sql), { ...SOUGHT, ...sought }, insertId);

describe('a value in a statement', () => {
  test.each([
    ["INSERT INTO t VALUES (6, 'a')", '6'],
    ["UPDATE t SET a = 1 WHERE w = 'It''s'", "it's"],
    ['DELETE FROM t WHERE a=5 AND b=7', '5-7'],
    ["INSERT INTO t VALUES ('2026-11-20')", '2026-11-20'],
    ['DELETE FROM t WHERE a = -6', '-6'],
  ])('%s names %s', (sql, value) => expect(namesValue(sql, value)).toBe(true));

  test.each([
    ['INSERT INTO t VALUES (66, 16)', '6'],
    ["INSERT INTO t VALUES ('no 6')", '6'],
    ['DELETE FROM t WHERE a = 5 -- 7', '5-7'],
    ['INSERT INTO t VALUES (1) /* 6 */', '6'],
  ])('%s does not name %s', (sql, value) => expect(namesValue(sql, value)).toBe(false));
});

describe('what a statement has to do with a row', () => {
  test.each([
    ['INSERT INTO orders VALUES (6)', 'value', 'makes'],
    ['REPLACE INTO `shop`.`orders` SET id = 6', 'value', 'makes'],
    ['DELETE FROM orders WHERE id = 6', 'value', 'removes'],
    ['UPDATE orders SET w = 1 WHERE id = 6', 'value', 'unknown'],
    ['DELETE FROM orders', 'table', 'removes'],
    ['TRUNCATE TABLE orders', 'table', 'removes'],
    ['DROP TABLE IF EXISTS `lines`, `orders`', 'table', 'removes'],
    ['DROP DATABASE `shop`', 'table', 'removes'],
  ])('%s', (sql, match, effect) => expect(touch(sql)).toEqual({ match, effect }));

  test.each([
    'INSERT INTO orders VALUES (7)',
    'INSERT INTO other.orders VALUES (6)',
    'DELETE FROM orders WHERE id = 7',
    'ALTER TABLE orders ADD x INT DEFAULT 6',
    'CREATE TABLE orders (id INT DEFAULT 6)',
    'DROP DATABASE shop2',
    'BEGIN',
  ])('nothing: %s', (sql) => expect(touch(sql)).toBeNull());

  test('an AUTO_INCREMENT value is not in its text', () => {
    expect(touch('INSERT INTO orders (w) VALUES (1)', {}, '6')).toMatchObject({ match: 'value' });
    expect(touch('INSERT INTO orders (w) VALUES (1)', {}, '5')).toBeNull();
  });
});

describe('what it has to do with the table itself', () => {
  const sought = { value: null, isDefinition: true };

  test.each([
    ['CREATE TABLE orders (id INT)', 'makes'],
    ['ALTER TABLE orders ADD x INT', 'unknown'],
    ['DROP TABLE orders', 'removes'],
    ['CREATE DATABASE IF NOT EXISTS shop', 'makes'],
  ])('%s', (sql, effect) => expect(touch(sql, sought)).toEqual({ match: 'table', effect }));

  test('rows of it do not matter', () => {
    expect(touch('INSERT INTO orders VALUES (6)', sought)).toBeNull();
    expect(touch('DELETE FROM orders', sought)).toBeNull();
  });
});
