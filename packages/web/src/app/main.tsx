import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { me } from '../features/accounts/queries.ts';
import { App } from './app.tsx';
import { queryClient } from './query-client.ts';
import { startTexts } from './texts.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element for the app');
// Beside the texts: the first screen waits for all of them, and reports what fails.
queryClient.query(me).catch(() => undefined);
import('./servers-area.tsx').catch(() => undefined);
// Not awaited here: the files of the texts import this one, which would then wait for itself.
void startTexts().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
