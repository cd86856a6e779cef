/**
 * An HTTP proxy that writes down what a browser asks for: WebKit's driver tells nothing of requests. It passes on what
 * is for this machine, and answers everything else with a refusal, so that nothing leaves it.
 */

import { createServer, request } from "node:http";
import { listen } from "./local-server.mjs";

const OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/** @returns {Promise<{ address: string, requests: string[], close: () => void }>} address as "127.0.0.1:12345" */
export async function startRecordingProxy() {
  /** @type {string[]} */
  const requests = [];
  const server = createServer((incoming, response) => {
    const url = incoming.url ?? "";
    requests.push(url);
    if (!OWN_HOSTS.includes(new URL(url).hostname)) {
      response.writeHead(403).end();
      return;
    }
    const onward = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  // https and wss begin with CONNECT, which names the host alone.
  server.on("connect", (incoming, socket) => {
    requests.push(`https://${incoming.url}/`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  const { port, close } = await listen(server);
  return { address: `127.0.0.1:${port}`, requests, close };
}
