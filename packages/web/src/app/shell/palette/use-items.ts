import type { Entry } from '@gatehouse/contract/entries';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAddress, parseQuickAddress } from '../../../features/entries/address.ts';
import { useConnect } from '../../../features/entries/commands.ts';
import { recentEntries, servers } from '../../../features/entries/queries.ts';
import { useQuickConnect } from '../../../features/entries/quick-connect.ts';
import { identityList } from '../../../features/identities/queries.ts';
import { organizationList } from '../../../features/organizations/queries.ts';
import { find, searchable, type Item } from './find.ts';
import { useActions } from './use-actions.ts';
import { useTabItems } from './use-tab-items.ts';

/** Where the palette searches: everywhere, or in the open tabs. */
export type Scope = 'all' | 'tabs';

const noEntries: readonly Entry[] = [];

/** The results of the palette for a query; for an empty query the recent servers, then the actions. */
export function useItems(typed: string, scope: Scope = 'all'): readonly Item[] {
  const { t } = useTranslation();
  const actions = useActions();
  const terminals = useTabItems();
  const quickConnect = useQuickConnect();
  const toItem = useServerItem();
  const resources = useResources(toItem);
  const { data: recents = noEntries } = useQuery(recentEntries);
  const sought = useDeferredValue(typed);
  const all = useMemo(
    () => (scope === 'tabs' ? terminals : [...terminals, ...resources, ...actions]).map(searchable),
    [scope, terminals, resources, actions],
  );
  return useMemo(() => {
    if (scope === 'tabs')
      return sought.trim() === '' ? terminals : withNumberFirst(find(all, sought), terminals, sought);
    if (sought.trim() === '') return [...terminals, ...recents.map((entry) => toItem(entry)), ...actions];
    const found = find(all, sought);
    const address = parseQuickAddress(sought);
    // A single word is a search; a user, a port or a command means an address.
    if (address === undefined || !/[@:]|^ssh\s/.test(sought.trim())) return found;
    const name = t('palette.connectTo', { address: formatAddress(address) });
    return [{ key: 'quick', kind: 'server', name, run: () => void quickConnect(sought) }, ...found];
  }, [sought, scope, terminals, recents, toItem, actions, all, t, quickConnect]);
}

/** Typing the number of a tab finds it, whatever its name. */
function withNumberFirst(found: readonly Item[], terminals: readonly Item[], typed: string): readonly Item[] {
  const numbered = /^\d+$/.test(typed.trim()) ? terminals[Number(typed) - 1] : undefined;
  return numbered === undefined ? found : [numbered, ...found.filter(({ key }) => key !== numbered.key)];
}

/** Servers, identities and organizations that the person sees. */
function useResources(toItem: (entry: Entry) => Item): readonly Item[] {
  const navigate = useNavigate();
  const { data: index } = useQuery(servers);
  const { data: identities } = useQuery(identityList);
  const { data: organizations } = useQuery(organizationList);
  return useMemo(
    () => [
      ...(index?.entries.values() ?? []).map(({ entry }) => toItem(entry)),
      ...(identities ?? []).map(({ id, name, username }): Item => ({
        key: `identity-${id}`,
        kind: 'identity',
        name,
        ...(username === null ? {} : { detail: username }),
        run: () => void navigate({ to: '/identities/$identityId', params: { identityId: String(id) } }),
      })),
      ...(organizations ?? []).map(({ id, name }): Item => ({
        key: `organization-${id}`,
        kind: 'organization',
        name,
        run: () => void navigate({ to: '/organizations/$organizationId', params: { organizationId: String(id) } }),
      })),
    ],
    [index, identities, organizations, toItem, navigate],
  );
}

function useServerItem(): (entry: Entry) => Item {
  const navigate = useNavigate();
  const connect = useConnect();
  return useMemo(
    () =>
      ({ id, name, ip }: Entry): Item => ({
        key: `server-${id}`,
        kind: 'server',
        name,
        detail: ip,
        run: () => connect({ entryId: id, name }),
        runOther: () => void navigate({ to: '/servers/$entryId', params: { entryId: String(id) } }),
      }),
    [navigate, connect],
  );
}
