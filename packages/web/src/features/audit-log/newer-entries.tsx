import type { AuditFilter } from '@gatehouse/contract/audit';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { auditLog, newestEntry } from './queries.ts';

interface NewerEntriesProps {
  readonly filter: AuditFilter;
  /** How many matched when the list was read. */
  readonly known: number;
}

/** Shows that there are newer entries, and loads them on request: a list that moves by itself cannot be read. */
export function NewerEntries({ filter, known }: NewerEntriesProps) {
  const { t } = useTranslation('auditLog');
  const client = useQueryClient();
  const { data } = useQuery(newestEntry(filter));
  const count = (data?.total ?? known) - known;
  return (
    <span role="status">
      {count > 0 && (
        <>
          {t('newer', { count })}{' '}
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => void client.resetQueries({ queryKey: auditLog(filter).queryKey })}
          >
            {t('show')}
          </Button>
        </>
      )}
    </span>
  );
}
