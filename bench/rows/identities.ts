import { putLoad, requestText } from '../load/load.ts';
import type { Product } from '../product.ts';

const connections = 32;
const longestFillSeconds = 300;

/** A request that creates an identity with a password. */
export function createRequest(product: Product, organizationId?: number): string {
  return requestText({
    method: 'PUT',
    path: '/api/identity',
    headers: { authorization: product.authorization },
    body: {
      name: 'Deployment of the web servers',
      type: 'password',
      username: 'deploy',
      password: 'secret of the web servers',
      ...(organizationId === undefined ? {} : { organizationId }),
    },
  });
}

/** Creates so many identities with a password, personal ones or of an organization. */
export async function createPasswords(product: Product, count: number, organizationId?: number): Promise<void> {
  const requests = Array.from({ length: count }, () => createRequest(product, organizationId));
  await putLoad(product.port, { requests, connections, seconds: longestFillSeconds, repeat: false });
}

/** The ids of the administrator's identities. */
export async function identityIds(product: Product): Promise<readonly number[]> {
  const { text } = await product.call('GET', '/api/identity/list');
  return (JSON.parse(text) as { id: number }[]).map(({ id }) => id);
}
