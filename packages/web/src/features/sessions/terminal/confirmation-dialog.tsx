import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../lib/clipboard.ts';
import { Confirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useObservable } from '../../../lib/observable.ts';
import type { PendingConfirmation } from './confirmations.ts';
import { useEndSession } from '../queries.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';
import { openAddress } from '../screen/links.ts';
import classes from './confirmation-dialog.module.css';

/** Longer texts are truncated in the dialog, not in the paste. */
const shownCharacters = 4_000;

interface ConfirmationDialogProps {
  readonly name: string;
  readonly runtime: TerminalRuntime;
}

/** Asks before a paste of several lines, before the server writes to the clipboard, and before a link opens. */
export function ConfirmationDialog({ name, runtime }: ConfirmationDialogProps) {
  const { t } = useTranslation('sessions');
  const { confirmations, screen } = runtime;
  const pending = useObservable(confirmations.pending);
  if (pending === undefined) return null;
  if (pending.kind === 'end' || pending.kind === 'reconnect')
    return <EndDialog name={name} runtime={runtime} kind={pending.kind} />;
  function refuse(): void {
    confirmations.refuse();
    screen.focus();
  }
  function confirm(): void {
    const confirmed = confirmations.confirm();
    if (confirmed?.kind === 'paste') runtime.paste(confirmed.text);
    else if (confirmed?.kind === 'clipboard') void copyText(confirmed.text);
    else if (confirmed?.kind === 'link') openAddress(confirmed.address);
    screen.focus();
  }
  return (
    <Dialog onClose={refuse} title={<Title pending={pending} />} size={520}>
      <Explanation pending={pending} name={name} />
      <pre className={classes['text']} tabIndex={0}>
        {textOf(pending)}
      </pre>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={refuse} data-autofocus={pending.kind !== 'paste' || undefined}>
          {t('confirm.cancel')}
        </Button>
        <Button onClick={confirm} data-autofocus={pending.kind === 'paste' || undefined}>
          {t(`confirm.${pending.kind}`)}
        </Button>
      </Group>
    </Dialog>
  );
}

type TextConfirmation = Exclude<PendingConfirmation, { kind: 'end' | 'reconnect' }>;

/** Asks before a session ends, which cannot be undone. */
function EndDialog({ name, runtime, kind }: ConfirmationDialogProps & { readonly kind: 'end' | 'reconnect' }) {
  const { t } = useTranslation('sessions');
  const { confirmations, connection, screen } = runtime;
  const end = useEndSession();
  const { sessionId } = useObservable(connection.progress);
  return (
    <Confirm
      title={t(`confirm.${kind}Title`, { name })}
      act={t(`confirm.${kind}`)}
      onClose={() => {
        confirmations.refuse();
        screen.focus();
      }}
      onConfirm={() => {
        confirmations.confirm();
        if (kind === 'reconnect') {
          connection.end();
          runtime.reconnect();
        } else if (sessionId !== undefined) end.mutate(sessionId);
        screen.focus();
      }}
    >
      {screen.isAlternate ? t('confirm.endFullScreen') : t('confirm.endText')}
    </Confirm>
  );
}

function Title({ pending }: { readonly pending: TextConfirmation }) {
  const { t } = useTranslation('sessions');
  if (pending.kind !== 'paste') return t(`confirm.${pending.kind}Title`);
  return t('confirm.pasteTitle', { count: pending.text.trimEnd().split(/\r\n|\r|\n/).length });
}

function Explanation({ pending, name }: { readonly pending: TextConfirmation; readonly name: string }) {
  const { t } = useTranslation('sessions');
  switch (pending.kind) {
    case 'paste':
      return (
        <p className={classes['explanation']}>
          {t('confirm.pasteText')} {/[\r\n]$/.test(pending.text) && <strong>{t('confirm.pasteNewline')}</strong>}
        </p>
      );
    case 'clipboard':
      return <p className={classes['explanation']}>{t('confirm.clipboardText', { name })}</p>;
    case 'link':
      return <p className={classes['explanation']}>{t('confirm.linkText', { host: pending.address.host })}</p>;
  }
}

function textOf(pending: TextConfirmation): string {
  const text = pending.kind === 'link' ? pending.address.href : pending.text;
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
