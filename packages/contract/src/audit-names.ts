/** How what an entry tells of went; `started` for what an entry of its own ends. */
export const auditOutcomes = ['ok', 'failed', 'denied', 'started'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** What entries of the audit log are about. */
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

/** Actions that entries of older versions have, and what the same is called now: each has one new name, and each new name one old one. */
export const renamedActions = {
  'key.create': 'api-key.create',
  'key.delete': 'api-key.delete',
  'key.generate': 'generated-key.create',
  'key.pin': 'host-key.pin',
  'key.remove': 'host-key.remove',
  'key.replace': 'host-key.replace',
} as const;

/** What the action of an entry is called now. An action of another version keeps its name. */
export function currentAction(action: string): string {
  return Object.hasOwn(renamedActions, action) ? renamedActions[action as keyof typeof renamedActions] : action;
}

/** Every action whose entries a filter for this one finds beside it: the same one by its older or newer name. One `*` stands for any characters. */
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
