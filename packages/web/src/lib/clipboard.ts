/** Copies a text to the clipboard, also over plain HTTP, where browsers have no clipboard API; returns whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  // The types do not reflect that insecure contexts have no clipboard API.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard === undefined) return copyBySelection(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The content of the clipboard; undefined if the browser does not allow access. */
export async function readClipboard(): Promise<string | undefined> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    return await clipboard?.readText();
  } catch {
    return undefined;
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  // Deprecated, but the only API in insecure contexts.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
