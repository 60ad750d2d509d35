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
  /** What the form sends, made of what is typed. */
  readonly bodyOf: (values: V) => unknown;
}

/**
 * A form that is checked with the schema of the contract before the server checks it with the same: when it is sent, not when a field is left,
 * because a complaint that appears while one reaches for the button moves it away from under the pointer.
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

/** Puts the keyboard where the first complaint is, from the top of the page, so that nobody has to look for it. */
function focusFirst<V extends Values>(form: UseFormReturnType<V>, paths: readonly string[]): void {
  const fields = paths.flatMap((path) => form.getInputNode<HTMLElement, string>(path) ?? []);
  const isBefore = (one: HTMLElement, other: HTMLElement) =>
    (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  fields.toSorted((one, other) => (isBefore(one, other) ? -1 : 1))[0]?.focus();
}

/**
 * Puts what the server refused at the fields that it names; what is typed stays. Returns whether every part of the problem found its field, so
 * that a form shows the rest above its buttons.
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
