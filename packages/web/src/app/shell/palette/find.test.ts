import { expect, test } from 'vitest';
import { find, searchable, type Item } from './find.ts';

const run = () => undefined;
const items = (
  [
    { key: 's1', kind: 'server', name: 'web-1', detail: '10.0.4.11', run },
    { key: 's2', kind: 'server', name: 'proxy', detail: 'web.example.org', run },
    { key: 'i1', kind: 'identity', name: 'Web deploy', detail: 'deploy', run },
    { key: 'a1', kind: 'action', name: 'New web server', run },
  ] satisfies Item[]
).map(searchable);

function keys(typed: string): string[] {
  return find(items, typed).map(({ key }) => key);
}

test('finds by name before it finds by address', () => {
  expect(keys('web')).toEqual(['s1', 'i1', 'a1', 's2']);
  expect(keys('10.0.4')).toEqual(['s1']);
});

test('finds by name and address together', () => {
  expect(keys('proxy example')).toEqual(['s2']);
});

test('lists actions alone after >', () => {
  expect(keys('>')).toEqual(['a1']);
  expect(keys('> web')).toEqual(['a1']);
  expect(keys('>deploy')).toEqual([]);
});
