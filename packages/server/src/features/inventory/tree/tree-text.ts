interface Placed {
  readonly id: number;
  readonly position: number;
}

/** A server as JSON. */
interface Leaf extends Placed {
  readonly text: string;
}

/** A folder or an organization as JSON, up to its content. */
export interface Branch extends Placed {
  readonly head: string;
  readonly shelf: Content;
}

/** The content of a folder, of an organization or of the top level. */
export interface Content {
  readonly folders: Branch[];
  readonly servers: Leaf[];
  readonly organizations: readonly Branch[];
}

/** Creates empty content. */
export function emptyContent(): Content {
  return { folders: [], servers: [], organizations: [] };
}

function byPosition(one: Placed, other: Placed): number {
  return one.position - other.position || one.id - other.id;
}

/** A tree as JSON, in pieces: at each level folders, then servers, both in the order of their positions, then organizations. */
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
