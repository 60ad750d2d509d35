import { Button, Group, Stack } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TextFileField } from '../../../ui/text-file-field.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { notify } from '../../../ui/notice.tsx';
import { packLines } from './pack-lines.ts';
import { usePinHostKeys } from '../queries.ts';

/** Of a known_hosts file; what is sent is one server's part of it. */
const maxFileBytes = 256 * 1024;

interface PasteKeysProps {
  readonly entryId: number;
  readonly onClose: () => void;
}

/** Pins keys that the person pastes, from a machine that knows the server or from its console. */
export function PasteKeys({ entryId, onClose }: PasteKeysProps) {
  const { t } = useTranslation(['entries', 'app']);
  const [text, setText] = useState('');
  const { mutate, error, isPending } = usePinHostKeys(entryId);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (lines.length === 0) return;
    mutate(packLines(lines), {
      onSuccess: ({ keys, revoked, skipped }) => {
        const unused = skipped.otherHosts + skipped.unsupported;
        const counts = { pinned: keys.length, revoked: revoked.length, unused };
        notify(unused + revoked.length === 0 ? t('keys.done') : t('keys.doneOf', counts));
        onClose();
      },
    });
  };
  return (
    <Dialog size="lg" onClose={onClose} title={t('keys.pasteTitle')}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <TextFileField
            label={t('keys.pasteLabel')}
            description={t('keys.pasteText')}
            autosize
            minRows={4}
            maxRows={12}
            maxBytes={maxFileBytes}
            value={text}
            onChange={setText}
            data-autofocus
          />
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('app:confirm.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={lines.length === 0}>
              {t('keys.pasteAct')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
