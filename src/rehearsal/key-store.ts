/** All keys of a rehearsal, in memory, found by id or ARN. */

import { KmsWrapError } from "../errors.ts";
import { parseKeyId } from "../kms/key-id.ts";
import type { KmsKey } from "./kms-key.ts";
import { keyArn } from "./regions.ts";
import { ServiceError } from "./service-errors.ts";

/** Keys are cheap, but a loop in somebody's test must not take all memory. */
const MAX_KEYS = 100_000;

/** One page of ListKeys. */
export interface KeyPage {
  readonly keys: readonly KmsKey[];
  readonly more: boolean;
}

/** The keys of all regions. */
export class KeyStore {
  readonly #keys = new Map<string, KmsKey>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws ServiceError `LimitExceededException` */
  add(key: KmsKey): void {
    if (this.#keys.size >= MAX_KEYS)
      throw new ServiceError("LimitExceededException", `This rehearsal holds ${MAX_KEYS} keys at most`);
    this.#keys.set(key.arn, key);
  }

  has(arn: string): boolean {
    return this.#keys.has(arn);
  }

  /**
   * The key that a request in `region` means by `keyId`, as it is at this moment.
   *
   * @throws ServiceError `NotFoundException`, `InvalidArnException`
   */
  find(keyId: string, region: string): KmsKey {
    const identifier = identify(keyId);
    if (identifier.region !== undefined && identifier.region !== region)
      throw new ServiceError("NotFoundException", `Invalid arn ${identifier.region}`);
    const arn = identifier.region === undefined ? keyArn(region, identifier.id) : identifier.text;
    const key = this.#keys.get(arn);
    if (key && this.#isAlive(key)) return key;
    throw new ServiceError("NotFoundException", `Key '${arn}' does not exist`);
  }

  /**
   * @param after - the id of the last key of the page before.
   */
  page(region: string, limit: number, after?: string): KeyPage {
    const keys = [...this.#keys.values()].filter((key) => key.facts.region === region && this.#isAlive(key));
    const start = after === undefined ? 0 : keys.findIndex(({ facts }) => facts.id === after) + 1;
    return { keys: keys.slice(start, start + limit), more: start + limit < keys.length };
  }

  /** Forgets all key material. */
  destroy(): void {
    for (const key of this.#keys.values()) key.destroy();
    this.#keys.clear();
  }

  #isAlive(key: KmsKey): boolean {
    key.expire(this.#now());
    if (key.deletionDate === undefined || key.deletionDate > this.#now()) return true;
    key.destroy();
    this.#keys.delete(key.arn);
    return false;
  }
}

function identify(keyId: string): ReturnType<typeof parseKeyId> {
  try {
    return parseKeyId(keyId, "keyId");
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    if (keyId.startsWith("arn:"))
      throw new ServiceError("InvalidArnException", "The ARN is not that of a KMS key");
    throw new ServiceError(
      "NotFoundException",
      "Invalid keyId: it is neither the id nor the ARN of a KMS key",
    );
  }
}
