import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { sharedNow } from './companion.js';

// What there is to compare with: sockets, and a loop that sends all of them the same text.

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });

process.on('message', ({ text }: { text: string }) => {
  const began = sharedNow();
  for (const socket of server.clients) socket.send(text);
  process.send?.({ began });
});
server.once('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
