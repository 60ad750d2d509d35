import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { liveSessions } from '../../features/sessions/queries.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { signOutNow } from '../sign-out.ts';
import { showOverlay, useOverlay } from './overlay.ts';

/** Asks before signing out while sessions run, which end with the sign-in. */
export function SignOutDialog() {
  return useOverlay() === 'sign-out' ? <Question /> : null;
}

function Question() {
  const { t } = useTranslation();
  const { data } = useQuery(liveSessions);
  const [isBusy, setIsBusy] = useState(false);
  const close = () => showOverlay(undefined);
  return (
    <Confirm
      title={t('signOut.title')}
      act={t('signOut.act')}
      busy={isBusy}
      onConfirm={() => {
        setIsBusy(true);
        void signOutNow().finally(close);
      }}
      onClose={close}
    >
      {data === undefined ? null : t('signOut.text', { count: data.length })}
    </Confirm>
  );
}
