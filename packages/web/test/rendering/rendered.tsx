import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { de } from '../../src/app/texts/de.ts';
import { en } from '../../src/app/texts/en.ts';
import type { Language } from '../../src/lib/language.ts';

await i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en, de },
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  returnNull: false,
});

interface Surroundings {
  /** What was read from the server already. */
  readonly client?: QueryClient;
  readonly language?: Language;
}

/** Knows no address; what links lead to is in their markup all the same. */
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });

/** A cache in which nothing is read again, and nothing is tried twice. */
export function newClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
}

/** The HTML of components within what the app puts around its screens. No document is needed, so effects do not run. */
export function markupOf(node: ReactNode, { client = newClient(), language = 'en' }: Surroundings = {}): string {
  void i18next.changeLanguage(language);
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <RouterContextProvider router={router}>{node}</RouterContextProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** What a person reads of it, words apart by one blank. */
export function textOf(node: ReactNode, surroundings?: Surroundings): string {
  return wordsOf(markupOf(node, surroundings));
}

/** The text of HTML that React wrote. */
export function wordsOf(markup: string): string {
  return markup
    .replace(/<(style|title)\b[^]*?<\/\1>/g, '')
    .replace(/<\/?(bdi|b|code|time)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a hook returns when it is first called. What it returns can be called, too: a mutation does what it does in the app. */
export function hookOf<T>(use: () => T, surroundings?: Surroundings): T {
  const returned: T[] = [];
  function Caller() {
    returned.push(use());
    return null;
  }
  markupOf(<Caller />, surroundings);
  const [first] = returned;
  if (returned.length === 0) throw new Error('the hook was not called');
  return first as T;
}
