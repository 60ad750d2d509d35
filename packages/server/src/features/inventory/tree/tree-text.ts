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
  readonly shelf: Content;
}

/** What is in a folder, in an organization or at the top of a tree. */
export interface Content {
  readonly folders: Branch[];
  readonly servers: Leaf[];
  readonly organizations: readonly Branch[];
}

/** A place with nothing in it yet. */
export function emptyContent(): Content {
  return { folders: [], servers: [], organizations: [] };
}

function byPosition(one: Placed, other: Placed): number {
  return one.position - other.position || one.id - other.id;
}

/** A tree as JSON, piece by piece: in each place folders, then servers, both in the order in which people arranged them, then organizations. */
export function* treePieces(top: Content): Generator<string> {
  yield '[';
  yield* contentPieces(top);
  yield ']';
}

function* contentPieces({ folders, servers, organizations }: Content): Generator<string> {
  let separator = '';
  for (const node of [...folders.sort(byPosition), ...servers.sort(byPosition), ...organizations]) {
    yield separator;
    separator = ',';
    if ('text' in node) yield node.text;
    else {
      yield node.head;
      yield* contentPieces(node.shelf);
      yield ']}';
    }
  }
}
