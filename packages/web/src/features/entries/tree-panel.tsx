/** The servers and folders of the person and of the organizations, beside every screen of the area. */
export function TreePanel() {
  return null;
}
