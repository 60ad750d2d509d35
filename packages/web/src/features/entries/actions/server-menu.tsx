import type { Entry } from '@gatehouse/contract/entries';
import { Menu } from '@mantine/core';
import {
  IconArrowsMove,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconInfoCircle,
  IconKey,
  IconLayoutColumns,
  IconLink,
  IconPencil,
  IconStar,
  IconStarOff,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../lib/clipboard.ts';
import { identityList } from '../../identities/queries.ts';
import { usePreferences, useChangePreferences } from '../../accounts/queries.ts';
import { useConnect, useConnectBeside } from '../commands.ts';
import { notify, notifyProblem } from '../../../ui/notice.tsx';
import { servers, useDuplicateEntry } from '../queries.ts';
import { commandFor } from './command-for.ts';
import type { Question } from './dialogs.tsx';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
/** More do not fit in a menu; the form of the server has all of them. */
const mostOthers = 8;

interface ServerMenuProps {
  readonly entry: Entry;
  readonly onAsk: (question: Question) => void;
  /** Absent if the name cannot be edited here. */
  readonly onRename?: (() => void) | undefined;
  /** Whether the page of the server is shown already. */
  readonly onItsPage?: boolean;
}

/** The menu items for a server. */
export function ServerMenu({ entry, onAsk, onRename, onItsPage = false }: ServerMenuProps) {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const connect = useConnect();
  const { can } = entry;
  const params = { entryId: String(entry.id) };
  return (
    <>
      {can.use.includes('terminal') && (
        <>
          <Menu.Item
            leftSection={<IconTerminal2 {...icon} />}
            onClick={() => connect({ entryId: entry.id, name: entry.name })}
          >
            {t('menu.connect')}
          </Menu.Item>
          <ConnectBeside entry={entry} />
          <ConnectWith entry={entry} />
          <Menu.Divider />
        </>
      )}
      {!onItsPage && (
        <Menu.Item
          leftSection={<IconInfoCircle {...icon} />}
          onClick={() => void navigate({ to: '/servers/$entryId', params })}
        >
          {t('menu.details')}
        </Menu.Item>
      )}
      {can.update && (
        <Menu.Item
          leftSection={<IconPencil {...icon} />}
          onClick={() => void navigate({ to: '/servers/$entryId/edit', params })}
        >
          {t('menu.edit')}
        </Menu.Item>
      )}
      {can.update && onRename !== undefined && (
        <Menu.Item leftSection={<IconCursorText {...icon} />} rightSection={<Key name="F2" />} onClick={onRename}>
          {t('menu.rename')}
        </Menu.Item>
      )}
      {can.duplicate && <Duplicate entry={entry} />}
      <CopyCommand entry={entry} />
      {can.use.includes('terminal') && <CopyLink entryId={entry.id} />}
      <Favourite entryId={entry.id} />
      {can.move && (
        <Menu.Item leftSection={<IconArrowsMove {...icon} />} onClick={() => onAsk({ kind: 'move', node: entry })}>
          {t('menu.move')}
        </Menu.Item>
      )}
      {can.delete && (
        <>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash {...icon} />}
            onClick={() => onAsk({ kind: 'delete-server', entry })}
          >
            {t('menu.delete')}
          </Menu.Item>
        </>
      )}
    </>
  );
}

/** The shortcut of a menu item. */
export function Key({ name }: { readonly name: string }) {
  return <span style={{ color: 'var(--text-3)', fontSize: 11 }}>{name}</span>;
}

function ConnectBeside({ entry: { id, name } }: { readonly entry: Entry }) {
  const { t } = useTranslation('entries');
  const connect = useConnectBeside();
  if (connect === undefined) return null;
  return (
    // A phone shows one pane at a time.
    <Menu.Item
      visibleFrom="xs"
      leftSection={<IconLayoutColumns {...icon} />}
      onClick={() => connect({ entryId: id, name })}
    >
      {t('menu.connectBeside')}
    </Menu.Item>
  );
}

/** The identities of the server, then the others that the person may use for any server. */
function ConnectWith({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('entries');
  const connect = useConnect();
  const { data: identities = [] } = useQuery(identityList);
  const linked = entry.identities.flatMap((id) => identities.find((identity) => identity.id === id) ?? []);
  const others = identities.filter(({ id, can }) => !entry.identities.includes(id) && can.confirm).slice(0, mostOthers);
  const item = ({ id, name, username }: (typeof identities)[number]) => (
    <Menu.Item
      key={id}
      rightSection={<span className="mono">{username}</span>}
      onClick={() => connect({ entryId: entry.id, name: entry.name, identityId: id })}
    >
      {name}
    </Menu.Item>
  );
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconKey {...icon} />}>{t('menu.connectWith')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {linked.length > 0 && <Menu.Label>{t('menu.linked')}</Menu.Label>}
        {linked.map(item)}
        {others.length > 0 && linked.length > 0 && <Menu.Label>{t('menu.otherIdentities')}</Menu.Label>}
        {others.map(item)}
        {linked.length + others.length === 0 && <Menu.Item disabled>{t('menu.noIdentities')}</Menu.Item>}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function Duplicate({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const { mutateAsync } = useDuplicateEntry();
  // The menu is unmounted when the answer arrives, so this must not be a callback of the component.
  const act = () =>
    mutateAsync(entry.id).then(({ id }) => {
      notify(t('notice.duplicated', { name: entry.name }));
      return navigate({ to: '/servers/$entryId', params: { entryId: String(id) } });
    }, notifyProblem);
  return (
    <Menu.Item leftSection={<IconCopyPlus {...icon} />} onClick={() => void act()}>
      {t('menu.duplicate')}
    </Menu.Item>
  );
}

function CopyCommand({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('entries');
  const { data: index } = useQuery(servers);
  const { data: identities = [] } = useQuery(identityList);
  if (entry.protocol !== 'ssh' || index === undefined) return null;
  const copy = async () => {
    const isCopied = await copyText(commandFor(index, identities, entry));
    notify(t(isCopied ? 'notice.copied' : 'notice.notCopied'));
  };
  return (
    <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void copy()}>
      {t('menu.copyCommand')}
    </Menu.Item>
  );
}

/** Copies a link that offers to connect to the server. */
function CopyLink({ entryId }: { readonly entryId: number }) {
  const { t } = useTranslation('entries');
  const copy = async () => {
    const isCopied = await copyText(`${window.location.origin}/servers/${entryId}/connect`);
    notify(t(isCopied ? 'notice.linkCopied' : 'notice.notCopied'));
  };
  return (
    <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => void copy()}>
      {t('menu.copyLink')}
    </Menu.Item>
  );
}

function Favourite({ entryId }: { readonly entryId: number }) {
  const { t } = useTranslation('entries');
  const { favourites } = usePreferences();
  const { mutateAsync } = useChangePreferences();
  const marked = favourites.includes(entryId);
  const next = marked ? favourites.filter((id) => id !== entryId) : [...favourites, entryId];
  return (
    <Menu.Item
      leftSection={marked ? <IconStarOff {...icon} /> : <IconStar {...icon} />}
      onClick={() => void mutateAsync({ favourites: next }).catch(notifyProblem)}
    >
      {t(marked ? 'menu.unfavourite' : 'menu.favourite')}
    </Menu.Item>
  );
}
