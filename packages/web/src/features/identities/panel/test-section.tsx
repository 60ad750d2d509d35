import type { Identity } from '@gatehouse/contract/identities';
import { Button, Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../lib/api.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Status } from '../../../ui/chip.tsx';
import { StepLog } from '../../../ui/step-log.tsx';
import { useTestIdentity } from '../changes.ts';
import { serverChoices, usageOf } from '../queries.ts';
import { HostKeyQuestion } from './host-key-question.tsx';
import classes from './identity-panel.module.css';

const searchDelayMs = 200;

interface TestSectionProps {
  readonly identity: Identity;
  readonly manages: boolean;
}

/** Tests the identity on a server and shows the connection log. */
export function TestSection({ identity, manages }: TestSectionProps) {
  const { t } = useTranslation('identities');
  const choices = useServerChoices(identity.id);
  const [chosenId, setChosenId] = useState<string | null>();
  const entryId = chosenId === undefined ? choices.firstInUse : chosenId;
  const test = useTestIdentity(identity.id);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [test.status]);
  function run(): void {
    if (typeof entryId === 'string') test.mutate(Number(entryId));
  }
  return (
    <section ref={section} aria-label={t('test.title')}>
      <h3 className={classes['heading']}>{t('test.title')}</h3>
      <div className={classes['testBar']}>
        <Select
          aria-label={t('test.server')}
          placeholder={t('test.placeholder')}
          nothingFoundMessage={t('test.nothing')}
          searchable
          autoFocus
          data={choices.data}
          filter={({ options }) => options}
          onSearchChange={choices.setSearch}
          value={entryId ?? null}
          onChange={(value) => {
            setChosenId(value);
            test.reset();
          }}
        />
        <Button disabled={typeof entryId !== 'string'} loading={test.isPending} onClick={run}>
          {t(test.isIdle ? 'test.run' : 'test.again')}
        </Button>
      </div>
      <div role="status">
        {test.isPending && (
          <p className={classes['hint']}>
            <Loader size={12} aria-hidden /> {t('test.running')}
          </p>
        )}
        {test.data !== undefined && (
          <div className={classes['result']}>
            <StepLog steps={test.data.steps} />
            <p className={classes['verdict']}>
              <Status tone={test.data.ok ? 'ok' : 'bad'}>{test.data.ok ? t('test.ok') : test.data.message}</Status>
            </p>
          </div>
        )}
      </div>
      {test.error !== null && (
        <Refusal
          error={test.error}
          identity={identity}
          manages={manages}
          entryId={entryId ?? ''}
          onRetry={run}
          onCancel={test.reset}
        />
      )}
    </section>
  );
}

/** The servers that use the identity come first, then the others whose name or address matches. */
function useServerChoices(identityId: number) {
  const { t } = useTranslation('identities');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, searchDelayMs);
  const { data: usage } = useQuery(usageOf(identityId));
  const inUse = usage?.entries ?? [];
  const known = new Set(inUse.map(({ id }) => id));
  const { data: found = [] } = useQuery(serverChoices(asked === labelOf(inUse[0]) ? '' : asked));
  const text = search.toLocaleLowerCase();
  const fits = (label: string) => text === '' || label.toLocaleLowerCase().includes(text);
  const group = (entries: readonly { id: number; name: string; host: string }[]) =>
    entries.map((entry) => ({ value: String(entry.id), label: labelOf(entry) }));
  return {
    firstInUse: inUse[0] === undefined ? null : String(inUse[0].id),
    setSearch,
    data: [
      { group: t('test.inUse'), items: group(inUse).filter(({ label }) => fits(label)) },
      {
        group: t('test.others'),
        items: group(found.filter(({ id }) => !known.has(id)).map((entry) => ({ ...entry, host: entry.ip }))),
      },
    ].filter(({ items }) => items.length > 0),
  };
}

function labelOf(entry: { readonly name: string; readonly host: string } | undefined): string {
  return entry === undefined ? '' : `${entry.name} · ${entry.host}`;
}

interface RefusalProps {
  readonly error: unknown;
  readonly identity: Identity;
  readonly manages: boolean;
  readonly entryId: string;
  readonly onRetry: () => void;
  readonly onCancel: () => void;
}

/** Why the test was not started, and the next step. */
function Refusal({ error, identity, manages, entryId, onRetry, onCancel }: RefusalProps) {
  const { t } = useTranslation('identities');
  const problem = problemOf(error);
  if (problem?.hostKey !== undefined)
    return <HostKeyQuestion hostKey={problem.hostKey} onTrusted={onRetry} onCancel={onCancel} />;
  return (
    <div className={classes['result']}>
      {problem?.steps !== undefined && <StepLog steps={problem.steps} />}
      <ProblemAlert error={error} />
      {problem?.error === 'link_suspended' && (
        <>
          <p className={classes['hint']}>{t('test.suspendedText')}</p>
          <Link to="/servers/$entryId" params={{ entryId }}>
            {t('test.toServer')}
          </Link>
        </>
      )}
      {problem?.error === 'credential_required' && manages && (
        <Link to="/identities/$identityId/edit" params={{ identityId: String(identity.id) }}>
          {t('test.storeMissing')}
        </Link>
      )}
    </div>
  );
}
