import { Button, Checkbox, Loader } from '@mantine/core';
import type { RecoveryKit as Kit } from '@gatehouse/contract/site';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { day } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useChangePreferences, usePreferences } from '../accounts/queries.ts';
import { KitSheet } from './kit-sheet.tsx';
import { copyCommand, dataLocation, keyLocation, kitText } from './kit-text.ts';
import { recoveryKit } from './queries.ts';
import classes from './recovery-kit.module.css';

/** The locations of key and data, the recovery kit, and the confirmation of a copy of the key; for administrators. */
export function RecoveryKit() {
  const { data: kit, error } = useQuery(recoveryKit);
  if (error !== null) return <ProblemAlert error={error} />;
  if (kit === undefined) return <Loader size="sm" />;
  return (
    <div className={classes['root']}>
      <Facts kit={kit} />
      <CopyTheKey kit={kit} />
      <KitActions kit={kit} />
      <Confirmation />
      <KitSheet kit={kit} />
    </div>
  );
}

function Facts({ kit }: { readonly kit: Kit }) {
  const { t } = useTranslation('service');
  const facts = [
    { name: t('kit.key'), value: keyLocation(kit, t) },
    { name: t('kit.data'), value: dataLocation(kit, t) },
    { name: t('kit.fingerprint'), value: kit.key.fingerprint },
  ];
  return (
    <dl className={classes['facts']}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes['fact']}>
          <dt>{name}</dt>
          <dd className="mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function CopyTheKey({ kit }: { readonly kit: Kit }) {
  const { t } = useTranslation('service');
  const command = copyCommand(kit);
  return (
    <div>
      <p className={classes['text']}>
        {command === undefined ? t('kit.parts.copyEnvironment') : t('kit.parts.copyFile')}
      </p>
      {command !== undefined && (
        <div className={classes['command']}>
          <code className="mono">{command}</code>
          <CopyButton value={command} />
        </div>
      )}
      <p className={classes['text']}>{t('kit.apart')}</p>
    </div>
  );
}

function KitActions({ kit }: { readonly kit: Kit }) {
  const { t, i18n } = useTranslation('service');
  function download(): void {
    const text = kitText(kit, { t, origin: window.location.origin, language: i18n.language });
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `gatehouse-recovery-kit-${window.location.hostname}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <div>
      <div className={classes['actions']}>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={download}>
          {t('kit.download')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('kit.print')}
        </Button>
      </div>
      <p className={classes['note']}>{t('kit.harmless')}</p>
    </div>
  );
}

function Confirmation() {
  const { t, i18n } = useTranslation('service');
  const { recoveryKitConfirmedAt } = usePreferences();
  const change = useChangePreferences();
  return (
    <div className={classes['promise']}>
      <Checkbox
        label={t('kit.confirm')}
        description={
          recoveryKitConfirmedAt === null
            ? undefined
            : t('kit.confirmed', { date: day(recoveryKitConfirmedAt, i18n.language) })
        }
        checked={recoveryKitConfirmedAt !== null}
        onChange={(event) =>
          change.mutate({ recoveryKitConfirmedAt: event.currentTarget.checked ? new Date().toISOString() : null })
        }
      />
      <ProblemAlert error={change.error} />
    </div>
  );
}
