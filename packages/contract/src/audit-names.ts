/** The outcome of an action; `started` if its end is an entry of its own. */
export const auditOutcomes = ['ok', 'failed', 'denied', 'started'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** The kinds of things that audit entries are about. */
export type AuditResource =
  | 'account'
  | 'api-key'
  | 'audit'
  | 'entry'
  | 'folder'
  | 'identity'
  | 'key'
  | 'operation'
  | 'organization'
  | 'server'
  | 'session'
  | 'settings';

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
