/**
 * Import tokens: which key, algorithm and wrapping key belong together, and until when. Sealed with a key of this
 * process, so that there is nothing to store and nothing to forge, and memory stays flat however many are handed out.
 */

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { WrappingAlgorithm } from "../schemes/algorithms.ts";
import { ServiceError } from "./service-errors.ts";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a token binds together. */
export interface TokenContent {
  readonly keyArn: string;
  readonly algorithm: WrappingAlgorithm;
  /** Of the pair in the pool. */
  readonly wrappingKeyId: string;
  /** Milliseconds since 1970. */
  readonly validTo: number;
}

/** Issues and opens the tokens of one rehearsal. */
export class TokenMint {
  readonly #key = randomBytes(32);

  issue(content: TokenContent): Uint8Array {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES });
    return Buffer.concat([iv, cipher.update(JSON.stringify(content)), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws ServiceError `InvalidImportTokenException` if it is none of this rehearsal's. */
  open(token: Uint8Array): TokenContent {
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, token.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(token.subarray(-TAG_BYTES));
      const text = Buffer.concat([decipher.update(token.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString());
    } catch {
      throw new ServiceError("InvalidImportTokenException");
    }
  }
}
