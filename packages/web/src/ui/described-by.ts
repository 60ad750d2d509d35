/** Props that describe a Mantine field by the elements with these ids: its fields overwrite an `aria-describedby` that is passed. */
export function describedByText(ids: string) {
  return { attributes: { input: { 'aria-describedby': ids } } } as const;
}
