import type { Identity } from '@gatehouse/contract/identities';
import { Button } from '@mantine/core';
import { IconKey, IconPassword, type TablerIcon } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usesKey, usesPassword } from '../condition.ts';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';

interface MethodCardProps {
  readonly icon: TablerIcon;
  readonly title: string;
  readonly hint?: ReactNode;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** One authentication method: its name, its actions, and its fields. */
export function MethodCard({ icon: Icon, title, hint, actions, children }: MethodCardProps) {
  const id = useId();
  return (
    <section className={classes['card']} aria-labelledby={id}>
      <header className={classes['cardHead']}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <h2 id={id} className={classes['cardTitle']}>
          {title}
        </h2>
        <span className={classes['faint']}>{hint}</span>
        <span className={classes['cardActions']}>{actions}</span>
      </header>
      {children}
    </section>
  );
}

interface AddMethodProps {
  readonly form: IdentityFormState;
  readonly before: Identity | undefined;
}

/** Offers the authentication methods that the identity does not have; shows an error if it has none. */
export function AddMethod({ form, before }: AddMethodProps) {
  const { t } = useTranslation('identities');
  const { keyMethod, passwordMethod } = form.values;
  // A method that is being removed has its own card, which offers Undo.
  const offersKey = keyMethod === 'none' && !(before !== undefined && usesKey(before.type));
  const offersPassword = passwordMethod === 'none' && !(before !== undefined && usesPassword(before.type));
  const none = keyMethod === 'none' && passwordMethod === 'none';
  if (!offersKey && !offersPassword && !none) return null;
  return (
    <div className={classes['add']} data-missing={none || undefined}>
      <span role={none ? 'alert' : undefined}>{t(none ? 'form.noWayIn' : 'form.addAnother')}</span>
      <span className={classes['cardActions']}>
        {offersKey && (
          <Button
            variant="default"
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={() => form.setFieldValue('keyMethod', 'new')}
          >
            {t('form.key')}
          </Button>
        )}
        {offersPassword && (
          <Button
            variant="default"
            leftSection={<IconPassword size={16} aria-hidden />}
            onClick={() => form.setFieldValue('passwordMethod', 'new')}
          >
            {t('form.password')}
          </Button>
        )}
      </span>
    </div>
  );
}
