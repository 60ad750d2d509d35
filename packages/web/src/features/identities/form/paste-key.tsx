import { Button, FileButton, PasswordInput, Textarea } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useEffect, useMemo, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';
import { KeyFacts } from './key-facts.tsx';
import { fingerprintOf, inspectPasted, type PastedKey, type PrivateKey } from './pasted-key.ts';
import { notForPasswordManagers } from './secret-field.ts';

/** No private key is longer, and the server accepts no longer text. */
const maxFileBytes = 65_536;

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
  async function read(file: File | null | undefined): Promise<void> {
    if (!file) return;
    if (file.size > maxFileBytes) form.setFieldError('sshKey', t('form.fileTooLarge'));
    else change(await file.text());
  }
  const drop = useDrop((file) => void read(file));
  return (
    <>
      <div {...drop.handlers} className={classes['drop']} data-over={drop.over || undefined}>
        <Textarea
          label={t('form.privateKey')}
          placeholder={t('form.pastePlaceholder')}
          autosize
          minRows={4}
          maxRows={8}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('sshKey')}
          onChange={(event) => change(event.currentTarget.value)}
          error={sshKey === '' && errors['sshKey'] !== undefined ? t('form.keyMissing') : errors['sshKey']}
          {...notForPasswordManagers}
        />
        <FileButton onChange={(file) => void read(file)}>
          {(props) => (
            <Button
              {...props}
              className={classes['file'] ?? ''}
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconFile size={14} aria-hidden />}
            >
              {t('form.chooseFile')}
            </Button>
          )}
        </FileButton>
      </div>
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

function useDrop(onFile: (file: File | undefined) => void) {
  const [over, setOver] = useState(false);
  const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!carriesFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!carriesFile(event)) return;
        event.preventDefault();
        onFile(event.dataTransfer.files[0]);
      },
    },
  };
}
