import { useQuery } from '@tanstack/react-query';
import { EntryPage } from '../features/entries/entry-page.tsx';
import { sessionList } from '../features/sessions/queries.ts';

/** A server with the person's sessions on it. */
export function EntryScreen() {
  const { data } = useQuery(sessionList);
  return <EntryPage sessions={data} />;
}
