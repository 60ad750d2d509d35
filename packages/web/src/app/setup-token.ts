/** In the link on the server's console; browsers do not send fragments. */
const fragment = /^#setup=([0-9a-f]{40})$/;

/** The set-up token of the link with which this page was opened. */
export const setupToken = takeSetupToken();

/** Takes the token out of the address bar, so that neither the history nor a copied address has it. */
function takeSetupToken(): string | undefined {
  const { hash, pathname, search } = window.location;
  const token = fragment.exec(hash)?.[1];
  if (token !== undefined) window.history.replaceState(window.history.state, '', pathname + search);
  return token;
}
