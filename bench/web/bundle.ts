import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RowSkipped } from '../row.ts';

const dist = join(import.meta.dirname, '../../packages/web/dist');

/** The scripts that a browser loads before the first screen: those that the page names, with their static imports. */
export function shellScripts(): readonly string[] {
  const page = join(dist, 'index.html');
  if (!existsSync(page)) throw new RowSkipped('The web app is not built; npm start builds it.');
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
    ([, path]) => path ?? '',
  );
  const found = new Set<string>();
  const waiting = [...named];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...importsOf(path));
  }
  return [...found].map((path) => join(dist, path));
}

/** Static imports of a chunk; what is imported on demand is written `import(…)`. */
function importsOf(path: string): readonly string[] {
  const code = readFileSync(join(dist, path), 'utf8');
  return [...code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, name]) => `assets/${name ?? ''}`);
}

/** Size in kB (1,000 bytes) after gzip at its best. */
export function gzippedKb(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) / 1000;
}
