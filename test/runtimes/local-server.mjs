/** An HTTP server for one test: on this machine alone, at a port that is free. */

import { once } from "node:events";

/**
 * @param {import("node:http").Server} server
 * @returns {Promise<{ origin: string, port: number, close: () => void }>} origin as "http://127.0.0.1:12345"
 */
export async function listen(server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
