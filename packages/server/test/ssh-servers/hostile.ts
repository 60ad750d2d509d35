import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import {
  Server,
  utils,
  type Algorithms,
  type AuthContext,
  type Connection,
  type KeyboardAuthContext,
  type ServerChannel,
  type TcpipRequestInfo,
} from 'ssh2';
import type { TestServer } from './sshd.ts';

/** One authentication request as the server saw it. */
export interface RecordedAttempt {
  readonly method: string;
  readonly username: string;
  readonly password?: string;
  readonly answers?: readonly string[];
}

export interface HostileOptions {
  /** Offer only these. */
  readonly algorithms?: Algorithms;
  /** Sent before authentication. */
  readonly banner?: string;
  /** Without `kex-strict-s-v00@openssh.com`, like servers before the end of 2023. */
  readonly strictKex?: boolean;
  /** A host certificate that is not for this server's key: shown all the same, and what it should prove is signed with the own key. */
  readonly stolenCertificate?: Buffer;
  /** The methods that the server names. */
  readonly methods?: readonly ('publickey' | 'password' | 'keyboard-interactive')[];
  /** The methods that the server names after it refused one other than `none`; the same by default. */
  readonly methodsAfter?: HostileOptions['methods'];
  /** Decides on everything but keyboard-interactive; refuses all by default, `none` always. */
  readonly accept?: (attempt: RecordedAttempt) => boolean;
  /** Leads a keyboard-interactive conversation; true lets the client in. */
  readonly converse?: (ask: AskClient) => Promise<boolean>;
  /** What a shell or command gets. */
  readonly onChannel?: (channel: ServerChannel, command: string | undefined) => void;
  /** Never answers an authentication request. */
  readonly silentAuthentication?: boolean;
  /** Told of each global request, such as a keepalive; it is refused, or not answered at all. */
  readonly onGlobalRequest?: OnGlobalRequest;
  /** Forwards connections, as a jump host does. */
  readonly forwards?: boolean;
  /** Refuses to start a shell or a command. */
  readonly refusesPrograms?: boolean;
  /** Never answers a request for a session. */
  readonly silentSession?: boolean;
}

type OnGlobalRequest = () => 'refuse' | 'ignore';

export type AskClient = (prompts: readonly { prompt: string; echo: boolean }[], title?: string) => Promise<string[]>;

export interface HostileServer extends TestServer {
  readonly attempts: readonly RecordedAttempt[];
  /** Key exchanges that the client completed, which it must not do with a host key it refuses. */
  readonly handshakes: () => number;
  /** All connections so far, and those that are open now. */
  readonly connections: () => number;
  readonly open: () => number;
  /** Ends every connection. */
  readonly disconnect: () => void;
}

