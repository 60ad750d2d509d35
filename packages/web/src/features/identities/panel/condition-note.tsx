import type { Identity } from '@gatehouse/contract/identities';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { conditionOf } from '../condition.ts';
import { State } from '../identity-columns.tsx';
import classes from './identity-panel.module.css';

/** The problem of an identity and its solution; renders nothing without a problem. */
export function ConditionNote({ identity, manages }: { readonly identity: Identity; readonly manages: boolean }) {
  const { t } = useTranslation('identities');
  const condition = conditionOf(identity);
  if (condition === 'ready') return null;
  return (
    <div className={classes['note']}>
      <State condition={condition} t={t} />
      <span>
        {t(`conditionText.${condition}`)}{' '}
        {manages && (
          <Link to="/identities/$identityId/edit" params={{ identityId: String(identity.id) }}>
            {t('panel.repair')}
          </Link>
        )}
      </span>
    </div>
  );
}
