import type { Connection } from '../../../protocols/protocol.ts';
import type { SessionRecord } from '../registry/record.ts';
import { connect, type LoginContext, type LoginDependencies } from './login.ts';

/** Logs in for a session, once. A credential that came with the request is forgotten afterwards. */
export function loginOf(
  dependencies: LoginDependencies,
  record: SessionRecord,
  onLoggedIn: () => void,
): (login: LoginContext) => Promise<Connection> {
  return async (login) => {
    try {
      const connection = await connect(dependencies, record, login);
      onLoggedIn();
      return connection;
    } finally {
      record.login.direct?.credential.forget();
    }
  };
}
