/**
 * Transcribes the large published vector sets into vectors/, from the folder of Debian's package
 * python3-cryptography-vectors, which `dpkg -L python3-cryptography-vectors` names.
 *
 *     node scripts/transcribe-vectors.mjs FOLDER            writes the files
 *     node scripts/transcribe-vectors.mjs FOLDER --check    exits 1 if a file differs from its source
 *
 * Which cases are taken is fixed here, by position, length and content, never by what passes.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  field,
  KEY_HEADINGS,
  number,
  numbersOfPkcs8,
  parseOaepExamples,
  parseRecords,
  parseSections,
  render,
} from "./vector-notations.mjs";

/**
 * @typedef {import("./vector-notations.mjs").Fields} Fields
 * @typedef {import("./vector-notations.mjs").Group} Group
 * @typedef {(path: string) => string} Read - a file of the package as text
 */

const AS_PRINTED = "hexadecimal in lower case without blanks";
const CAVP_URL = "https://csrc.nist.gov/projects/cryptographic-algorithm-validation-program";

/** @type {Record<string, (read: Read) => Group[]>} */
const FILES = {
  "nist-cavp-kwp-ae.json": (read) => kwpGroups(read, "AE"),
  "nist-cavp-kwp-ad.json": (read) => kwpGroups(read, "AD"),
  "nist-cavp-kw.json": (read) => ["AE", "AD"].flatMap((direction) => kwGroups(read, direction)),
  "rsa-oaep-sha1.json": (read) => [...oaepSha1Groups(read), ...oaepWorkedExample(read)],
  "rsa-oaep-sha2.json": (read) => [...oaepSha2Groups(read), oaepLabelGroup(read)],
  "sm3.json": sm3Groups,
  "sha.json": shaGroups,
};

/**
 * All cases of up to 248 bits, the first 20 of 4096 bits.
 *
 * @param {Read} read
 * @param {string} direction
 */
function kwpGroups(read, direction) {
  return keyWrapGroups(read, `KWP_${direction}`, (bits, count) => bits < 4096 || count < 20);
}

/**
 * The first ten cases of up to 320 bits, the first two of 4096 bits.
 *
 * @param {Read} read
 * @param {string} direction
 */
function kwGroups(read, direction) {
  return keyWrapGroups(read, `KW_${direction}`, (bits, count) => count < (bits < 4096 ? 10 : 2));
}

/**
 * @param {Read} read
 * @param {string} set - the file's name without the key's length
 * @param {(bits: number, count: number) => boolean} isTaken
 * @returns {Group[]}
 */
function keyWrapGroups(read, set, isTaken) {
  const [mode, direction] = set.split("_");
  return [128, 192, 256].map((keyBits) => {
    const text = read(`keywrap/kwtestvectors/${set}_${keyBits}.txt`);
    const taken = parseRecords(text).filter((record) =>
      isTaken(Number(record["PLAINTEXT LENGTH"]), Number(record["COUNT"])),
    );
    return {
      publication: `NIST CAVP, ${text.match(/CAVS \d+\.\d+/)?.[0]}, ${set}_${keyBits}.txt`,
      clause: `SP 800-38F §${mode === "KWP" ? "6.3" : "6.2"}, ${mode}-${direction} with AES-${keyBits}`,
      url: `${CAVP_URL}/cavp-testing-block-cipher-modes`,
      transformation: `K, P, C as kek, plaintext, wrapped; FAIL as invalid; ${AS_PRINTED}; a selection`,
      operation: mode === "KWP" ? "aes-kwp" : "aes-kw",
      cases: taken.map((record) => ({
        name: `${record["PLAINTEXT LENGTH"]} bits, COUNT ${record["COUNT"]}`,
        kek: field(record, "K"),
        ...("FAIL" in record ? {} : { plaintext: field(record, "P") }),
        wrapped: field(record, "C"),
        result: "FAIL" in record ? "invalid" : "valid",
      })),
    };
  });
}

const RSA_LABORATORIES = {
  url: "ftp://ftp.rsasecurity.com/pub/pkcs/pkcs-1/pkcs-1v2-1d2-vec.zip",
  transformation: `numbers without leading zero bytes, octet strings as printed; ${AS_PRINTED}`,
};
const OAEP_SHA1 = { operation: "rsaes-oaep", hash: "SHA-1", mgf1Hash: "SHA-1" };

/**
 * RSA Laboratories' set, whole.
 *
 * @param {Read} read
 * @returns {Group[]}
 */
