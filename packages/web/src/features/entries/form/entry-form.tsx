import { createEntry, type EntryDetail } from '@gatehouse/contract/entries';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../../lib/form.ts';
import { useMerge } from '../../../lib/use-merge.ts';
import { ChangedMeanwhile } from '../../../ui/changed-meanwhile.tsx';
import { Page } from '../../../ui/page.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useConnect } from '../commands.ts';
import { notify } from '../../../ui/notice.tsx';
import { useCreateEntry, useUpdateEntry } from '../queries.ts';
import type { TreeIndex } from '../tree-index.ts';
import { AdvancedFields } from './advanced-fields.tsx';
import classes from './form.module.css';
import { IdentityPicker } from './identity-picker.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { MainFields } from './main-fields.tsx';
import { Merged } from './merged.tsx';
import { bodyOf, changedFields, valuesOf, type EntryValues } from './values.ts';

interface EntryFormProps {
  readonly index: TreeIndex;
  /** The server to change; undefined for a new one. */
  readonly entry: EntryDetail | undefined;
  readonly initialValues: EntryValues;
  readonly missingJumps?: readonly string[];
  readonly title: string;
  readonly breadcrumb: ReactNode;
  /** The version of `entry` that is changed. */
  readonly etag?: string | null;
  /** Whether another person has changed the server meanwhile. */
  readonly isOvertaken?: boolean;
  /** Loads the current version of the server, which `entry` and `etag` then are. */
  readonly onReload?: () => Promise<EntryDetail | undefined>;
}

const formId = 'server';

/** The page that creates or changes a server. */
export function EntryForm(props: EntryFormProps) {
  const { index, entry, initialValues, missingJumps = [], title, breadcrumb, onReload } = props;
  const { etag = null, isOvertaken = false } = props;
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const connect = useConnect();
  const create = useCreateEntry();
  const update = useUpdateEntry(etag);
  const [problem, setProblem] = useState<unknown>();
  const toBody = (values: EntryValues) => createEntry.body.parse(bodyOf(values, entry?.config));
  const form = useContractForm({
    initialValues,
    schema: createEntry.body,
    bodyOf: (values) => bodyOf(values, entry?.config),
  });

  const base = entry === undefined ? initialValues : valuesOf(entry);
  const merge = useMerge(form, base, ['location']);
  const applyToCurrent = async () => {
    const current = await onReload?.();
    if (current === undefined) return;
    setProblem(undefined);
    update.reset();
    merge.apply(valuesOf(current));
  };

  const save = async (values: EntryValues, thenConnect: boolean) => {
    setProblem(undefined);
    try {
      const body = toBody(values);
      const id = entry?.id ?? (await create.mutateAsync(body)).id;
      if (entry !== undefined) await update.mutateAsync({ id, ...changedFields(body, toBody(base)) });
      // Saved changes need no confirmation.
      form.resetDirty();
      notify(t(entry === undefined ? 'notice.created' : 'notice.saved', { name: body.name }));
      if (thenConnect) connect({ entryId: id, name: body.name });
      else await navigate({ to: '/servers/$entryId', params: { entryId: String(id) } });
    } catch (error) {
      if (!showFieldErrors(form, error)) setProblem(error);
    }
  };
  const submit = (thenConnect: boolean) => form.onSubmit((values) => void save(values, thenConnect), focusFirstError);
  const wasRefused = problemOf(problem)?.error === 'precondition_failed';
  const busy = create.isPending || update.isPending;
  const cancel = () =>
    void navigate(
      entry === undefined ? { to: '/servers' } : { to: '/servers/$entryId', params: { entryId: String(entry.id) } },
    );

  return (
    <Page
      title={title}
      breadcrumb={breadcrumb}
      actions={
        <>
          <Button variant="subtle" color="gray" onClick={cancel}>
            {t('form.cancel')}
          </Button>
          <Button variant="default" onClick={() => submit(true)()} disabled={busy}>
            {t('form.saveAndConnect')}
          </Button>
          <Button type="submit" form={formId} loading={busy}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={classes['form']} onSubmit={submit(false)} noValidate>
        {/* The person's own save also changes the server. */}
        {onReload !== undefined && (wasRefused || (isOvertaken && update.isIdle)) && (
          <ChangedMeanwhile title={t('form.overtaken')} onApply={() => void applyToCurrent()} />
        )}
        {merge.conflicts !== undefined && (
          <Merged index={index} values={form.values} merge={merge} conflicts={merge.conflicts} />
        )}
        {!wasRefused && <ProblemAlert error={problem} />}
        <MainFields form={form} index={index} />
        <IdentityPicker
          ids={form.values.identities}
          error={form.errors['identities']}
          onChange={(ids) => form.setFieldValue('identities', ids)}
        />
        <AdvancedFields form={form} index={index} entryId={entry?.id} missingJumps={missingJumps} />
      </form>
      <LeaveGuard isDirty={() => form.isDirty()} />
    </Page>
  );
}

/** Moves the focus to the first invalid field. */
function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${formId} [aria-invalid='true']`)?.focus());
}
