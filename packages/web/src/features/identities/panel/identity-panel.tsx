import type { Identity } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { ActionIcon, Button, Loader, Menu } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowRight, IconDots, IconKeyOff, IconTrash, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DeleteDialog } from '../delete-dialog.tsx';
import { Scope } from '../identity-columns.tsx';
import { MoveDialog } from '../move-dialog.tsx';
import { ConditionNote } from './condition-note.tsx';
import { Facts } from './facts.tsx';
import classes from './identity-panel.module.css';
import { TestSection } from './test-section.tsx';
import { UsageSection } from './usage-section.tsx';

/** If the panel covers the list, it gets the focus; the same width as in identities-page.module.css. */
const covers = '(max-width: 960px)';

interface IdentityPanelProps {
  /** Undefined while it is loading, and if it does not exist. */
  readonly identity: Identity | undefined;
  readonly loading: boolean;
  readonly organizations: readonly Organization[];
  readonly onClose: () => void;
}

/** The details of one identity, and its actions. */
export function IdentityPanel({ identity, loading, organizations, onClose }: IdentityPanelProps) {
  const { t } = useTranslation('identities');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (window.matchMedia(covers).matches) panel.current?.focus();
  }, []);
  useHotkeys([
    [
      'Escape',
      () => {
        if (document.querySelector('[role="dialog"], [role="menu"]') === null) onClose();
      },
    ],
  ]);
  return (
    <aside
      ref={panel}
      className={classes['root']}
      aria-label={t('panel.label', { name: identity?.name ?? '' })}
      tabIndex={-1}
    >
      {identity === undefined ? (
        <>
          <header className={classes['head']}>
            <Closing onClose={onClose} />
          </header>
          {loading ? (
            <Loader size="sm" />
          ) : (
            <EmptyState icon={IconKeyOff} title={t('panel.notFoundTitle')} text={t('panel.notFoundText')} />
          )}
        </>
      ) : (
        <Content identity={identity} organizations={organizations} onClose={onClose} />
      )}
    </aside>
  );
}

function Closing({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('identities');
  return (
    <ActionIcon className={classes['close'] ?? ''} aria-label={t('panel.close')} onClick={onClose}>
      <IconX size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}

interface ContentProps {
  readonly identity: Identity;
  readonly organizations: readonly Organization[];
  readonly onClose: () => void;
}

function Content({ identity, organizations, onClose }: ContentProps) {
  const { t } = useTranslation('identities');
  const [testing, setTesting] = useState(false);
  const manages = identity.can.update;
  const { organizationId } = identity;
  const organizationName =
    organizationId === null
      ? undefined
      : (organizations.find(({ id }) => id === organizationId)?.name ?? t('scope.unknown', { id: organizationId }));
  return (
    <>
      <header className={classes['head']}>
        <h2 className={classes['title']} title={identity.name}>
          {identity.name}
        </h2>
        <span className={classes['scope']}>
          <Scope identity={identity} name={organizationName ?? t('scope.mine')} />
        </span>
        <span className={classes['space']} />
        <Button onClick={() => setTesting(true)}>{t('panel.test')}</Button>
        {manages && <Actions identity={identity} organizations={organizations} onDeleted={onClose} />}
        <Closing onClose={onClose} />
      </header>
      <p className={classes['who']}>
        {organizationName === undefined ? (
          t('panel.onlyYou')
        ) : (
          <Trans t={t} i18nKey="panel.everyone" values={{ organization: organizationName }} components={{ b: <b /> }} />
        )}{' '}
        {!manages && t('panel.readOnly')}
      </p>
      <ConditionNote identity={identity} manages={manages} />
      <Facts identity={identity} />
      {testing && <TestSection identity={identity} manages={manages} />}
      <UsageSection identity={identity} />
    </>
  );
}

interface ActionsProps {
  readonly identity: Identity;
  readonly organizations: readonly Organization[];
  readonly onDeleted: () => void;
}

function Actions({ identity, organizations, onDeleted }: ActionsProps) {
  const { t } = useTranslation('identities');
  const [asking, setAsking] = useState<'move' | 'delete'>();
  function close(): void {
    setAsking(undefined);
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        renderRoot={(props) => (
          <Link to="/identities/$identityId/edit" params={{ identityId: String(identity.id) }} {...props} />
        )}
      >
        {t('panel.edit')}
      </Button>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('panel.more')}>
            <IconDots size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowRight size={16} aria-hidden />} onClick={() => setAsking('move')}>
            {t('panel.move')}
          </Menu.Item>
          {identity.can.delete && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setAsking('delete')}
            >
              {t('panel.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'move' && (
        <MoveDialog identities={[identity]} organizations={organizations} onClose={close} onDone={close} />
      )}
      {asking === 'delete' && (
        <DeleteDialog
          identities={[identity]}
          onClose={close}
          onDone={() => {
            close();
            onDeleted();
          }}
        />
      )}
    </>
  );
}
