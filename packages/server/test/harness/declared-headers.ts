import { responseHeaders, type ResponseHeader } from '@gatehouse/contract/header-fields';
import { operations } from '@gatehouse/contract/operations';

const ofEveryAnswer: readonly ResponseHeader[] = ['X-Request-Id', 'Idempotency-Replayed'];

const routes = operations.map(({ method, path, headers }) => ({
  method,
  path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  names: new Set<string>([...ofEveryAnswer, ...(headers?.sends ?? [])]),
}));

/** Throws if a success has a header field that the OpenAPI document describes, but not for this operation. */
export function requireDeclaredHeaders(method: string, path: string, answer: Response): void {
  if (!answer.ok) return;
  const { pathname } = new URL(path, 'http://gatehouse.invalid');
  const route = routes.find((one) => one.method === method && one.path.test(pathname));
  const undeclared = Object.keys(responseHeaders).filter((name) => answer.headers.has(name) && !route?.names.has(name));
  if (route !== undefined && undeclared.length > 0)
    throw new Error(`${method} ${pathname} does not declare ${undeclared.join(', ')}`);
}
