import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../../lib/clipboard.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useObservable } from '../../../lib/observable.ts';
import type { Asked, Runtime } from './runtime.ts';
import { openAddress } from '../screen/links.ts';
import classes from './asked-dialog.module.css';

/** Longer texts are cut in the dialog, not in the paste. */
const shownCharacters = 4_000;

interface AskedDialogProps {
  readonly name: string;
  readonly runtime: Runtime;
}

/** Asks before something happens that a person may not have meant: a paste of several lines, a clipboard that the server writes, a link. */
export function AskedDialog({ name, runtime }: AskedDialogProps) {
  const { t } = useTranslation('sessions');
  const asked = useObservable(runtime.asked);
  if (asked === undefined) return null;
  function close(): void {
    runtime.asked.set(undefined);
    runtime.screen.focus();
  }
  function cancel(): void {
    if (asked?.kind === 'clipboard') runtime.refuseClipboard();
    close();
  }
  function act(): void {
    if (asked === undefined) return;
    if (asked.kind === 'paste') runtime.paste(asked.text);
    else if (asked.kind === 'clipboard') void copyText(asked.text);
    else openAddress(asked.address);
    close();
  }
  return (
    <Dialog onClose={cancel} title={<Title asked={asked} />} size={520}>
      <Explanation asked={asked} name={name} />
      <pre className={classes['text']} tabIndex={0}>
        {textOf(asked)}
      </pre>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={cancel} data-autofocus={asked.kind !== 'paste' || undefined}>
          {t('asked.cancel')}
        </Button>
        <Button onClick={act} data-autofocus={asked.kind === 'paste' || undefined}>
          {t(`asked.${asked.kind}`)}
        </Button>
      </Group>
    </Dialog>
  );
}

function Title({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation('sessions');
  if (asked.kind !== 'paste') return t(`asked.${asked.kind}Title`);
  return t('asked.pasteTitle', { count: asked.text.trimEnd().split(/\r\n|\r|\n/).length });
}

function Explanation({ asked, name }: { readonly asked: Asked; readonly name: string }) {
  const { t } = useTranslation('sessions');
  switch (asked.kind) {
    case 'paste':
      return (
        <p className={classes['explanation']}>
          {t('asked.pasteText')} {/[\r\n]$/.test(asked.text) && <strong>{t('asked.pasteNewline')}</strong>}
        </p>
      );
    case 'clipboard':
      return <p className={classes['explanation']}>{t('asked.clipboardText', { name })}</p>;
    case 'link':
      return <p className={classes['explanation']}>{t('asked.linkText', { host: asked.address.host })}</p>;
  }
}

function textOf(asked: Asked): string {
  const text = asked.kind === 'link' ? asked.address.href : asked.text;
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
