import { fontLoaded } from '../features/sessions/screen/emulator.ts';
import { terminalKind } from '../features/sessions/terminal/terminal-kind.ts';
import { guardUnload } from '../workspace/closing/unload-guard.ts';
import { keepPanes } from '../workspace/open-panes.ts';
import { registerPaneKind } from '../workspace/pane-kind.ts';

export { TabStrip } from '../workspace/tabs/tab-strip.tsx';
export { WorkspaceView } from '../workspace/workspace-view.tsx';

// The emulator measures its font when it is created.
await fontLoaded.catch(() => undefined);
registerPaneKind(terminalKind);
keepPanes();
guardUnload();
