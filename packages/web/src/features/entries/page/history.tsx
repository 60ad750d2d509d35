import { sessionKindOf, type Session } from '@gatehouse/contract/connections';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Status, type Tone } from '../../../ui/chip.tsx';
import { Ago } from '../../../ui/time.tsx';
import classes from './entry-page.module.css';
import { Section } from './section.tsx';

const shown = 5;
const tones: Readonly<Record<Session['status'], Tone>> = {
  connecting: 'warn',
  open: 'ok',
  ended: 'neutral',
  failed: 'bad',
};

interface HistoryProps {
  readonly entryId: number;
  /** The person's sessions, the newest first; undefined while they are not known. */
  readonly sessions: readonly Session[] | undefined;
}

/** The person's last sessions on a server. */
export function History({ entryId, sessions: all }: HistoryProps) {
  const { t } = useTranslation('entries');
  const sessions = (all ?? []).filter((session) => session.entryId === entryId).slice(0, shown);
  return (
    <Section title={t('history.title')} actions={<Link to="/sessions">{t('history.all')}</Link>}>
      {all !== undefined && sessions.length === 0 && <p className={classes['note']}>{t('history.none')}</p>}
      <ul className={classes['list']}>
        {sessions.map(({ id, type, status, startedAt }) => (
          <li key={id} className={classes['row']}>
            <Link to="/sessions/$sessionId" params={{ sessionId: String(id) }}>
              {t(`history.type.${sessionKindOf(type)}`)}
            </Link>
            <Status tone={tones[status]}>{t(`history.status.${status}`)}</Status>
            <span className={classes['space']} />
            <span className={classes['faint']} style={{ paddingRight: 8 }}>
              <Ago at={startedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
