import i18next from 'i18next';
import { notify, notifyProblem } from '../../../ui/notice.tsx';
import type { ToBeSaved } from '../connection/terminal-connection.ts';
import { saveIdentity } from './save-identity.ts';

/**
 * Stores what a person typed for a login that succeeded, and notifies them of the result. Not if the server refused something before: then the
 * credential may be wrong. Resolves to the identity; undefined if nothing was stored.
 */
export async function keepTyped(
  entryId: number,
  { direct, saveAs: name }: ToBeSaved,
  wasRefused: boolean,
): Promise<number | undefined> {
  if (wasRefused) {
    notify(i18next.t('sessions:credential.notSaved', { name }));
    return undefined;
  }
  try {
    const { identityId, isLinked } = await saveIdentity(entryId, name, direct);
    notify(i18next.t(isLinked ? 'sessions:credential.saved' : 'sessions:credential.notLinked', { name }));
    return identityId;
  } catch (error) {
    notifyProblem(error, i18next.t('sessions:credential.saveFailed', { name }));
    return undefined;
  }
}
