import { observable } from './observable.ts';

/** Whether changes on the server are reported to this page; if not, what it shows as live may have ended. */
export const isUpToDate = observable(true);
