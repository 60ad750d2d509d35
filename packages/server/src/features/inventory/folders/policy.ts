import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';

/** The greatest depth of nested folders. */
export const maxDepth = 32;

/**
 * Throws `invalid_request` if a folder would become its own descendant, or the tree too deep. `above` is the new parent with its ancestors; empty for
 * the top level.
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
