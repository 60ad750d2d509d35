import type { Identity } from '@gatehouse/contract/identities';
import { PasswordInput } from '@mantine/core';
import { IconPassword } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { usesPassword } from '../condition.ts';
import { useStoredSince } from '../stored-since.ts';
import type { Method } from './values.ts';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';
import { MethodActions } from './method-actions.tsx';
import { MethodCard } from './method-card.tsx';
import { notForPasswordManagers } from './secret-field.ts';

interface PasswordCardProps {
  readonly form: IdentityFormState;
  readonly before: Identity | undefined;
}

/** The password: a field for a new one, or the facts of the stored one. */
export function PasswordCard({ form, before }: PasswordCardProps) {
  const { t } = useTranslation('identities');
  const { passwordMethod, keyMethod, username } = form.values;
  const had = before !== undefined && usesPassword(before.type);
  if (passwordMethod === 'none' && !had) return null;
  function choose(method: Method): void {
    form.setValues({ passwordMethod: method, password: '' });
    form.clearFieldError('password');
  }
  const alone = keyMethod === 'none';
  const hint = alone ? username.trim() === '' && t('form.passwordOnly') : t('form.triedSecond');
  return (
    <MethodCard
      icon={IconPassword}
      title={t('form.password')}
      hint={passwordMethod !== 'none' && hint}
      actions={
        <MethodActions method={passwordMethod} had={had} stored={before?.hasPassword === true} onChoose={choose} />
      }
    >
      {passwordMethod === 'new' && (
        <PasswordInput
          label={t('form.password')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('form.reveal') }}
          {...form.getInputProps('password')}
          error={
            form.values.password === '' && form.errors['password'] !== undefined
              ? t('form.passwordMissing')
              : form.errors['password']
          }
          {...notForPasswordManagers}
        />
      )}
      {passwordMethod === 'keep' && before !== undefined && <StoredPassword before={before} />}
      {passwordMethod === 'none' && <p className={classes['destroyed']}>{t('form.passwordDestroyed')}</p>}
    </MethodCard>
  );
}

function StoredPassword({ before }: { readonly before: Identity }) {
  const { t } = useTranslation('identities');
  const since = useStoredSince('password', before);
  return (
    <p className={classes['stored']}>
      {before.hasPassword ? `${t(`form.${since.key}`, since)} ${t('form.unreadable')}` : t('form.passwordNotStored')}
    </p>
  );
}
