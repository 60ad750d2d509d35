import type { AuditEntry } from '@gatehouse/contract/audit';
import { ActionIcon, FocusTrap } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../lib/time.ts';
import { Status } from '../../ui/chip.tsx';
import { Ago } from '../../ui/time.tsx';
import classes from './entry-panel.module.css';
import { detailRowsOf } from './detail-rows.ts';
import { useNames } from './names.ts';
import { outcomeOf } from './outcome-mark.tsx';
import { Sentence } from './sentence.tsx';
import { detailsOf } from './sentence-keys.ts';
import { TargetLink } from './target-link.tsx';

const tones = { ok: 'ok', failed: 'bad', denied: 'warn', started: 'neutral' } as const;

interface EntryPanelProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
}

/** All details of one entry. */
export function EntryPanel({ entry, onClose }: EntryPanelProps) {
  const { t, i18n } = useTranslation('auditLog');
  const names = useNames();
  const isOver = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  useHotkeys([['Escape', onClose]]);
  const outcome = outcomeOf(entry);
  const { organizationId } = entry;
  return (
    <FocusTrap active={isOver}>
      <aside className={classes['root']} aria-label={t('entry.title', { seq: entry.seq })}>
        <header className={classes['head']}>
          <h2 className={classes['title']}>{t('entry.title', { seq: entry.seq })}</h2>
          <ActionIcon aria-label={t('entry.close')} onClick={onClose} data-autofocus={isOver || undefined}>
            <IconX size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </header>
        <p className={classes['sentence']}>
          <Sentence entry={entry} names={names} />
        </p>
        <dl className={classes['card']}>
          <Fact name={t('entry.outcome')}>
            <Status tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</Status>
          </Fact>
          <Fact name={t('entry.when')}>
            {moment(entry.timestamp, i18n.language)} · <Ago at={entry.timestamp} />
          </Fact>
          <Fact name={t('entry.who')}>{entry.actor === '' ? t('unknownActor') : entry.actor}</Fact>
          <Fact name={t('entry.target')}>
            <TargetLink entry={entry} />
          </Fact>
          {organizationId !== null && (
            <Fact name={t('entry.organization')}>
              {names.organization(organizationId) === undefined ? (
                `#${organizationId}`
              ) : (
                <Link to="/organizations/$organizationId" params={{ organizationId: String(organizationId) }}>
                  {names.organization(organizationId)}
                </Link>
              )}
            </Fact>
          )}
          <Fact name={t('entry.address')}>
            <span className="mono">{entry.ipAddress ?? t('unknown')}</span>
          </Fact>
          <Fact name={t('entry.program')}>{entry.userAgent ?? t('unknown')}</Fact>
          <Fact name={t('entry.action')}>
            <span className="mono">{entry.action}</span>
          </Fact>
        </dl>
        <Command entry={entry} />
        <h3 className={classes['heading']}>{t('entry.details')}</h3>
        <Details details={entry.details} />
        <h3 className={classes['heading']}>{t('entry.hash')}</h3>
        <p className={`${classes['hash'] ?? ''} mono`}>{entry.hash}</p>
        <p className={classes['hint']}>{t('entry.hashHint')}</p>
      </aside>
    </FocusTrap>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The command; it can have many lines, and all of them matter. */
function Command({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation('auditLog');
  const { command, commandCut } = detailsOf(entry);
  if (command === undefined) return null;
  return (
    <>
      <h3 className={classes['heading']}>{t('entry.command')}</h3>
      {/* A region that keys can scroll. */}
      <pre className={`${classes['command'] ?? ''} mono`} role="region" tabIndex={0} aria-label={t('entry.command')}>
        {command}
      </pre>
      {commandCut === true && <p className={classes['hint']}>{t('entry.commandCut')}</p>}
    </>
  );
}

const shownApart: ReadonlySet<string> = new Set(['command', 'commandCut']);

function Details({ details }: Pick<AuditEntry, 'details'>) {
  const { t } = useTranslation('auditLog');
  const lines = detailRowsOf(details).filter(([name]) => !shownApart.has(name));
  if (lines.length === 0) return <p className={classes['hint']}>{t('entry.none')}</p>;
  return (
    <dl className={classes['card']}>
      {lines.map(([name, value]) => (
        <Fact key={name} name={name}>
          <span className="mono">{value}</span>
        </Fact>
      ))}
    </dl>
  );
}
