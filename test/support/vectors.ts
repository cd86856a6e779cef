/**
 * The files in vectors/, read strictly: their shape, which vectors/README.md describes, as a table, and the types of
 * what comes out of it. Hexadecimal is bytes from here on.
 */

import type { HashName, RsaPrivateNumbers } from "../../src/engine/engine.ts";
import { SM2_ENCODINGS, type Sm2Encoding } from "../../src/formats/sm2-ciphertext.ts";
import { KEY_SPECS, type KeySpec } from "../../src/keys/key-specs.ts";
import type { WrappingAlgorithm } from "../../src/schemes/algorithms.ts";
import { WRAPPING_ALGORITHMS } from "../../src/schemes/algorithms.ts";
import { errorCodeOf as errorCode } from "./error-codes.ts";
import {
  always,
  bytes,
  type Field,
  type Fields,
  ifValid,
  list,
  oneOf,
  type Presence,
  parseFields,
  record,
  sometimes,
  text,
  within,
} from "./vector-fields.ts";

const HASHES: readonly HashName[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"];

/** Who reads keys; a private key is read as an unwrapping key and as key material. */
const KEY_READERS = ["wrapping key", "private key", "key material"] as const;

/** What a group and its cases hold beside provenance, names and results. */
const SHAPES = {
  hash: {
    group: { hash: always(oneOf([...HASHES, "SM3" as const])) },
    case: { message: always(bytes), digest: always(bytes) },
  },
  mgf1: {
    group: { hash: always(oneOf(HASHES)) },
    case: { seed: always(bytes), mask: always(bytes) },
  },
  "aes-kw": {
    group: {},
    case: { kek: always(bytes), plaintext: ifValid(bytes), wrapped: always(bytes) },
  },
  "aes-kwp": {
    group: {},
    case: { kek: always(bytes), plaintext: ifValid(bytes), wrapped: always(bytes) },
  },
  "rsaes-oaep": {
    group: { hash: always(oneOf(HASHES)), mgf1Hash: always(oneOf(HASHES)), privateKey: always(rsaNumbers) },
    case: {
      message: ifValid(bytes),
      label: sometimes(bytes),
      seed: sometimes(bytes),
      ciphertext: always(bytes),
    },
  },
  "sm2-encryption": {
    group: { privateKey: always(bytes), publicKey: always(bytes) },
    case: {
      message: ifValid(bytes),
      refusedNonces: sometimes(bytes),
      k: sometimes(bytes),
      c1: ifValid(bytes),
      shared: ifValid(bytes),
      t: ifValid(bytes),
      c3: ifValid(bytes),
      c2: ifValid(bytes),
      ciphertext: always(bytes),
    },
  },
  "kms-wrap": {
    group: { wrappingKeySpec: always(text), spki: always(bytes), pkcs8: always(bytes) },
    case: {
      algorithm: always(oneOf<WrappingAlgorithm>(WRAPPING_ALGORITHMS)),
      material: ifValid(bytes),
      aesKey: sometimes(bytes),
      seed: sometimes(bytes),
      k: sometimes(bytes),
      encoding: sometimes(oneOf<Sm2Encoding>(SM2_ENCODINGS)),
      wrapped: always(bytes),
    },
  },
  "parse-key": {
    group: { reader: always(oneOf(KEY_READERS)) },
    case: {
      keySpec: sometimes(oneOf<KeySpec>(KEY_SPECS)),
      input: always(bytes),
      code: always(errorCode),
      message: sometimes(text),
    },
  },
  "read-parameters": {
    group: {},
    case: { input: always(bytes), code: always(errorCode), message: sometimes(text) },
  },
  "read-zip": { group: {}, case: { input: always(bytes), code: always(errorCode) } },
  "rsa-modulus": { group: {}, case: { modulus: always(bytes), warning: sometimes(text) } },
} as const satisfies Record<string, { group: Fields; case: Fields }>;

/** What a group's vectors are about. */
export type Operation = keyof typeof SHAPES;

/** Where a group comes from and what was done to it on the way. */
export interface Provenance {
  readonly publication: string;
  readonly clause: string;
  readonly url?: string;
  readonly license?: string;
  readonly transformation: string;
}

type CaseFields<O extends Operation> = (typeof SHAPES)[O]["case"];
type Values<F, P extends Presence> = {
  readonly [K in keyof F as F[K] extends Field<unknown, P> ? K : never]: F[K] extends Field<infer T>
    ? T
    : never;
};

/** What must be refused. */
export type InvalidCase<O extends Operation> = { readonly name: string } & Values<CaseFields<O>, "always"> &
  Partial<Values<CaseFields<O>, "sometimes">>;
/** What must work in both directions, or in one where the randomness is not given. */
export type ValidCase<O extends Operation> = InvalidCase<O> & Values<CaseFields<O>, "if valid">;

/** The vectors of one source, under the parameters they have in common. */
export type VectorGroup<O extends Operation> = Provenance &
  Values<(typeof SHAPES)[O]["group"], "always"> & {
    readonly operation: O;
    readonly valid: readonly ValidCase<O>[];
    readonly invalid: readonly InvalidCase<O>[];
  };

/**
 * The groups of a file that are about `operation`, with a title each, ready for `describe.each` and `test.each`.
 *
 * @throws Error if anything in the file is not of the shape, or there is no such group.
 */
export function readVectors<O extends Operation>(
  file: unknown,
  operation: O,
): (readonly [title: string, group: VectorGroup<O>])[] {
  const groups = parseVectors(file).filter(
    (group) => group.operation === operation,
  ) as unknown as VectorGroup<O>[];
  if (groups.length === 0) throw new Error(`no vectors about ${operation}`);
  return groups.map((group) => [`${group.publication}, ${group.clause}`, group] as const);
}

/**
 * All groups of a file, whatever they are about.
 *
 * @throws Error that names the group, the case and the field that are not of the shape.
 */
export function parseVectors(file: unknown): VectorGroup<Operation>[] {
  const { groups, ...others } = record(file);
  if (Object.keys(others).length > 0) throw new Error("a file has groups and nothing else");
  return list(groups).map((group, i) => within(`group ${i}`, () => parseGroup(record(group))));
}

const PROVENANCE = {
  publication: always(text),
  clause: always(text),
  url: sometimes(text),
  license: sometimes(text),
  transformation: always(text),
} as const satisfies Fields;

function parseGroup({ operation, cases, ...properties }: Record<string, unknown>): VectorGroup<Operation> {
  const shape = SHAPES[oneOf(Object.keys(SHAPES) as Operation[])(operation)];
  const parsed = list(cases).map((one, i) => within(`case ${i}`, () => parseCase(record(one), shape.case)));
  const names = parsed.map(({ name }) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new Error(`two cases are named ${repeated}`);
  return {
    operation,
    ...parseFields(properties, { ...PROVENANCE, ...shape.group }, true),
    valid: parsed.filter(({ result }) => result === "valid"),
    invalid: parsed.filter(({ result }) => result === "invalid"),
  } as unknown as VectorGroup<Operation>;
}

function parseCase({ name, result, ...fields }: Record<string, unknown>, shape: Fields) {
  const verdict = within("result", () => oneOf(["valid", "invalid"])(result));
  return {
    name: within("name", () => text(name)),
    result: verdict,
    ...parseFields(fields, shape, verdict === "valid"),
  };
}

function rsaNumbers(value: unknown): RsaPrivateNumbers {
  const number: Field<Uint8Array, "always"> = always((digits) => {
    const parsed = bytes(digits);
    if (parsed.length === 0 || parsed[0] === 0)
      throw new Error("not a positive number without leading zero bytes");
    return parsed;
  });
  const shape = {
    modulus: number,
    publicExponent: number,
    privateExponent: number,
    prime1: number,
    prime2: number,
    exponent1: number,
    exponent2: number,
    coefficient: number,
  } satisfies Record<keyof RsaPrivateNumbers, Field>;
  return parseFields(record(value), shape, true) as unknown as RsaPrivateNumbers;
}
