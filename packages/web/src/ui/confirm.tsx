import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface ConfirmProps {
  readonly title: string;
  /** The consequences, shown before the question. */
  readonly children: ReactNode;
  /** The label of the button: a verb, never "OK". */
  readonly act: string;
  /** The text that has to be typed first, for actions that cannot be undone. */
  readonly typed?: string;
  readonly error?: unknown;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a destructive action; cancelling is the default. */
export function Confirm({ title, children, act, typed, error, busy = false, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const mayAct = typed === undefined || text.trim() === typed;
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (mayAct && !busy) onConfirm();
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <div>{children}</div>
          {typed !== undefined && (
            <TextInput
              label={t('confirm.type', { text: typed })}
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
              }}
              autoComplete="off"
              data-autofocus
            />
          )}
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose} data-autofocus={typed === undefined || undefined}>
              {t('confirm.cancel')}
            </Button>
            <Button type="submit" color="red" disabled={!mayAct} loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
