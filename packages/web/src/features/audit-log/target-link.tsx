import type { AuditEntry } from '@gatehouse/contract/audit';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { detailsOf } from './sentence-keys.ts';
import type { en } from './texts/en.ts';
import { useLinkableTargets } from './linkable-targets.ts';

/** The target of an entry, with a link if the reader can open it. */
export function TargetLink({ entry }: { readonly entry: AuditEntry }) {
  const { t, i18n } = useTranslation('auditLog');
  const known = useLinkableTargets();
  const { resource, resourceId, resourceName } = entry;
  const isNamed = (key: string): key is keyof typeof en.targets => i18n.exists(`targets.${key}`, { ns: 'auditLog' });
  const kind = isNamed(resource) ? t(`targets.${resource}`) : resource;
  const name = [kind, resourceName ?? (resourceId === null ? '' : `#${resourceId}`)].join(' ').trim();
  const sessionId = resource === 'session' ? resourceId : (detailsOf(entry).sessionId ?? null);
  const link = linkTo(entry, known);
  return (
    <>
      {link === undefined ? name : <Link {...link}>{name}</Link>}
      {sessionId !== null && entry.action.startsWith('session.') && known.sessions.has(sessionId) && (
        <>
          {' · '}
          <Link to="/sessions/$sessionId" params={{ sessionId: String(sessionId) }}>
            {t('targets.session')} #{sessionId}
          </Link>
        </>
      )}
    </>
  );
}

interface Known {
  readonly identities: ReadonlySet<number>;
  readonly entries: ReadonlySet<number>;
}

function linkTo({ resource, resourceId }: AuditEntry, known: Known) {
  if (resourceId === null) return undefined;
  const id = String(resourceId);
  if (resource === 'identity' && known.identities.has(resourceId))
    return { to: '/identities/$identityId', params: { identityId: id } } as const;
  if (resource === 'entry' && known.entries.has(resourceId))
    return { to: '/servers/$entryId', params: { entryId: id } } as const;
  return undefined;
}
