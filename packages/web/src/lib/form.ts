import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { faultOf } from '@gatehouse/contract/messages/faults';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { z } from 'zod';
import { problemOf } from './api.ts';
import { worded } from './messages.ts';

type Values = Record<string, unknown>;

interface ContractFormOptions<V extends Values> {
  readonly initialValues: V;
  /** The operation's body. */
  readonly schema: z.ZodType;
  /** The request body, made from the values of the form. */
  readonly bodyOf: (values: V) => unknown;
}

/**
 * A form that is validated with the schema of the contract, as the server does it: on submit, not when a field loses the focus, because an error
 * that appears while a person moves to the button would shift the button away.
 */
export function useContractForm<V extends Values>({ initialValues, schema, bodyOf }: ContractFormOptions<V>) {
  const form = useForm<V>({
    mode: 'controlled',
    initialValues,
    validate: (values) => {
      const checked = schema.safeParse(bodyOf(values));
      if (checked.success) return {};
      return Object.fromEntries(
        checked.error.issues.map((issue) => [
          issue.path.join('.'),
          worded(codedFields('message', faultOf(issue)), 'message'),
        ]),
      );
    },
  });
  const onSubmit: typeof form.onSubmit = (send, complain) =>
    form.onSubmit(send, complain ?? ((errors) => focusFirst(form, Object.keys(errors))));
  return { ...form, onSubmit };
}

/** Moves the focus to the first invalid field of the page. */
function focusFirst<V extends Values>(form: UseFormReturnType<V>, paths: readonly string[]): void {
  const fields = paths.flatMap((path) => form.getInputNode<HTMLElement, string>(path) ?? []);
  const isBefore = (one: HTMLElement, other: HTMLElement) =>
    (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  fields.toSorted((one, other) => (isBefore(one, other) ? -1 : 1))[0]?.focus();
}

/**
 * Shows the errors of the server at the fields that they name; the values stay. Returns whether every error has a field, so that a form shows
 * the others above its buttons.
 */
export function showFieldErrors<V extends Values>(form: UseFormReturnType<V>, error: unknown): boolean {
  const details = problemOf(error)?.details ?? [];
  for (const detail of details) form.setFieldError(detail.path, worded(detail, 'message'));
  focusFirst(
    form,
    details.map(({ path }) => path),
  );
  const values = form.getValues();
  return details.length > 0 && details.every(({ path }) => Object.hasOwn(values, path.split('.')[0] ?? ''));
}
