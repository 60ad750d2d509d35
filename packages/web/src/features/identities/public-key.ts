const maxFileNameCharacters = 60;

/** The file name of a public key: the name of its identity, reduced to characters that are valid on every system. */
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

/** A POSIX shell command that adds the key to `authorized_keys`, with the permissions that sshd requires (sshd(8), FILES). */
export function authorizeCommand(publicKey: string): string {
  // The comment of a key is untrusted text: it stays one quoted word on one line.
  const quoted = `'${publicKey.replace(/[\r\n]+/g, ' ').replaceAll("'", String.raw`'\''`)}'`;
  return `umask 077; mkdir -p ~/.ssh && printf '%s\\n' ${quoted} >> ~/.ssh/authorized_keys`;
}
