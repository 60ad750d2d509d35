/** The list of shortcuts, shown by `?`. */
export function ShortcutHelp() {
  return null;
}
