import { say } from '@gatehouse/contract/messages/message';
import { z } from 'zod';
import { invalid } from '../../kernel/app-error.ts';

/** Data of clients for an account; the server does not interpret it. */
export type Preferences = Record<string, unknown>;

const maxBytes = 16 * 1024;
const maxDepth = 8;

const jsonObject = z.custom<Preferences>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** The parsed preferences. Throws `ZodError` if the text is not an object; names such as `__proto__` are kept. */
export function readPreferences(stored: unknown): Preferences {
  return jsonObject.parse(stored);
}

/** Applies a JSON merge patch (RFC 7396). Throws `invalid_request` if the result is too large or too deep. */
export function mergePreferences(current: Preferences, patch: Preferences): Preferences {
  if (depthOf(patch) > maxDepth) throw invalid('preferences', say('too_many_levels', { most: maxDepth }));
  const merged = mergeObjects(current, patch);
  if (Buffer.byteLength(JSON.stringify(merged)) > maxBytes)
    throw invalid('preferences', say('too_many_kibibytes', { most: maxBytes / 1024 }));
  return merged;
}

function mergeObjects(current: Preferences, patch: Preferences): Preferences {
  // A map, then own properties, so that `__proto__` is a name like any other.
  const merged = new Map(Object.entries(current));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (isObject(value)) merged.set(name, mergeObjects(objectOr(merged.get(name)), value));
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

function objectOr(value: unknown): Preferences {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Preferences {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counts level by level and stops at the first excess, so that nesting cannot exhaust the stack. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  let depth = 0;
  while (depth <= maxDepth) {
    const containers = level.filter((item): item is object => typeof item === 'object' && item !== null);
    if (containers.length === 0) return depth;
    level = containers.flatMap((item) => Object.values(item) as unknown[]);
    depth++;
  }
  return depth;
}
