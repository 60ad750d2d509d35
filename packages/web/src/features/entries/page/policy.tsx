import type { EntryDetail } from '@gatehouse/contract/entries';
import { hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import { useTranslation } from 'react-i18next';
import { Ago } from '../../../ui/time.tsx';
import classes from './entry-page.module.css';

/** The host-key policy that applies to a server, and who set it. */
export function Policy({ entry }: { readonly entry: EntryDetail }) {
  const { t } = useTranslation('entries');
  const policy = hostKeyPolicySchema.safeParse(entry.hostKeyPolicy).data;
  const { from, by, at } = entry.hostKeyPolicyChoice;
  if (policy === undefined) return <>{entry.hostKeyPolicy}</>;
  return (
    <>
      {t(`policy.${policy}.name`)}. <span className={classes['faint']}>{t(`policy.${policy}.text`)}</span>
      {from !== 'default' && (
        <div className={classes['faint']}>
          {by === null ? (
            t('page.policyByUnknown')
          ) : (
            <>
              {t('page.policyBy', { name: by })}, <Ago at={at} />
            </>
          )}
        </div>
      )}
    </>
  );
}
