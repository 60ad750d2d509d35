import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../lib/api.ts';
import { worded } from '../lib/messages.ts';

/** The message of an error, with the request id for the server's log; renders nothing without an error. */
export function ProblemAlert({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === undefined || error === null) return null;
  const problem = problemOf(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert">
      {problem === undefined ? t('problem.unreachable') : worded(problem, 'message')}
      {problem?.error === 'internal' && <div className="mono">{problem.requestId}</div>}
    </Alert>
  );
}
