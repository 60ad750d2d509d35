import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { canAddTo, foldersWithin, type Location, type TreeIndex } from '../tree-index.ts';
import { locationKey, locationName, locationOfKey } from './locations.ts';

interface LocationSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly index: TreeIndex;
  readonly location: Location;
  readonly onLocation: (location: Location) => void;
  /** Whether a location can be selected. */
  readonly allows?: (location: Location) => boolean;
}

/** Selects the location of a server or a folder, among those that the person may add to; folders have their full path. */
export function LocationSelect({ index, location, onLocation, allows = () => true, ...select }: LocationSelectProps) {
  const { t } = useTranslation('entries');
  const locations = index.owners
    .flatMap(({ organizationId, nodes }): Location[] => [
      { organizationId, folderId: null },
      ...foldersWithin(nodes).map(({ id }) => ({ organizationId, folderId: id })),
    ])
    .filter((found) => canAddTo(index, found));
  const nameOf = (found: Location) => {
    const name = locationName(index, found);
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
      data={locations.filter(allows).map((found) => ({ value: locationKey(found), label: nameOf(found) }))}
      value={locationKey(location)}
      onChange={(key) => {
        if (key !== null) onLocation(locationOfKey(index, key));
      }}
    />
  );
}
