import { ActionIcon, Button } from '@mantine/core';
import { IconLayoutGrid, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { namesOf } from '../../workspace/sets.ts';
import classes from './set-cards.module.css';
import { useSets } from './use-sets.ts';

/** The saved sets of tabs, to open or delete them; nothing if there is none. */
export function SetCards() {
  const { t } = useTranslation();
  const titleId = useId();
  const { sets, open, remove } = useSets();
  if (sets.length === 0) return null;
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className={classes['title']}>
        {t('sets.title')}
      </h2>
      <ul className={classes['cards']}>
        {sets.map((set) => (
          <li key={set.name} className={classes['card']}>
            <IconLayoutGrid className={classes['icon']} size={18} stroke={1.6} aria-hidden />
            <span className={classes['text']}>
              <span className={classes['name']}>{set.name}</span>
              <span className={classes['detail']}>{namesOf(set).join(', ')}</span>
            </span>
            <ActionIcon aria-label={t('sets.remove', { name: set.name })} onClick={() => remove(set)}>
              <IconTrash size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('sets.openNamed', { name: set.name })}
              onClick={() => open(set)}
            >
              {t('sets.open')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
