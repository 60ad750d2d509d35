/** The outcome of an action; `started` if its end is an entry of its own. */
export const auditOutcomes = ['ok', 'failed', 'denied', 'started'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** The kinds of things that audit entries are about, in English. */
export const auditResources = {
  account: 'Account',
  'api-key': 'API key',
  audit: 'Audit log',
  entry: 'Server',
  folder: 'Folder',
  identity: 'Identity',
  key: 'Key',
  operation: 'Operation',
  organization: 'Organization',
  server: 'Gatehouse',
  session: 'Session',
  settings: 'Server settings',
} as const;
export type AuditResource = keyof typeof auditResources;

/** The categories of actions, in English. */
export const auditCategories = {
  account: 'Accounts',
  'api-key': 'API keys',
  audit: 'Audit log',
  auth: 'Sign-ins',
  egress: 'Egress policy',
  entry: 'Servers',
  folder: 'Folders',
  'generated-key': 'Generated keys',
  'host-key': 'Host keys',
  identity: 'Identities',
  organization: 'Organizations',
  session: 'Sessions',
  settings: 'Server settings',
} as const;
export type AuditCategory = keyof typeof auditCategories;

/** The label of a name in one of these tables. An unknown name, such as one of an older version, is unchanged. */
export function labelIn(labels: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? name) : name;
}

/** The part of an action's name before the dot. */
export function categoryOf(action: string): string {
  return action.split('.', 1)[0] ?? action;
}

/** The action names of older versions, with their new names: the mapping is one to one. */
export const renamedActions = {
  'key.create': 'api-key.create',
  'key.delete': 'api-key.delete',
  'key.generate': 'generated-key.create',
  'key.pin': 'host-key.pin',
  'key.remove': 'host-key.remove',
  'key.replace': 'host-key.replace',
} as const;

/** The present name of an action. An unknown name is unchanged. */
export function currentAction(action: string): string {
  return Object.hasOwn(renamedActions, action) ? renamedActions[action as keyof typeof renamedActions] : action;
}

/** The actions that a filter for this one also matches: its older or newer name. `*` stands for any characters. */
export function renamedFor(pattern: string): readonly string[] {
  const [start = '', end] = pattern.split('*');
  const matches = (action: string) =>
    end === undefined
      ? action === pattern
      : action.length >= start.length + end.length && action.startsWith(start) && action.endsWith(end);
  return Object.entries(renamedActions).flatMap(([before, now]) => {
    if (matches(before) === matches(now)) return [];
    return [matches(before) ? now : before];
  });
}
