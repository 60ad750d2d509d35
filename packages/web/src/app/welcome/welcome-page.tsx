import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { preferencesSchema } from '../../features/accounts/preferences.ts';
import { me } from '../../features/accounts/queries.ts';
import { AccountStep } from './account-step.tsx';
import { IdentityStep } from './identity-step.tsx';
import { KitStep } from './kit-step.tsx';
import { Progress } from './progress.tsx';
import { ServerStep } from './server-step.tsx';
import { stepsOf, stepToShow, type StepName } from './steps.ts';
import classes from './welcome-page.module.css';

/** The first run: from an empty installation to a terminal. Every step after the account can be skipped. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { step: wanted } = useSearch({ from: '/welcome' });
  const { data: person } = useQuery(me);
  const state = {
    signedIn: person !== undefined,
    isAdmin: person?.isAdmin === true,
    kitConfirmed: preferencesSchema.parse(person?.preferences['web'] ?? {}).recoveryKitConfirmedAt !== null,
  };
  const step = stepToShow(wanted, state);
  const steps = stepsOf(state);
  usePinned(step, wanted);
  return (
    <div className={classes['root']}>
      <title>{`${t(`welcome.${step}.title`)} · Gatehouse`}</title>
      <Progress steps={steps} current={step} signedIn={state.signedIn} />
      <main className={classes['main']}>
        <div key={step} className={classes['step']}>
          <p className={classes['number']}>
            {/* The last step opens the terminal. */}
            {t('welcome.number', { number: steps.indexOf(step) + 1, of: steps.length + 1 })}
          </p>
          <Heading step={step} />
          <p className={classes['text']}>{t(`welcome.${step}.text`)}</p>
          <StepContent step={step} />
        </div>
      </main>
    </div>
  );
}

/** Keeps the step in the address, so that only its buttons leave it, and a reload returns to it. */
function usePinned(step: StepName, wanted: StepName | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (step !== wanted) void navigate({ to: '/welcome', search: { step }, replace: true });
  }, [navigate, step, wanted]);
}

function Heading({ step }: { readonly step: StepName }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  // Screen readers announce the heading of the new step. In the first step, its field has the focus.
  useEffect(() => {
    if (step !== 'account') heading.current?.focus();
  }, [step]);
  return (
    <h1 ref={heading} tabIndex={-1} className={classes['title']}>
      {t(`welcome.${step}.title`)}
    </h1>
  );
}

function StepContent({ step }: { readonly step: StepName }) {
  const navigate = useNavigate();
  const goTo = (next: StepName) => void navigate({ to: '/welcome', search: { step: next } });
  const leave = () => void navigate({ to: '/servers' });
  switch (step) {
    case 'account':
      return <AccountStep />;
    case 'kit':
      return <KitStep onDone={() => goTo('identity')} />;
    case 'identity':
      return <IdentityStep onDone={() => goTo('server')} onLeave={leave} />;
    case 'server':
      return <ServerStep onLeave={leave} />;
  }
}
