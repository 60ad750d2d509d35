import { Button, PasswordInput, Radio, SegmentedControl, Stack, TextInput, type RadioProps } from '@mantine/core';
import type { LoginDestination } from '@gatehouse/contract/login-destination';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useContractForm } from '../../../lib/form.ts';
import { maxKeyBytes, TextFileField } from '../../../ui/text-file-field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { entryOf } from '../../entries/queries.ts';
import type { Choice } from '../connection/open-session.ts';
import { typedCredentials } from '../connection/typed-credentials.ts';
import { destinationOf } from '../queries.ts';
import type { Target } from '../terminal/target.ts';
import classes from './card.module.css';
import { checkedOf, credentialSchema, directOf, type CredentialFormValues, type Keep } from './credential-values.ts';
import { Destination } from './destination.tsx';

interface CredentialFormProps {
  readonly target: Target;
  /** The username of the last attempt, if it was typed. */
  readonly lastUsername: string | undefined;
  readonly takesFocus: boolean;
  readonly onChoose: (choice: Choice) => void;
  readonly onCancel: () => void;
}

/** Asks for a credential if none is stored, and whether to keep it. The values are lost with the form. */
export function CredentialForm(props: CredentialFormProps) {
  const { data, isPending } = useQuery(entryOf(props.target.entryId));
  const destination = useQuery(destinationOf(props.target.entryId));
  // If the form was shown before the server's settings are loaded, they would overwrite what the person types.
  if ((isPending && props.lastUsername === undefined) || destination.isFetching) return null;
  const username = data?.config['username'];
  if (destination.data === undefined) return <ProblemAlert error={destination.error} />;
  return (
    <Form
      {...props}
      destination={destination.data}
      defaultUsername={props.lastUsername ?? (typeof username === 'string' ? username : '')}
    />
  );
}

interface FormProps extends CredentialFormProps {
  readonly defaultUsername: string;
  readonly destination: LoginDestination;
}

function Form({ target, destination, defaultUsername, takesFocus, onChoose, onCancel }: FormProps) {
  const { t } = useTranslation('sessions');
  const form = useCredentialForm(defaultUsername, target.name);
  const { method, keep } = form.values;
  const submit = form.onSubmit((values) => {
    const typed = { direct: directOf(values), destination: destination.tag };
    if (values.keep === 'page') typedCredentials.keep(target.entryId, typed);
    onChoose(values.keep === 'identity' ? { ...typed, saveAs: values.name } : typed);
  });
  // A known username is usually right, so the secret gets the focus.
  const first = defaultUsername === '' ? 'username' : 'secret';
  return (
    <form className={classes['section']} onSubmit={submit} aria-labelledby="credential-title" noValidate>
      <h2 className={classes['title']} id="credential-title">
        {t('credential.title')}
      </h2>
      <p className={classes['text']}>{t('credential.text', { name: target.name })}</p>
      <Destination destination={destination} />
      <div className={classes['fields']}>
        <TextInput
          label={t('credential.username')}
          autoFocus={takesFocus && first === 'username'}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('username')}
        />
        <SegmentedControl
          aria-label={t('credential.method')}
          {...form.getInputProps('method')}
          data={[
            { value: 'password', label: t('credential.password') },
            { value: 'key', label: t('credential.key') },
          ]}
        />
        {method === 'password' ? (
          <PasswordInput
            label={t('credential.password')}
            autoFocus={takesFocus && first === 'secret'}
            autoComplete="off"
            {...form.getInputProps('password')}
          />
        ) : (
          <KeyFields form={form} />
        )}
        <KeepChoice keep={keep} onChange={(chosen) => form.setFieldValue('keep', chosen)} />
        {keep === 'identity' && <TextInput label={t('credential.name')} {...form.getInputProps('name')} />}
      </div>
      <div className={classes['actions']}>
        <Button variant="default" onClick={onCancel}>
          {t('credential.cancel')}
        </Button>
        <Button type="submit">{t('credential.submit')}</Button>
      </div>
    </form>
  );
}

function useCredentialForm(username: string, server: string) {
  const { t } = useTranslation('sessions');
  const nameFor = (typed: string) => `${typed.trim() === '' ? t('credential.username') : typed.trim()} · ${server}`;
  const initialValues: CredentialFormValues = {
    username,
    method: 'password',
    password: '',
    sshKey: '',
    passphrase: '',
    keep: 'once',
    name: nameFor(username),
  };
  const form = useContractForm({ initialValues, schema: credentialSchema, bodyOf: checkedOf });
  form.watch('username', ({ value, previousValue }) => {
    // The name follows the username until the person changes it.
    if (form.getValues().name === nameFor(previousValue)) form.setFieldValue('name', nameFor(value));
  });
  return form;
}

function KeyFields({ form }: { readonly form: ReturnType<typeof useCredentialForm> }) {
  const { t } = useTranslation('sessions');
  return (
    <>
      <TextFileField
        label={t('credential.sshKey')}
        placeholder={t('credential.keyPlaceholder')}
        rows={4}
        maxBytes={maxKeyBytes}
        {...form.getInputProps('sshKey')}
        value={form.values.sshKey}
        onChange={(text) => form.setFieldValue('sshKey', text)}
      />
      <PasswordInput label={t('credential.passphrase')} autoComplete="off" {...form.getInputProps('passphrase')} />
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
