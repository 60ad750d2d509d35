const maxFileNameCharacters = 60;

/** What a public key is called as a file: the name of its identity as far as every system can write it. */
export function publicKeyFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, maxFileNameCharacters)
    .replace(/[-.]+$/, '');
  return `${plain === '' ? 'key' : plain.toLowerCase()}.pub`;
}

/** A POSIX shell command that lets the key in where it runs, with the permissions that sshd insists on (sshd(8), FILES). */
export function authorizeCommand(publicKey: string): string {
  // A comment is text that anybody may have written: it stays one quoted word on one line.
  const quoted = `'${publicKey.replace(/[\r\n]+/g, ' ').replaceAll("'", String.raw`'\''`)}'`;
  return `umask 077; mkdir -p ~/.ssh && printf '%s\\n' ${quoted} >> ~/.ssh/authorized_keys`;
}
