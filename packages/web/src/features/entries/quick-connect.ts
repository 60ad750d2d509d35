import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { identityList } from '../identities/queries.ts';
import { parseQuickAddress } from './address.ts';
import { useConnect } from './commands.ts';
import { matchAddress } from './match-address.ts';
import { servers } from './queries.ts';

/**
 * Connects to the server of an address or an ssh command, or opens the form for a new server with it. Returns whether it is valid.
 */
export function useQuickConnect(): (text: string) => boolean {
  const client = useQueryClient();
  const navigate = useNavigate();
  const connect = useConnect();
  return useCallback(
    (text) => {
      const address = parseQuickAddress(text);
      if (address === undefined) return false;
      const open = async () => {
        const [index, identities] = await Promise.all([client.query(servers), client.query(identityList)]);
        const entry = matchAddress(index, identities, address);
        if (entry !== undefined) connect({ entryId: entry.id, name: entry.name });
        else await navigate({ to: '/servers/new', search: { address: text.trim() } });
      };
      void open();
      return true;
    },
    [client, navigate, connect],
  );
}
