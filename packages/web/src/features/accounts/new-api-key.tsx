import { Button, Checkbox, Group, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { createApiKey } from '@gatehouse/contract/accounts';
import type { Scope } from '@gatehouse/contract/scopes';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { exampleCommand, keyOfScope, scopeGroups } from './api-key-scopes.ts';
import classes from './new-api-key.module.css';
import { useCreateApiKey, useMe } from './queries.ts';

const dayMs = 86_400_000;
/** The longest is slightly less than the year that the server allows, because its clock may be behind. */
const lives = { week: 7, month: 30, quarter: 90, year: 364 } as const;
type Life = keyof typeof lives;

interface Values {
  readonly [name: string]: unknown;
  readonly name: string;
  readonly scopes: Scope[];
  readonly life: Life;
  readonly currentPassword: string;
}

interface NewApiKeyProps {
  readonly onClose: () => void;
}

/** Asks for the scopes of a new key, then shows its token once. */
export function NewApiKey({ onClose }: NewApiKeyProps) {
  const { t } = useTranslation('accounts');
  const creation = useCreateApiKey();
  const made = creation.data;
  return (
    <Dialog
      onClose={onClose}
      title={made === undefined ? t('newKey.title') : t('newKey.madeTitle', { name: made.name })}
      size={560}
      // A click outside would lose the values, or a token that was not copied.
      closeOnClickOutside={false}
    >
      {made === undefined ? (
        <KeyForm creation={creation} onClose={onClose} />
      ) : (
        <Token token={made.token} scopes={made.scopes} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface KeyFormProps extends NewApiKeyProps {
  readonly creation: ReturnType<typeof useCreateApiKey>;
}

function KeyForm({ creation, onClose }: KeyFormProps) {
  const { t } = useTranslation('accounts');
  const { isAdmin, username } = useMe();
  const [shown, setShown] = useState<unknown>();
  const form = useContractForm<Values>({
    initialValues: { name: '', scopes: [], life: 'quarter', currentPassword: '' },
    schema: createApiKey.body,
    bodyOf,
  });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    creation.mutate(bodyOf(values), {
      onError: (error) => {
        if (problemOf(error)?.error === 'invalid_credentials')
          form.setFieldError('currentPassword', t('changePassword.wrong'));
        else if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  const groups = isAdmin ? scopeGroups : scopeGroups.filter(({ name }) => name !== 'administration');
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <TextInput
          label={t('newKey.name')}
          placeholder={t('newKey.namePlaceholder')}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label={t('newKey.scopes')}
          {...form.getInputProps('scopes')}
          error={form.errors['scopes'] === undefined ? undefined : t('newKey.scopesMissing')}
        >
          <div className={classes['groups']}>
            {groups.map(({ name, scopes }) => (
              <div key={name} role="group" aria-label={t(`scopeGroups.${name}`)} className={classes['group']}>
                <div className={classes['title']}>{t(`scopeGroups.${name}`)}</div>
                {scopes.map((scope) => (
                  <Checkbox key={scope} size="xs" value={scope} label={t(`scopes.${keyOfScope(scope)}`)} />
                ))}
              </div>
            ))}
          </div>
        </Checkbox.Group>
        <div>
          <div className={classes['label']}>{t('newKey.life')}</div>
          <SegmentedControl
            aria-label={t('newKey.life')}
            data={Object.keys(lives).map((life) => ({ value: life, label: t(`newKey.lives.${life as Life}`) }))}
            {...form.getInputProps('life')}
          />
        </div>
        {/* For password managers: the account of the password. */}
        <input type="text" hidden readOnly autoComplete="username" value={username} />
        <PasswordInput
          label={t('changePassword.current')}
          description={t('newKey.passwordHint')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
          {...form.getInputProps('currentPassword')}
        />
        <ProblemAlert error={shown} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('newKey.cancel')}
          </Button>
          <Button type="submit" loading={creation.isPending}>
            {t('newKey.act')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function bodyOf({ name, scopes, life, currentPassword }: Values) {
  return { currentPassword, name, scopes, expiresAt: new Date(Date.now() + lives[life] * dayMs).toISOString() };
}

interface TokenProps extends NewApiKeyProps {
  readonly token: string;
  readonly scopes: readonly Scope[];
}

function Token({ token, scopes, onClose }: TokenProps) {
  const { t } = useTranslation('accounts');
  const [origin] = useState(() => window.location.origin);
  const command = exampleCommand(scopes, origin);
  return (
    <Stack gap={16}>
      <p className={classes['text']}>{t('newKey.once')}</p>
      <div className={classes['token']}>
        <code>{token}</code>
        <CopyButton value={token} label={t('newKey.copy')} />
      </div>
      {command !== undefined && (
        <div>
          <p className={classes['label']}>{t('newKey.try')}</p>
          <pre className={classes['command']}>{command}</pre>
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('newKey.done')}</Button>
      </Group>
    </Stack>
  );
}