function oaepSha1Groups(read) {
  return parseOaepExamples(read("asymmetric/RSA/pkcs-1v2-1d2-vec/oaep-vect.txt")).map((example, i) => ({
    publication: "RSA Laboratories, pkcs-1v2-1d2-vec, oaep-vect.txt",
    clause: `RFC 8017 §7.1, Example ${i + 1}`,
    ...RSA_LABORATORIES,
    ...OAEP_SHA1,
    ...example,
  }));
}

/**
 * The example with all intermediate values, which include those of MGF1.
 *
 * @param {Read} read
 * @returns {Group[]}
 */
function oaepWorkedExample(read) {
  const sections = parseSections(read("asymmetric/RSA/pkcs-1v2-1d2-vec/oaep-int.txt"));
  /** @param {string} heading */
  const value = (heading) => sections.find((section) => section.heading.startsWith(heading))?.value ?? "";
  const privateKey = [...KEY_HEADINGS].map(([heading, name]) => [
    name,
    number(value(name === "privateExponent" ? "Private exponent:" : heading)),
  ]);
  const publication = "RSA Laboratories, pkcs-1v2-1d2-vec, oaep-int.txt";
  const seed = value("seed:");
  const message = value("Message to be encrypted:");
  return [
    {
      publication,
      clause: "RFC 8017 §7.1, worked example",
      ...RSA_LABORATORIES,
      ...OAEP_SHA1,
      privateKey: Object.fromEntries(privateKey),
      cases: [{ name: "Ciphertext", message, seed, ciphertext: value("Ciphertext,"), result: "valid" }],
    },
    {
      publication,
      clause: "RFC 8017 §B.2.1, worked example",
      ...RSA_LABORATORIES,
      operation: "mgf1",
      hash: "SHA-1",
      cases: [
        { name: "dbMask", seed, mask: value("dbMask ="), result: "valid" },
        { name: "seedMask", seed: value("maskedDB ="), mask: value("seedMask ="), result: "valid" },
      ],
    },
  ];
}

/**
 * Equal hashes: the first three keys. Different hashes: the first key, and every key one of whose ciphertexts begins
 * with a zero byte. SHA-224 is not supported and left out.
 *
 * @param {Read} read
 * @returns {Group[]}
 */
function oaepSha2Groups(read) {
  const names = ["sha1", "sha256", "sha384", "sha512"];
  const pairs = names.flatMap((hash) => names.map((mgf1Hash) => ({ hash, mgf1Hash })));
  return pairs
    .filter(({ hash, mgf1Hash }) => hash !== "sha1" || mgf1Hash !== "sha1")
    .flatMap(({ hash, mgf1Hash }) => {
      const file = `oaep-${mgf1Hash}-${hash}.txt`;
      const examples = parseOaepExamples(read(`asymmetric/RSA/oaep-custom/${file}`));
      return examples
        .map((example, i) => ({
          publication: `pyca/cryptography, oaep-custom/${file}`,
          clause: `RFC 8017 §7.1, key ${i + 1}`,
          url: "https://cryptography.io/en/latest/development/custom-vectors/rsa-oaep-sha2/",
          transformation: `numbers without leading zero bytes, ciphertexts as long as the modulus; ${AS_PRINTED}; a selection`,
          operation: "rsaes-oaep",
          hash: hash.replace("sha", "SHA-"),
          mgf1Hash: mgf1Hash.replace("sha", "SHA-"),
          ...example,
        }))
        .filter(
          ({ cases }, i) =>
            i < (hash === mgf1Hash ? 3 : 1) || cases.some((one) => one.ciphertext.startsWith("00")),
        );
    });
}

/**
 * The one with a label.
 *
 * @param {Read} read
 * @returns {Group}
 */
function oaepLabelGroup(read) {
  const record = parseRecords(read("asymmetric/RSA/oaep-label.txt"))[0] ?? {};
  return {
    publication:
      "BoringSSL, crypto/evp/evp_tests.txt, commit ce3773f9, as pyca/cryptography's oaep-label.txt",
    clause: "RFC 8017 §7.1, with a label",
    url: "https://boringssl.googlesource.com/boringssl/+/ce3773f9fe25c3b54390bc51d72572f251c7d7e6/crypto/evp/evp_tests.txt",
    transformation: `the numbers out of the PKCS#8 key; the quoted text as ASCII; ${AS_PRINTED}`,
    operation: "rsaes-oaep",
    hash: "SHA-512",
    mgf1Hash: "SHA-512",
    privateKey: numbersOfPkcs8(field(record, "KEY")),
    cases: [
      {
        name: "label of 16 bytes",
        label: field(record, "OAEPLabel"),
        message: Buffer.from(JSON.parse(record["Output"] ?? "")).toString("hex"),
        ciphertext: field(record, "Input"),
        result: "valid",
      },
    ],
  };
}

