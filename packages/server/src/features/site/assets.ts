import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../../../../..');
const kept = new Map<string, Buffer>();

function readOnce(path: string): Buffer {
  const known = kept.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(path);
  kept.set(path, bytes);
  return bytes;
}

/** A file of `assets/`. */
export function readAsset(name: string): Buffer {
  return readOnce(join(import.meta.dirname, 'assets', name));
}

/** The getting-started page of the documentation. */
export function readGuide(): Buffer {
  return readOnce(join(repository, 'docs/getting-started.md'));
}
