import { Button, PasswordInput, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useGenerateKey, type GeneratedKey } from '../changes.ts';
import { commentOf } from '../condition.ts';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';
import { KeyFacts } from './key-facts.tsx';
import { notForPasswordManagers } from './secret-field.ts';

/** The sizes of each algorithm, the default first; Ed25519 has only one. */
const sizes = { ed25519: [], ecdsa: [256, 384, 521], rsa: [3072, 4096, 8192] } as const;
type Algorithm = keyof typeof sizes;
const algorithms = [
  { value: 'ed25519', label: 'Ed25519' },
  { value: 'ecdsa', label: 'ECDSA' },
  { value: 'rsa', label: 'RSA' },
] as const;

interface GenerateKeyProps {
  readonly form: IdentityFormState;
  readonly made: GeneratedKey | undefined;
  readonly onMade: (key: GeneratedKey | undefined) => void;
}

/** Generates a key on the server; the private key never leaves it. */
export function GenerateKey({ form, made, onMade }: GenerateKeyProps) {
  const { t } = useTranslation('identities');
  const [algorithm, setAlgorithm] = useState<Algorithm>('ed25519');
  const [bits, setBits] = useState<number>();
  const [passphrase, setPassphrase] = useState('');
  const generating = useGenerateKey();
  const error = form.errors['generatedKey'];

  function generate(): void {
    const comment = form.values.name.trim();
    const size = bits ?? sizes[algorithm][0];
    generating.mutate(
      {
        algorithm,
        ...(size !== undefined && { bits: size }),
        ...(comment !== '' && { comment }),
        ...(passphrase !== '' && { passphrase }),
      },
      {
        onSuccess: (key) => {
          onMade(key);
          setPassphrase('');
          generating.reset();
          form.setFieldValue('generatedKey', key.handle);
          form.clearFieldError('generatedKey');
        },
      },
    );
  }
  function discard(): void {
    onMade(undefined);
    form.setFieldValue('generatedKey', '');
    form.clearFieldError('generatedKey');
  }

  if (made !== undefined) return <Made made={made} error={error} onDiscard={discard} />;
  return (
    <>
      <div className={classes['pair']}>
        <div>
          <div className={classes['label']} id="algorithm">
            {t('form.algorithm')}
          </div>
          <SegmentedControl
            fullWidth
            aria-labelledby="algorithm"
            value={algorithm}
            onChange={(value) => {
              setAlgorithm(algorithms.find((known) => known.value === value)?.value ?? 'ed25519');
              setBits(undefined);
            }}
            data={[...algorithms]}
          />
        </div>
        {sizes[algorithm].length > 0 && (
          <Select
            label={t('form.bits')}
            data={sizes[algorithm].map((size) => String(size))}
            value={String(bits ?? sizes[algorithm][0])}
            onChange={(value) => setBits(Number(value))}
            allowDeselect={false}
          />
        )}
      </div>
      <PasswordInput
        label={
          <>
            {t('form.passphrase')} <span className={classes['faint']}>· {t('form.generatePassphraseHint')}</span>
          </>
        }
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('form.reveal') }}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          generate();
        }}
        {...notForPasswordManagers}
      />
      <div className={classes['row']}>
        <Button variant="default" loading={generating.isPending} onClick={generate}>
          {t('form.generateNow')}
        </Button>
        <span
          className={error === undefined ? classes['faint'] : classes['error']}
          role={error === undefined ? undefined : 'alert'}
        >
          {error === undefined ? t('form.generateHint') : t('form.generateFirst')}
        </span>
      </div>
      <ProblemAlert error={generating.error} />
    </>
  );
}

interface MadeProps {
  readonly made: GeneratedKey;
  readonly error: React.ReactNode;
  readonly onDiscard: () => void;
}

function Made({ made, error, onDiscard }: MadeProps) {
  const { t } = useTranslation('identities');
  const { algorithm, bits, fingerprint, publicKey } = made;
  return (
    <>
      <KeyFacts algorithm={algorithm} bits={bits} fingerprint={fingerprint} comment={commentOf(publicKey)} />
      <div>
        <div className={classes['label']}>{t('panel.publicKey')}</div>
        <code className={classes['publicKey']} tabIndex={0} aria-label={t('panel.publicKey')}>
          {publicKey}
        </code>
      </div>
      <div className={classes['row']}>
        <CopyButton value={publicKey} />
        <Button variant="subtle" color="gray" onClick={onDiscard}>
          {t('form.generateAgain')}
        </Button>
      </div>
      {error === undefined ? (
        <p className={classes['stored']}>{t('form.madeHint')}</p>
      ) : (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