/**
 * The whole file, the standard's two examples apart.
 *
 * @param {Read} read
 * @returns {Group[]}
 */
function sm3Groups(read) {
  const exampleNames = new Map([
    [Buffer.from("abc").toString("hex"), "A.1: abc"],
    [Buffer.from("abcd".repeat(16)).toString("hex"), "A.2: abcd, 16 times"],
  ]);
  const cases = hashCases(read("hashes/SM3/oscca.txt"), () => true);
  const examples = cases.map((one) => ({ ...one, name: exampleNames.get(one.message) ?? "" }));
  const common = {
    url: "http://www.oscca.gov.cn/UpFile/20101222141857786.pdf",
    operation: "hash",
    hash: "SM3",
  };
  return [
    {
      publication: "GB/T 32905-2016",
      clause: "annex A",
      transformation: `texts as ASCII; ${AS_PRINTED}`,
      ...common,
      cases: examples.filter(({ name }) => name !== ""),
    },
    {
      publication: "Linux, crypto/testmgr.h, and adamws/oscca-sm3, as pyca/cryptography's oscca.txt",
      clause: "GB/T 32905-2016 §5",
      transformation: `Msg cut to Len bits; ${AS_PRINTED}`,
      ...common,
      cases: cases.filter(({ message }) => !exampleNames.has(message)),
    },
  ];
}

/**
 * Lengths around the ends of a block, where the padding takes one block more, and the shortest long message.
 *
 * @param {Read} read
 * @returns {Group[]}
 */
function shaGroups(read) {
  const sets = [
    { hash: "SHA-1", clause: "6.1", file: "SHA1/SHA1", blockBytes: 64, lengthBytes: 8 },
    { hash: "SHA-256", clause: "6.2", file: "SHA2/SHA256", blockBytes: 64, lengthBytes: 8 },
    { hash: "SHA-384", clause: "6.5", file: "SHA2/SHA384", blockBytes: 128, lengthBytes: 16 },
    { hash: "SHA-512", clause: "6.4", file: "SHA2/SHA512", blockBytes: 128, lengthBytes: 16 },
  ];
  return sets.map(({ hash, clause, file, blockBytes, lengthBytes }) => {
    const lastInBlock = blockBytes - lengthBytes - 1;
    const lengths = [0, 1, lastInBlock, lastInBlock + 1, blockBytes - 1, blockBytes];
    return {
      publication: `NIST CAVP, CAVS 11.0, ${file.split("/")[1]}ShortMsg.rsp and LongMsg.rsp`,
      clause: `FIPS 180-4 §${clause}`,
      url: `${CAVP_URL}/secure-hashing`,
      transformation: `Msg cut to Len bits; ${AS_PRINTED}; a selection`,
      operation: "hash",
      hash,
      cases: [
        ...hashCases(read(`hashes/${file}ShortMsg.rsp`), (bytes) => lengths.includes(bytes)),
        ...hashCases(read(`hashes/${file}LongMsg.rsp`), () => true).slice(0, 1),
      ],
    };
  });
}

/**
 * @param {string} text
 * @param {(bytes: number) => boolean} isTaken
 */
function hashCases(text, isTaken) {
  return parseRecords(text)
    .filter((record) => "Msg" in record && isTaken(Number(record["Len"]) / 8))
    .map((record) => ({
      name: `${Number(record["Len"]) / 8} bytes`,
      message: field(record, "Msg").slice(0, Number(record["Len"]) / 4),
      digest: field(record, "MD"),
      result: "valid",
    }));
}

const [folder, option] = process.argv.slice(2);
if (folder === undefined || (option !== undefined && option !== "--check")) {
  console.error("usage: node scripts/transcribe-vectors.mjs FOLDER [--check]");
  process.exit(2);
}
for (const [name, transcribe] of Object.entries(FILES)) {
  const path = fileURLToPath(new URL(`../vectors/${name}`, import.meta.url));
  const text = render(transcribe((file) => readFileSync(join(folder, file), "utf8")));
  if (option !== "--check") writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`vectors/${name} is not what its source says`);
    process.exitCode = 1;
  }
}
