import { useTranslation } from 'react-i18next';
import { Status } from '../../../ui/chip.tsx';
import { Fingerprint } from '../../../ui/fingerprint.tsx';
import { algorithmName, isWeakKey } from '../condition.ts';
import classes from './identity-form.module.css';

interface KeyFactsProps {
  readonly algorithm: string;
  readonly bits: number | null;
  readonly fingerprint: string | undefined;
  readonly comment: string | undefined;
}

/** The facts that identify a key. */
export function KeyFacts({ algorithm, bits, fingerprint, comment }: KeyFactsProps) {
  const { t } = useTranslation('identities');
  const weak = isWeakKey({ algorithm, bits });
  return (
    <>
      <p className={classes['facts']}>
        <Status tone={weak ? 'warn' : 'ok'}>{algorithmName({ algorithm, bits })}</Status>
        {fingerprint !== undefined && (
          <span className={classes['faint']}>
            <Fingerprint value={fingerprint} />
          </span>
        )}
        {comment !== undefined && comment !== '' && <span className={classes['faint']}>{comment}</span>}
      </p>
      {weak && <p className={classes['warning']}>{t('conditionText.weak')}</p>}
    </>
  );
}
