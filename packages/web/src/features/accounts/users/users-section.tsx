import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconApi,
  IconBan,
  IconDots,
  IconKey,
  IconPlus,
  IconSearch,
  IconShield,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../../ui/chip.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useMe, userPages, type User } from '../queries.ts';
import { NewUser } from './new-user.tsx';
import { UserDialog, type UserQuestion } from './user-dialog.tsx';
import classes from './users-section.module.css';

const searchDelayMs = 200;

/** The accounts of the server; for administrators. */
export function UsersSection() {
  const { t } = useTranslation('accounts');
  const [search, setSearch] = useState('');
  const [sought] = useDebouncedValue(search, searchDelayMs);
  const [making, setMaking] = useState(false);
  const [question, setQuestion] = useState<UserQuestion>();
  const { data, error, isPending, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(userPages(sought.trim()));
  const users = useMemo(() => data?.pages.flatMap((page) => page.users) ?? [], [data]);
  const columns = useColumns(setQuestion);
  return (
    <div className={classes['root']}>
      <div className={classes['bar']}>
        <TextInput
          className={classes['search']}
          type="search"
          aria-label={t('users.search')}
          placeholder={t('users.search')}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className={classes['count']} role="status">
          {data?.pages[0] !== undefined && t('users.count', { count: data.pages[0].total })}
        </span>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('users.new')}
        </Button>
      </div>
      <ProblemAlert error={error} />
      <DataTable
        label={t('users.title')}
        rows={users}
        columns={columns}
        idOf={idOf}
        nameOf={nameOf}
        detail={detailOf}
        loading={isPending}
        onEnd={hasNextPage && !isFetching ? () => void fetchNextPage() : undefined}
        empty={<EmptyState icon={IconUsers} title={t('users.none')} text={t('users.noneText')} />}
      />
      {making && <NewUser onClose={() => setMaking(false)} />}
      <UserDialog question={question} onClose={() => setQuestion(undefined)} />
    </div>
  );
}

function idOf({ id }: User): string {
  return String(id);
}

function nameOf({ username }: User): string {
  return username;
}

function detailOf(user: User) {
  return <State user={user} />;
}

function useColumns(ask: (question: UserQuestion) => void): readonly Column<User>[] {
  const { t } = useTranslation('accounts');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('users.name'),
        width: 'minmax(140px, 2fr)',
        value: ({ firstName, lastName }) => `${firstName} ${lastName}`,
        cell: ({ firstName, lastName }) => (
          <strong className={classes['name']}>
            {firstName} {lastName}
          </strong>
        ),
      },
      {
        id: 'username',
        header: t('register.username'),
        width: 'minmax(100px, 1fr)',
        value: ({ username }) => username,
        cell: ({ username }) => <span className="mono">{username}</span>,
      },
      {
        id: 'state',
        header: t('users.state'),
        width: 'minmax(110px, 1fr)',
        wide: 560,
        value: ({ isAdmin, disabled }) => Number(disabled) * 2 + Number(isAdmin),
        cell: (user) => <State user={user} />,
      },
      {
        id: 'created',
        header: t('users.created'),
        width: '120px',
        wide: 620,
        value: ({ createdAt }) => createdAt,
        cell: ({ createdAt }) => <Ago at={createdAt} />,
      },
      { id: 'actions', header: '', width: '32px', value: () => '', cell: (user) => <Actions user={user} ask={ask} /> },
    ],
    [t, ask],
  );
}

function State({ user: { isAdmin, disabled } }: { readonly user: User }) {
  const { t } = useTranslation('accounts');
  if (disabled) return <Chip tone="bad">{t('users.disabled')}</Chip>;
  return isAdmin ? <Chip tone="accent">{t('profile.administrator')}</Chip> : <Chip>{t('users.user')}</Chip>;
}

interface ActionsProps {
  readonly user: User;
  readonly ask: (question: UserQuestion) => void;
}

function Actions({ user, ask }: ActionsProps) {
  const { t } = useTranslation('accounts');
  const { id } = useMe();
  const own = id === user.id;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('users.actionsOf', { name: user.username })}>
          <IconDots size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconShield size={16} aria-hidden />}
          onClick={() => ask({ kind: user.isAdmin ? 'demote' : 'promote', user })}
        >
          {user.isAdmin ? t('users.demote.menu') : t('users.promote.menu')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKey size={16} aria-hidden />}
          disabled={own}
          onClick={() => ask({ kind: 'password', user })}
        >
          {t('users.password.menu')}
        </Menu.Item>
        <Menu.Item leftSection={<IconApi size={16} aria-hidden />} onClick={() => ask({ kind: 'apiKeys', user })}>
          {t('users.apiKeys.menu')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBan size={16} aria-hidden />}
          disabled={own}
          onClick={() => ask({ kind: user.disabled ? 'enable' : 'disable', user })}
        >
          {user.disabled ? t('users.enable.menu') : t('users.disable.menu')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={own}
          onClick={() => ask({ kind: 'delete', user })}
        >
          {t('users.delete.menu')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
