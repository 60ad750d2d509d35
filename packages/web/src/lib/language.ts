/** The languages that every screen is written in. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
/** A language, or that of the browser. */
export type LanguageChoice = Language | 'auto';

const key = 'gatehouse.language';

/** The language that was chosen in this browser. */
export function rememberedLanguage(): LanguageChoice {
  try {
    const stored = localStorage.getItem(key);
    return languages.find((language) => language === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Stored in this browser, for the next visit. */
export function rememberLanguage(choice: LanguageChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
}

/** The language of the app: the chosen one, else the first supported language of the browser. */
export function languageOf(choice: LanguageChoice): Language {
  if (choice !== 'auto') return choice;
  const wanted = navigator.languages.map((tag) => tag.split('-', 1)[0]?.toLowerCase());
  return (
    wanted.map((tag) => languages.find((language) => language === tag)).find((found) => found !== undefined) ?? 'en'
  );
}
