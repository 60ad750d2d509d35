import type { Scope } from '@gatehouse/contract/scopes';

interface ScopeGroup {
  readonly name: 'servers' | 'identities' | 'connections' | 'people' | 'audit' | 'administration';
  readonly scopes: readonly Scope[];
}

/** The scopes of API keys, grouped by subject; the last group has an effect only for administrators. */
export const scopeGroups: readonly ScopeGroup[] = [
  { name: 'servers', scopes: ['entries:read', 'entries:write', 'folders:read', 'folders:write'] },
  { name: 'identities', scopes: ['identities:list', 'identities:write'] },
  { name: 'connections', scopes: ['connections:open', 'connections:read'] },
  { name: 'people', scopes: ['account:read', 'organizations:read', 'organizations:write'] },
  { name: 'audit', scopes: ['audit:read'] },
  { name: 'administration', scopes: ['users:read', 'users:write'] },
];

type Dotted<S extends string> = S extends `${infer Resource}:${infer Act}` ? `${Resource}.${Act}` : never;

/** The text key of a scope: in i18next, a colon would separate a namespace. */
export function keyOfScope(scope: Scope): Dotted<Scope> {
  return scope.replace(':', '.') as Dotted<Scope>;
}

/** A harmless call that each read scope allows, to test a key. */
const examples: Partial<Record<Scope, string>> = {
  'entries:read': '/api/entry/list',
  'identities:list': '/api/identity/list',
  'folders:read': '/api/folder/list',
  'connections:read': '/api/connection',
  'account:read': '/api/account/me',
  'organizations:read': '/api/organization',
  'audit:read': '/api/audit/logs?limit=10',
  'users:read': '/api/users/list',
};

/**
 * A command that tests the key; undefined for keys that can only write. The key is read from a variable, so that it appears in no process list
 * and in no shell history.
 */
export function exampleCommand(scopes: readonly Scope[], origin: string): string | undefined {
  const path = Object.entries(examples).find(([scope]) => scopes.some((held) => held === scope))?.[1];
  return path && `curl -H "Authorization: Bearer $GATEHOUSE_KEY" '${origin}${path}'`;
}
