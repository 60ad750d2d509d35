/** Puts a text into the clipboard, also where the page is served over plain HTTP and the browser's own way is closed; whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  // The types do not know of insecure contexts, where there is no such thing.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard === undefined) return copyBySelection(text);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** What the person's clipboard holds, where the browser lets it be read; undefined elsewhere. */
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
  // Deprecated, and the only way in insecure contexts.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
