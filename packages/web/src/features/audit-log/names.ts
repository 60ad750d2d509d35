import { useQueries, useQuery } from '@tanstack/react-query';
import { members, organizationList } from '../organizations/queries.ts';

/** Above this, people are told by what the entries themselves say of them: each organization is a call. */
const maxAsked = 12;

/** Looks names up that entries tell only the numbers of. */
export interface Names {
  readonly organization: (id: number) => string | undefined;
  readonly person: (accountId: number) => string | undefined;
}

/** The names of the organizations of the reader and of those who belong to them. */
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
