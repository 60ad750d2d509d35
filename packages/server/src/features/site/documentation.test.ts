import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { problemStatus } from '@gatehouse/contract/problem-status';
import { scopes } from '@gatehouse/contract/scopes';
import { expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '../../../../..');

const pages = [
  ...readdirSync(repository).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

function textOf(page: string): string {
  return readFileSync(join(repository, page), 'utf8');
}

/** Targets of links and pictures that are not addresses elsewhere. */
function linksOf(page: string): string[] {
  const prose = textOf(page).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as forges make them. */
function anchorsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pages)('%s links only to what is there', (page) => {
  const broken = linksOf(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(repository, page) : resolve(repository, dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(relative(repository, target)).includes(anchor);
  });

  expect(broken).toEqual([]);
});

test('docs/api.md lists every error with its status, and every scope', () => {
  const page = textOf('docs/api.md');
  const errors = [...page.matchAll(/^\| (\d{3})\s*\| `([a-z_]+)`/gm)].map(([, status, slug = '']) => [
    slug,
    Number(status),
  ]);

  expect(Object.fromEntries(errors)).toEqual(problemStatus);
  for (const scope of scopes) expect(page).toContain(`\`${scope}\``);
});
