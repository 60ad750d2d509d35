import { open, type FileHandle } from 'node:fs/promises';
import type { Checkpoint } from './chain.ts';
import { isNote, isOrigin, openNote, type NoteKey } from './note.ts';

const newline = 0x0a;
const signaturePrefix = '— ';
/** Origin, size, hash, an empty line, the signature. */
const maxLinesOfNote = 5;
/** About sixty notes; they are read at each start. */
const tailBytes = 16_384;

/** Appends a note to the file; creates it with mode 0600 if it is missing. Resolves after it is on the disk. */
export async function appendNote(path: string, note: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    // A crash may have left an incomplete line, which must not become part of this note.
    const separator = (await endsWithNewline(file)) ? '' : '\n';
    await file.writeFile(`${separator}${note}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A complete note of the file: a checkpoint, or a note that was not signed with `key`. */
export type StoredNote = { readonly kind: 'signed'; readonly checkpoint: Checkpoint } | { readonly kind: 'forged' };

/** The complete notes in the file, oldest first; empty if there is no file. An incomplete note, left by a crash, is skipped. */
export async function* readNotes(path: string, key: NoteKey): AsyncGenerator<StoredNote> {
  for await (const note of readTexts(path, 0)) {
    const checkpoint = openNote(key, note);
    yield checkpoint === undefined ? { kind: 'forged' } : { kind: 'signed', checkpoint };
  }
}

/**
 * The longest checkpoint among the last notes of the file, and how many of them were signed with another key. If none of the last ones is signed, all
 * notes are read.
 */
export async function readNewestCheckpoint(
  path: string,
  key: NoteKey,
): Promise<{ readonly newest: Checkpoint | undefined; readonly forged: number }> {
  const file = await openIfThere(path);
  if (file === undefined) return { newest: undefined, forged: 0 };
  const { size } = await file.stat().finally(() => file.close());
  const tail = await findLongest(path, key, Math.max(0, size - tailBytes));
  return tail.newest === undefined && size > tailBytes ? findLongest(path, key, 0) : tail;
}

async function findLongest(path: string, key: NoteKey, start: number) {
  let newest: Checkpoint | undefined;
  let forged = 0;
  for await (const note of readTexts(path, start)) {
    const checkpoint = openNote(key, note);
    if (checkpoint === undefined) forged += 1;
    // Of two equal lengths, the later: the log was restored and continued in between.
    else if (newest === undefined || checkpoint.size >= newest.size) newest = checkpoint;
  }
  return { newest, forged };
}

/** Texts in the form of a note, signed or not, from the first that begins after `start` bytes. */
async function* readTexts(path: string, start: number): AsyncGenerator<string> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  let lines: string[] = [];
  try {
    for await (const line of file.readLines({ start })) {
      lines = isOrigin(line) ? [line] : [...lines, line].slice(-maxLinesOfNote);
      if (!line.startsWith(signaturePrefix)) continue;
      const text = `${lines.join('\n')}\n`;
      if (isNote(text)) yield text;
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
