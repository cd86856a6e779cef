/**
 * PKCS#11 tokens as the receiving side: an RSA private key that was made in the token and cannot leave it unwraps what
 * this project wrapped, and the imported key then works, as node:crypto confirms. And the other way round.
 */

import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseKeyMaterial } from "../../dist/index.js";
import { parseWrappingKey } from "../../dist/keys/wrapping-key.js";
import { unwrapWith } from "../../dist/unwrap.js";
import { wrapWith } from "../../dist/wrap.js";
import { RSA_PAIRS, seededRandom } from "./cases.mjs";
import { ENGINES, RowKeeper, same } from "./compare.mjs";
import { LineProcess } from "./line-process.mjs";
import { compile } from "./peers.mjs";
import { aesEcb, DATA, privateKeys, rawMaterials } from "./token-materials.mjs";

/** @typedef {import("../../dist/index.js").WrappingAlgorithm} WrappingAlgorithm */

/**
 * @typedef {object} Token
 * @property {string} name
 * @property {(folder: string) => Promise<LineProcess>} start
 * @property {readonly ("SHA-1" | "SHA-256")[]} hashes - of OAEP
 * @property {string} keyWrap - what it calls RFC 5649
 * @property {boolean} [padsPrivateKeys] - a known fault: zeros after the PKCS#8, counted in the length
 */

/** @param {string} folder */
const build = (folder) => compile("cc", "pkcs11.c", ["-I/usr/include/p11-kit-1", "-ldl"], folder);

/** @type {readonly Token[]} */
export const TOKENS = [
  {
    name: "SoftHSM",
    start: async (folder) => {
      const configuration = join(folder, "softhsm2.conf");
      mkdirSync(join(folder, "tokens"), { recursive: true });
      writeFileSync(configuration, `directories.tokendir = ${join(folder, "tokens")}\n`);
      const environment = { SOFTHSM2_CONF: configuration };
      return new LineProcess(await build(folder), ["/usr/lib/softhsm/libsofthsm2.so"], environment);
    },
    hashes: ["SHA-1"],
    keyWrap: "key-wrap-pad",
    padsPrivateKeys: true,
  },
  {
    name: "NSS",
    start: async (folder) =>
      new LineProcess(await build(folder), [
        "libsoftokn3.so",
        "configdir='' flags=noCertDB,noModDB,forceOpen",
      ]),
    hashes: ["SHA-1", "SHA-256"],
    keyWrap: "key-wrap-kwp",
  },
];

const ALGORITHMS = /** @type {const} */ ({
  "SHA-1": { oaep: "RSAES_OAEP_SHA_1", whole: "RSA_AES_KEY_WRAP_SHA_1" },
  "SHA-256": { oaep: "RSAES_OAEP_SHA_256", whole: "RSA_AES_KEY_WRAP_SHA_256" },
});

/**
 * An RSA key pair made in the token.
 *
 * @param {LineProcess} token
 * @param {number} bits
 * @param {"resident" | "extractable"} [kind]
 */
async function generate(token, bits, kind = "resident") {
  const [handle = "", n = "", e = ""] = (await token.ask("generate", String(bits), kind)).split(" ");
  const [modulus, exponent] = [n, e].map((hex) => Buffer.from(hex, "hex").toString("base64url"));
  const jwk = { kty: "RSA", n: modulus ?? "", e: exponent ?? "" };
  return { handle, publicKey: createPublicKey({ key: jwk, format: "jwk" }), bits };
}

/**
 * @param {Token} token
 * @param {LineProcess} program
 * @param {string} seed
 */
export async function* compareWithToken(token, program, seed) {
  const version = await program.ask("version");
  const random = seededRandom(seed, token.name);
  const residents = [];
  for (const bits of [2048, 3072, 4096]) residents.push(await generate(program, bits));
  const [raw, keys] = [rawMaterials(random), privateKeys()];
  for (const hash of token.hashes) {
    const { oaep, whole } = ALGORITHMS[hash];
    for (const [algorithm, materials] of /** @type {const} */ ([
      [oaep, raw],
      [whole, [...raw, ...keys]],
    ])) {
      const imports = new RowKeeper(token.name, version, algorithm, "we wrap, it imports");
      for (const resident of residents)
        for (const material of materials)
          await checkImport(imports, { token, program, hash, algorithm, resident, material, random });
      yield imports.row;
    }
    yield await checkExport(new RowKeeper(token.name, version, oaep, "it wraps, we unwrap"), {
      program,
      hash,
    });
    const exports = new RowKeeper(token.name, version, whole, "it wraps, we unwrap");
    yield await checkPrivateExport(exports, { token, program, hash });
  }
}

