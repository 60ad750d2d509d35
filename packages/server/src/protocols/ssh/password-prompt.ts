/** A prompt of a server (RFC 4256 section 3.2). */
export interface ServerPrompt {
  readonly prompt: string;
  readonly echo?: boolean;
}

/** A longer one is a sentence about something else. */
const maxQuestionLength = 400;

/** What stands before the word in prompts of PAM modules and devices: `Enter your LDAP password:`. Not `new`, `current` or `one-time`. */
const before =
  'please|enter|type|your|the|user|users|login|account|unix|linux|ldap|kerberos|krb5|ad|active|directory|windows|domain|system|local|network|ssh|remote';

/** Password in the languages of PAM's translations, as a prompt of its own. */
const translations = new Set([
  'passwort',
  'kennwort',
  'mot de passe',
  'contraseña',
  'palavra-passe',
  'senha',
  'parola',
  'wachtwoord',
  'lösenord',
  'passord',
  'adgangskode',
  'salasana',
  'hasło',
  'heslo',
  'jelszó',
  'lozinka',
  'пароль',
  'κωδικός',
  'şifre',
  'パスワード',
  '密码',
  '密碼',
  '암호',
  '비밀번호',
]);

/** For whom: `for ann`, `for user ann@host`, `(ann)`. One word, so that no sentence about another secret fits. */
const account = String.raw`[\w.@\\$+-]{1,256}`;
const english = new RegExp(
  `^(?:\\(${account}\\) )?(?:${account}'s )?(?:(?:${before}) ){0,6}(?:password|passwd)` +
    `(?: (?:for|of) (?:user )?['"\`‘“]?${account}['"’”]?| \\(${account}\\))?$`,
  'u',
);

/** Words that name another secret, wherever they stand. */
const otherSecret = /\b(?:otp|totp|hotp|oath|code|codes|token|pin|one-time|onetime|challenge|new|old|current)\b/u;

/**
 * Whether a prompt asks for the password of the account, and for nothing else. Only such a prompt gets a stored password; what is not recognized is
 * asked of the person. Servers put messages on the lines before (PAM), so the last line decides.
 */
export function asksForPassword({ prompt, echo }: ServerPrompt): boolean {
  const { question } = splitPrompt(prompt);
  if (echo !== false || question.length > maxQuestionLength) return false;
  const words = question
    .toLowerCase()
    .replace(/[:：?>]$/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return translations.has(words) || (english.test(words) && !otherSecret.test(words));
}

/** The line that asks, and those before it. */
export function splitPrompt(prompt: string): { readonly messages: readonly string[]; readonly question: string } {
  const lines = prompt
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { messages: lines.slice(0, -1), question: lines.at(-1) ?? '' };
}
