import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Method } from './values.ts';

interface MethodActionsProps {
  readonly method: Method;
  /** Whether the identity has this method already. */
  readonly had: boolean;
  /** Whether its secret is stored. */
  readonly stored: boolean;
  readonly onChoose: (method: Method) => void;
}

/** Replace and Remove for a stored secret, and Undo for both. */
export function MethodActions({ method, had, stored, onChoose }: MethodActionsProps) {
  const { t } = useTranslation('identities');
  if (had && method !== 'keep') return <Act onClick={() => onChoose('keep')}>{t('form.keep')}</Act>;
  return (
    <>
      {method === 'keep' && <Act onClick={() => onChoose('new')}>{t(stored ? 'form.replace' : 'form.addSecret')}</Act>}
      <Act onClick={() => onChoose('none')}>{t('form.remove')}</Act>
    </>
  );
}

function Act({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  return (
    <Button variant="subtle" color="gray" onClick={onClick}>
      {children}
    </Button>
  );
}
