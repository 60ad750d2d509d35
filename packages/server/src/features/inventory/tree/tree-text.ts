interface Placed {
  readonly id: number;
  readonly position: number;
}

/** A server as JSON. */
interface Leaf extends Placed {
  readonly text: string;
}

/** A folder or an organization as JSON, up to what is in it. */
export interface Branch extends Placed {
  readonly head: string;
  readonly shelf: Shelf;
}

/** What is in a folder, in an organization or at the top of a tree. */
export interface Shelf {
  readonly folders: Branch[];
  readonly servers: Leaf[];
  readonly organizations: readonly Branch[];
}

/** A place with nothing in it yet. */
export function emptyShelf(): Shelf {
  return { folders: [], servers: [], organizations: [] };
}

function byPosition(one: Placed, other: Placed): number {
  return one.position - other.position || one.id - other.id;
}

/** A tree as JSON, piece by piece: in each place folders, then servers, both in the order in which people arranged them, then organizations. */
export function* treePieces(top: Shelf): Generator<string> {
  yield '[';
  yield* shelfPieces(top);
  yield ']';
}

function* shelfPieces({ folders, servers, organizations }: Shelf): Generator<string> {
  let separator = '';
  for (const node of [...folders.sort(byPosition), ...servers.sort(byPosition), ...organizations]) {
    yield separator;
    separator = ',';
    if ('text' in node) yield node.text;
    else {
      yield node.head;
      yield* shelfPieces(node.shelf);
      yield ']}';
    }
  }
}
