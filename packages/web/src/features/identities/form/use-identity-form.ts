import { createIdentity, updateIdentity, type Identity } from '@gatehouse/contract/identities';
import { useContractForm } from '../../../lib/form.ts';
import { bodyOfChange, bodyOfNew, valuesOf, emptyValues, type IdentityFormValues } from './values.ts';

/** The state of the form, beginning with what is stored or with a new identity. */
export function useIdentityForm(before: Identity | undefined) {
  return useContractForm<IdentityFormValues>({
    initialValues: before === undefined ? emptyValues() : valuesOf(before),
    schema: before === undefined ? createIdentity.body : updateIdentity.body,
    bodyOf: (values) => (before === undefined ? bodyOfNew(values) : bodyOfChange(values, before)),
  });
}
export type IdentityFormState = ReturnType<typeof useIdentityForm>;
