import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { panesOf } from './layout.ts';
import { newTab, type Workspace } from './workspace.ts';

const content = (name: string, entryId = 1) => ({ kind: 'terminal', target: { entryId, name } });
const storedKey = 'gatehouse.workspace';

/** The storage of one browser tab. */
function fakeStorage(initial: Readonly<Record<string, string>> = {}) {
  const items = new Map(Object.entries(initial));
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

/** The store as a page has it that was loaded with this storage. */
async function load(storage: object = fakeStorage()) {
  vi.resetModules();
  vi.stubGlobal('sessionStorage', storage);
  return import('./store.ts');
}

type Store = Awaited<ReturnType<typeof load>>;

let storage: ReturnType<typeof fakeStorage>;
let store: Store;
beforeEach(async () => {
  storage = fakeStorage();
  store = await load(storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const tabs = () => store.workspace.get().tabs;
const names = () => tabs().map(({ panes }) => panes.map(({ target }) => target.name).join('+'));
const paneIn = (index: number) => {
  const pane = tabs()[index]?.panes[0];
  if (pane === undefined) throw new Error('there is no pane');
  return pane;
};
const inStorage = () => JSON.parse(storage.items.get(storedKey) ?? 'null') as Workspace | null;

describe('opening', () => {
  test('adds tabs at the end, or after a given one', () => {
    const first = store.openTab(content('web-1'));
    store.openTab(content('web-2'));
    store.openTab(content('web-3'), { after: first });
    store.openTab(content('web-4'), { after: 'a tab that was closed' });
    expect(names()).toEqual(['web-1', 'web-3', 'web-2', 'web-4']);
  });

  test('gives every tab and pane an id of its own', () => {
    for (let index = 0; index < 20; index++) store.openTab(content('web'));
    const ids = tabs().flatMap(({ id, panes }) => [id, ...panes.map((pane) => pane.id)]);
    expect(new Set(ids).size).toBe(40);
  });

  test('with a session lets the pane join it; without one the pane has none', () => {
    store.openTab(content('web-1'), { sessionId: 12 });
    store.openTab(content('web-2'));
    expect(paneIn(0)).toMatchObject({ sessionId: 12 });
    expect(paneIn(1)).not.toHaveProperty('sessionId');
  });

  test('beside a pane splits its tab and activates the new pane', () => {
    const tabId = store.openTab(content('web-1'));
    store.openBeside(content('web-2'), { tabId, paneId: paneIn(0).id, direction: 'below' });
    expect(names()).toEqual(['web-1+web-2']);
    expect(tabs()[0]).toMatchObject({ layout: { kind: 'split', direction: 'below' } });
    expect(tabs()[0]?.activePaneId).toBe(tabs()[0]?.panes[1]?.id);
  });

  test('beside a pane that was closed changes nothing', () => {
    const tabId = store.openTab(content('web-1'));
    const before = store.workspace.get();
    store.openBeside(content('web-2'), { tabId, paneId: 'closed', direction: 'right' });
    store.openBeside(content('web-2'), { tabId: 'closed', paneId: paneIn(0).id, direction: 'right' });
    expect(store.workspace.get()).toEqual(before);
  });

  test('the panes of another tab beside one closes the other tab, and keeps their sessions', () => {
    const tabId = store.openTab(content('web-1'));
    const joined = store.openTab(content('web-2'), { sessionId: 7 });
    store.joinBeside(joined, { tabId, paneId: paneIn(0).id, direction: 'right' });
    expect(names()).toEqual(['web-1+web-2']);
    expect(tabs()[0]?.panes[1]).toMatchObject({ sessionId: 7 });
    expect(panesOf(tabs()[0]?.layout ?? { kind: 'pane', paneId: '' })).toHaveLength(2);
  });
});

describe('a session', () => {
  test('is shown in the tab where it is open, even beside another pane', () => {
    const tabId = store.openTab(content('web-1'), { sessionId: 7 });
    store.openBeside(content('web-2'), { tabId, paneId: paneIn(0).id, direction: 'right' });
    const second = tabs()[0]?.panes[1]?.id ?? '';
    store.keepPane(second, { sessionId: 8 });
    expect([store.showSession(content('web-1'), 7), store.showSession(content('web-2'), 8)]).toEqual([tabId, tabId]);
    expect(tabs()).toHaveLength(1);
  });

  test('that is not open gets a tab that joins it', () => {
    const tabId = store.showSession(content('web-1'), 9);
    expect(tabs()[0]).toMatchObject({ id: tabId, panes: [{ sessionId: 9, target: { name: 'web-1' } }] });
  });
});

describe('a pane', () => {
  test('keeps its session and its state, the others keep theirs', () => {
    store.openTab(content('web-1'), { sessionId: 7 });
    store.openTab(content('web-2'), { sessionId: 8 });
    store.keepPane(paneIn(0).id, { state: { cols: 100, rows: 30 } });
    expect([paneIn(0), paneIn(1)]).toMatchObject([{ sessionId: 7, state: { cols: 100 } }, { sessionId: 8 }]);
    store.keepPane(paneIn(0).id, { sessionId: 9 });
    expect(paneIn(0)).toMatchObject({ sessionId: 9, state: { cols: 100, rows: 30 } });
  });

  test('is found with its tab, until it is closed', () => {
    const tabId = store.openTab(content('web-1'));
    const { id } = paneIn(0);
    expect(store.tabOf(id)?.id).toBe(tabId);
    store.changeWorkspace(() => ({ tabs: [] }));
    expect(store.tabOf(id)).toBeUndefined();
  });

  test('becomes the active one of its tab; subscribers hear of it once', () => {
    const tabId = store.openTab(content('web-1'));
    const first = paneIn(0).id;
    store.openBeside(content('web-2'), { tabId, paneId: first, direction: 'right' });
    let changes = 0;
    const unsubscribe = store.workspace.subscribe(() => changes++);
    store.activatePane(tabId, first);
    store.activatePane(tabId, first);
    expect([tabs()[0]?.activePaneId, changes]).toEqual([first, 1]);
    unsubscribe();
  });
});

describe('a reload', () => {
  test('restores tabs, sessions and states, without a broadcast', async () => {
    const tabId = store.openTab(content('web-1'), { sessionId: 7 });
    store.openBeside(content('web-2'), { tabId, paneId: paneIn(0).id, direction: 'right' });
    store.keepPane(paneIn(0).id, { state: { cols: 100, rows: 30 } });
    store.changeWorkspace(({ tabs: all }) => ({ tabs: all.map((tab) => ({ ...tab, broadcast: true })) }));
    const before = store.workspace.get();
    const again = await load(storage);
    expect(again.workspace.get()).toEqual({ tabs: before.tabs.map((tab) => ({ ...tab, broadcast: false })) });
  });

  test('stores every change at once', () => {
    store.openTab(content('web-1'));
    expect(inStorage()?.tabs).toHaveLength(1);
    store.changeWorkspace(() => ({ tabs: [] }));
    expect(inStorage()).toEqual({ tabs: [] });
  });

  test.each([
    ['nothing', undefined],
    ['no JSON', '{"tabs": ['],
    ['another shape', '{"tabs": {"a": 1}}'],
    ['a number', '7'],
    ['null', 'null'],
  ])('with %s in the storage starts without tabs', async (_, value) => {
    const again = await load(fakeStorage(value === undefined ? {} : { [storedKey]: value }));
    expect(again.workspace.get()).toEqual({ tabs: [] });
  });

  test('drops only the tab whose panes do not fit its layout', async () => {
    const good = newTab('good', { id: 'g1', ...content('web-1') });
    const bad = { ...newTab('bad', { id: 'b1', ...content('web-2') }), activePaneId: 'b2' };
    const foreign = { ...newTab('foreign', { id: 'f1', ...content('web-3') }), layout: { kind: 'pane', paneId: 'f2' } };
    const again = await load(fakeStorage({ [storedKey]: JSON.stringify({ tabs: [bad, good, foreign] }) }));
    expect(again.workspace.get()).toEqual({ tabs: [good] });
  });
});

describe('without storage', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };

  test('tabs open all the same, and belong to no account', async () => {
    const again = await load({ getItem: refuse, setItem: refuse });
    const tabId = again.openTab(content('web-1'));
    again.workspaceAccount.set(3);
    expect(again.workspace.get().tabs).toMatchObject([{ id: tabId }]);
    expect(again.workspaceAccount.get()).toBeUndefined();
  });
});

describe('the account of the tabs', () => {
  test('is stored beside them', async () => {
    expect(store.workspaceAccount.get()).toBeUndefined();
    store.workspaceAccount.set(3);
    expect((await load(storage)).workspaceAccount.get()).toBe(3);
  });

  test.each(['', '0', '-1', '1.5', 'ada', 'NaN', '9007199254740993'])('is unknown if %j is stored', async (value) => {
    const again = await load(fakeStorage({ 'gatehouse.workspace.account': value }));
    expect(again.workspaceAccount.get()).toBeUndefined();
  });
});
