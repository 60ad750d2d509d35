import type { Entry, FolderNode } from '@gatehouse/contract/entries';
import { useQuery } from '@tanstack/react-query';
import { servers } from '../queries.ts';
import type { Location, TreeIndex, TreeNode } from '../tree-index.ts';
import type { ServerTarget } from '../commands.ts';
import { ConnectAllDialog } from './connect-all.tsx';
import { DeleteFolder } from './delete-folder.tsx';
import { DeleteServer } from './delete-server.tsx';
import { FolderIdentity, FolderPolicy } from './folder-defaults.tsx';
import { CrossingMove, MoveDialog } from './move-dialog.tsx';
import { NewFolder } from './new-folder.tsx';
import type { Target } from './locations.ts';

/** A dialog about a server or a folder. */
export type Question =
  | { readonly kind: 'delete-server'; readonly entry: Entry }
  | { readonly kind: 'delete-folder'; readonly folder: FolderNode }
  | { readonly kind: 'move'; readonly node: TreeNode }
  /** A move to another owner that is to be confirmed. */
  | { readonly kind: 'cross'; readonly node: TreeNode; readonly target: Target }
  | { readonly kind: 'connect-all'; readonly name: string; readonly targets: readonly ServerTarget[] }
  | { readonly kind: 'new-folder'; readonly location: Location }
  | { readonly kind: 'folder-identity'; readonly folder: FolderNode }
  | { readonly kind: 'folder-policy'; readonly folder: FolderNode };

interface DialogsProps {
  readonly question: Question | undefined;
  readonly onClose: () => void;
  /** Called when a server was deleted, for screens that show it. */
  readonly onDeleted?: ((entryId: number) => void) | undefined;
}

/** Shows the open dialog, if any, and carries out the answer. */
export function Dialogs({ question, onClose, onDeleted }: DialogsProps) {
  const { data: index } = useQuery(servers);
  if (question === undefined || index === undefined) return null;
  return <Dialog index={index} question={question} onClose={onClose} onDeleted={onDeleted} />;
}

interface DialogProps extends DialogsProps {
  readonly question: Question;
  readonly index: TreeIndex;
}

function Dialog({ index, question, onClose, onDeleted }: DialogProps) {
  const always = { index, onClose };
  switch (question.kind) {
    case 'delete-server':
      return <DeleteServer {...always} entry={question.entry} onDeleted={onDeleted} />;
    case 'delete-folder':
      return <DeleteFolder {...always} folder={question.folder} />;
    case 'move':
      return <MoveDialog {...always} node={question.node} />;
    case 'cross':
      return <CrossingMove {...always} node={question.node} target={question.target} />;
    case 'connect-all':
      return <ConnectAllDialog name={question.name} targets={question.targets} onClose={onClose} />;
    case 'new-folder':
      return <NewFolder location={question.location} onClose={onClose} />;
    case 'folder-identity':
      return <FolderIdentity folder={question.folder} onClose={onClose} />;
    case 'folder-policy':
      return <FolderPolicy folder={question.folder} onClose={onClose} />;
  }
}
