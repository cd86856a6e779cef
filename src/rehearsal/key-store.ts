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
  /** Where the next page begins, if there is one. */
  readonly marker: string | undefined;
}

/** The number of the last key of a page. */
const MARKER = /^\d{1,15}$/;

/** The keys of all regions. */
export class KeyStore {
  readonly #keys = new Map<string, KmsKey>();
  /** By ARN, the number of each key in the order of their creation; no number is given twice. */
  readonly #numbers = new Map<string, number>();
  #lastNumber = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws ServiceError `LimitExceededException` */
  add(key: KmsKey): void {
    if (this.#keys.size >= MAX_KEYS && this.#living().length >= MAX_KEYS)
      throw new ServiceError("LimitExceededException", `This rehearsal holds ${MAX_KEYS} keys at most`);
    this.#keys.set(key.arn, key);
    this.#numbers.set(key.arn, ++this.#lastNumber);
  }

  has(arn: string): boolean {
    return this.#get(arn) !== undefined;
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
    const key = this.#get(arn);
    if (key) return key;
    throw new ServiceError("NotFoundException", `Key '${arn}' does not exist`);
  }

  /**
   * @param marker - that of the page before; good also if the keys of that page have gone.
   * @throws ServiceError `InvalidMarkerException`
   */
  page(region: string, limit: number, marker = "0"): KeyPage {
    const after = Number(marker);
    if (!MARKER.test(marker) || after > this.#lastNumber) throw new ServiceError("InvalidMarkerException");
    const rest = this.#living().filter((key) => key.facts.region === region && this.#numberOf(key) > after);
    const keys = rest.slice(0, limit);
    return { keys, marker: rest.length > limit ? String(this.#numberOf(keys.at(-1)!)) : undefined };
  }

  /** Forgets all key material. */
  destroy(): void {
    for (const key of this.#keys.values()) key.destroy();
    this.#keys.clear();
    this.#numbers.clear();
  }

  /** The key, if it is still there. Its family is settled with it: what is asked of one of them reads the others. */
  #get(arn: string): KmsKey | undefined {
    this.#settle(this.#keys.get(arn)?.family ?? []);
    return this.#keys.get(arn);
  }

  #living(): KmsKey[] {
    this.#settle(this.#keys.values());
    return [...this.#keys.values()];
  }

  #numberOf(key: KmsKey): number {
    return this.#numbers.get(key.arn)!;
  }

  /** Does to the keys what is due: material expires, and a key goes at the end of its waiting period. */
  #settle(keys: Iterable<KmsKey>): void {
    const now = this.#now();
    for (const key of keys) {
      key.expire(now);
      if (key.deletionDate === undefined || key.deletionDate > now) continue;
      key.destroy();
      this.#keys.delete(key.arn);
      this.#numbers.delete(key.arn);
    }
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
