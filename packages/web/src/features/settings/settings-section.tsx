import { Button, Loader } from '@mantine/core';
import type { Setting } from '@gatehouse/contract/settings';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { worded } from '../../lib/messages.ts';
import { notify } from '../../ui/notice.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { changesOf, withUnsaved, type UnsavedValue, type UnsavedValues } from './unsaved-values.ts';
import { FixedSettings } from './fixed-settings.tsx';
import { serverSettings, useUpdateSettings } from './queries.ts';
import { SettingRow } from './setting-row.tsx';
import classes from './settings.module.css';

/** The settings of the server, with where each value comes from; for administrators. */
export function SettingsSection() {
  const { data: settings, error } = useQuery(serverSettings);
  if (settings === undefined) return error === null ? <Loader size="sm" /> : <ProblemAlert error={error} />;
  return (
    <>
      <SettingsForm settings={settings.filter(({ live }) => live)} />
      <FixedSettings settings={settings.filter(({ live }) => !live)} />
    </>
  );
}

type Errors = Readonly<Record<string, string>>;

function SettingsForm({ settings }: { readonly settings: readonly Setting[] }) {
  const { t } = useTranslation('settings');
  const { unsaved, errors, problem, isPending, choose, save, discard } = useForm(settings);
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className={classes['text']}>{t('text')}</p>
      {[...Map.groupBy(settings, ({ group }) => group)].map(([group, members]) => (
        <Section key={group} title={t(`groups.${group as 'quotas'}`, { defaultValue: group })}>
          <ul className={classes['rows']}>
            {members.map((setting) => (
              <SettingRow
                key={setting.name}
                setting={setting}
                unsaved={unsaved[setting.name]}
                error={errors[setting.name]}
                onChange={(value) => choose(setting, value)}
              />
            ))}
          </ul>
        </Section>
      ))}
      <Actions changes={Object.keys(unsaved).length} problem={problem} isPending={isPending} onDiscard={discard} />
    </form>
  );
}

interface ActionsProps {
  /** The number of unsaved changes. */
  readonly changes: number;
  readonly problem: unknown;
  readonly isPending: boolean;
  readonly onDiscard: () => void;
}

function Actions({ changes, problem, isPending, onDiscard }: ActionsProps) {
  const { t } = useTranslation('settings');
  return (
    <div className={classes['actions']}>
      <ProblemAlert error={problem} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={isPending} disabled={changes === 0}>
          {t('save')}
        </Button>
        <Button variant="default" disabled={changes === 0 || isPending} onClick={onDiscard}>
          {t('discard')}
        </Button>
        <span className={classes['changes']} role="status">
          {changes > 0 && t('changes', { count: changes })}
        </span>
      </div>
    </div>
  );
}

/** The unsaved values, and their errors. */
function useForm(settings: readonly Setting[]) {
  const { t } = useTranslation('settings');
  const { mutate, reset, isPending, error } = useUpdateSettings();
  const [unsaved, setUnsaved] = useState<UnsavedValues>({});
  const [errors, setErrors] = useState<Errors>({});
  const discard = () => {
    setUnsaved({});
    setErrors({});
    reset();
  };
  const details = problemOf(error)?.details ?? [];
  const isShownAtFields = details.length > 0 && details.every(({ path }) => settings.some(({ name }) => name === path));
  return {
    unsaved,
    errors,
    problem: isShownAtFields ? undefined : error,
    isPending,
    discard,
    choose: (setting: Setting, value: UnsavedValue) => {
      setUnsaved((others) => withUnsaved(others, setting, value));
      setErrors(({ [setting.name]: _former, ...others }) => others);
    },
    save: () => {
      mutate(changesOf(unsaved, settings), {
        onSuccess: () => {
          discard();
          notify(t('saved'));
        },
        onError: (failure) => {
          const faults = problemOf(failure)?.details ?? [];
          setErrors(Object.fromEntries(faults.map((fault) => [fault.path, worded(fault, 'message')])));
        },
      });
    },
  };
}
