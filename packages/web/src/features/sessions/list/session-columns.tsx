import { sessionKindOf, type Session } from '@gatehouse/contract/connections';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { Status, type Tone } from '../../../ui/chip.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Ago } from '../../../ui/time.tsx';
import classes from './sessions.module.css';
import { lengthInWords, lengthMs } from './session-status.ts';

type T = TFunction<'sessions'>;

const tones: Readonly<Record<Session['status'], Tone>> = {
  connecting: 'warn',
  open: 'ok',
  ended: 'neutral',
  failed: 'bad',
};

/** The column with the people whose sessions they are. */
export function personColumn(t: T): Column<Session> {
  return {
    id: 'person',
    header: t('list.person'),
    width: 'minmax(96px, 0.8fr)',
    value: ({ username }) => username,
    cell: ({ username }) => <span title={username}>{username}</span>,
  };
}

/** What the list calls the server of a session; the name of one that belongs to another owner is not shown to others. */
export function serverOf({ entryName }: Session, t: T): string {
  return entryName === '' ? t('list.ownServer') : entryName;
}

/** The columns of the list, in the language of `t`; the duration of live sessions counts until `nowMs`. */
export function sessionColumns(t: T, language: string, nowMs: number): readonly Column<Session>[] {
  return [
    {
      id: 'server',
      header: t('list.server'),
      width: 'minmax(120px, 1.5fr)',
      value: (session) => serverOf(session, t),
      cell: (session) => (
        <span className={classes['name']} title={serverOf(session, t)}>
          {serverOf(session, t)}
        </span>
      ),
    },
    {
      id: 'status',
      header: t('list.status'),
      width: '120px',
      value: ({ status }) => t(`list.statuses.${status}`),
      cell: (session) => <SessionStatus status={session.status} t={t} />,
    },
    {
      id: 'type',
      header: t('list.type'),
      width: '110px',
      wide: true,
      value: ({ type }) => t(`list.types.${sessionKindOf(type)}`),
      cell: ({ type }) => <span className={classes['muted']}>{t(`list.types.${sessionKindOf(type)}`)}</span>,
    },
    {
      id: 'started',
      header: t('list.started'),
      width: 'minmax(96px, 0.8fr)',
      wide: 560,
      value: ({ startedAt }) => Date.parse(startedAt),
      cell: ({ startedAt }) => <Ago at={startedAt} />,
    },
    {
      id: 'length',
      header: t('list.length'),
      width: 'minmax(96px, 0.8fr)',
      wide: 560,
      value: (session) => lengthMs(session, nowMs),
      cell: (session) => <span className={classes['muted']}>{lengthInWords(lengthMs(session, nowMs), language)}</span>,
    },
    {
      id: 'exit',
      header: t('list.exit'),
      width: '100px',
      wide: true,
      value: exitOf,
      cell: (session) => <span className="mono">{exitOf(session)}</span>,
    },
  ];
}

/** The content of the columns that a phone does not show. */
export function sessionDetail(t: T, language: string, nowMs: number): (session: Session) => ReactNode {
  return (session) => (
    <>
      {t(`list.types.${sessionKindOf(session.type)}`)} · <Ago at={session.startedAt} /> ·{' '}
      {lengthInWords(lengthMs(session, nowMs), language)}
    </>
  );
}

/** The exit code of the program on the server, or the signal that ended it. */
export function exitOf({ exitCode, exitSignal }: Session): string {
  return exitSignal ?? (exitCode === null ? '–' : String(exitCode));
}

/** The status of a session, as a dot and a word. */
export function SessionStatus({ status, t }: { readonly status: Session['status']; readonly t: T }) {
  return <Status tone={tones[status]}>{t(`list.statuses.${status}`)}</Status>;
}
