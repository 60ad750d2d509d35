import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { ApiError } from '@gatehouse/contract/client';
import { useCallback, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Blocked } from './blocked.tsx';
import { useSignIn } from './queries.ts';
import classes from './sign-in-page.module.css';

interface SignInFormProps {
  /** Who was signed in to this page before; the page goes on. */
  readonly again?: string;
  /** Whether the first field gets the focus. */
  readonly takesFocus?: boolean;
  readonly onSignedIn: () => void;
}

/** The fields of every method of signing in; on the sign-in page, and above a page whose sign-in has ended. */
export function SignInForm({ again, takesFocus = false, onSignedIn }: SignInFormProps) {
  const { t } = useTranslation('auth');
  const signIn = useSignIn({ isAgain: again !== undefined });
  const [username, setUsername] = useState(again ?? '');
  const [password, setPassword] = useState('');
  const [blockedUntil, setBlockedUntil] = useState<number>();
  const passwordField = useRef<HTMLInputElement>(null);
  const unblock = useCallback(() => setBlockedUntil(undefined), []);
  const complete = username.trim() !== '' && password !== '';

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!complete || signIn.isPending || blockedUntil !== undefined) return;
    signIn.mutate(
      { username: username.trim(), password },
      {
        onSuccess: onSignedIn,
        onError: (error) => {
          setPassword('');
          passwordField.current?.focus();
          if (error instanceof ApiError && error.retryAfterS !== undefined)
            setBlockedUntil(Date.now() + error.retryAfterS * 1000);
        },
      },
    );
  }

  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <TextInput
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={takesFocus}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0 }}
        />
        {blockedUntil !== undefined ? (
          <Blocked until={blockedUntil} onOver={unblock} />
        ) : (
          <SignInProblem error={signIn.error} />
        )}
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={!complete || blockedUntil !== undefined}>
          {t('signIn.act')}
        </Button>
      </Stack>
    </form>
  );
}

function SignInProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('auth');
  if (problemOf(error)?.error !== 'invalid_credentials') return <ProblemAlert error={error} />;
  return (
    <p role="alert" className={classes['wrong']}>
      {t('signIn.wrong')}
    </p>
  );
}
