import { TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyProblem } from '../../../ui/notice.tsx';
import { useUpdateEntry, useUpdateFolder } from '../queries.ts';
import type { TreeNode } from '../tree-index.ts';
import classes from './tree-panel.module.css';

interface RenameFieldProps {
  readonly node: TreeNode;
  readonly onEnd: () => void;
}

/** An editable name of a server or folder: Enter and blur save it, Escape does not. */
export function RenameField({ node, onEnd }: RenameFieldProps) {
  const { t } = useTranslation('entries');
  const [name, setName] = useState(node.name);
  const ended = useRef(false);
  const { mutateAsync: updateEntry } = useUpdateEntry();
  const { mutateAsync: updateFolder } = useUpdateFolder();
  function end(keep: boolean): void {
    // Enter removes the field, which also fires a blur event.
    if (ended.current) return;
    ended.current = true;
    const changed = keep && name.trim() !== '' && name.trim() !== node.name;
    const change = { id: node.id, name: name.trim() };
    if (changed) (node.type === 'server' ? updateEntry(change) : updateFolder(change)).catch(notifyProblem);
    onEnd();
  }
  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Enter') end(true);
    else if (event.key === 'Escape') end(false);
  }
  return (
    <TextInput
      className={classes['rename']}
      aria-label={t('tree.rename')}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(true)}
      onFocus={(event) => event.currentTarget.select()}
      autoFocus
      autoComplete="off"
      spellCheck={false}
    />
  );
}
