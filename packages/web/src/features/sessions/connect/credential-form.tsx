import {
  Button,
  PasswordInput,
  Radio,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
  type RadioProps,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { entryOf } from '../../entries/queries.ts';
import type { Choice } from '../connection/line.ts';
import { remembered, type DirectIdentity } from '../connection/remembered.ts';
import type { Target } from '../workspace.ts';
import classes from './card.module.css';
import { saveIdentity } from './save-identity.ts';

type Keep = 'once' | 'page' | 'identity';

interface CredentialFormProps {
  readonly target: Target;
  readonly takesFocus: boolean;
  readonly onChoose: (choice: Choice) => void;
  readonly onCancel: () => void;
}

/** Asks what to log in with where nothing is stored, and what shall become of it. What is typed is gone with the form. */
export function CredentialForm({ target, takesFocus, onChoose, onCancel }: CredentialFormProps) {
  const { t } = useTranslation('sessions');
  const usualName = useUsualUsername(target.entryId);
  const [typedName, setUsername] = useState<string>();
  const username = typedName ?? usualName;
  const [method, setMethod] = useState<'password' | 'key'>('password');
  const [password, setPassword] = useState('');
  const [sshKey, setSshKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [keep, setKeep] = useState<Keep>('once');
  const [name, setName] = useState<string>();
  const identityName = name ?? `${username === '' ? t('credential.username') : username} · ${target.name}`;
  const { save, error, busy } = useKeeping(target.entryId, onChoose);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const secret = method === 'password' ? { password } : { sshKey, ...(passphrase === '' ? {} : { passphrase }) };
    save(keep, identityName, { username: username.trim(), ...secret });
  }
  const isComplete = username.trim() !== '' && (method === 'password' ? password : sshKey) !== '';
  return (
    <form className={classes['section']} onSubmit={submit} aria-labelledby="credential-title">
      <h2 className={classes['title']} id="credential-title">
        {t('credential.title')}
      </h2>
      <p className={classes['text']}>{t('credential.text', { name: target.name })}</p>
      <div className={classes['fields']}>
        <TextInput
          label={t('credential.username')}
          value={username}
          autoFocus={takesFocus}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            setUsername(event.currentTarget.value);
          }}
        />
        <SegmentedControl
          aria-label={t('credential.method')}
          value={method}
          onChange={setMethod}
          data={[
            { value: 'password', label: t('credential.password') },
            { value: 'key', label: t('credential.key') },
          ]}
        />
        {method === 'password' ? (
          <PasswordInput
            label={t('credential.password')}
            value={password}
            autoComplete="off"
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
        ) : (
          <KeyFields {...{ sshKey, setSshKey, passphrase, setPassphrase }} />
        )}
        <KeepChoice keep={keep} onChange={setKeep} />
        {keep === 'identity' && (
          <TextInput
            label={t('credential.name')}
            value={identityName}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
        )}
        <ProblemAlert error={error} />
      </div>
      <div className={classes['actions']}>
        <Button variant="default" onClick={onCancel}>
          {t('credential.cancel')}
        </Button>
        <Button type="submit" disabled={!isComplete} loading={busy}>
          {t('credential.submit')}
        </Button>
      </div>
    </form>
  );
}

interface KeyFieldsProps {
  readonly sshKey: string;
  readonly setSshKey: (value: string) => void;
  readonly passphrase: string;
  readonly setPassphrase: (value: string) => void;
}

function KeyFields({ sshKey, setSshKey, passphrase, setPassphrase }: KeyFieldsProps) {
  const { t } = useTranslation('sessions');
  return (
    <>
      <Textarea
        label={t('credential.sshKey')}
        placeholder={t('credential.keyPlaceholder')}
        value={sshKey}
        rows={4}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12 } }}
        onChange={(event) => {
          setSshKey(event.currentTarget.value);
        }}
      />
      <PasswordInput
        label={t('credential.passphrase')}
        value={passphrase}
        autoComplete="off"
        onChange={(event) => {
          setPassphrase(event.currentTarget.value);
        }}
      />
    </>
  );
}

function KeepChoice({ keep, onChange }: { readonly keep: Keep; readonly onChange: (keep: Keep) => void }) {
  const { t } = useTranslation('sessions');
  const look: RadioProps = { size: 'xs', styles: { description: { color: 'var(--text-3)' } } };
  return (
    <Radio.Group
      label={t('credential.keep')}
      value={keep}
      onChange={(value) => {
        onChange(value);
      }}
    >
      <Stack gap={8}>
        <Radio {...look} value="once" label={t('credential.once')} />
        <Radio {...look} value="page" label={t('credential.page')} description={t('credential.pageHint')} />
        <Radio {...look} value="identity" label={t('credential.identity')} description={t('credential.identityHint')} />
      </Stack>
    </Radio.Group>
  );
}

/** The username that the server's own settings name, if any. */
function useUsualUsername(entryId: number): string {
  const { data } = useQuery(entryOf(entryId));
  const username = data?.config['username'];
  return typeof username === 'string' ? username : '';
}

function useKeeping(entryId: number, onChoose: (choice: Choice) => void) {
  const { t } = useTranslation('sessions');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function store(name: string, typed: DirectIdentity): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { identityId, isLinked } = await saveIdentity(entryId, name, typed);
      if (!isLinked) {
        const { tell } = await import('../../../ui/notice.tsx');
        tell(t('credential.notLinked'));
      }
      onChoose({ identityId });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }
  function save(keep: Keep, name: string, typed: DirectIdentity): void {
    if (keep === 'identity') {
      void store(name, typed);
      return;
    }
    if (keep === 'page') remembered.keep(entryId, typed);
    onChoose({ direct: typed });
  }
  return { save, error, busy };
}
