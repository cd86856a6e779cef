/** Keys against node:crypto: what it exports is what comes out here, whatever zeros its numbers begin with. */

import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { describe, expect, test } from "vitest";
import { type CurveName, FIELD_BYTES, isOnCurve, publicPoint } from "../../src/engine/curves.ts";
import { ed25519PublicKey } from "../../src/engine/ed25519.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import { EC_SPECS } from "../../src/keys/key-specs.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";

/** OpenSSL's names. */
const CURVES: readonly (readonly [CurveName, string])[] = [
  ["P-256", "prime256v1"],
  ["P-384", "secp384r1"],
  ["P-521", "secp521r1"],
  ["secp256k1", "secp256k1"],
  ["SM2", "SM2"],
];

const der = (key: KeyObject, type: "pkcs8" | "spki") => key.export({ format: "der", type });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** One more than numbers below p usually do: those of P-521 begin with seven bits of zero. */
function startsWithZeros(coordinate: Uint8Array, curve: CurveName): boolean {
  return coordinate[0] === 0 && (curve !== "P-521" || coordinate[1] === 0);
}

/** Scalars of all magnitudes, among them such that begin with zeros. */
function scalarsOf(fieldBytes: number): Buffer[] {
  const small = [1, 2, 3, 7, 255, 256, 65_537].map((value) =>
    value.toString(16).padStart(2 * fieldBytes, "0"),
  );
  const ones = [1, 2, fieldBytes - 1].map((zeros) => "00".repeat(zeros) + "01".repeat(fieldBytes - zeros));
  return [...small, ...ones].map((text) => Buffer.from(text, "hex"));
}

describe.each(CURVES)("%s", (curve, opensslName) => {
  const fieldBytes = FIELD_BYTES[curve];

  test("public points of scalars that begin with zeros", () => {
    for (const scalar of scalarsOf(fieldBytes)) {
      const ecdh = createECDH(opensslName);
      ecdh.setPrivateKey(scalar);
      const point = publicPoint(curve, scalar);
      expect(hex(point)).toBe(hex(ecdh.getPublicKey().subarray(1)));
      expect(isOnCurve(curve, point)).toBe(true);
      point[fieldBytes + 3]! ^= 1;
      expect(isOnCurve(curve, point)).toBe(false);
    }
  });

  test("points whose coordinates begin with zeros keep their length", () => {
    const ecdh = createECDH(opensslName);
    const left = new Set(["x", "y"]);
    for (let d = 1; d < 5000 && left.size > 0; d++) {
      const scalar = Buffer.from(d.toString(16).padStart(2 * fieldBytes, "0"), "hex");
      ecdh.setPrivateKey(scalar);
      const point = ecdh.getPublicKey().subarray(1);
      const short = [...left].filter((axis) =>
        startsWithZeros(point.subarray(axis === "x" ? 0 : fieldBytes), curve),
      );
      if (short.length > 0) expect(hex(publicPoint(curve, scalar))).toBe(hex(point));
      for (const axis of short) left.delete(axis);
    }
    expect([...left]).toEqual([]);
  });

  test("node's own keys: PKCS#8, SEC 1 and JWK give node's PKCS#8", () => {
    for (let i = 0; i < 5; i++) {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: opensslName });
      const expected = der(privateKey, "pkcs8");
      const sec1 = privateKey.export({ format: "der", type: "sec1" });
      const forms: (Uint8Array | string)[] = [
        expected,
        sec1,
        privateKey.export({ format: "pem", type: "sec1" }),
      ];
      if (curve !== "SM2") forms.push(JSON.stringify(privateKey.export({ format: "jwk" })));
      for (const form of forms) {
        const material = parseKeyMaterial(form);
        expect(material.keySpec).toBe(EC_SPECS[curve]);
        expect(hex(material.bytes)).toBe(hex(expected));
        expect(hex(material.publicKeySpki!)).toBe(hex(der(publicKey, "spki")));
      }
    }
  });

  test("what comes out is a key to node", () => {
    for (const scalar of scalarsOf(fieldBytes)) {
      const bare = parseKeyMaterial(sec1Of(scalar), EC_SPECS[curve]);
      const key = createPrivateKey({ key: Buffer.from(bare.bytes), format: "der", type: "pkcs8" });
      expect(hex(der(key, "pkcs8"))).toBe(hex(bare.bytes));
      expect(hex(der(createPublicKey(key), "spki"))).toBe(hex(bare.publicKeySpki!));
    }
  });
});

/** An ECPrivateKey that holds nothing but the scalar. */
function sec1Of(scalar: Buffer): Uint8Array {
  return Buffer.concat([Buffer.from([0x30, scalar.length + 5, 2, 1, 1, 4, scalar.length]), scalar]);
}

test("Ed25519: public keys and PKCS#8 of a hundred keys", () => {
  for (let i = 0; i < 100; i++) {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const expected = der(privateKey, "pkcs8");
    const spki = der(publicKey, "spki");
    expect(hex(ed25519PublicKey(expected.subarray(-32)))).toBe(hex(spki.subarray(-32)));
    const material = parseKeyMaterial(JSON.stringify(privateKey.export({ format: "jwk" })));
    expect(hex(material.bytes)).toBe(hex(expected));
    expect(hex(material.publicKeySpki!)).toBe(hex(spki));
  }
});

test.each([3, 17, 65_537])("RSA with public exponent %i", (publicExponent) => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent });
  const expected = der(privateKey, "pkcs8");
  const pkcs1 = privateKey.export({ format: "pem", type: "pkcs1" });
  for (const form of [expected, pkcs1, JSON.stringify(privateKey.export({ format: "jwk" }))]) {
    const material = parseKeyMaterial(form, "RSA_2048");
    expect(hex(material.bytes)).toBe(hex(expected));
    expect(hex(material.publicKeySpki!)).toBe(hex(der(publicKey, "spki")));
  }
  expect(hex(parseWrappingKey(publicKey.export({ format: "pem", type: "pkcs1" })).spki)).toBe(
    hex(der(publicKey, "spki")),
  );
});
