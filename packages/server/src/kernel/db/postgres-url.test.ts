import { expect, test } from 'vitest';
import { databaseHost, readTls, withoutTls } from './postgres-url.ts';

const url = (query: string) => `postgres://gate:hunter22@db.example.org/gate${query}`;

test.each([
  ['', 'prefer'],
  ['?sslmode=disable', 'disable'],
  ['?sslmode=allow', 'allow'],
  ['?sslmode=prefer', 'prefer'],
  ['?sslmode=require', 'require'],
  ['?sslmode=verify-ca', 'verify-ca'],
  ['?sslmode=verify-full', 'verify-full'],
  ['?sslmode=no-verify', 'no-verify'],
  ['?sslmode=disable&sslmode=verify-full', 'verify-full'],
  ['?sslrootcert=/etc/ca.crt', 'verify-full'],
  ['?sslrootcert=system', 'verify-full'],
  ['?sslnegotiation=direct', 'verify-full'],
  ['?ssl=true', 'verify-full'],
  ['?ssl=0', 'disable'],
])('reads the mode of %s: %s', (query, mode) => {
  expect(readTls(url(query)).mode).toBe(mode);
});

test.each([
  '?sslmode=on',
  '?sslmode=Require',
  '?ssl=maybe',
  '?sslnegotiation=later',
  '?sslmode=require&sslrootcert=system',
  '?sslmode=prefer&sslnegotiation=direct',
])('refuses %s without quoting the URL', (query) => {
  expect(() => readTls(url(query))).toThrow(/^has /);
  expect(() => readTls(url(query))).not.toThrow(/hunter22/);
});

test('leaves what is not about TLS', () => {
  expect(withoutTls(url('?sslmode=require&options=-c%20work_mem%3D1&sslrootcert=/a'))).toBe(
    url('?options=-c+work_mem%3D1'),
  );
  expect(withoutTls(url('?options=-c%20work_mem%3D1'))).toBe(url('?options=-c%20work_mem%3D1'));
});

test.each([
  ['postgres://gate@db.example.org/gate', 'db.example.org'],
  ['postgres://gate@[::1]:5432/gate', '::1'],
  ['postgres://gate@%2Fvar%2Frun/gate', '/var/run'],
  ['postgres:///gate?host=/var/run', '/var/run'],
  ['postgres:///gate', 'localhost'],
])('%s is at %s', (text, host) => {
  expect(databaseHost(text)).toBe(host);
});
