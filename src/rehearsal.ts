/**
 * `kms-wrap/rehearsal`: the KMS half of an import, on this machine, in which a real client goes through the whole
 * procedure without touching a cloud. For Node, Deno and Bun; elsewhere it is refused.
 *
 * It is no KMS: it believes every signature, keeps key material in the memory of this process and forgets it when
 * closed, and listens to nothing but this machine. Never give it a key that matters.
 *
 * @example
 * ```ts
 * import { startRehearsal } from "kms-wrap/rehearsal";
 *
 * const rehearsal = await startRehearsal();
 * const kms = new KMSClient({ endpoint: rehearsal.endpoint, region: "eu-central-1", credentials });
 * // CreateKey, GetParametersForImport, prepareImport, ImportKeyMaterial, Encrypt …
 * await rehearsal.close();
 * ```
 *
 * @module
 */

import { assertObject, typeName } from "./bytes.ts";
import { KmsWrapError } from "./errors.ts";
import { assertRegion } from "./kms/regions.ts";
import { openClock } from "./rehearsal/clock.ts";
import { OPERATIONS } from "./rehearsal/operations/table.ts";
import { DEFAULT_REGION } from "./rehearsal/regions.ts";
import { listen } from "./rehearsal/server.ts";
import { type PlannedFailure, Service } from "./rehearsal/service.ts";
import { SERVICE_ERROR_NAMES, type ServiceErrorName } from "./rehearsal/service-errors.ts";

export type { PlannedFailure, ServiceErrorName };
export { SERVICE_ERROR_NAMES };

/** How a rehearsal is set up; all of it can be left out. */
export interface RehearsalOptions {
  /** Where to listen; any free port if absent. */
  readonly port?: number | undefined;
  /** "127.0.0.1" if absent; "::1" is the other choice. */
  readonly host?: string | undefined;
  /**
   * The one region there is, for instance "cn-north-1" to rehearse by China's rules. Without it a request is in the
   * region that its client signed it for, and in us-east-1 if unsigned.
   */
  readonly region?: string | undefined;
  /**
   * What time it is: a Date, or milliseconds since 1970. The system's clock if absent. If it fails when a request asks
   * it, that is answered with a KMSInternalException that says so.
   */
  readonly clock?: (() => Date | number) | undefined;
  /** Errors to come, as by `failNext`. */
  readonly failNext?: readonly PlannedFailure[] | undefined;
}

/** A rehearsal that is under way. */
export interface Rehearsal {
  /** For `endpoint` of an SDK's client, `--endpoint-url` of the AWS CLI, `endpoint_url` of boto3. */
  readonly endpoint: string;
  /**
   * Makes the next request fail, once.
   *
   * @param error - for instance "KMSInternalException".
   * @param operation - for instance "ImportKeyMaterial": only a request for it fails.
   * @throws KmsWrapError `INVALID_ARGUMENT`
   */
  failNext(error: ServiceErrorName, operation?: string): void;
  /** Ends all connections and forgets all key material. */
  close(): Promise<void>;
}

const LOOPBACK = ["127.0.0.1", "::1"];

/**
 * Starts a rehearsal endpoint.
 *
 * @returns the rehearsal, once it listens. It keeps the process alive until it is closed.
 * @throws KmsWrapError `INVALID_ARGUMENT` for a host that is not loopback, and other impossible options.
 * @throws Error of Node where it cannot listen, such as `EADDRINUSE`.
 * @example
 * ```ts
 * const rehearsal = await startRehearsal({ region: "cn-north-1" });
 * rehearsal.failNext("ExpiredImportTokenException", "ImportKeyMaterial");
 * // … what does the program under test do about it?
 * await rehearsal.close();
 * ```
 */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  assertObject(options, "options");
  const { port = 0, host = LOOPBACK[0]!, region, clock = Date.now, failNext = [] } = options;
  if (!LOOPBACK.includes(host))
    throw invalid(`a rehearsal listens to this machine alone: host must be ${LOOPBACK.join(" or ")}`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalid("port must be 0 to 65535");
  assertRegion(region);
  if (!Array.isArray(failNext)) throw invalid(`failNext must be an array, found ${typeName(failNext)}`);
  const service = new Service(openClock(clock), region === undefined);
  const plan = (failure: PlannedFailure) => service.plan(checked(failure));
  for (const failure of failNext) plan(failure);
  const server = await listen(host, port, (head, body) =>
    service.answer(head.operation, region ?? head.region ?? DEFAULT_REGION, body),
  );
  return {
    endpoint: `http://${host === "::1" ? "[::1]" : host}:${server.port}`,
    failNext: (error, operation) => plan({ error, operation }),
    async close() {
      await server.close();
      service.destroy();
    },
  };
}

function checked(failure: PlannedFailure): PlannedFailure {
  assertObject(failure, "each of failNext");
  const { error, operation } = failure;
  if (!SERVICE_ERROR_NAMES.includes(error))
    throw invalid(`failNext takes an error's name, one of ${SERVICE_ERROR_NAMES.join(", ")}`);
  if (operation !== undefined && !OPERATIONS.has(operation))
    throw invalid(`failNext takes an operation's name, one of ${[...OPERATIONS.keys()].join(", ")}`);
  return { error, operation };
}

function invalid(message: string): KmsWrapError {
  return new KmsWrapError("INVALID_ARGUMENT", message);
}
