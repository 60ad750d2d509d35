import { Outlet } from '@tanstack/react-router';

/** Provisional. */
export function ServersArea() {
  return <Outlet />;
}
