import { Socket } from 'node:net';

/**
 * Makes sockets that close when nothing has been heard or said for so long. For connections whose server ends every
 * statement before that: on those, silence means that the other side is gone, which TCP alone notices after minutes.
 */
export function mortalSockets(silentMs: number): () => Socket {
  return () => {
    const socket = new Socket();
    socket.setTimeout(silentMs, () =>
      socket.destroy(new Error(`Connection terminated: it was silent for ${silentMs / 1_000} seconds`)),
    );
    return socket;
  };
}
