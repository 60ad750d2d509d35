import { useQueries, useQuery } from '@tanstack/react-query';
import { members, organizationList } from '../organizations/queries.ts';

/** With more organizations, people are shown by the name in the entry: each organization needs a request. */
const maxAsked = 12;

/** Looks up the names of objects for which an entry has only the id. */
export interface Names {
  readonly organization: (id: number) => string | undefined;
  readonly person: (accountId: number) => string | undefined;
}

/** The names of the reader's organizations and of their members. */
export function useNames(): Names {
  const { data: organizations = [] } = useQuery(organizationList);
  const people = useQueries({
    queries: organizations.slice(0, maxAsked).map(({ id }) => members(id)),
    combine: (answers) => new Map(answers.flatMap(({ data = [] }) => data.map((one) => [one.accountId, one.username]))),
  });
  return {
    organization: (id) => organizations.find((one) => one.id === id)?.name,
    person: (accountId) => people.get(accountId),
  };
}
