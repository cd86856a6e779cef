/** The service without its wire: an operation's name, a region and a body in, an answer or a ServiceError out. */

import { randomBytes } from "node:crypto";
import { Input } from "./input.ts";
import { KeyStore } from "./key-store.ts";
import type { World } from "./operation.ts";
import { OPERATIONS } from "./operations/table.ts";
import { ServiceError, type ServiceErrorName } from "./service-errors.ts";
import { TokenMint } from "./tokens.ts";
import { WrappingKeyPool } from "./wrapping-keys.ts";

/** An error that is to come, and to which operation; to any if that is not said. */
export interface PlannedFailure {
  /** What to answer with, for instance "KMSInternalException". */
  readonly error: ServiceErrorName;
  /** For instance "ImportKeyMaterial". */
  readonly operation?: string | undefined;
}

/** One rehearsal's state and operations. */
export class Service {
  readonly #world: World;
  readonly #failures: PlannedFailure[] = [];

  /**
   * @param now - milliseconds since 1970.
   * @param everyRegion - whether clients reach every region, and not a fixed one.
   */
  constructor(now: () => number, everyRegion: boolean) {
    this.#world = {
      now,
      everyRegion,
      keys: new KeyStore(now),
      tokens: new TokenMint(),
      wrappingKeys: new WrappingKeyPool(),
      secret: randomBytes(32),
    };
  }

  /** Makes the next request that it fits fail, once. Failures come in the order they were planned in. */
  plan(failure: PlannedFailure): void {
    this.#failures.push(failure);
  }

  /** @throws ServiceError */
  async answer(operationName: string, region: string, body: unknown): Promise<object> {
    const operation = OPERATIONS.get(operationName);
    if (operation === undefined)
      throw new ServiceError("UnknownOperationException", "This rehearsal has no such operation");
    this.#failIfPlanned(operationName);
    return await operation({ world: this.#world, region, input: new Input(body) });
  }

  /** Forgets all key material. */
  destroy(): void {
    this.#world.keys.destroy();
  }

  #failIfPlanned(operationName: string): void {
    const next = this.#failures.findIndex(({ operation }) => (operation ?? operationName) === operationName);
    const [failure] = next < 0 ? [] : this.#failures.splice(next, 1);
    if (failure) throw new ServiceError(failure.error);
  }
}
