import { passwordPart as contract } from '@gatehouse/contract/credential-parts/password';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import type { PasswordOffer } from '../../../protocols/protocol.ts';
import { Secret } from '../../../vault/secret.ts';
import type { Ask, Part } from './part.ts';

/** A password. */
export const passwordPart: Part = {
  contract,
  turn: 2,
  read({ password }, take) {
    return password === undefined ? [] : [['password', { kind: 'sent', secret: take(password) }]];
  },
  companions: [],
  missing: (type) => ({
    path: 'password',
    warning: 'password_missing',
    ...codedFields('message', say('password_missing', { type })),
  }),
  login({ name, fields, open }) {
    if (fields.has('password'))
      return { offer: { method: 'password', asksPerson: false, open: () => open('password') } };
    return { missing: 'lacks_password', askFor: (ask) => promptedPassword(ask, withoutPassword(name)) };
  },
};

/** The reason given when a person is asked for the password of an identity. */
export function withoutPassword(name: string): string {
  return `“${name}” has no password.`;
}

/** A password that a person types for this login only. */
export function promptedPassword(ask: Ask, why: string): PasswordOffer {
  return {
    method: 'password',
    asksPerson: true,
    async open() {
      const password = await ask(why, { text: 'Password', echo: false });
      return password === '' ? undefined : Secret.fromText(password);
    },
  };
}
