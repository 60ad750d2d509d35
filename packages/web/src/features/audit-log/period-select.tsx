import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filter-bar.module.css';
import { periodOf, presetOf, presets, type Period } from './period.ts';

interface PeriodSelectProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}

const dayLength = 'YYYY-MM-DD'.length;

/** Selects a period: a preset, or from one day to another. */
export function PeriodSelect({ period, onChange }: PeriodSelectProps) {
  const { t } = useTranslation('auditLog');
  const preset = presetOf(period, new Date());
  const [wantsCustom, setWantsCustom] = useState(preset === 'custom');
  const isCustom = preset === 'custom' || wantsCustom;
  return (
    <>
      <Select
        className={classes['when'] ?? ''}
        aria-label={t('filters.when')}
        data={[...presets, 'custom' as const].map((value) => ({ value, label: t(`filters.${value}`) }))}
        value={isCustom ? 'custom' : preset}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = presets.find((one) => one === value);
          setWantsCustom(chosen === undefined);
          if (chosen !== undefined) onChange(periodOf(chosen, new Date()));
        }}
      />
      {isCustom &&
        (['startDate', 'endDate'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            className={classes['date'] ?? ''}
            aria-label={t(end === 'startDate' ? 'filters.from' : 'filters.to')}
            value={period[end]?.slice(0, dayLength) ?? ''}
            onChange={({ currentTarget: { value } }) => {
              onChange({ ...period, [end]: value === '' ? undefined : value });
            }}
          />
        ))}
    </>
  );
}
