import { Button } from '@mantine/core';
import type { DataReport } from '@gatehouse/contract/site';
import { useTranslation } from 'react-i18next';
import { worded } from '../../lib/messages.ts';
import { Status } from '../../ui/chip.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Card, CardRow, Section } from '../../ui/section.tsx';
import { useVerifyData } from './queries.ts';

const tones = { ok: 'ok', problems: 'bad', incomplete: 'warn' } as const;

/** Verifies that the stored secrets and the audit log are unchanged; for administrators. */
export function VerifySection() {
  const { t } = useTranslation('service');
  const { data: report, error, isPending, mutate } = useVerifyData();
  const button = (
    <Button
      variant="default"
      loading={isPending}
      onClick={() => {
        mutate();
      }}
    >
      {t('verify.start')}
    </Button>
  );
  return (
    <Section title={t('verify.title')} text={t('verify.text')} actions={button}>
      <ProblemAlert error={error} />
      <div role="status">{report !== undefined && <Report report={report} />}</div>
    </Section>
  );
}

function Report({ report: { result, secrets, audit } }: { readonly report: DataReport }) {
  const { t } = useTranslation('service');
  const facts = [
    t('verify.opened', { count: secrets.opened }),
    t('verify.entries', { count: audit.entries }),
    t('verify.compared', { count: audit.checkpoints.compared }),
  ];
  const hidden = secrets.problemCount - secrets.problems.length;
  return (
    <Card rows>
      <CardRow
        title={<Status tone={tones[result]}>{t(`verify.result.${result}`)}</Status>}
        detail={facts.join(' · ')}
      />
      {audit.problem !== null && <CardRow title={worded({ ...audit, problem: audit.problem }, 'problem')} />}
      {secrets.problems.map(({ rows, rowId, field, fault }) => (
        <CardRow
          key={`${rows} ${rowId} ${field} ${fault}`}
          title={<span className="mono">{t('verify.place', { rows, rowId, field })}</span>}
          detail={t(`verify.faults.${fault}`)}
        />
      ))}
      {hidden > 0 && <CardRow title={t('verify.more', { count: hidden })} />}
      {result === 'problems' && <CardRow title={t('verify.advice')} />}
    </Card>
  );
}
