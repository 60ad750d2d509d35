import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { TypingOrder, TypingReport } from './typing.ts';

const framesAtOnce = 2_000;
/** What may wait here, so that this process types no faster than it is read. */
const maxUnsentBytes = 256 * 1024;
const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => Buffer.from(letter));

process.on('message', (order: TypingOrder) => {
  join(order);
});

/** Joins a terminal, begins the command, types, and reports what the terminal says from then on. */
function join({ url, ticket, command, count }: TypingOrder): void {
  const socket = new WebSocket(url, ['gatehouse.v1', `ticket.${ticket}`], { perMessageDeflate: false });
  let output = '';
  let hasBegun = false;
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      if (data.includes('"ready"'))
        socket.send(Buffer.from(`stty -icanon -echo; PS1=''; echo 'it begins'; ${command}\n`));
      return;
    }
    socket.send(`{"t":"ack","bytes":${data.length}}`);
    output += data.toString('latin1');
    if (!hasBegun && output.includes('it begins\r\n')) {
      hasBegun = true;
      output = '';
      void type(socket, count);
    }
    if (hasBegun) report({ output });
  });
  socket.on('close', (code) => {
    report({ output, code });
  });
}

async function type(socket: WebSocket, count: number): Promise<void> {
  let typed = 0;
  while (typed < count && socket.readyState === WebSocket.OPEN) {
    const until = Math.min(count, typed + framesAtOnce);
    for (; typed < until && socket.bufferedAmount < maxUnsentBytes; typed += 1)
      socket.send(letters[typed % letters.length] ?? '');
    await delay(1);
  }
}

function report(what: TypingReport): void {
  process.send?.(what);
}
