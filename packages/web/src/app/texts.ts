import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageOf, rememberedLanguage, type Language } from '../lib/language.ts';
import { learnMessages, type MessageWords } from '../lib/messages.ts';
import type { en } from './texts/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof en;
  }
}

const languages = {
  en: async () => {
    const [{ en: texts }, { en: sentences }] = await Promise.all([
      import('./texts/en.ts'),
      import('./texts/messages/en.ts'),
    ]);
    return { texts, messages: { sentences, and: ' and ' } };
  },
  de: async () => {
    const [{ de: texts }, { de: sentences }, { settings }] = await Promise.all([
      import('./texts/de.ts'),
      import('./texts/messages/de.ts'),
      import('./texts/messages/de/settings.ts'),
    ]);
    return { texts, messages: { sentences, and: ' und ', settings } };
  },
} satisfies Record<Language, () => Promise<{ texts: unknown; messages: MessageWords }>>;

/** Loads the language of this browser before the first screen. */
export async function startTexts(): Promise<void> {
  const language = languageOf(rememberedLanguage());
  const { texts, messages } = await languages[language]();
  learnMessages(messages);
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: texts },
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language of everything on the screen. */
export async function changeLanguage(language: Language): Promise<void> {
  const { texts, messages } = await languages[language]();
  learnMessages(messages);
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle(language, namespace, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
