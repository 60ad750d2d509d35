import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { Button, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showFieldErrors } from '../../../lib/form.ts';
import { useMerge } from '../../../lib/use-merge.ts';
import { ChangedMeanwhile } from '../../../ui/changed-meanwhile.tsx';
import { Page } from '../../../ui/page.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Merged } from './merged.tsx';
import { emptyValues, valuesOf, type IdentityFormValues } from './values.ts';
import classes from './identity-form.module.css';
import { KeyCard } from './key-card.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { AddMethod } from './method-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { notForPasswordManagers } from './secret-field.ts';
import { useIdentityForm } from './use-identity-form.ts';
import { OwnerField } from './owner-field.tsx';

interface IdentityFormProps {
  readonly title: string;
  /** The stored identity; undefined for a new one. */
  readonly before: Identity | undefined;
  /** The organizations in which the person may create identities. */
  readonly targets: readonly Organization[];
  readonly busy: boolean;
  /** Returns the id of the saved identity; fails with the problem that the server answered. */
  readonly onSave: (values: IdentityFormValues) => Promise<number>;
  /** Called with the id of the identity, also if nothing was changed. */
  readonly onDone: (id: number | undefined) => void;
  /** Whether another person has changed the identity meanwhile. */
  readonly isOvertaken?: boolean;
  /** Loads the current version of the identity, which `before` then is. */
  readonly onReload?: () => Promise<Identity | undefined>;
}

/** Name, owner, username, and authentication methods: one form for new identities and stored ones. */
export function IdentityForm({
  title,
  before,
  targets,
  busy,
  onSave,
  onDone,
  isOvertaken = false,
  onReload,
}: IdentityFormProps) {
  const { t } = useTranslation('identities');
  const form = useIdentityForm(before);
  const [error, setError] = useState<unknown>();
  const id = useId();
  const { values, errors } = form;

  const merge = useMerge(form, before === undefined ? emptyValues() : valuesOf(before));
  async function applyToCurrent(): Promise<void> {
    const current = await onReload?.();
    if (current === undefined) return;
    setError(undefined);
    merge.apply(valuesOf(current));
  }

  async function save(values: IdentityFormValues): Promise<void> {
    setError(undefined);
    try {
      const savedId = form.isDirty() ? await onSave(values) : before?.id;
      form.resetDirty();
      onDone(savedId);
    } catch (problem) {
      if (!showFieldErrors(form, problem)) setError(problem);
    }
  }
  const submit = form.onSubmit(save);
  useHotkeys([['mod+S', () => submit()]], []);

  return (
    <Page
      title={title}
      breadcrumb={<Link to="/identities">{t('title')}</Link>}
      actions={
        <>
          <Button variant="subtle" color="gray" onClick={() => onDone(before?.id)}>
            {t('form.cancel')}
          </Button>
          <Button type="submit" form={id} loading={busy}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form id={id} className={classes['form']} onSubmit={submit} autoComplete="off" noValidate>
        {isOvertaken && <ChangedMeanwhile title={t('form.overtaken')} onApply={() => void applyToCurrent()} />}
        {merge.conflicts !== undefined && (
          <Merged targets={targets} values={values} merge={merge} conflicts={merge.conflicts} />
        )}
        <div className={classes['pair']}>
          <TextInput
            label={t('form.name')}
            autoComplete="off"
            autoFocus={before === undefined}
            {...form.getInputProps('name')}
            error={errors['name'] !== undefined && values.name.trim().length < 3 ? t('form.nameShort') : errors['name']}
            {...notForPasswordManagers}
          />
          <OwnerField
            targets={targets}
            shared={before?.organizationId ?? null}
            value={values.organizationId}
            error={errors['organizationId']}
            onChange={(organizationId) => form.setFieldValue('organizationId', organizationId)}
          />
        </div>
        <TextInput
          label={
            <>
              {t('form.username')} <span className={classes['faint']}>· {t('form.usernameHint')}</span>
            </>
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('username')}
          {...notForPasswordManagers}
        />
        <KeyCard form={form} before={before} />
        <PasswordCard form={form} before={before} />
        <AddMethod form={form} before={before} />
        <ProblemAlert error={error} />
        <p className={classes['sealed']}>
          <Sealed organization={targets.find(({ id: known }) => known === values.organizationId)?.name} />
        </p>
      </form>
      <LeaveGuard unsaved={() => form.isDirty()} />
    </Page>
  );
}

function Sealed({ organization }: { readonly organization: string | undefined }) {
  const { t } = useTranslation('identities');
  return organization === undefined ? t('form.sealedMine') : t('form.sealed', { organization });
}
