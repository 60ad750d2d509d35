import { open, type FileHandle } from 'node:fs/promises';
import type { Checkpoint } from './chain.ts';
import { openNote, type NoteKey } from './note.ts';

const newline = 0x0a;
const signaturePrefix = '— ';
/** Origin, size, hash, an empty line, the signature. */
const maxLinesOfNote = 5;

/** Adds a note to the file, which is made with mode 0600 when it does not exist; resolves when it is on the disk. */
export async function appendNote(path: string, note: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    // A crash may have left half a line, which must not spoil the note after it.
    const separator = (await endsWithNewline(file)) ? '' : '\n';
    await file.writeFile(`${separator}${note}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/**
 * The checkpoints in the file, oldest first; none when there is no file. Passes over what `key` did not sign: whoever can spoil a note could as
 * well have removed it, and half a note is what a crash leaves.
 */
export async function* readCheckpoints(path: string, key: NoteKey): AsyncGenerator<Checkpoint> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  let lines: string[] = [];
  try {
    for await (const line of file.readLines()) {
      lines = line === key.origin ? [line] : [...lines, line].slice(-maxLinesOfNote);
      if (!line.startsWith(signaturePrefix)) continue;
      const checkpoint = openNote(key, `${lines.join('\n')}\n`);
      if (checkpoint !== undefined) yield checkpoint;
    }
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function endsWithNewline(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === newline;
}
