import { PasswordInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxKeyBytes, TextFileField } from '../../../ui/text-file-field.tsx';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';
import { KeyFacts } from './key-facts.tsx';
import { fingerprintOf, inspectPasted, type PastedKey, type PrivateKey } from './pasted-key.ts';
import { notForPasswordManagers } from './secret-field.ts';

/** A field for a private key, pasted or from a file, with its facts. */
export function PasteKey({ form }: { readonly form: IdentityFormState }) {
  const { t } = useTranslation('identities');
  const { sshKey, passphrase } = form.values;
  const pasted = useMemo(() => inspectPasted(sshKey), [sshKey]);
  const { errors } = form;
  const asksPassphrase =
    (pasted.kind === 'private' && pasted.encrypted) || passphrase !== '' || errors['passphrase'] !== undefined;
  function change(text: string): void {
    form.setValues({ sshKey: text, passphrase: '' });
    for (const field of ['sshKey', 'passphrase']) form.clearFieldError(field);
  }
  return (
    <>
      <TextFileField
        label={t('form.privateKey')}
        placeholder={t('form.pastePlaceholder')}
        autosize
        minRows={4}
        maxRows={8}
        maxBytes={maxKeyBytes}
        {...form.getInputProps('sshKey')}
        value={sshKey}
        onChange={change}
        error={sshKey === '' && errors['sshKey'] !== undefined ? t('form.keyMissing') : errors['sshKey']}
        {...notForPasswordManagers}
      />
      <div role="status">
        <PastedKeyFacts pasted={pasted} />
      </div>
      {asksPassphrase && (
        <PasswordInput
          label={
            <>
              {t('form.passphrase')} <span className={classes['faint']}>· {t('form.encryptedHint')}</span>
            </>
          }
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('form.reveal') }}
          {...form.getInputProps('passphrase')}
          {...notForPasswordManagers}
        />
      )}
    </>
  );
}

function PastedKeyFacts({ pasted }: { readonly pasted: PastedKey }) {
  const { t } = useTranslation('identities');
  switch (pasted.kind) {
    case 'nothing':
      return null;
    case 'private':
      return <PrivateKeyFacts pasted={pasted} />;
    case 'public':
    case 'damaged':
    case 'unknown':
      return <p className={classes['warning']}>{t(`form.pasted.${pasted.kind}`)}</p>;
  }
}

function PrivateKeyFacts({ pasted }: { readonly pasted: PrivateKey }) {
  const { t } = useTranslation('identities');
  const { facts, publicKey, comment } = pasted;
  const fingerprint = useFingerprint(publicKey);
  return (
    <>
      {facts !== undefined && <KeyFacts {...facts} fingerprint={fingerprint} comment={comment} />}
      {publicKey === undefined && <p className={classes['stored']}>{t('form.pasted.later')}</p>}
    </>
  );
}

function useFingerprint(publicKey: Uint8Array<ArrayBuffer> | undefined): string | undefined {
  const [known, setKnown] = useState<{ of: Uint8Array; fingerprint: string | undefined }>();
  useEffect(() => {
    let current = true;
    if (publicKey !== undefined)
      void fingerprintOf(publicKey).then((fingerprint) => {
        if (current) setKnown({ of: publicKey, fingerprint });
      });
    return () => {
      current = false;
    };
  }, [publicKey]);
  return known?.of === publicKey ? known?.fingerprint : undefined;
}
