import { hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import { Alert, Checkbox, Select, Stack, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TreeIndex } from '../tree-index.ts';
import classes from './form.module.css';
import { IconPicker } from './icon-picker.tsx';
import { JumpPicker } from './jump-picker.tsx';
import { TerminalFields } from './terminal-fields.tsx';
import type { EntryValues } from './values.ts';

const textKeys = ['hostKeyPolicy', 'term', 'locale', 'charset', 'backspace', 'notes'] as const;

interface AdvancedFieldsProps {
  readonly form: UseFormReturnType<EntryValues>;
  readonly index: TreeIndex;
  readonly entryId: number | undefined;
  /** Jump hosts of the address that do not exist as servers yet. */
  readonly missingJumps: readonly string[];
}

/** Settings that most servers do not need; expanded if one of them is set or invalid. */
export function AdvancedFields({ form, index, entryId, missingJumps }: AdvancedFieldsProps) {
  const { t } = useTranslation('entries');
  const { config, icon } = form.values;
  const isSet = config.jumpHosts.length > 0 || config.legacyAlgorithms || textKeys.some((key) => config[key] !== '');
  const [open, setOpen] = useState(isSet || icon !== '' || missingJumps.length > 0);
  const wrong = ['jumpHosts', 'legacyAlgorithms', ...textKeys].some((key) => `config.${key}` in form.errors);
  const policy = hostKeyPolicySchema.safeParse(config.hostKeyPolicy).data;
  return (
    <details
      className={classes['advanced']}
      open={open || wrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className={classes['summary']}>{t('form.more')}</summary>
      <Stack gap={20} pt={16}>
        {missingJumps.length > 0 && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('form.jumpsMissing', { names: missingJumps.join(', ') })}
          </Alert>
        )}
        <JumpPicker
          index={index}
          entryId={entryId}
          ids={config.jumpHosts}
          error={form.errors['config.jumpHosts']}
          onChange={(ids) => form.setFieldValue('config.jumpHosts', ids)}
        />
        <Select
          label={t('form.policy')}
          description={policy === undefined ? t('form.policyInheritedText') : t(`policy.${policy}.text`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[
            { value: '', label: t('form.policyInherited') },
            ...hostKeyPolicySchema.options.map((value) => ({ value, label: t(`policy.${value}.name`) })),
          ]}
          allowDeselect={false}
          {...form.getInputProps('config.hostKeyPolicy')}
        />
        <Checkbox
          label={t('form.legacy')}
          description={t('form.legacyText')}
          {...form.getInputProps('config.legacyAlgorithms', { type: 'checkbox' })}
        />
        <TerminalFields form={form} />
        <Textarea
          label={
            <>
              {t('form.notes')} <span className={classes['faint']}>· {t('form.notesHint')}</span>
            </>
          }
          autosize
          minRows={3}
          maxRows={14}
          {...form.getInputProps('config.notes')}
        />
        <IconPicker value={icon} onChange={(name) => form.setFieldValue('icon', name)} />
      </Stack>
    </details>
  );
}
