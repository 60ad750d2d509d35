import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf, rememberedLanguage, rememberLanguage, type LanguageChoice } from '../../lib/language.ts';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { changeLanguage } from '../texts.ts';

const schemes = ['auto', 'dark', 'light'] as const;
const choices = ['auto', 'en', 'de'] as const satisfies readonly LanguageChoice[];

/** Colour scheme and language of the app in this browser. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [language, setLanguage] = useState<LanguageChoice>(rememberedLanguage);
  return (
    <Section title={t('settings.appearance.title')} text={t('settings.appearance.text')}>
      <Card rows>
        <CardRow title={t('settings.appearance.scheme')} detail={t('settings.appearance.schemeText')}>
          <SegmentedControl
            aria-label={t('settings.appearance.scheme')}
            value={colorScheme}
            onChange={setColorScheme}
            data={schemes.map((value) => ({ value, label: t(`settings.appearance.schemes.${value}`) }))}
          />
        </CardRow>
        <CardRow title={t('settings.appearance.language')} detail={t('settings.appearance.languageText')}>
          <SegmentedControl
            aria-label={t('settings.appearance.language')}
            value={language}
            onChange={(choice: LanguageChoice) => {
              setLanguage(choice);
              rememberLanguage(choice);
              void changeLanguage(languageOf(choice));
            }}
            data={choices.map((value) => ({ value, label: t(`settings.appearance.languages.${value}`) }))}
          />
        </CardRow>
      </Card>
    </Section>
  );
}
