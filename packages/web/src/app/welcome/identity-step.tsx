import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IdentityForm } from './identity-form.tsx';
import classes from './welcome-page.module.css';

interface IdentityStepProps {
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

/** Creates the first identity; for a generated key it shows the line for `authorized_keys`. */
export function IdentityStep({ onDone, onLeave }: IdentityStepProps) {
  const [publicKey, setPublicKey] = useState<string>();
  if (publicKey !== undefined) return <PublicKey line={publicKey} onDone={onDone} />;
  return (
    <IdentityForm
      onLeave={onLeave}
      onSaved={(generated) => {
        if (generated === undefined) onDone();
        else setPublicKey(generated);
      }}
    />
  );
}

function PublicKey({ line, onDone }: { readonly line: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap={16}>
      <p className={classes['text']}>{t('welcome.identity.install')}</p>
      <code className={classes['line']}>{line}</code>
      <Group gap={8}>
        <Button onClick={onDone}>{t('welcome.next')}</Button>
        <CopyButton value={line} label={t('welcome.identity.copyLine')} />
      </Group>
    </Stack>
  );
}
