import { readFileSync } from 'node:fs';
import type { ConnectionLimits } from './connections.ts';

/** A client's connection, and one to a server for its terminal. */
const descriptorsPerConnection = 2;
/** For the database, files, workers, listeners. */
const otherDescriptors = 256;
const fewestConnections = 16;

/** How many descriptors this process may open; undefined if the system does not say. Node.js has already raised the limit to the maximum. */
export function descriptorLimit(file = '/proc/self/limits'): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync(file, 'utf8')) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    // Not Linux.
    return undefined;
  }
}

interface Fitted {
  readonly limits: ConnectionLimits;
  /** How many descriptors the limits would need; undefined if there are enough. */
  readonly missing: { readonly needed: number; readonly descriptors: number } | undefined;
}

/** Lowers the limits to the available descriptors, so that connections are refused before database files cannot be opened. */
export function fitToDescriptors(wanted: ConnectionLimits, descriptors: number | undefined): Fitted {
  const limits = { max: wanted.max, reserved: Math.min(wanted.reserved, wanted.max - 1) };
  const needed = limits.max * descriptorsPerConnection + otherDescriptors;
  if (descriptors === undefined || descriptors >= needed) return { limits, missing: undefined };
  const affordable = Math.floor((descriptors - otherDescriptors) / descriptorsPerConnection);
  const max = Math.min(limits.max, Math.max(affordable, fewestConnections));
  return {
    limits: { max, reserved: Math.floor((limits.reserved * max) / limits.max) },
    missing: { needed, descriptors },
  };
}
