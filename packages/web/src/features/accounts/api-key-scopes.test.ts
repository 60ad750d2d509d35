import { scopes } from '@gatehouse/contract/scopes';
import { expect, test } from 'vitest';
import { exampleCommand, scopeGroups } from './api-key-scopes.ts';

test('offers every scope once', () => {
  expect(scopeGroups.flatMap((group) => group.scopes).sort()).toEqual([...scopes].sort());
});

test('shows a command that the key may run, without the key', () => {
  expect(exampleCommand(['entries:write', 'identities:list'], 'https://gate.example.org')).toBe(
    `curl -H "Authorization: Bearer $GATEHOUSE_KEY" 'https://gate.example.org/api/identity/list'`,
  );
  expect(exampleCommand(['connections:open'], 'https://gate.example.org')).toBeUndefined();
});
