import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { useWorkspaceTabs } from '../../workspace/commands.ts';
import { maxSets } from '../../workspace/sets.ts';
import { useSets } from './use-sets.ts';

const longestName = 60;

/** Saves the open tabs, with their panes, under a name. */
export function SaveSetDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { sets, save } = useSets();
  const { length: count } = useWorkspaceTabs();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const replaces = sets.some((set) => set.name === name);
  const isFull = sets.length >= maxSets && !replaces;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (name === '' || isFull) return;
    save(name);
    onClose();
  }
  return (
    <Dialog onClose={onClose} title={t('sets.saveTitle', { count })}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <TextInput
            label={t('sets.name')}
            description={t('sets.text')}
            value={typed}
            maxLength={longestName}
            autoComplete="off"
            data-autofocus
            error={isFull ? t('sets.full', { count: maxSets }) : undefined}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
          {replaces && <div role="status">{t('sets.replaces', { name })}</div>}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('confirm.cancel')}
            </Button>
            <Button type="submit" disabled={name === '' || isFull}>
              {t(replaces ? 'sets.replace' : 'sets.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