/** An SSH server in this process that writes down whatever it is told and misbehaves to order. */
export async function startHostile(options: HostileOptions = {}): Promise<HostileServer> {
  const hostKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
  const attempts: RecordedAttempt[] = [];
  const open = new Set<Connection>();
  let handshakes = 0;
  let connections = 0;
  const server = new Server(
    {
      hostKeys: [hostKey],
      ...(options.banner !== undefined && { banner: options.banner }),
      ...(options.algorithms && { algorithms: options.algorithms }),
    },
    (connection) => {
      connections += 1;
      open.add(connection);
      if (options.strictKex === false) withholdStrictKex(connection);
      if (options.stolenCertificate !== undefined) showCertificate(connection, options.stolenCertificate);
      connection.on('error', () => undefined);
      connection.on('close', () => open.delete(connection));
      connection.on('handshake', () => (handshakes += 1));
      connection.on('authentication', (context) => {
        void answerAttempt(context, attempts, options);
      });
      if (options.onGlobalRequest !== undefined) hearGlobalRequests(connection, options.onGlobalRequest);
      if (options.forwards === true) connection.on('tcpip', forward);
      connection.on('session', (accept) => {
        if (options.silentSession === true) return;
        const session = accept();
        if (options.refusesPrograms === true) {
          session.on('pty', (acceptPty) => {
            acceptPty();
          });
          return;
        }
        session.on('pty', (acceptPty) => {
          acceptPty();
        });
        session.on('shell', (acceptShell) => options.onChannel?.(acceptShell(), undefined));
        session.on('exec', (acceptExec, _reject, { command }) => options.onChannel?.(acceptExec(), command));
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    hostKeys: [publicLine(hostKey)],
    attempts,
    handshakes: () => handshakes,
    connections: () => connections,
    open: () => open.size,
    disconnect: () => {
      for (const connection of open) connection.end();
    },
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.end();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** ssh2's server refuses keepalives by itself. */
function hearGlobalRequests(connection: Connection, onGlobalRequest: OnGlobalRequest): void {
  const { _protocol: protocol } = connection as unknown as {
    readonly _protocol: { readonly _handlers: { GLOBAL_REQUEST: (...request: unknown[]) => void } };
  };
  const handlers = protocol._handlers;
  const refuse = handlers.GLOBAL_REQUEST;
  handlers.GLOBAL_REQUEST = (...request) => {
    if (onGlobalRequest() === 'refuse') refuse(...request);
  };
}

function forward(accept: () => ServerChannel, _reject: () => void, { destIP, destPort }: TcpipRequestInfo): void {
  const far = connect(destPort, destIP);
  const near = accept();
  near.on('error', () => undefined).on('close', () => far.destroy());
  far.on('error', () => undefined).on('close', () => near.destroy());
  near.pipe(far).pipe(near);
}

function publicLine(privatePem: string | Buffer): string {
  const key = utils.parseKey(privatePem);
  if (key instanceof Error) throw key;
  return `${key.type} ${key.getPublicSSH().toString('base64')}`;
}

async function answerAttempt(context: AuthContext, attempts: RecordedAttempt[], options: HostileOptions) {
  const { method, username } = context;
  const { methods = ['publickey', 'password', 'keyboard-interactive'] } = options;
  if (options.silentAuthentication === true) return;
  if (context.method === 'keyboard-interactive' && options.converse) {
    const answers: string[] = [];
    const accepted = await options.converse(async (prompts, title = '') => {
      const round = await prompt(context, prompts, title);
      answers.push(...round);
      attempts.push({ method, username, answers: round });
      return round;
    });
    if (accepted) context.accept();
    else context.reject([...methods]);
    return;
  }
  const attempt = { method, username, ...(context.method === 'password' && { password: context.password }) };
  attempts.push(attempt);
  if (method !== 'none' && options.accept?.(attempt) === true) context.accept();
  else context.reject([...(method === 'none' ? methods : (options.methodsAfter ?? methods))]);
}

function prompt(context: KeyboardAuthContext, prompts: readonly { prompt: string; echo: boolean }[], title: string) {
  return new Promise<string[]>((resolve) => {
    context.prompt([...prompts], title, (answers: unknown) => {
      resolve(Array.isArray(answers) ? answers.map(String) : []);
    });
  });
}

/** ssh2's server always offers strict key exchange. Before its first packet, the name can still be made meaningless. */
function withholdStrictKex(connection: Connection): void {
  const { _protocol: protocol } = connection as unknown as {
    _protocol: { _strictMode: boolean; _offer: { lists: { all: Buffer } } };
  };
  const { all } = protocol._offer.lists;
  const at = all.indexOf('kex-strict-s-v00@openssh.com');
  if (at !== -1) all.write('kex-nostri', at);
  protocol._strictMode = false;
}

interface ServerProtocol {
  readonly _kex: { readonly negotiated: { serverHostKey: string } };
  readonly _hostKeys: Record<string, unknown>;
  readonly _offer: {
    totalSize: number;
    readonly lists: { all: Buffer; serverHostKey: { array: string[]; buffer: Buffer } };
  };
}

/** ssh2's server knows no certificates: before its first packet, the name in its offer and the key behind it can still be replaced. */
function showCertificate(connection: Connection, certificate: Buffer): void {
  const { _protocol: protocol } = connection as unknown as { _protocol: ServerProtocol };
  const { lists } = protocol._offer;
  const own = lists.serverHostKey.buffer;
  const name = certificate.toString('latin1', 4, 4 + certificate.readUInt32BE(0));
  const type = name.replace('-cert-v01@openssh.com', '');
  const at = lists.all.indexOf(own);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  lists.all = Buffer.concat([
    lists.all.subarray(0, at - 4),
    length,
    Buffer.from(name),
    lists.all.subarray(at + own.length),
  ]);
  protocol._offer.totalSize += name.length - own.length;
  lists.serverHostKey = { array: [name], buffer: Buffer.from(name) };
  const { privateKey } = generateKeyPairSync('ed25519');
  protocol._hostKeys[name] = {
    type,
    getPublicSSH: () => certificate,
    sign: (data: Buffer) => {
      protocol._kex.negotiated.serverHostKey = type;
      return sign(null, data, privateKey);
    },
  };
}
