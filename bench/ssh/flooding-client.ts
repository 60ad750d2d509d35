import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Where to join, as the answer of POST /api/connection says. */
export interface FloodOrder {
  readonly url: string;
  readonly ticket: string;
}

/** Types what goes nowhere. */
const silence = "stty -icanon -echo; clear; echo 'it begins'; cat > /dev/null\n";
const framesAtOnce = 2_000;
/** What may wait here, so that this process types no faster than it is read. */
const maxUnsentBytes = 256 * 1024;

process.on('message', (order: FloodOrder) => {
  flood(order);
});

/** A client that types one byte a frame without end, in a process of its own. Answers once it has begun. */
function flood({ url, ticket }: FloodOrder): void {
  const socket = new WebSocket(url, ['gatehouse.v1', `ticket.${ticket}`], { perMessageDeflate: false });
  let said = '';
  let asked = false;
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    socket.send(`{"t":"ack","bytes":${data.length}}`);
    said += data.toString('latin1');
    if (!asked && /[$#] $/.test(said)) {
      asked = true;
      said = '';
      socket.send(Buffer.from(silence));
    } else if (asked && said.includes('it begins\r\n')) {
      said = '';
      void typeWithoutEnd(socket);
      process.send?.('begun');
    }
  });
}

async function typeWithoutEnd(socket: WebSocket): Promise<void> {
  const key = Buffer.from('x');
  while (socket.readyState === WebSocket.OPEN) {
    for (let sent = 0; sent < framesAtOnce && socket.bufferedAmount < maxUnsentBytes; sent += 1) socket.send(key);
    await delay(1);
  }
}
