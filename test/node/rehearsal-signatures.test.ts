/** SM2 signatures with the id 1234567812345678 and SM4-GCM, against OpenSSL and the published vectors. */

import { describe, expect, test } from "vitest";
import { publicPoint } from "../../src/engine/curves.ts";
import { writePkcs8 } from "../../src/formats/pkcs8.ts";
import { writeSpki } from "../../src/formats/spki.ts";
import { gcm } from "../../src/rehearsal/gcm.ts";
import { sm2Sign, sm2Verify } from "../../src/rehearsal/sm2-signature.ts";
import { fromHex, toHex } from "../support/bytes.ts";
import { verifySm2 } from "../support/imported-material.ts";
import { hasOpenssl3, openssl } from "../support/openssl.ts";

const scalar = fromHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
const point = publicPoint("SM2", scalar);
const encoded = Uint8Array.of(4, ...point);
const message = new TextEncoder().encode("message digest");

describe("SM2DSA", () => {
  // GB/T 32918.5-2017 annex A: this key, this message and the id 1234567812345678.
  const r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
  const s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  const published = fromHex(`3046022100${r}022100${s}`);

  test("takes the published signature", () => {
    expect(sm2Verify(point, message, published)).toBe(true);
  });

  test("refuses it for another message or key, and every changed byte of it", () => {
    expect(sm2Verify(point, message.subarray(1), published)).toBe(false);
    const other = publicPoint("SM2", scalar.with(31, 1));
    expect(sm2Verify(other, message, published)).toBe(false);
    for (let i = 0; i < published.length; i++)
      expect(sm2Verify(point, message, published.with(i, published[i]! ^ 1))).toBe(false);
  });

  test("refuses what is no signature", () => {
    const n = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    for (const hex of [
      "",
      "30",
      "3000",
      "3006020100020100",
      `3046022100${n}022100${s}`,
      `3046022100${r}022100${n}`,
    ])
      expect(sm2Verify(point, message, fromHex(hex))).toBe(false);
    expect(sm2Verify(point, message, Uint8Array.of(...published, 0))).toBe(false);
  });

  test("takes its own, which differ each time", () => {
    const signatures = Array.from({ length: 20 }, () => sm2Sign({ scalar, point }, message));
    for (const signature of signatures) expect(sm2Verify(point, message, signature)).toBe(true);
    expect(new Set(signatures.map(toHex)).size).toBe(20);
  });

  test.runIf(hasOpenssl3())("OpenSSL agrees, both ways, with the id and not without", async () => {
    const spki = writeSpki({ type: "EC", curve: "SM2", point: encoded });
    const pkcs8 = writePkcs8({ type: "EC", curve: "SM2", scalar, point: encoded });
    expect(await verifySm2(spki, message, sm2Sign({ scalar, point }, message))).toBe(true);
    expect(await verifySm2(spki, message.subarray(1), sm2Sign({ scalar, point }, message))).toBe(false);
    const sign = (...options: string[]) =>
      openssl(
        "pkeyutl -sign -rawin -digest sm3 -inkey key.der -keyform DER -in message".split(" ").concat(options),
        { "key.der": pkcs8, message },
      );
    expect(sm2Verify(point, message, await sign("-pkeyopt", "distid:1234567812345678"))).toBe(true);
    expect(sm2Verify(point, message, await sign())).toBe(false);
  });
});

describe("SM4-GCM", () => {
  // RFC 8998 §A.2.1.
  const key = fromHex("0123456789abcdeffedcba9876543210");
  const iv = fromHex("00001234567800000000abcd");
  const aad = fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const plaintext = fromHex(
    ["aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"].map((pair) => pair.repeat(8)).join(""),
  );
  const ciphertext = fromHex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
  );
  const tag = fromHex("83de3541e4c2b58177e065a9bf7b62ec");

  test("is the published one", () => {
    const sealed = gcm(key).encrypt(iv, aad, plaintext);
    expect(toHex(sealed.ciphertext)).toBe(toHex(ciphertext));
    expect(toHex(sealed.tag)).toBe(toHex(tag));
    expect(toHex(gcm(key).decrypt(iv, aad, ciphertext, tag)!)).toBe(toHex(plaintext));
  });

  test("refuses a changed tag, ciphertext, or additional data", () => {
    expect(gcm(key).decrypt(iv, aad, ciphertext, tag.with(0, 0))).toBeUndefined();
    expect(gcm(key).decrypt(iv, aad, ciphertext.with(0, 0), tag)).toBeUndefined();
    expect(gcm(key).decrypt(iv, aad.subarray(1), ciphertext, tag)).toBeUndefined();
  });
});
