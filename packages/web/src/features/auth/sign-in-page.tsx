import { useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../ui/mark.tsx';
import { innerPath } from './inner-path.ts';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';

/** The sign-in page. */
export function SignInPage() {
  const { t } = useTranslation('auth');
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  return (
    <main className={classes['root']}>
      <title>{`${t('signIn.title')} · Gatehouse`}</title>
      <div className={classes['card']}>
        <span className={classes['mark']}>
          <Mark size={40} />
        </span>
        <h1 className={classes['title']}>{t('signIn.title')}</h1>
        <p className={classes['host']}>{window.location.host}</p>
        <div className={classes['form']}>
          <SignInForm
            takesFocus
            onSignedIn={() => {
              router.history.push(innerPath(next, window.location.origin));
            }}
          />
        </div>
      </div>
    </main>
  );
}
