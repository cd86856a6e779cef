/** Raw bytes to and from a server, for requests that no HTTP client would send. */

import { connect } from "node:net";

/**
 * Sends bytes as they are and collects what comes back until the server closes.
 *
 * @param chunks - sent one after the other.
 * @param options.end - close our side once all is sent.
 * @param options.waitMilliseconds - give up waiting after so long.
 */
export function exchange(
  endpoint: string,
  chunks: readonly (string | Uint8Array)[],
  { end = false, waitMilliseconds = 3000 }: { end?: boolean; waitMilliseconds?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    const timer = setTimeout(done, waitMilliseconds);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("error", done);
    socket.on("close", done);
    for (const chunk of chunks) socket.write(chunk);
    if (end) socket.end();
  });
}

/** Sends the first bytes of a request and breaks the connection. */
export function cutOff(endpoint: string, bytes: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes, () => {
        socket.resetAndDestroy();
        resolve();
      });
    });
    socket.on("error", () => resolve());
  });
}
