import { passwordPart as contract } from '@gatehouse/contract/credential-parts/password';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say, type Message } from '@gatehouse/contract/messages/message';
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
      return {
        offer: { method: 'password', asksPerson: false, open: () => open('password') },
        askAgain: (ask) => promptedPassword(ask, say('ask_password_refused', { identity: name })),
      };
    return {
      missing: 'lacks_password',
      askFor: (ask) => promptedPassword(ask, say('ask_no_password', { identity: name })),
    };
  },
};

/** A password that a person types for this one time. */
export function promptedPassword(ask: Ask, why: Message): PasswordOffer {
  return {
    method: 'password',
    asksPerson: true,
    async open() {
      const password = await ask(why, { text: say('ask_password'), echo: false });
      return password === '' ? undefined : Secret.fromText(password);
    },
  };
}
