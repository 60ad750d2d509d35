import { Autocomplete, Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notice.tsx';
import { problemOf } from '../../lib/api.ts';
import { worded } from '../../lib/messages.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import classes from './invite-form.module.css';
import { accountSearch, useInviteMember, type Member } from './queries.ts';

/** The search starts after a pause of this length. */
const pauseMs = 200;

interface InviteFormProps {
  readonly organizationId: number;
  readonly members: readonly Member[];
}

/** Invites an account by its username, with suggestions. */
export function InviteForm({ organizationId, members }: InviteFormProps) {
  const { t } = useTranslation('organizations');
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text.trim(), pauseMs);
  const { data: found = [] } = useQuery(accountSearch(sought));
  const { mutate, isPending, error, reset } = useInviteMember(organizationId);
  const belonging = new Set(members.map(({ username }) => username));
  const names = new Map(found.map(({ username, firstName, lastName }) => [username, `${firstName} ${lastName}`]));
  const said = fieldMessage(error);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = text.trim();
    if (name === '' || isPending) return;
    mutate(name, {
      onSuccess: () => {
        setText('');
        notify(t('invite.done', { name }));
      },
    });
  }

  return (
    <form className={classes['root']} onSubmit={submit}>
      <Autocomplete
        className={classes['field'] ?? ''}
        label={t('invite.label')}
        placeholder={t('invite.placeholder')}
        value={text}
        onChange={(value) => {
          setText(value);
          reset();
        }}
        data={found.map(({ username }) => ({ value: username, disabled: belonging.has(username) }))}
        filter={({ options }) => options}
        renderOption={({ option: { value } }) => (
          <span className={classes['option']}>
            <span>{names.get(value)}</span>
            <span className={classes['username']}>{value}</span>
            {belonging.has(value) && <span className={classes['username']}>{t('invite.taken')}</span>}
          </span>
        )}
        error={said}
        comboboxProps={{ withinPortal: false }}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Button type="submit" variant="default" disabled={text.trim() === ''} loading={isPending}>
        {t('invite.submit')}
      </Button>
      {said === undefined && <ProblemAlert error={error} />}
    </form>
  );
}

/** Errors about the name are shown at the field. */
function fieldMessage(error: unknown): string | undefined {
  const problem = problemOf(error);
  return problem?.error === 'not_found' || problem?.error === 'conflict' ? worded(problem, 'message') : undefined;
}
