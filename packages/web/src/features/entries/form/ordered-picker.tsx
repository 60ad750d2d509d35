import { ActionIcon, Select, VisuallyHidden, type ComboboxItem, type ComboboxItemGroup } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './form.module.css';
import { useSortable } from './use-sortable.ts';

/** A selected item. */
export interface Picked {
  readonly id: number;
  readonly name: string;
  /** Shown after its name. */
  readonly detail?: ReactNode;
}

interface OrderedPickerProps {
  readonly title: string;
  readonly hint: string;
  /** The text for an empty selection. */
  readonly empty: string;
  /** Shown at the first item. */
  readonly firstMark?: ReactNode;
  readonly picked: readonly Picked[];
  readonly options: readonly ComboboxItemGroup<ComboboxItem>[];
  readonly addLabel: string;
  readonly nothingFound: string;
  readonly error?: ReactNode;
  readonly onChange: (ids: number[]) => void;
}

/** An ordered selection: items can be added, removed, and sorted by dragging or by buttons. */
export function OrderedPicker({ picked, options, onChange, ...texts }: OrderedPickerProps) {
  const { t } = useTranslation('entries');
  const titleId = useId();
  const [announcement, setAnnouncement] = useState('');
  const [search, setSearch] = useState('');
  const add = useRef<HTMLInputElement>(null);
  const ids = picked.map(({ id }) => id);
  const moveTo = (id: number, position: number) => {
    const next = ids.filter((other) => other !== id).toSpliced(position, 0, id);
    onChange(next);
    const name = picked.find((item) => item.id === id)?.name ?? '';
    setAnnouncement(t('form.pick.moved', { name, position: next.indexOf(id) + 1, count: next.length }));
  };
  const dropOn = (target: number, dragged: number, placement: 'before' | 'after') => {
    const others = ids.filter((id) => id !== dragged);
    moveTo(dragged, others.indexOf(target) + (placement === 'after' ? 1 : 0));
  };
  return (
    <section className={classes['card']} aria-labelledby={titleId}>
      <div className={classes['cardHead']}>
        <h2 id={titleId} className={classes['cardTitle']}>
          {texts.title}
        </h2>
        {picked.length > 1 && <span className={classes['faint']}>{texts.hint}</span>}
      </div>
      {picked.length === 0 ? (
        <p className={classes['faint']}>{texts.empty}</p>
      ) : (
        <ol className={classes['picked']}>
          {picked.map((item, position) => (
            <PickedRow
              key={item.id}
              item={item}
              position={position}
              count={picked.length}
              list={titleId}
              mark={position === 0 ? texts.firstMark : undefined}
              onMove={(to) => moveTo(item.id, to)}
              onDrop={(dragged, placement) => dropOn(item.id, dragged, placement)}
              onRemove={() => {
                onChange(ids.filter((id) => id !== item.id));
                // The button is removed with its row; without this, the focus would return to the top of the page.
                add.current?.focus();
              }}
            />
          ))}
        </ol>
      )}
      <Select
        ref={add}
        aria-label={texts.addLabel}
        placeholder={texts.addLabel}
        data={options}
        value={null}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        nothingFoundMessage={texts.nothingFound}
        limit={100}
        maxDropdownHeight={280}
        error={texts.error}
        onChange={(id) => {
          if (id !== null) onChange([...ids, Number(id)]);
          setSearch('');
        }}
      />
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </section>
  );
}

interface PickedRowProps {
  readonly item: Picked;
  readonly position: number;
  readonly count: number;
  readonly list: string;
  readonly mark: ReactNode;
  readonly onMove: (position: number) => void;
  readonly onDrop: (dragged: number, placement: 'before' | 'after') => void;
  readonly onRemove: () => void;
}

function PickedRow({ item, position, count, list, mark, onMove, onDrop, onRemove }: PickedRowProps) {
  const { t } = useTranslation('entries');
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const edge = useSortable({ row, handle, id: item.id, list, onDrop });
  const { name } = item;
  const move = (button: HTMLElement, to: number) => {
    onMove(to);
    // The row was moved within the page, which makes the browser drop the focus.
    requestAnimationFrame(() => button.focus());
  };
  return (
    <li ref={row} className={classes['pickedRow']} data-edge={edge}>
      <span ref={handle} className={classes['handle']} title={t('form.pick.drag')}>
        <IconGripVertical size={16} stroke={1.6} aria-hidden />
      </span>
      <span className={classes['pickedName']}>{name}</span>
      {mark}
      <span className={classes['pickedDetail']}>{item.detail}</span>
      <ActionIcon
        size={28}
        aria-label={t('form.pick.moveUp', { name })}
        aria-disabled={position === 0}
        className={classes['step'] ?? ''}
        onClick={(event) => {
          if (position > 0) move(event.currentTarget, position - 1);
        }}
      >
        <IconArrowUp size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('form.pick.moveDown', { name })}
        aria-disabled={position === count - 1}
        className={classes['step'] ?? ''}
        onClick={(event) => {
          if (position < count - 1) move(event.currentTarget, position + 1);
        }}
      >
        <IconArrowDown size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t('form.pick.remove', { name })} onClick={onRemove}>
        <IconX size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </li>
  );
}
