import type { AuditEntry } from '@gatehouse/contract/audit';
import type { i18n as I18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { worded } from '../../lib/messages.ts';
import type { Names } from './names.ts';
import { detailsOf, markers, partsOf, sentenceKeys } from './sentence-keys.ts';
import classes from './sentence.module.css';
import type { en } from './texts/en.ts';

type SentenceKey = keyof typeof en.sentences;

const placeholders = [
  'actor',
  'name',
  'organization',
  'target',
  'from',
  'destination',
  'person',
  'why',
  'fields',
  'action',
] as const;
type Placeholder = (typeof placeholders)[number];

/** Placeholders for text, not for names. */
const plain: ReadonlySet<string> = new Set<Placeholder>(['why', 'fields']);

interface SentenceProps {
  readonly entry: AuditEntry;
  readonly names: Names;
}

/** An entry as a sentence. Names are rendered as separate elements, so that their content never changes the sentence. */
export function Sentence({ entry, names }: SentenceProps) {
  const { t, i18n } = useTranslation('auditLog');
  const words = useWords(entry, names);
  const sentence = t(`sentences.${keyIn(i18n, entry)}`, markers(placeholders));
  return (
    <span className={classes['root']}>
      {partsOf(sentence).map((part, index) => {
        if ('words' in part) return part.words;
        const said = words[part.name as Placeholder];
        // The parts of a sentence never change their order, so the index is a stable key.
        return plain.has(part.name) ? said : <bdi key={index}>{said}</bdi>;
      })}
    </span>
  );
}

function keyIn(i18n: I18n, entry: AuditEntry): SentenceKey {
  const exists = (key: string): key is SentenceKey => i18n.exists(`sentences.${key}`, { ns: 'auditLog' });
  return sentenceKeys(entry).find(exists) ?? 'fallback';
}

function useWords(entry: AuditEntry, names: Names): Readonly<Record<Placeholder, string>> {
  const { t } = useTranslation('auditLog');
  const fields = useFieldNames(entry);
  const why = useReason(entry);
  const details = detailsOf(entry);
  const { actor, resource, resourceId, resourceName, organizationId, action } = entry;
  const numbered = (id: number | null | undefined) => (typeof id === 'number' ? `#${id}` : t('unknown'));
  const organization = (id: number | null | undefined) =>
    (typeof id === 'number' ? names.organization(id) : undefined) ?? numbered(id);
  const name = resourceName ?? numbered(resourceId);
  return {
    actor: actor === '' ? t('unknownActor') : actor,
    name,
    organization: resource === 'organization' && resourceName !== null ? resourceName : organization(organizationId),
    target: organization(details.toOrganizationId),
    from: organization(details.fromOrganizationId),
    destination: details.entryName ?? t('unknown'),
    person:
      details.username ??
      details.attemptedName ??
      (typeof details.accountId === 'number' ? names.person(details.accountId) : undefined) ??
      numbered(details.accountId),
    why,
    fields,
    action,
  };
}

function useFieldNames(entry: AuditEntry): string {
  const { t, i18n } = useTranslation('auditLog');
  const known = (field: string): field is keyof typeof en.fields => i18n.exists(`fields.${field}`, { ns: 'auditLog' });
  const words = (detailsOf(entry).fields ?? []).map((field) => (known(field) ? t(`fields.${field}`) : field));
  return new Intl.ListFormat(i18n.language).format(new Set(words));
}

/** The text that older versions recorded for a session that its owner ended; other people read the log, too. */
const endedByOwner = 'you ended it';

/** Why something failed or ended: in the reader's language if the message is known, else in the server's words. */
function useReason(entry: AuditEntry): string {
  const { t, i18n } = useTranslation('auditLog');
  const known = (slug: string): slug is keyof typeof en.problems => i18n.exists(`problems.${slug}`, { ns: 'auditLog' });
  const details = detailsOf(entry);
  const { problem, result, why, detail } = details;
  const slug = problem ?? (entry.outcome === 'failed' ? result : undefined);
  const reason = slug ?? why;
  if (reason === undefined) return detail === undefined ? t('unknown') : worded({ ...details, detail }, 'detail');
  if (known(reason)) return t(`problems.${reason}`);
  if (reason === endedByOwner) return t('endedByOwner');
  return slug ?? worded({ ...details, why: reason }, 'why');
}
