import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';

const header = 'x-forwarded-for';

/**
 * Has the addresses that proxies wrote read as plain addresses: some write a port beside them, others RFC 7239. Of a chain, what is left of an
 * element that is no address is dropped, so that the caller has the address of the last hop that is known. Must be added before all other hooks;
 * who of the chain is believed is decided afterwards, by TRUST_PROXY.
 */
export function addForwardedAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const addresses = forwardedAddresses(request.raw.headers);
    if (addresses.length > 0) request.raw.headers[header] = addresses.join(', ');
    else Reflect.deleteProperty(request.raw.headers, header);
    done();
  });
}

/** The known end of the chain, the nearest hop last: of X-Forwarded-For, else of Forwarded. */
export function forwardedAddresses(headers: IncomingHttpHeaders): readonly string[] {
  const plain = headers[header];
  const nodes = plain === undefined ? nodesOf(headers.forwarded ?? '') : [plain].flat().join(',').split(',');
  const addresses = nodes.map((node) => addressOf(node.trim()));
  return addresses.slice(addresses.lastIndexOf(undefined) + 1).filter((address) => address !== undefined);
}

/** The `for` of each element of a Forwarded header (RFC 7239 section 4); empty where an element has none. */
function nodesOf(forwarded: string): string[] {
  return splitOutsideQuotes(forwarded, ',').map((element) => {
    const pair = splitOutsideQuotes(element, ';').find((one) => /^\s*for\s*=/i.test(one)) ?? '';
    const value = pair.slice(pair.indexOf('=') + 1).trim();
    const [, quoted] = /^"((?:\\.|[^"\\])*)"$/.exec(value) ?? [];
    return quoted?.replaceAll(/\\(.)/g, '$1') ?? value;
  });
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let [isQuoted, start] = [false, 0];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted && character === '\\') index++;
    if (character !== separator || isQuoted) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return [...parts, text.slice(start)];
}

/** `address`, `address:port`, `[v6]` or `[v6]:port` (RFC 7239 section 6); undefined for `unknown` and for names. */
function addressOf(node: string): string | undefined {
  const [, v6, v4] = /^(?:\[([^\]]+)\]|([\d.]+))(?::[\w.-]+)?$/.exec(node) ?? [];
  const address = v6 ?? v4 ?? node;
  return isIP(address) === 0 ? undefined : address;
}
