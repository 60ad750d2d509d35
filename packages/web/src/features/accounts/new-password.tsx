import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { strengthOf, type Strength } from './password-strength.ts';
import classes from './new-password.module.css';

interface NewPasswordProps extends Omit<PasswordInputProps, 'value'> {
  readonly value: string;
  readonly username: string;
}

/** How much of the bar is full. */
const steps: Readonly<Record<Strength, number>> = { short: 1, weak: 1, fair: 2, good: 3, strong: 4 };

/** A field for a new password, with a rating of its strength. */
export function NewPassword({ value, username, ...input }: NewPasswordProps) {
  const { t } = useTranslation('accounts');
  const strength = strengthOf(value, username);
  return (
    <div>
      <PasswordInput
        label={t('password.label')}
        autoComplete="new-password"
        value={value}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
        {...input}
      />
      <div className={classes['strength']} data-strength={strength} data-empty={value === '' || undefined}>
        <span
          className={classes['bar']}
          aria-hidden
          style={{ '--full': `${25 * steps[strength]}%` } as React.CSSProperties}
        />
        <span role="status">{value === '' ? t('password.hint') : t(`password.strength.${strength}`)}</span>
      </div>
    </div>
  );
}
