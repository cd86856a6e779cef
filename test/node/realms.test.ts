/** Bytes as they come in Node: Buffers, views with an offset, bytes of another realm; and those that are refused. */

import { generateKeyPairSync } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { aesKwpUnwrap, aesKwpWrap, rsaOaepDecrypt, rsaOaepEncrypt, sm3 } from "../../src/schemes.ts";
import { wrapWith } from "../../src/wrap.ts";
import { ENGINES } from "../support/engines.ts";
import { errorCode } from "../support/error-code.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs8 = Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" }));
const spki = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));
const plain = Uint8Array.from({ length: 32 }, (_, i) => i + 1);

/** The same content as `bytes`, in a view that neither starts nor ends where its buffer does. */
function offsetView(bytes: Uint8Array): Uint8Array {
  const wide = new Uint8Array(bytes.length + 11).fill(0xee);
  wide.set(bytes, 5);
  return wide.subarray(5, 5 + bytes.length);
}

function otherRealm(bytes: Uint8Array): Uint8Array {
  return runInContext("Uint8Array.from(content)", createContext({ content: [...bytes] }));
}

const FORMS: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ["a Buffer", (bytes) => Buffer.from(bytes)],
  ["a view with an offset", offsetView],
  ["bytes of another realm", otherRealm],
];

/** The same randomness each time, so that equal input gives equal output. */
const constant = (byteLength: number) => new Uint8Array(byteLength).fill(0x5a);

describe("the raw parts", () => {
  /** A Buffer as another realm sees it: neither of that realm nor, by its constructor's name, a Uint8Array. */
  const foreign = (bytes: Uint8Array): Uint8Array =>
    runInContext(
      "class Bytes extends Uint8Array {} Bytes.from(content)",
      createContext({ content: [...bytes] }),
    );

  test("take a label, a kek and a message of another realm", () => {
    const request = { publicKey: spki, message: plain, hash: "SHA-512", label: plain } as const;
    const ciphertext = rsaOaepEncrypt({ ...request, label: foreign(plain) });
    expect(rsaOaepDecrypt({ ...request, privateKey: pkcs8, ciphertext })).toEqual(plain);
    const wrapped = aesKwpWrap(foreign(plain), foreign(plain));
    expect(wrapped).toEqual(aesKwpWrap(plain, plain));
    expect(aesKwpUnwrap(foreign(plain), foreign(wrapped))).toEqual(plain);
    expect(sm3(foreign(plain))).toEqual(sm3(plain));
  });
});

describe.each(ENGINES)("bytes on the %s engine", (_name, engine) => {
  const wrap = (key: Uint8Array, keyMaterial: Uint8Array) =>
    wrapWith(engine, { algorithm: "RSA_AES_KEY_WRAP_SHA_256", publicKey: key, keyMaterial }, constant);

  test.each(FORMS)("%s give what a plain array gives", (_form, make) => {
    const expected = wrap(spki, plain);
    expect(Buffer.from(wrap(make(spki), make(plain)))).toEqual(Buffer.from(expected));
  });

  test("the input is left as it was, and the output is a plain array of its own", () => {
    const [key, material] = [spki.slice(), plain.slice()];
    const wrapped = wrap(key, material);
    expect(key).toEqual(spki);
    expect(material).toEqual(plain);
    expect(Object.getPrototypeOf(wrapped)).toBe(Uint8Array.prototype);
    expect(wrapped.buffer.byteLength).toBe(wrapped.length);
  });

  test("shared and detached memory and other types are refused", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(32));
    const detached = plain.slice();
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const others = [
      shared,
      detached,
      new Uint16Array(32),
      plain.buffer,
      [1, 2, 3],
      "text",
      null,
      undefined,
      7,
    ];
    for (const value of others)
      expect(errorCode(() => wrap(spki, value as Uint8Array))).toBe("INVALID_ARGUMENT");
  });

  test("empty material is refused", () => {
    expect(errorCode(() => wrap(spki, new Uint8Array(0)))).toBe("EMPTY_KEY_MATERIAL");
  });
});
