import { OverviewPage } from '../features/entries/overview-page.tsx';
import { SetCards } from './sets/set-cards.tsx';

/** The start page of the servers, with the saved sets of tabs. */
export function OverviewScreen() {
  return <OverviewPage sets={<SetCards />} />;
}
