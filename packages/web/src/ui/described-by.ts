/** Props that tie a field of Mantine to the text with these ids: its fields put their own `aria-describedby`, or none, in the place of one that is passed. */
export function describedByText(ids: string) {
  return { attributes: { input: { 'aria-describedby': ids } } } as const;
}
