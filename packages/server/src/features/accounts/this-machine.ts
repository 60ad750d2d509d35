import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Whoever sends one of these came through a proxy: its loopback address says nothing about the person. */
const forwardingHeader = /^(forwarded|via|x-real-ip|x-forwarded(-.+)?)$/;

/**
 * Whether a request comes from a person or program on this machine. The address alone does not say so: a proxy on the machine connects from
 * loopback too, and so does a web page from elsewhere in a browser here. Such a page cannot send JSON to another origin (that takes a
 * preflight, which is never answered), sends its Origin, and if its own name was pointed at this machine (DNS rebinding), it is in Host.
 */
export function comesFromThisMachine(ip: string, headers: IncomingHttpHeaders): boolean {
  if (!isLoopback(ip) || Object.keys(headers).some((name) => forwardingHeader.test(name))) return false;
  const host = hostOf(`http://${headers.host ?? ''}`);
  if (host === undefined || !isLoopbackName(host.hostname)) return false;
  const { origin } = headers;
  return origin === undefined || hostOf(origin)?.host === host.host;
}

function hostOf(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
}

function isLoopback(ip: string): boolean {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
