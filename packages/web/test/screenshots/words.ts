import i18next, { type TFunction } from 'i18next';
import { de } from '../../src/app/texts/de.ts';
import { en } from '../../src/app/texts/en.ts';
import { languages, type Language } from '../../src/lib/language.ts';

/** Looks up a text of the app, so that a screen is prepared in the same way in every language. */
export type Words = TFunction<readonly (keyof typeof en)[]>;

/** The texts that the app shows to a browser of this locale: `de-CH`, `en-GB`. */
export async function wordsOf(locale: string): Promise<Words> {
  const instance = i18next.createInstance();
  await instance.init({
    lng: languages.find((language) => language === locale.split('-', 1)[0]) ?? ('en' satisfies Language),
    resources: { en, de },
    interpolation: { escapeValue: false },
  });
  return instance.t;
}
