import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { canAddTo, foldersWithin, type Place, type TreeIndex } from '../tree-index.ts';
import { placeKey, placeName, placeOfKey } from './places.ts';

interface PlaceSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly index: TreeIndex;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  /** Places that cannot be chosen. */
  readonly allows?: (place: Place) => boolean;
}

/** Chooses where a server or a folder belongs: among what the person may change, with the whole path of each folder. */
export function PlaceSelect({ index, place, onPlace, allows = () => true, ...select }: PlaceSelectProps) {
  const { t } = useTranslation('entries');
  const places = index.shelves
    .flatMap(({ organizationId, nodes }): Place[] => [
      { organizationId, folderId: null },
      ...foldersWithin(nodes).map(({ id }) => ({ organizationId, folderId: id })),
    ])
    .filter((found) => canAddTo(index, found));
  const nameOf = (found: Place) => {
    const name = placeName(index, found);
    if (name === undefined) return t('mine');
    return found.organizationId === null ? `${t('mine')} / ${name}` : name;
  };
  return (
    <Select
      searchable
      allowDeselect={false}
      limit={200}
      maxDropdownHeight={320}
      {...select}
      data={places.filter(allows).map((found) => ({ value: placeKey(found), label: nameOf(found) }))}
      value={placeKey(place)}
      onChange={(key) => {
        if (key !== null) onPlace(placeOfKey(index, key));
      }}
    />
  );
}