/**
 * @param {RowKeeper} keeper
 * @param {object} given
 * @param {Token} given.token
 * @param {LineProcess} given.program
 * @param {string} given.hash
 * @param {WrappingAlgorithm} given.algorithm
 * @param {Awaited<ReturnType<typeof generate>>} given.resident
 * @param {import("./token-materials.mjs").Material} given.material
 * @param {import("./cases.mjs").RandomSource} given.random
 */
async function checkImport(keeper, { token, program, hash, algorithm, resident, material, random }) {
  const { handle, bits } = resident;
  const publicKey = parseWrappingKey(
    Uint8Array.from(resident.publicKey.export({ format: "der", type: "spki" })),
  );
  for (const engine of ENGINES) {
    const title = `${material.title} under RSA_${bits}, ${engine.info.name} engine`;
    await keeper.check(title, async () => {
      const wrapped = wrapWith(engine, { algorithm, publicKey, keyMaterial: material.bytes }, random);
      if (algorithm.startsWith("RSAES_OAEP"))
        return material.works(
          program,
          await program.ask("unwrap", `oaep-${hash}`, handle, material.kind, wrapped),
        );
      const k = bits / 8; // neither token has CKM_RSA_AES_KEY_WRAP in one: its two steps
      const aes = await program.ask("unwrap", `oaep-${hash}`, handle, "aes", wrapped.subarray(0, k));
      return material.works(
        program,
        await program.ask("unwrap", token.keyWrap, aes, material.kind, wrapped.subarray(k)),
      );
    });
  }
}

/**
 * An AES key of the token's, wrapped under our public key: what we unwrap encrypts as the token does.
 *
 * @param {RowKeeper} keeper
 * @param {{ program: LineProcess, hash: string }} given
 */
async function checkExport(keeper, { program, hash }) {
  const algorithm = /** @type {WrappingAlgorithm} */ (keeper.row.algorithm);
  for (const { privateKey } of RSA_PAIRS) {
    const { modulus, publicExponent } = privateKey.numbers;
    const wrapping = await program.ask("public", modulus, publicExponent);
    for (const length of [16, 24, 32]) {
      const key = await program.ask("aes", String(length));
      const wrapped = await program.bytes("wrap", `oaep-${hash}`, wrapping, key);
      const encrypted = await program.bytes("encrypt", "aes-ecb", key, DATA);
      for (const engine of ENGINES)
        await keeper.check(`AES-${8 * length} under ${privateKey.spec}, ${engine.info.name} engine`, () =>
          same(aesEcb(unwrapWith(engine, { algorithm, privateKey, wrapped })), encrypted),
        );
    }
  }
  return keeper.row;
}

/**
 * The SEQUENCE, whose length is in its third and fourth byte, without up to seven zeros behind it.
 *
 * @param {Uint8Array} pkcs8
 */
function withoutPadding(pkcs8) {
  const length = 4 + Buffer.from(pkcs8).readUInt16BE(2);
  const padding = pkcs8.subarray(length);
  return padding.length < 8 && padding.every((byte) => byte === 0) ? pkcs8.subarray(0, length) : pkcs8;
}

/**
 * An RSA private key of the token's, wrapped under our public key in the two steps: it is PKCS#8 that signs for the
 * token's public key.
 *
 * @param {RowKeeper} keeper
 * @param {{ token: Token, program: LineProcess, hash: string }} given
 */
async function checkPrivateExport(keeper, { token, program, hash }) {
  const algorithm = /** @type {WrappingAlgorithm} */ (keeper.row.algorithm);
  const { handle, publicKey } = await generate(program, 2048, "extractable");
  for (const { privateKey } of RSA_PAIRS) {
    const { modulus, publicExponent } = privateKey.numbers;
    const wrapping = await program.ask("public", modulus, publicExponent);
    const aes = await program.ask("aes", "32");
    const wrapped = Buffer.concat([
      await program.bytes("wrap", `oaep-${hash}`, wrapping, aes),
      await program.bytes("wrap", token.keyWrap, aes, handle),
    ]);
    for (const engine of ENGINES)
      await keeper.check(`RSA_2048 under ${privateKey.spec}, ${engine.info.name} engine`, () => {
        const pkcs8 = unwrapWith(engine, { algorithm, privateKey, wrapped });
        const { keySpec, bytes } = parseKeyMaterial(token.padsPrivateKeys ? withoutPadding(pkcs8) : pkcs8);
        const key = createPrivateKey({ key: Buffer.from(bytes), format: "der", type: "pkcs8" });
        return keySpec === "RSA_2048" && verify("sha256", DATA, publicKey, sign("sha256", DATA, key));
      });
  }
  return keeper.row;
}
