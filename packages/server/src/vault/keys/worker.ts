import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { checkKey } from './check.ts';
import { describePublicKey } from './public-key.ts';
import { ownCopy, transfersOf } from './jobs.ts';
import type { KeyAnswer, KeyJobs, KeyPlan, KeyReply, KeyRequest } from './jobs.ts';
import { writeOpenSsh } from './openssh.ts';
import { readPkcs8 } from './pkcs8.ts';
import { readKey } from './read-key.ts';
import { createScratch } from './scratch.ts';
import type { Scratch } from './scratch.ts';

parentPort?.on('message', (request: KeyRequest) => {
  const answer = perform(request);
  parentPort?.postMessage(answer, 'reply' in answer ? transfersOf(answer.reply) : []);
});

function perform(request: KeyRequest): KeyAnswer {
  using scratch = createScratch();
  try {
    return { reply: request.kind === 'read' ? read(request, scratch) : generate(request, scratch) };
  } catch (error) {
    return { failure: nameOf(error) };
  }
}

function read({ key, passphrase, wantsKey }: KeyJobs['read']['request'], scratch: Scratch): KeyJobs['read']['reply'] {
  const { inspection, pkcs8, publicKey } = readKey(
    take(key, scratch),
    passphrase && take(passphrase, scratch),
    scratch,
  );
  const ready = wantsKey && pkcs8 && publicKey;
  return { inspection, key: ready ? { pkcs8: ownCopy(pkcs8), publicKey: ownCopy(publicKey) } : undefined };
}

function generate(request: KeyJobs['generate']['request'], scratch: Scratch): KeyReply {
  const passphrase = request.passphrase && take(request.passphrase, scratch);
  const material = readPkcs8(scratch.keep(generatePkcs8(request.plan)));
  const { publicKey } = checkKey(material, scratch);
  const { comment } = request;
  const text = writeOpenSsh({ material, publicKey, comment, passphrase }, scratch);
  return { privateKey: ownCopy(text), facts: describePublicKey(publicKey, comment) };
}

function generatePkcs8(plan: KeyPlan): Buffer {
  return generateKeyObject(plan).export({ type: 'pkcs8', format: 'der' });
}

function generateKeyObject(plan: KeyPlan): KeyObject {
  switch (plan.algorithm) {
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    case 'ecdsa':
      return generateKeyPairSync('ec', { namedCurve: `P-${plan.bits}` }).privateKey;
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: plan.bits }).privateKey;
  }
}

function take(bytes: Uint8Array, scratch: Scratch): Buffer {
  return scratch.keep(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
