/**
 * AWS JSON 1.1 on HTTP: `POST /`, the operation in `X-Amz-Target: TrentService.Name`, a JSON object each way; an error
 * is `{"__type", "message"}` with the error's status. Signatures are not looked at, but for the region in their scope.
 */

import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { isRegionName } from "../kms/regions.ts";
import { ServiceError } from "./service-errors.ts";

/** Sent by SDKs, and the published default. */
const CONTENT_TYPES = ["application/x-amz-json-1.1", "application/json"] as const;
const TARGET = /^TrentService\.(?<operation>[A-Za-z]+)$/;
const SCOPE = /Credential=[^/,\s]+\/\d{8}\/(?<region>[^/,\s]+)\/kms\/aws4_request/;
/** How clients on this machine call it; other names come from web pages that had theirs pointed here. */
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** What the headers of a request say. */
export interface RequestHead {
  readonly operation: string;
  /** That of the signature's scope, if there is one. */
  readonly region: string | undefined;
}

/** An answer, ready to be written. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** @throws ServiceError `AccessDeniedException`, `UnknownOperationException`, `SerializationException` */
export function readHead({ method, url, headers }: IncomingMessage): RequestHead {
  if (!LOCAL_HOST.test(headers.host ?? ""))
    throw new ServiceError("AccessDeniedException", "A rehearsal answers to local names only");
  const operation = TARGET.exec(String(headers["x-amz-target"]))?.groups?.["operation"];
  if (method !== "POST" || url !== "/" || operation === undefined)
    throw new ServiceError("UnknownOperationException", "Expected POST / with X-Amz-Target: TrentService.…");
  if (contentType(headers["content-type"]) === undefined)
    throw new ServiceError("SerializationException", `Content-Type must be ${CONTENT_TYPES.join(" or ")}`);
  const region = SCOPE.exec(headers.authorization ?? "")?.groups?.["region"];
  return { operation, region: region !== undefined && isRegionName(region) ? region : undefined };
}

/** @throws ServiceError `SerializationException` */
export function readBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new ServiceError("SerializationException", "The body is not JSON");
  }
}

/** In the content type of the request. */
export function writeAnswer(request: IncomingMessage, members: object, status = 200): Answer {
  const body = JSON.stringify(members);
  const headers = {
    "Content-Type": contentType(request.headers["content-type"]) ?? CONTENT_TYPES[0],
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    Server: "kms-wrap rehearsal: this is not a KMS",
    "x-amzn-RequestId": randomUUID(),
  };
  return { status, headers, body };
}

/** As the service words it. A bug of ours shows as its internal error, with the place and nothing of the input. */
export function writeError(request: IncomingMessage, error: unknown): Answer {
  const { status, type, message } = error instanceof ServiceError ? error : internalError(error);
  return writeAnswer(request, { __type: type, message }, status);
}

function internalError(error: unknown): ServiceError {
  const { name = typeof error, stack = "" } = error instanceof Error ? error : {};
  const place = /\n\s+at (?<place>.*)/.exec(stack)?.groups?.["place"] ?? "an unknown place";
  return new ServiceError("KMSInternalException", `A bug in the rehearsal of kms-wrap: ${name} at ${place}`);
}

function contentType(header: string | undefined): string | undefined {
  const [type] = (header ?? "").toLowerCase().split(/\s*;/, 1);
  return CONTENT_TYPES.find((known) => known === type);
}
