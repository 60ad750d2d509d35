import { createIdentity, updateIdentity, type Identity } from '@gatehouse/contract/identities';
import { useContractForm } from '../../../lib/form.ts';
import { bodyOfChange, bodyOfNew, draftOf, emptyDraft, type Draft } from './draft.ts';

/** The state of the form, beginning with what is stored or with a new identity. */
export function useIdentityForm(before: Identity | undefined) {
  return useContractForm<Draft>({
    initialValues: before === undefined ? emptyDraft() : draftOf(before),
    schema: before === undefined ? createIdentity.body : updateIdentity.body,
    bodyOf: (draft) => (before === undefined ? bodyOfNew(draft) : bodyOfChange(draft, before)),
  });
}
export type IdentityFormState = ReturnType<typeof useIdentityForm>;
