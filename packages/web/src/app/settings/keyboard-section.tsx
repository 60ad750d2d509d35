import { ActionIcon, Button, Kbd, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePreferences } from '../../features/accounts/queries.ts';
import { toggleFullScreen } from '../../lib/full-screen.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { tabActions, type TabAction } from '../../workspace/tab-actions.ts';
import { defaultBindings, isWarning, problemOf, type BindingProblem, type Bindings } from '../shell/keys/bindings.ts';
import { combinationOf, type KeyCombination } from '../shell/keys/combination.ts';
import { keyNamesOf } from '../shell/keys/key-names.ts';
import { useBindings } from '../shell/keys/use-bindings.ts';
import classes from './keyboard-section.module.css';

/** The keys for tabs and panes, for the person in every browser. */
export function KeyboardSection() {
  const { t } = useTranslation();
  const bindings = useBindings();
  const preferences = useChangePreferences();
  return (
    <>
      <Section title={t('settings.keyboard.title')} text={t('settings.keyboard.text')}>
        <ProblemAlert error={preferences.error} />
        <Card rows>
          {tabActions.map((action) => (
            <BindingRow
              key={action}
              action={action}
              bindings={bindings}
              onChange={(keys) => preferences.mutate({ keys: { [action]: keys ?? '' } })}
              onReset={() => preferences.mutate({ keys: { [action]: null } })}
            />
          ))}
        </Card>
      </Section>
      <Section title={t('settings.keyboard.app')} text={t('settings.keyboard.appText')}>
        <div>
          <Button variant="default" onClick={toggleFullScreen}>
            {t('settings.keyboard.fullScreen')}
          </Button>
        </div>
      </Section>
    </>
  );
}

interface BindingRowProps {
  readonly action: TabAction;
  readonly bindings: Bindings;
  readonly onChange: (keys: KeyCombination | null) => void;
  readonly onReset: () => void;
}

/** The keys of one action; a click on them waits for others. */
function BindingRow({ action, bindings, onChange, onReset }: BindingRowProps) {
  const { t } = useTranslation();
  const [waits, setWaits] = useState(false);
  const [refused, setRefused] = useState<{ keys: KeyCombination; problem: BindingProblem }>();
  const keys = bindings[action];
  const name = t(`shortcuts.tabs.${action}`);
  const problem = keys === null ? undefined : problemOf(keys, action, bindings);
  const shown = refused ?? (keys === null || problem === undefined ? undefined : { keys, problem });
  function onKeyDown(event: KeyboardEvent): void {
    const pressed = combinationOf(event.nativeEvent);
    if (!waits || pressed === undefined) return;
    // Leaves the button, as everywhere.
    if (pressed === 'Tab' || pressed === 'Shift+Tab') return;
    event.preventDefault();
    event.stopPropagation();
    setRefused(undefined);
    if (pressed === 'Escape') setWaits(false);
    else if (pressed === 'Delete' || pressed === 'Backspace') set(null);
    else {
      const found = problemOf(pressed, action, bindings);
      if (found === undefined || isWarning(found)) set(pressed);
      else setRefused({ keys: pressed, problem: found });
    }
  }
  function set(next: KeyCombination | null): void {
    setWaits(false);
    if (next !== keys) onChange(next);
  }
  return (
    <CardRow
      title={name}
      detail={
        <>
          {action === 'tabByNumber' && <div>{t('settings.keyboard.numberText')}</div>}
          <div role="status">
            {waits && <div>{t('settings.keyboard.pressHint')}</div>}
            {shown && (
              <Problem
                {...shown}
                action={action}
                tone={isWarning(shown.problem) && refused === undefined ? 'warn' : 'bad'}
              />
            )}
          </div>
        </>
      }
    >
      <div className={classes['keys']}>
        {keys !== defaultBindings[action] && (
          <ActionIcon
            aria-label={t('settings.keyboard.reset', { name })}
            title={t('settings.keyboard.reset', { name })}
            onClick={onReset}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        )}
        <Button
          variant="default"
          className={classes['button'] ?? ''}
          data-takes-keys={waits || undefined}
          aria-pressed={waits}
          onClick={() => setWaits(!waits)}
          onBlur={() => {
            setWaits(false);
            setRefused(undefined);
          }}
          onKeyDown={onKeyDown}
        >
          <VisuallyHidden>{t('settings.keyboard.change', { name })} </VisuallyHidden>
          {waits ? t('settings.keyboard.press') : <Keys keys={keys} action={action} />}
        </Button>
      </div>
    </CardRow>
  );
}

function Keys({ keys, action }: { readonly keys: KeyCombination | null; readonly action: TabAction }) {
  const { t } = useTranslation();
  if (keys === null) return <span className={classes['none']}>{t('settings.keyboard.none')}</span>;
  return (
    <span className={classes['combination']}>
      {keyNamesOf(keys, action, t).map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}

interface ProblemProps {
  readonly keys: KeyCombination;
  readonly problem: BindingProblem;
  readonly action: TabAction;
  readonly tone: 'warn' | 'bad';
}

function Problem({ keys, problem, action, tone }: ProblemProps) {
  const { t } = useTranslation();
  const other = problem.kind === 'action' ? t(`shortcuts.tabs.${problem.action}`) : '';
  return (
    <div className={classes['problem']} data-tone={tone}>
      {t(`settings.keyboard.problems.${problem.kind}`, { keys: keyNamesOf(keys, action, t).join('+'), other })}
    </div>
  );
}
