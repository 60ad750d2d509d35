import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOutOnce } from '../../features/auth/commands.ts';
import { SignInForm } from '../../features/auth/sign-in-form.tsx';
import { onNetworkChange } from '../../lib/network-changes.ts';
import { useObservable } from '../../lib/observable.ts';
import { useFocusBack } from '../../ui/focus-back.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useHasTabs } from '../../workspace/commands.ts';
import { awaitSignIn, goOn, signInEnd, type SignInEnd } from '../sign-in-end.ts';
import { stateSocket } from '../state-socket.ts';
import { useKeyGuard } from './use-key-guard.ts';
import { useInertPage } from './use-inert-page.ts';

/** Above the notices and all other dialogs, which stay open below it. */
const zIndex = 1_000;

/** Shown when the sign-in of the page has ended: the person signs in above the page, which stays as it is, and goes on. */
export function SignedOutDialog() {
  const end = useObservable(signInEnd);
  return end === undefined ? null : <Content end={end} />;
}

function Content({ end }: { readonly end: SignInEnd }) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      zIndex={zIndex}
      // Not a field: what is typed at this moment was meant for something else.
      title={
        <span tabIndex={-1} data-autofocus style={{ outline: 'none' }}>
          {t('signedOut.title')}
        </span>
      }
    >
      <Inside end={end} />
    </Modal>
  );
}

/** The socket of another account would fill the page with its data. */
function listen(wentOn: boolean): void {
  if (wentOn) stateSocket.retry();
}

/** Inside the dialog, so that its element is in the page when the effects look for it. */
function Inside({ end }: { readonly end: SignInEnd }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const content = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<unknown>();
  useInertPage(content);
  const wereKeysIgnored = useKeyGuard(content);
  const look = () => {
    setError(undefined);
    goOn(client).then(listen, setError);
  };
  // The person may sign in with another tab of the browser.
  useEffect(
    () =>
      onNetworkChange((change) => {
        if (change === 'back') goOn(client).then(listen, () => undefined);
      }),
    [client],
  );
  return (
    <Stack ref={content} gap={16}>
      {end.other === undefined ? <Again end={end} onSignedIn={look} /> : <Other end={end} other={end.other} />}
      <ProblemAlert error={error} />
      <div role="status">{wereKeysIgnored && t('signedOut.keys')}</div>
    </Stack>
  );
}

function Again({ end, onSignedIn }: { readonly end: SignInEnd; readonly onSignedIn: () => void }) {
  const { t } = useTranslation();
  const hasTabs = useHasTabs();
  return (
    <>
      <div>
        {t('signedOut.text')} {hasTabs && t('signedOut.terminals')}
      </div>
      <SignInForm again={end.account.username} onSignedIn={onSignedIn} />
    </>
  );
}

/** Another account cannot go on with the page. */
function Other({ end: { account }, other }: { readonly end: SignInEnd; readonly other: SignInEnd['account'] }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>();
  const names = { username: account.username, other: other.username };
  return (
    <>
      <div>{t('signedOut.other', names)}</div>
      <ProblemAlert error={error} />
      <Group justify="flex-end" gap={8}>
        <Button
          variant="default"
          onClick={() => {
            signOutOnce().then(awaitSignIn, setError);
          }}
        >
          {t('signedOut.back', names)}
        </Button>
        <Button
          color="red"
          onClick={() => {
            window.location.assign('/');
          }}
        >
          {t('signedOut.load', names)}
        </Button>
      </Group>
    </>
  );
}
