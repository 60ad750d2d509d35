import type { IdentityType } from '@gatehouse/contract/identities';
import type { Organization } from '@gatehouse/contract/organizations';
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './facet-row.module.css';
import { type Attention, attentions, type Facets, kinds, oldDays, unusedDays } from './facets.ts';

interface FacetRowProps {
  readonly facets: Facets;
  readonly organizations: readonly Organization[];
  readonly attention: Readonly<Record<Attention, number>>;
  readonly onChange: (facets: Partial<Facets>) => void;
}

/** The filters of the list: owner, attention, type. */
export function FacetRow({ facets, organizations, attention, onChange }: FacetRowProps) {
  const { t } = useTranslation('identities');
  const { scope, only, kind } = facets;
  return (
    <>
      <div role="group" aria-label={t('facets.scopes')} className={classes['group']}>
        <Facet pressed={scope === undefined} onPress={() => onChange({ scope: undefined })}>
          {t('facets.all')}
        </Facet>
        <Facet pressed={scope === 'mine'} onPress={() => onChange({ scope: 'mine' })}>
          {t('facets.mine')}
        </Facet>
        {organizations.map(({ id, name }) => (
          <Facet key={id} pressed={scope === id} onPress={() => onChange({ scope: id })}>
            <span className={classes['organization']}>{name}</span>
          </Facet>
        ))}
      </div>
      <span className={classes['separator']} />
      <div role="group" aria-label={t('facets.attention')} className={classes['group']}>
        {attentions.map((need) => (
          <Facet
            key={need}
            pressed={only === need}
            onPress={() => onChange({ only: only === need ? undefined : need })}
          >
            {t(`facets.${need}`, { days: need === 'old' ? oldDays : unusedDays })}
            <span className={classes['count']} data-some={attention[need] > 0 || undefined}>
              {attention[need]}
            </span>
          </Facet>
        ))}
      </div>
      <span className={classes['separator']} />
      <NativeSelect
        size="xs"
        variant="unstyled"
        aria-label={t('facets.kind')}
        className={classes['kind']}
        value={kind ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ kind: kinds.find((known): known is IdentityType => known === value) })
        }
        data={[
          { value: '', label: t('facets.anyKind') },
          ...kinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
      />
    </>
  );
}

interface FacetProps {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Facet({ pressed, onPress, children }: FacetProps) {
  return (
    <button type="button" className={classes['facet']} aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  );
}
