import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheStatements } from './statement-cache.ts';

let connection: SqliteDatabase.Database;

beforeEach(() => {
  connection = new SqliteDatabase(':memory:');
  connection.exec('create table numbers (n integer); insert into numbers values (1), (2), (3)');
});

afterEach(() => {
  connection.close();
});

describe('cached statements', () => {
  it('are compiled once for one text', () => {
    const cached = cacheStatements(connection);
    const text = 'select n from numbers where n > ? order by n';
    expect(cached.prepare(text)).toBe(cached.prepare(text));
    expect(cached.prepare(text).all([1])).toEqual([{ n: 2 }, { n: 3 }]);
    expect(cached.prepare(text).all([2])).toEqual([{ n: 3 }]);
  });

  it('see columns that are added later', () => {
    const cached = cacheStatements(connection);
    const text = 'select * from numbers where n = ?';
    expect(cached.prepare(text).all([1])).toEqual([{ n: 1 }]);
    connection.exec("alter table numbers add column name text default 'x'");
    expect(cached.prepare(text).all([1])).toEqual([{ n: 1, name: 'x' }]);
  });

  it('can be used while a stream of the same text is open', () => {
    const cached = cacheStatements(connection);
    const text = 'select n from numbers order by n';
    const stream = cached.prepare(text).iterate([]);
    expect(stream.next().value).toEqual({ n: 1 });
    expect(cached.prepare(text).all([])).toHaveLength(3);
    expect(stream.next().value).toEqual({ n: 2 });
    stream.return?.();
  });

  it('are forgotten when there are too many, the least used first', () => {
    const cached = cacheStatements(connection);
    const first = cached.prepare('select 0');
    const second = cached.prepare('select 1');
    for (let number = 2; number < 502; number++) {
      cached.prepare(`select ${number}`);
      cached.prepare('select 0');
    }
    expect(cached.prepare('select 0')).toBe(first);
    expect(cached.prepare('select 1')).not.toBe(second);
  });
});
