import { NumberInput, SegmentedControl, Select, Switch, useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { terminalThemes, type Preferences } from '../../features/accounts/preferences.ts';
import { useChangePreferences, usePreferences } from '../../features/accounts/queries.ts';
import { terminalTheme } from '../../features/sessions/screen/terminal-themes.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { TerminalPreview } from './terminal-preview.tsx';

type Terminal = Preferences['terminal'];

const switches = ['cursorBlink', 'copyOnSelect', 'pasteGuard', 'bell'] as const satisfies readonly (keyof Terminal)[];
const cursors = ['block', 'bar', 'underline'] as const;
const fontSizes = { min: 8, max: 32, step: 1 };
const scrollbacks = { min: 100, max: 100_000, step: 1_000 };

/** How terminals look and behave, for the person in every browser. */
export function TerminalSection() {
  const { t } = useTranslation();
  const { terminal } = usePreferences();
  const preferences = useChangePreferences();
  const scheme = useComputedColorScheme('dark');
  const change = (patch: Partial<Terminal>) => preferences.mutate({ terminal: patch });
  return (
    <>
      <Section title={t('settings.terminal.looks')} text={t('settings.terminal.text')}>
        <TerminalPreview terminal={terminal} theme={terminalTheme(terminal.theme, scheme)} />
        <ProblemAlert error={preferences.error} />
        <Card rows>
          <CardRow title={t('settings.terminal.theme')}>
            <Select
              w={180}
              aria-label={t('settings.terminal.theme')}
              allowDeselect={false}
              value={terminal.theme}
              onChange={(theme) => theme !== null && change({ theme })}
              data={terminalThemes.map((value) => ({ value, label: t(`settings.terminal.themes.${value}`) }))}
            />
          </CardRow>
          <CardRow title={t('settings.terminal.fontSize')} detail={t('settings.terminal.fontSizeText')}>
            <Whole
              label={t('settings.terminal.fontSize')}
              value={terminal.fontSize}
              limits={fontSizes}
              onChange={(fontSize) => change({ fontSize })}
            />
          </CardRow>
          <CardRow title={t('settings.terminal.cursorStyle')}>
            <SegmentedControl
              aria-label={t('settings.terminal.cursorStyle')}
              value={terminal.cursorStyle}
              onChange={(cursorStyle) => change({ cursorStyle })}
              data={cursors.map((value) => ({ value, label: t(`settings.terminal.cursors.${value}`) }))}
            />
          </CardRow>
        </Card>
      </Section>
      <Section title={t('settings.terminal.behaviour')}>
        <Card rows>
          <CardRow title={t('settings.terminal.scrollbackLines')} detail={t('settings.terminal.scrollbackLinesText')}>
            <Whole
              label={t('settings.terminal.scrollbackLines')}
              value={terminal.scrollbackLines}
              limits={scrollbacks}
              onChange={(scrollbackLines) => change({ scrollbackLines })}
            />
          </CardRow>
          {switches.map((name) => (
            <CardRow key={name} title={t(`settings.terminal.${name}`)} detail={t(`settings.terminal.${name}Text`)}>
              <Switch
                aria-label={t(`settings.terminal.${name}`)}
                checked={terminal[name]}
                onChange={(event) => change({ [name]: event.currentTarget.checked })}
              />
            </CardRow>
          ))}
        </Card>
      </Section>
    </>
  );
}

interface WholeProps {
  readonly label: string;
  readonly value: number;
  readonly limits: { readonly min: number; readonly max: number; readonly step: number };
  readonly onChange: (value: number) => void;
}

/** A whole number that is saved as soon as it is valid, and corrected when the field loses the focus. */
function Whole({ label, value, limits, onChange }: WholeProps) {
  const { i18n } = useTranslation();
  const [typed, setTyped] = useState<string | number>(value);
  return (
    <NumberInput
      w={110}
      aria-label={label}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator={i18n.language === 'de' ? '.' : ','}
      // There are no decimals, but the two must differ.
      decimalSeparator={i18n.language === 'de' ? ',' : '.'}
      {...limits}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next >= limits.min && next <= limits.max && next !== value) onChange(next);
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
