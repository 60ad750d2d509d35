import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';

/** How many folders may be in each other. */
export const maxDepth = 32;

/**
 * Throws `invalid_request` where a subtree would come into itself or become too deep. `above` is the new parent with the folders that it is
 * in; empty for the top.
 */
export function checkParent(
  subtree: readonly { readonly id: number; readonly depth: number }[],
  above: readonly number[],
): void {
  const inside = new Set(subtree.map(({ id }) => id));
  if (above.some((id) => inside.has(id))) throw invalid('parentId', say('folder_inside_itself'));
  const height = Math.max(...subtree.map(({ depth }) => depth)) + 1;
  if (above.length + height > maxDepth) throw invalid('parentId', say('folders_too_deep', { levels: maxDepth }));
}
