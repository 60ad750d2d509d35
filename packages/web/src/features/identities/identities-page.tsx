import type { Identity } from '@gatehouse/contract/identities';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconKey, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { organizationList } from '../organizations/queries.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FacetRow } from './facet-row.tsx';
import { countAttention, select, type Facets } from './facets.ts';
import classes from './identities-page.module.css';
import { identityColumns, identityDetail } from './identity-columns.tsx';
import { IdentityPanel } from './panel/identity-panel.tsx';
import { identityList } from './queries.ts';

const route = getRouteApi('/shell/identities');
const none: readonly never[] = [];
/** The delay after which a typed search is written to the address, in milliseconds. */
const addressDelayMs = 300;

/** The list of identities, with the details of one beside it. */
export function IdentitiesPage() {
  const { t } = useTranslation('identities');
  const { data: identities, isPending, isFetching, error } = useQuery(identityList);
  const { data: organizations = none } = useQuery(organizationList);
  const { facets, change, search, setSearch } = useFacets();
  const [now] = useState(() => Date.now());
  const text = useDeferredValue(search);
  const shown = useMemo(
    () => select(identities ?? none, { ...facets, search: text }, now),
    [identities, facets, text, now],
  );
  const attention = useMemo(
    () => countAttention(identities ?? none, facets.scope, now),
    [identities, facets.scope, now],
  );
  const columns = useMemo(() => identityColumns(t, organizations), [t, organizations]);
  const detail = useMemo(() => identityDetail(t), [t]);
  const [selected, setSelected] = useState<readonly string[]>(none);
  const chosen = useChosen(shown, selected);
  const { openedId, open, close } = useOpened();

  return (
    <Page
      title={t('title')}
      count={identities?.length}
      scrolls={false}
      actions={
        <>
          <SearchField value={search} onChange={setSearch} />
          <Button component={Link} to="/identities/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('new')}
          </Button>
        </>
      }
      toolbar={<FacetRow facets={facets} organizations={organizations} attention={attention} onChange={change} />}
    >
      <div className={classes['split']} data-opened={openedId !== undefined || undefined}>
        <div className={classes['list']}>
          <ProblemAlert error={error} />
          <div className={classes['table']}>
            <DataTable
              label={t('title')}
              rows={shown}
              columns={columns}
              idOf={idOf}
              nameOf={nameOf}
              detail={detail}
              openedId={openedId}
              onOpen={open}
              selected={chosen.ids}
              onSelect={setSelected}
              loading={isPending}
              empty={
                <Empty
                  filtered={(identities?.length ?? 0) > 0}
                  onClear={() => {
                    setSearch('');
                    change({ scope: undefined, only: undefined, kind: undefined });
                  }}
                />
              }
            />
          </div>
          {chosen.identities.length > 0 && (
            <BulkBar identities={chosen.identities} organizations={organizations} onDone={() => setSelected(none)} />
          )}
        </div>
        {openedId !== undefined && (
          <IdentityPanel
            key={openedId}
            identity={identities?.find(({ id }) => String(id) === openedId)}
            loading={isFetching}
            organizations={organizations}
            onClose={close}
          />
        )}
      </div>
    </Page>
  );
}

function idOf({ id }: Identity): string {
  return String(id);
}

function nameOf({ name }: Identity): string {
  return name;
}

/** The selected rows that are visible: a bulk action must not include hidden rows. */
function useChosen(shown: readonly Identity[], selected: readonly string[]) {
  return useMemo(() => {
    const wanted = new Set(selected);
    const identities = wanted.size === 0 ? none : shown.filter((identity) => wanted.has(idOf(identity)));
    return { identities, ids: identities.map(idOf) };
  }, [shown, selected]);
}

/** The facets of the address. A typed search takes effect at once, and is written to the address a little later. */
function useFacets() {
  const facets = route.useSearch();
  const navigate = useNavigate();
  const [search, setText] = useState(facets.search ?? '');
  function change(next: Partial<Facets>): void {
    void navigate({ to: '.', search: (old: Facets) => ({ ...old, ...next }), replace: true });
  }
  const remember = useDebouncedCallback(
    (text: string) => change({ search: text === '' ? undefined : text }),
    addressDelayMs,
  );
  function setSearch(text: string): void {
    setText(text);
    remember(text);
  }
  return { facets, change, search, setSearch };
}

/** The identity of the address. */
function useOpened() {
  const { identityId: openedId } = useParams({ strict: false });
  const navigate = useNavigate();
  return {
    openedId,
    open: ({ id }: Identity) => {
      void navigate({ to: '/identities/$identityId', params: { identityId: String(id) }, search: true });
    },
    close: () => {
      void navigate({ to: '/identities', search: true });
      // Returns the focus to the row; it may be rendered only with the next frame.
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('[role="grid"] [role="row"][tabindex="0"]')?.focus(),
      );
    },
  };
}

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SearchField({ value, onChange }: SearchFieldProps) {
  const { t } = useTranslation('identities');
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => field.current?.focus()]]);
  return (
    <TextInput
      ref={field}
      type="search"
      className={classes['search'] ?? ''}
      aria-label={t('search')}
      placeholder={t('search')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={<kbd className={classes['key']}>/</kbd>}
    />
  );
}

function Empty({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation('identities');
  return filtered ? (
    <EmptyState icon={IconSearch} title={t('empty.filteredTitle')} text={t('empty.filteredText')}>
      <Button variant="default" onClick={onClear}>
        {t('empty.clear')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState icon={IconKey} title={t('empty.title')} text={t('empty.text')}>
      <Button component={Link} to="/identities/new">
        {t('new')}
      </Button>
    </EmptyState>
  );
}
