/**
 * Does the vector suite look at what it reads? Flips one bit in each field of a case in the middle of each group, and of
 * the group's key, and expects a suite to fail. Cases that must be refused stay out: altered, they still must be.
 * That no case is lost is held by the counts in test/suites/vectors/shape.test.ts.
 */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { findSuites, loadSuite, preload } from "./suites.mjs";

/** @typedef {{ [field: string]: string | Fields }} Fields */
/** @typedef {{ cases: Fields[], operation: string, [field: string]: unknown }} Group */

/** Published file → the suite that reads it. */
const READERS = {
  "kms-known-answers.json": "vectors/kms",
  "nist-cavp-kw.json": "vectors/aes",
  "nist-cavp-kwp-ad.json": "vectors/aes",
  "nist-cavp-kwp-ae.json": "vectors/aes",
  "rfc3394.json": "vectors/aes",
  "rfc5649.json": "vectors/aes",
  "rsa-oaep-sha1.json": "vectors/rsa",
  "rsa-oaep-sha2.json": "vectors/rsa",
  "sha.json": "vectors/hashes",
  "sm2-encryption.json": "vectors/sm2",
  "sm3.json": "vectors/hashes",
  "wycheproof-kwp.json": "vectors/aes",
  "wycheproof-oaep.json": "vectors/rsa",
};

/** @returns {Promise<{ altered: number, unnoticed: string[] }>} */
export async function alterVectors() {
  const unnoticed = [];
  let altered = 0;
  for (const [name, reader] of Object.entries(READERS)) {
    const path = resolve("vectors", name);
    /** @type {{ groups: Group[] }} */
    const file = JSON.parse(readFileSync(path, "utf8"));
    preload(path, file);
    for (const { object, field, place } of places(file.groups)) {
      const published = /** @type {string} */ (object[field]);
      object[field] = flipped(published);
      altered++;
      if (!(await isNoticed(reader))) unnoticed.push(`${name}: ${place}`);
      object[field] = published;
    }
  }
  return { altered, unnoticed };
}

/** @param {Group[]} groups */
function places(groups) {
  return groups.flatMap((group, i) => {
    const valid = group.cases.filter(({ result }) => result === "valid");
    const one = /** @type {Fields} */ (valid[valid.length >> 1] ?? {});
    return [
      ...fieldsOf(one, `group ${i}, ${one["name"]}`),
      ...fieldsOf(/** @type {Fields} */ (group), `group ${i}`),
    ];
  });
}

/**
 * Every field with bytes, also of objects within.
 *
 * @param {Fields} object
 * @param {string} where
 * @returns {{ object: Fields, field: string, place: string }[]}
 */
function fieldsOf(object, where) {
  return Object.entries(object).flatMap(([field, value]) => {
    const place = `${where}: ${field}`;
    if (typeof value === "object" && !Array.isArray(value)) return fieldsOf(value, place);
    return typeof value === "string" && /^([0-9a-f]{2})+$/.test(value) ? [{ object, field, place }] : [];
  });
}

/** @param {string} hex */
function flipped(hex) {
  const middle = (hex.length >> 2) << 1;
  const byte = Number.parseInt(hex.slice(middle, middle + 2), 16) ^ 1;
  return `${hex.slice(0, middle)}${byte.toString(16).padStart(2, "0")}${hex.slice(middle + 2)}`;
}

/** @param {string} reader */
async function isNoticed(reader) {
  try {
    for (const suite of findSuites([reader])) for (const { run } of loadSuite(suite)) await run();
    return false;
  } catch {
    return true;
  }
}
