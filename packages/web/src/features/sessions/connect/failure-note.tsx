import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { worded } from '../../../lib/messages.ts';
import type { Choice } from '../connection/open-session.ts';
import type { Failure } from '../connection/progress.ts';
import { entryOf } from '../../entries/queries.ts';
import { identityList } from '../../identities/queries.ts';
import type { Target } from '../terminal/target.ts';
import classes from './card.module.css';

interface FailureNoteProps {
  readonly target: Target;
  readonly failure: Failure;
  /** Whether the connection log already shows the same message. */
  readonly isInLog: boolean;
  /** Whether to ask for the credential again, because the typed one was refused. */
  readonly asksAgain: boolean;
  readonly takesFocus: boolean;
  readonly onRetry: (choice?: Choice) => void;
  readonly onAsk: () => void;
  /** Shows the output of the session before; undefined if there was none. */
  readonly onShowOutput?: (() => void) | undefined;
}

/** Why there is no session, and the possible next steps. */
export function FailureNote({
  target,
  failure,
  isInLog,
  asksAgain,
  takesFocus,
  onRetry,
  onAsk,
  onShowOutput,
}: FailureNoteProps) {
  const { t } = useTranslation('sessions');
  const params = { entryId: String(target.entryId) };
  const { data: entry } = useQuery(entryOf(target.entryId));
  const isGone = failure.error === 'not_found';
  const mayChange = entry?.can.update === true;
  return (
    <section>
      {!isInLog && (
        <p className={classes['failure']} role="alert">
          <FailureWords failure={failure} />
        </p>
      )}
      {failure.error === 'link_suspended' && (
        <p className={classes['text']}>
          <Link to="/servers/$entryId" params={params}>
            {t('connect.toServer')}
          </Link>
        </p>
      )}
      <div className={classes['actions']}>
        {onShowOutput !== undefined && (
          <Button variant="subtle" color="gray" onClick={onShowOutput}>
            {t('connect.showOutput')}
          </Button>
        )}
        {mayChange && !isGone && (
          <Button variant="subtle" color="gray" component={Link} to={`/servers/${target.entryId}/edit`}>
            {t('connect.edit')}
          </Button>
        )}
        {/* Without permission to connect, another identity does not help. */}
        {failure.error !== 'forbidden' && !isGone && <OtherIdentities onRetry={onRetry} onAsk={onAsk} />}
        <Button
          autoFocus={takesFocus}
          onClick={() => {
            if (asksAgain) onAsk();
            else onRetry();
          }}
        >
          {t(asksAgain ? 'connect.typeAgain' : 'connect.reconnect')}
        </Button>
      </div>
    </section>
  );
}

/** The message of a failure: the server's, or ours if it sent none. */
export function FailureWords({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation('sessions');
  if (failure.error === 'session_gone') return t('connect.session_gone');
  if (failure.error === 'not_connected') return t('connect.not_connected');
  if (failure.error === 'unreachable') return t('connect.unreachable');
  return worded(failure, 'message');
}

function OtherIdentities({ onRetry, onAsk }: Pick<FailureNoteProps, 'onRetry' | 'onAsk'>) {
  const { t } = useTranslation('sessions');
  const { data: identities } = useQuery(identityList);
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{t('connect.otherIdentity')}</Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {identities?.map(({ id, name, username }) => (
          <Menu.Item
            key={id}
            rightSection={<span className={classes['hint']}>{username}</span>}
            onClick={() => {
              onRetry({ identityId: id });
            }}
          >
            {name}
          </Menu.Item>
        ))}
        {identities?.length === 0 && <Menu.Label>{t('connect.noOthers')}</Menu.Label>}
        <Menu.Divider />
        <Menu.Item onClick={onAsk}>{t('connect.typeIt')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
