import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import type { TFunction } from 'i18next';
import { Chip, Status, type Tone } from '../../ui/chip.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { Ago } from '../../ui/time.tsx';
import { algorithmName, conditionOf, type Condition } from './condition.ts';
import classes from './identities-page.module.css';
import { oldestSecretOf } from './stored-since.ts';

type T = TFunction<'identities'>;

const severity: Readonly<Record<Condition, number>> = { unreadable: 0, incomplete: 1, locked: 2, weak: 3, ready: 4 };
const tones: Readonly<Record<Condition, Tone>> = {
  unreadable: 'bad',
  incomplete: 'warn',
  locked: 'warn',
  weak: 'warn',
  ready: 'ok',
};

/** The columns of the list, in the language of `t`. */
export function identityColumns(t: T, organizations: readonly Organization[]): readonly Column<Identity>[] {
  const names = new Map(organizations.map(({ id, name }) => [id, name]));
  const scopeName = (identity: Identity) => nameOfScope(t, names, identity);
  return [
    {
      id: 'name',
      header: t('columns.name'),
      width: 'minmax(112px, 1.5fr)',
      value: ({ name }) => name,
      cell: ({ name }) => (
        <span className={classes['name']} title={name}>
          {name}
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('columns.kind'),
      width: 'minmax(104px, 0.7fr)',
      wide: 740,
      value: ({ type }) => t(`kinds.${type}`),
      cell: ({ type }) => <span className={classes['muted']}>{t(`kinds.${type}`)}</span>,
    },
    {
      id: 'username',
      header: t('columns.username'),
      width: 'minmax(64px, 1fr)',
      wide: 560,
      value: ({ username }) => username ?? '',
      cell: ({ username }) => <Username value={username} />,
    },
    {
      id: 'scope',
      header: t('columns.scope'),
      width: 'minmax(76px, 0.8fr)',
      wide: 480,
      value: scopeName,
      cell: (identity) => <Scope identity={identity} name={scopeName(identity)} />,
    },
    fingerprintColumn(t),
    ...usageColumns(t),
    {
      id: 'state',
      header: t('columns.state'),
      width: '92px',
      value: (identity) => severity[conditionOf(identity)],
      cell: (identity) => <State condition={conditionOf(identity)} t={t} />,
    },
  ];
}

function fingerprintColumn(t: T): Column<Identity> {
  return {
    id: 'fingerprint',
    header: t('columns.fingerprint'),
    width: '186px',
    wide: 900,
    value: ({ key }) => `${key?.algorithm ?? ''} ${String(key?.bits ?? '').padStart(6)} ${key?.fingerprint ?? ''}`,
    cell: ({ key }) =>
      typeof key?.fingerprint === 'string' ? (
        <span className={classes['faint']}>
          <Fingerprint value={key.fingerprint} short />{' '}
          <span className="mono">{algorithmName(key)?.toLowerCase()}</span>
        </span>
      ) : (
        <Nothing />
      ),
  };
}

function usageColumns(t: T): readonly Column<Identity>[] {
  return [
    {
      id: 'usedBy',
      header: t('columns.usedBy'),
      width: '56px',
      wide: 620,
      value: ({ usedBy }) => usedBy,
      cell: ({ usedBy }) => usedBy,
    },
    {
      id: 'lastUsed',
      header: t('columns.lastUsed'),
      width: '88px',
      wide: 820,
      value: ({ lastUsedAt }) => (lastUsedAt === null ? 0 : Date.parse(lastUsedAt)),
      cell: ({ lastUsedAt }) => (
        <span className={classes['muted']}>
          <Ago at={lastUsedAt} never={t('never')} />
        </span>
      ),
    },
    {
      id: 'stored',
      header: t('columns.stored'),
      width: '88px',
      wide: 1_000,
      value: (identity) => Date.parse(oldestSecretOf(identity)),
      cell: (identity) => (
        <span className={classes['muted']}>
          <Ago at={oldestSecretOf(identity)} />
        </span>
      ),
    },
  ];
}

/** The content of the columns that a phone does not show. */
export function identityDetail(t: T): (identity: Identity) => string {
  return ({ type, username, usedBy }) =>
    [t(`kinds.${type}`), username, usedBy === 0 ? null : t('usage.title', { count: usedBy })]
      .filter((part) => part !== null)
      .join(' · ');
}

function nameOfScope(t: T, names: ReadonlyMap<number, string>, { organizationId }: Identity): string {
  if (organizationId === null) return t('scope.mine');
  return names.get(organizationId) ?? t('scope.unknown', { id: organizationId });
}

/** The owner, as a badge. */
export function Scope({ identity, name }: { readonly identity: Identity; readonly name: string }) {
  return <Chip tone={identity.organizationId === null ? 'neutral' : 'org'}>{name}</Chip>;
}

function Username({ value }: { readonly value: string | null }) {
  return value === null ? <Nothing /> : <span className="mono">{value}</span>;
}

function Nothing() {
  return <span className={classes['faint']}>–</span>;
}

/** The condition of an identity: a dot if it is good, a badge if it needs attention. */
export function State({ condition, t }: { readonly condition: Condition; readonly t: T }) {
  const words = t(`condition.${condition}`);
  return condition === 'ready' ? <Status tone="ok">{words}</Status> : <Chip tone={tones[condition]}>{words}</Chip>;
}
