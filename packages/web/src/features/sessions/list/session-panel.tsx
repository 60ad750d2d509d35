import { sessionKindOf, type Session } from '@gatehouse/contract/connections';
import { ActionIcon, Button, Loader } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../../lib/time.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StepLog } from '../../../ui/step-log.tsx';
import { me } from '../../accounts/queries.ts';
import { sessionById, useEndSession, useSessionIdentity } from '../queries.ts';
import { showSession } from '../../../workspace/commands.ts';
import { terminalKindId } from '../terminal/target.ts';
import { exitOf, serverOf, SessionStatus } from './session-columns.tsx';
import classes from './sessions.module.css';
import { isLive } from './session-status.ts';

interface SessionPanelProps {
  readonly sessionId: number;
  readonly onClose: () => void;
}

/** The details of one session: connection log, identity, times, and its end; a live one can be joined and ended. */
export function SessionPanel({ sessionId, onClose }: SessionPanelProps) {
  const { t } = useTranslation('sessions');
  const { data: session, error } = useQuery(sessionById(sessionId));
  const title = session === undefined ? '' : serverOf(session, t);
  useHotkeys([
    [
      'Escape',
      () => {
        if (document.querySelector('[role="dialog"]') === null) onClose();
      },
    ],
  ]);
  return (
    <aside className={classes['panel']} aria-label={t('list.panel', { name: title })}>
      <header className={classes['head']}>
        <h2 className={classes['title']}>{title}</h2>
        <ActionIcon aria-label={t('list.close')} onClick={onClose}>
          <IconX size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </header>
      <ProblemAlert error={error} />
      {session === undefined ? error === null && <Loader size="sm" /> : <Content session={session} onClose={onClose} />}
    </aside>
  );
}

function Content({ session, onClose }: { readonly session: Session; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('sessions');
  const identity = useSessionIdentity(session.id);
  const { data: self } = useQuery(me);
  const isOwn = session.accountId === self?.id;
  const { entryId, entryName, username, startedAt, endedAt, reason, steps, type, status } = session;
  return (
    <>
      {isLive(session) && self !== undefined && <Acts session={session} isOwn={isOwn} onClose={onClose} />}
      <dl className={classes['facts']}>
        <Fact name={t('list.status')}>
          <SessionStatus status={status} t={t} />
        </Fact>
        {!isOwn && <Fact name={t('list.person')}>{username}</Fact>}
        {entryId !== null && (
          <Fact name={t('list.server')}>
            <Link to="/servers/$entryId" params={{ entryId: String(entryId) }}>
              {entryName}
            </Link>
          </Fact>
        )}
        <Fact name={t('list.type')}>{t(`list.types.${sessionKindOf(type)}`)}</Fact>
        <Fact name={t('list.identity')}>
          {identity === undefined ? (
            t('list.noIdentity')
          ) : (
            <Link to="/identities/$identityId" params={{ identityId: String(identity.id) }}>
              {identity.name}
            </Link>
          )}
        </Fact>
        {reason !== null && reason !== '' && <Fact name={t('list.reason')}>{reason}</Fact>}
        <Fact name={t('list.started')}>{moment(startedAt, i18n.language)}</Fact>
        {endedAt !== null && <Fact name={t('list.ended')}>{moment(endedAt, i18n.language)}</Fact>}
        {endedAt !== null && <Fact name={t('list.exit')}>{exitOf(session)}</Fact>}
      </dl>
      {isOwn && (
        <>
          <h3 className={classes['subtitle']}>{t('list.log')}</h3>
          {steps.length === 0 ? <p className={classes['muted']}>{t('list.noLog')}</p> : <StepLog steps={steps} />}
        </>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ActsProps {
  readonly session: Session;
  /** Whether it is the person's own, and not one of a member. */
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

function Acts({ session, isOwn, onClose }: ActsProps) {
  const { t } = useTranslation('sessions');
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const end = useEndSession();
  const { id, entryId, entryName, username, type } = session;
  const name = serverOf(session, t);
  const close = () => {
    setAsks(false);
    end.reset();
  };
  return (
    <div className={classes['acts']}>
      {isOwn && type === 'terminal' && entryId !== null && (
        <Button
          onClick={() => {
            const tabId = showSession({ kind: terminalKindId, target: { entryId, name: entryName } }, id);
            void navigate({ to: '/terminals/$tabId', params: { tabId } });
          }}
        >
          {t('list.open')}
        </Button>
      )}
      <Button
        variant="subtle"
        color="red"
        onClick={() => {
          setAsks(true);
        }}
      >
        {t('list.end')}
      </Button>
      {asks && (
        <Confirm
          title={isOwn ? t('list.endTitle', { name }) : t('list.endOfMember', { name, username })}
          act={t('list.endAct')}
          error={end.error}
          busy={end.isPending}
          onClose={close}
          onConfirm={() => {
            // One of a member that has ended is not there any more.
            end.mutate(id, { onSuccess: isOwn ? close : onClose });
          }}
        >
          {isOwn ? t('list.endText') : t('list.endOfMemberText', { username })}
        </Confirm>
      )}
    </div>
  );
}
