/** The HTTP server: loopback only, small bodies, no patience with slow clients, no end by what a client does. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ServiceError } from "./service-errors.ts";
import { type Answer, type RequestHead, readBody, readHead, writeAnswer, writeError } from "./wire.ts";

/** Of a request's body: the longest, ImportKeyMaterial, has some 17,000. */
const MAX_BODY_BYTES = 65_536;
const SECOND = 1000;
const LIMITS = {
  /** For the headers, then for the whole of a request. */
  headersTimeout: 5 * SECOND,
  requestTimeout: 10 * SECOND,
  connectionsCheckingInterval: SECOND,
  /** Between requests on one connection: longer than clients keep theirs idle, so that they close first. */
  keepAliveTimeout: 30 * SECOND,
} as const;
/** Of silence in the middle of an exchange. */
const SOCKET_TIMEOUT = 60 * SECOND;
const MAX_CONNECTIONS = 512;
/** How long the rest of a body that is too large is let run into nothing, so that its sender gets to the answer. */
const LINGER = 2 * SECOND;

/** @throws ServiceError */
export type Handler = (head: RequestHead, body: unknown) => Promise<object>;

/** A server that listens. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * @param host - a loopback address.
 * @param port - 0 for any that is free.
 */
export async function listen(host: string, port: number, handler: Handler): Promise<Listening> {
  const server = createServer(LIMITS, (request, response) => {
    handle(request, response, handler).catch(() => response.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = SOCKET_TIMEOUT;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function handle(request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  response.on("error", () => undefined); // the client went away
  const body = await receive(request);
  if (body === undefined) return; // cut off: nobody is left to be answered
  if (body === "too large") return refuseBody(request, response);
  send(response, await answer(request, body, handler));
}

async function answer(request: IncomingMessage, body: Uint8Array, handler: Handler): Promise<Answer> {
  try {
    return writeAnswer(request, await handler(readHead(request), readBody(body)));
  } catch (error) {
    return writeError(request, error);
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

/** The body; nothing of one that is too large is kept. */
function receive(request: IncomingMessage): Promise<Uint8Array | "too large" | undefined> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) resolve("too large");
    const chunks: Uint8Array[] = [];
    let length = 0;
    request.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve("too large");
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  const tooLarge = new ServiceError(
    "SerializationException",
    `A request has at most ${MAX_BODY_BYTES} bytes`,
  );
  const { headers, body } = writeError(request, tooLarge);
  response.writeHead(413, { ...headers, Connection: "close" }).write(body);
  const timer = setTimeout(() => response.end(), LINGER);
  request.on("end", () => response.end());
  response.on("close", () => clearTimeout(timer));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
