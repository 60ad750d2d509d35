import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** Older ones were written before the rule was checked. */
const checkedCommits = 30;
const conventional = /^(feat|fix|perf|refactor|test|docs|style|build|ci|chore|revert)(\([a-z0-9-]+\))?!?: [a-z]/;
const maxLength = 72;

it.skipIf(!existsSync(join(root, '.git')))('the subjects of the latest commits follow CONTRIBUTING.md', () => {
  const args = ['log', '--no-merges', `--max-count=${checkedCommits}`, '--format=%s'];
  const { stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('');
  const subjects = stdout.trim().split('\n');
  expect(subjects).not.toEqual(['']);
  expect(subjects.filter((subject) => !conventional.test(subject) || subject.length > maxLength)).toEqual([]);
});
