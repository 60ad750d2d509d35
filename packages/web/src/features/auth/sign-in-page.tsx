import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { ApiError } from '@gatehouse/contract/client';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import { Mark } from '../../ui/mark.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Blocked } from './blocked.tsx';
import { innerPath } from './inner-path.ts';
import { useSignIn } from './queries.ts';
import classes from './sign-in-page.module.css';

/** The sign-in page. */
export function SignInPage() {
  const { t } = useTranslation('auth');
  return (
    <main className={classes['root']}>
      <title>{`${t('signIn.title')} · Gatehouse`}</title>
      <div className={classes['card']}>
        <span className={classes['mark']}>
          <Mark size={40} />
        </span>
        <h1 className={classes['title']}>{t('signIn.title')}</h1>
        <p className={classes['host']}>{window.location.host}</p>
        <SignInForm />
      </div>
    </main>
  );
}

function SignInForm() {
  const { t } = useTranslation('auth');
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
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
        onSuccess: () => router.history.push(innerPath(next, window.location.origin)),
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
    <form onSubmit={submit} className={classes['form']}>
      <Stack gap={16}>
        <TextInput
          label={t('signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
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
