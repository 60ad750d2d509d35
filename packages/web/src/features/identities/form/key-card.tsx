import type { Identity, IdentityKey } from '@gatehouse/contract/identities';
import { PasswordInput, SegmentedControl } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GeneratedKey } from '../changes.ts';
import { commentOf, usesKey } from '../condition.ts';
import { useStoredSince } from '../stored-since.ts';
import type { IdentityFormValues, Method } from './values.ts';
import { GenerateKey } from './generate-key.tsx';
import type { IdentityFormState } from './use-identity-form.ts';
import classes from './identity-form.module.css';
import { KeyFacts } from './key-facts.tsx';
import { MethodActions } from './method-actions.tsx';
import { MethodCard } from './method-card.tsx';
import { PasteKey } from './paste-key.tsx';
import { notForPasswordManagers } from './secret-field.ts';

interface KeyCardProps {
  readonly form: IdentityFormState;
  readonly before: Identity | undefined;
}

const nothingTyped = { sshKey: '', passphrase: '', generatedKey: '' } as const;

/** The private key: pasted, dropped, generated on the server, or the facts of the stored one. */
export function KeyCard({ form, before }: KeyCardProps) {
  const { t } = useTranslation('identities');
  const [made, setMade] = useState<GeneratedKey>();
  const { keyMethod, keySource, passwordMethod } = form.values;
  const had = before !== undefined && usesKey(before.type);
  if (keyMethod === 'none' && !had) return null;
  function become(change: Partial<IdentityFormValues>): void {
    form.setValues({ ...nothingTyped, ...change });
    for (const field of ['sshKey', 'passphrase', 'generatedKey']) form.clearFieldError(field);
    setMade(undefined);
  }
  return (
    <MethodCard
      icon={IconKey}
      title={t('form.key')}
      hint={passwordMethod === 'none' ? undefined : t('form.triedFirst')}
      actions={
        <MethodActions
          method={keyMethod}
          had={had}
          stored={before?.key !== null}
          onChoose={(method: Method) => become({ keyMethod: method })}
        />
      }
    >
      {keyMethod === 'new' && (
        <>
          <SegmentedControl
            className={classes['source'] ?? ''}
            aria-label={t('form.source')}
            value={keySource}
            onChange={(source) => become({ keySource: source === 'generate' ? 'generate' : 'paste' })}
            data={[
              { value: 'paste', label: t('form.paste') },
              { value: 'generate', label: t('form.generate') },
            ]}
          />
          {keySource === 'paste' ? <PasteKey form={form} /> : <GenerateKey form={form} made={made} onMade={setMade} />}
        </>
      )}
      {keyMethod === 'keep' && before !== undefined && <StoredKey form={form} before={before} />}
      {keyMethod === 'none' && <p className={classes['destroyed']}>{t('form.keyDestroyed')}</p>}
    </MethodCard>
  );
}

function StoredKey({ form, before }: { readonly form: IdentityFormState; readonly before: Identity }) {
  const { t } = useTranslation('identities');
  const since = useStoredSince('key', before);
  const { key, hasPassphrase } = before;
  if (key === null) return <p className={classes['stored']}>{t('form.keyNotStored')}</p>;
  return (
    <>
      <StoredKeyFacts facts={key} />
      <p className={classes['stored']}>
        {t(`form.${since.key}`, since)} {hasPassphrase && key.status === 'ready' && t('form.withPassphrase')}{' '}
        {t('form.unreadable')}
      </p>
      {key.status === 'locked' && (
        <PasswordInput
          label={
            <>
              {t('form.passphrase')} <span className={classes['faint']}>· {t('form.lockedHint')}</span>
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

function StoredKeyFacts({ facts }: { readonly facts: IdentityKey }) {
  const { algorithm, bits, fingerprint, publicKey } = facts;
  if (algorithm === null) return null;
  return (
    <KeyFacts
      algorithm={algorithm}
      bits={bits}
      fingerprint={fingerprint ?? undefined}
      comment={publicKey === null ? undefined : commentOf(publicKey)}
    />
  );
}
