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

/** Kept in this browser, for the next visit. */
export function rememberLanguage(choice: LanguageChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // Where storage is forbidden the choice lasts as long as the page.
  }
}

/** The language to speak: the chosen one, else the first of the browser's that there is. */
export function languageOf(choice: LanguageChoice): Language {
  if (choice !== 'auto') return choice;
  const wanted = navigator.languages.map((tag) => tag.split('-', 1)[0]?.toLowerCase());
  return (
    wanted.map((tag) => languages.find((language) => language === tag)).find((found) => found !== undefined) ?? 'en'
  );
}
