/** What an operation of the API is here: a function from a request to the members of its answer. */

import type { Input } from "./input.ts";
import type { KeyStore } from "./key-store.ts";
import type { KmsKey } from "./kms-key.ts";
import type { TokenMint } from "./tokens.ts";
import type { WrappingKeyPool } from "./wrapping-keys.ts";

/** The state of one rehearsal: all in memory, gone when it is closed. */
export interface World {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly keys: KeyStore;
  readonly tokens: TokenMint;
  readonly wrappingKeys: WrappingKeyPool;
  /** Keys the ids of key material. */
  readonly secret: Uint8Array;
  /** Whether keys can be replicated: clients reach every region, not a fixed one. */
  readonly everyRegion: boolean;
}

/** One request. */
export interface Call {
  readonly world: World;
  readonly region: string;
  readonly input: Input;
}

/** @throws ServiceError */
export type Operation = (call: Call) => object | Promise<object>;

const KEY_ID_LIMITS = { max: 2048 };

/** The key that the request names. */
export function keyOf({ world, region, input }: Call, member = "KeyId"): KmsKey {
  return world.keys.find(input.text(member, KEY_ID_LIMITS), region);
}

/** Bytes as they travel. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

/** A time as it travels: seconds since 1970. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
