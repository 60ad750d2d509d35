import { auditOutcomes } from '@gatehouse/contract/audit-names';
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organizationList } from '../organizations/queries.ts';
import { ActionSelect } from './action-select.tsx';
import classes from './filter-bar.module.css';
import type { AuditSearch } from './filter.ts';
import { PeriodSelect } from './period-select.tsx';
import { metadata } from './queries.ts';

interface FilterBarProps {
  readonly search: AuditSearch;
  readonly onChange: (search: AuditSearch) => void;
}

/** The filters of the log: organization, actor, action, outcome, time. */
export function FilterBar({ search, onChange }: FilterBarProps) {
  const { t } = useTranslation('auditLog');
  const { data: organizations = [] } = useQuery(organizationList);
  const { data: known } = useQuery(metadata);
  const { organizationId, actor } = search;
  const actors = withChosen(known?.actors.map(({ value }) => value).filter((value) => value !== '') ?? [], actor);
  const options = organizations.map(({ id, name }) => ({ value: String(id), label: name }));
  const isKnown = organizationId === undefined || options.some(({ value }) => value === String(organizationId));
  const personal = { value: 'personal', label: t('filters.personal') };
  const elsewhere = { value: String(organizationId), label: `#${organizationId ?? ''}` };
  return (
    <div className={classes['root']} role="group" aria-label={t('filters.title')}>
      <Select
        className={classes['place'] ?? ''}
        aria-label={t('filters.where')}
        placeholder={t('filters.everywhere')}
        data={[personal, ...options, ...(isKnown || organizationId === 'personal' ? [] : [elsewhere])]}
        value={organizationId === undefined ? null : String(organizationId)}
        onChange={(value) => {
          onChange({ ...search, organizationId: organizationOf(value) });
        }}
        clearable
      />
      <Select
        className={classes['who'] ?? ''}
        aria-label={t('filters.who')}
        placeholder={t('filters.everybody')}
        data={actors}
        value={actor ?? null}
        onChange={(value) => {
          onChange({ ...search, actor: value ?? undefined });
        }}
        searchable
        clearable
      />
      <ActionSelect
        className={classes['what'] ?? ''}
        actions={known?.actions ?? []}
        value={search.action}
        onChange={(action) => {
          onChange({ ...search, action });
        }}
      />
      <Select
        className={classes['outcome'] ?? ''}
        aria-label={t('filters.outcome')}
        placeholder={t('filters.anyOutcome')}
        data={auditOutcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        value={search.outcome ?? null}
        onChange={(value) => {
          onChange({ ...search, outcome: auditOutcomes.find((outcome) => outcome === value) });
        }}
        clearable
      />
      <PeriodSelect
        period={search}
        onChange={({ startDate, endDate }) => {
          onChange({ ...search, startDate, endDate });
        }}
      />
      {Object.values(search).some((value) => value !== undefined) && (
        <Button
          variant="subtle"
          color="gray"
          className={classes['clear'] ?? ''}
          onClick={() => {
            onChange({});
          }}
        >
          {t('filters.clear')}
        </Button>
      )}
    </div>
  );
}

function organizationOf(value: string | null): AuditSearch['organizationId'] {
  if (value === null) return undefined;
  return value === 'personal' ? value : Number(value);
}

/** A value from the address is offered even if the log has no entry with it. */
function withChosen(values: readonly string[], chosen: string | undefined): string[] {
  return chosen === undefined || values.includes(chosen) ? [...values] : [chosen, ...values];
}
