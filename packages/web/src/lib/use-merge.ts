import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { mergeChanges, type FieldConflict } from './merge-changes.ts';

type Values = Record<string, unknown>;

/** Applies what a person has changed in a form to a newer version of the object; `whole` as in `mergeChanges`. */
export function useMerge<V extends Values>(form: UseFormReturnType<V>, base: V, whole: readonly string[] = []) {
  /** Undefined until something was merged. */
  const [conflicts, setConflicts] = useState<readonly FieldConflict[]>();
  return {
    conflicts,
    /** `theirs`: the values of the newer version, which the form then starts from. */
    apply(theirs: V): void {
      const { merged, conflicts: found } = mergeChanges({ base, mine: form.getValues(), theirs }, whole);
      form.setInitialValues(theirs);
      form.resetDirty(theirs);
      form.setValues(merged);
      form.clearErrors();
      setConflicts(found);
    },
    /** Takes their value of a field. */
    take(path: string): void {
      const conflict = conflicts?.find((one) => one.path === path);
      if (conflict === undefined) return;
      form.setFieldValue(path as never, conflict.theirs);
      setConflicts(conflicts?.filter((one) => one !== conflict));
    },
    close(): void {
      setConflicts(undefined);
    },
  };
}
