import { listSettings, updateSettings, type SettingValue } from '@gatehouse/contract/settings';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** The settings of the server; for administrators. */
export const serverSettings = queryOptions({
  queryKey: ['settings'],
  queryFn: () => call(listSettings, {}),
});

/** Changes settings, all or none; null goes back to the default. */
export function useUpdateSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Readonly<Record<string, SettingValue | null>>) => call(updateSettings, { body: changes }),
    onSuccess: ({ settings }) => client.setQueryData(serverSettings.queryKey, settings),
  });
}
