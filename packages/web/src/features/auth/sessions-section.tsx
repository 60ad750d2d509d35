import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { Ago } from '../../ui/time.tsx';
import { deviceOf } from './device.ts';
import { signInSessions, useRevokeSession, type SignInSession } from './queries.ts';

/** The sign-ins of the person, each with a button to end it. */
export function SessionsSection() {
  const { t } = useTranslation('auth');
  const { data: sessions, error } = useQuery(signInSessions);
  const revoke = useRevokeSession();
  const inOrder = sessions?.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastActivity.localeCompare(a.lastActivity),
  );
  return (
    <Section title={t('sessions.title')} text={t('sessions.text')}>
      <ProblemAlert error={error ?? revoke.error} />
      <Card rows>
        {inOrder === undefined && <Skeleton height={56} radius={10} />}
        {inOrder?.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={revoke.isPending && revoke.variables === session.id}
            onEnd={() => revoke.mutate(session.id)}
          />
        ))}
      </Card>
    </Section>
  );
}

interface SessionRowProps {
  readonly session: SignInSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { t } = useTranslation('auth');
  const { program, system } = deviceOf(session.userAgent);
  const name = program === '' ? t('sessions.unknown') : program;
  const device = system === undefined ? name : t('sessions.device', { program: name, system });
  return (
    <CardRow
      title={
        <>
          <span title={session.userAgent}>{device}</span>
          {session.current && <Chip tone="accent">{t('sessions.current')}</Chip>}
        </>
      }
      detail={
        <>
          <span className="mono">{session.ip}</span> · {t('sessions.active')} <Ago at={session.lastActivity} /> ·{' '}
          {t('sessions.since')} <Ago at={session.createdAt} />
        </>
      }
    >
      {!session.current && (
        <Button variant="default" loading={busy} onClick={onEnd} aria-label={t('sessions.endOf', { device })}>
          {t('sessions.end')}
        </Button>
      )}
    </CardRow>
  );
}
