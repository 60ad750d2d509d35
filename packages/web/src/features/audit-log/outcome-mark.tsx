import type { AuditEntry } from '@gatehouse/contract/audit';
import { auditOutcomes, categoryOf, currentAction } from '@gatehouse/contract/audit-names';
import {
  IconAlertTriangle,
  IconBan,
  IconFolder,
  IconHistory,
  IconKey,
  IconLogin2,
  IconServer2,
  IconShieldCheck,
  IconTerminal2,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './outcome-mark.module.css';

const icons: Readonly<Record<string, TablerIcon>> = {
  account: IconUser,
  'api-key': IconKey,
  audit: IconShieldCheck,
  auth: IconLogin2,
  entry: IconServer2,
  folder: IconFolder,
  'generated-key': IconKey,
  'host-key': IconKey,
  identity: IconKey,
  organization: IconUsers,
  session: IconTerminal2,
};

type Outcome = (typeof auditOutcomes)[number];

/** The outcome of an entry as a shape, a colour and a word; a success has the icon of its category. */
export function OutcomeMark({ entry }: { readonly entry: Pick<AuditEntry, 'action' | 'outcome'> }) {
  const { t } = useTranslation('auditLog');
  const outcome = outcomeOf(entry);
  const Icon =
    outcome === 'failed'
      ? IconAlertTriangle
      : outcome === 'denied'
        ? IconBan
        : (icons[categoryOf(currentAction(entry.action))] ?? IconHistory);
  return (
    <span className={classes['root']} data-outcome={outcome}>
      <Icon size={16} stroke={1.6} role="img" aria-label={t(`outcomes.${outcome}`)} />
    </span>
  );
}

/** The outcome of an entry; an unknown one of a later version counts as success. */
export function outcomeOf({ outcome }: Pick<AuditEntry, 'outcome'>): Outcome {
  return auditOutcomes.find((known) => known === outcome) ?? 'ok';
}
