/**
 * The containers that keys come in: how each is recognised, by the tags of its DER fields or by its PEM label, what it
 * holds, and what reads it. One row each; whoever wants a key decides what to do with the kind that a row holds.
 */

import { NO_KEY_SPEC } from "./algorithm-identifier.ts";
import { DerReader, TAG } from "./der.ts";
import type { PrivateKeyParts, PublicKeyParts } from "./key-parts.ts";
import { readRsaPrivateKey, readRsaPublicKey } from "./pkcs1.ts";
import { readPkcs8 } from "./pkcs8.ts";
import { readEcPrivateKey } from "./sec1.ts";
import { readSpki } from "./spki.ts";

/** How a container is told from others. */
interface ContainerRow {
  /** What people call it. */
  readonly name: string;
  /** Labels of RFC 7468 and of OpenSSL. */
  readonly labels: readonly string[];
  /** The tags that the fields of the outermost SEQUENCE begin with; behind `END` there is none. */
  readonly shape?: readonly (number | typeof END)[];
}

/** A container of a public key. */
interface PublicKeyContainer extends ContainerRow {
  readonly holds: "public key";
  readonly read: (der: Uint8Array) => PublicKeyParts;
}

/** A container of a private key in the clear. */
interface PrivateKeyContainer extends ContainerRow {
  readonly holds: "private key";
  readonly read: (der: Uint8Array) => PrivateKeyParts;
}

/** A container that is recognised in order to say what to do about it. */
export interface RefusedContainer extends ContainerRow {
  readonly holds: "encrypted private key" | "certificate" | "certificate request" | "unsupported format";
  readonly hint: string;
}

export type Container = PublicKeyContainer | PrivateKeyContainer | RefusedContainer;

const { INTEGER, BIT_STRING, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE } = TAG;
/** In a shape: no further field. Two numbers alone are an RSA key, and what more begins with two numbers is not. */
const END = undefined;
/** Most that a row's shape looks at. */
const MAX_SHAPE_FIELDS = 9;

const DECRYPT_HINT =
  "decrypt it first: openssl pkcs8 -topk8 -nocrypt -in FILE -out decrypted.pem (with -inform DER for a binary file)";

/** What a traditional encrypted PEM block is, whatever its label. */
export const ENCRYPTED_PEM: RefusedContainer = {
  name: "traditional",
  holds: "encrypted private key",
  labels: [],
  hint: DECRYPT_HINT,
};

/** An OpenSSH public key: one line of text, not PEM. */
export const OPENSSH_PUBLIC_KEY: RefusedContainer = {
  name: "OpenSSH public key",
  holds: "unsupported format",
  labels: [],
  hint: "convert it: ssh-keygen -e -m PKCS8 -f FILE > public.pem (RSA and EC keys; nothing is wrapped under Ed25519)",
};

/** What the console downloads, and much else. */
export const ZIP_ARCHIVE: RefusedContainer = {
  name: "ZIP archive",
  holds: "unsupported format",
  labels: [],
  hint: "give the console's download as --parameters FILE, or take WrappingPublicKey.bin out of it",
};

/** The first row that fits decides. */
const CONTAINERS: readonly Container[] = [
  {
    name: "SubjectPublicKeyInfo",
    holds: "public key",
    labels: ["PUBLIC KEY"],
    shape: [SEQUENCE, BIT_STRING],
    read: readSpki,
  },
  {
    name: "PKCS#8",
    holds: "private key",
    labels: ["PRIVATE KEY"],
    shape: [INTEGER, SEQUENCE, OCTET_STRING],
    read: readPkcs8,
  },
  {
    name: "PKCS#1",
    holds: "private key",
    labels: ["RSA PRIVATE KEY"],
    shape: Array.from({ length: MAX_SHAPE_FIELDS }, () => INTEGER),
    read: (der) => ({
      type: "RSA",
      numbers: DerReader.read(der, "RSAPrivateKey", readRsaPrivateKey),
      statedPublicKeys: [],
      dropped: [],
    }),
  },
  {
    name: "SEC 1",
    holds: "private key",
    labels: ["EC PRIVATE KEY", "SM2 PRIVATE KEY"],
    shape: [INTEGER, OCTET_STRING],
    read: (der) => {
      const { point, ...key } = DerReader.read(der, "ECPrivateKey", readEcPrivateKey);
      return { type: "EC", ...key, statedPublicKeys: point === undefined ? [] : [point], dropped: [] };
    },
  },
  {
    name: "PKCS#1",
    holds: "public key",
    labels: ["RSA PUBLIC KEY"],
    shape: [INTEGER, INTEGER, END],
    read: (der) => ({ type: "RSA", numbers: DerReader.read(der, "RSAPublicKey", readRsaPublicKey) }),
  },
  {
    name: "PKCS#8",
    holds: "encrypted private key",
    labels: ["ENCRYPTED PRIVATE KEY"],
    shape: [SEQUENCE, OCTET_STRING],
    hint: DECRYPT_HINT,
  },
  {
    name: "X.509",
    holds: "certificate",
    labels: ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"],
    // In DER a request has the same fields.
    shape: [SEQUENCE, SEQUENCE, BIT_STRING],
    hint: "the public key in it: openssl x509 -in FILE -pubkey -noout > public.pem (openssl req -inform DER for a request)",
  },
  {
    name: "PKCS#10",
    holds: "certificate request",
    labels: ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"],
    hint: "the public key in it: openssl req -in FILE -pubkey -noout > public.pem",
  },
  {
    name: "PKCS#12",
    holds: "unsupported format",
    labels: [],
    shape: [INTEGER, SEQUENCE],
    hint: "take the key out of it: openssl pkcs12 -in FILE -nocerts -noenc -out key.pem",
  },
  {
    name: "PKCS#7 or CMS",
    holds: "unsupported format",
    labels: ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"],
    shape: [OBJECT_IDENTIFIER, 0xa0],
    hint: "it holds certificates or encrypted data; export the key itself as PKCS#8",
  },
  {
    name: "SM2 ciphertext",
    holds: "unsupported format",
    labels: [],
    shape: [INTEGER, INTEGER, OCTET_STRING, OCTET_STRING, END],
    hint: "it is wrapped already: import it, or unwrap it with the private key",
  },
  {
    name: "DSA private key",
    holds: "unsupported format",
    labels: ["DSA PRIVATE KEY"],
    shape: [INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, END],
    hint: NO_KEY_SPEC,
  },
  {
    name: "OpenSSH private key",
    holds: "unsupported format",
    labels: ["OPENSSH PRIVATE KEY"],
    // Of an Ed25519 key without a passphrase, all that stands before the seed has one length.
    hint: 'convert a copy of it: ssh-keygen -p -m PKCS8 -N "" -f COPY; if it is Ed25519 and stays as it is, take the seed: (printf 302e020100300506032b657004220420 | xxd -r -p; grep -v - COPY | base64 -d | tail -c +162 | head -c 32) > key.der',
  },
  {
    name: "OpenPGP",
    holds: "unsupported format",
    labels: ["PGP PRIVATE KEY BLOCK", "PGP PUBLIC KEY BLOCK", "PGP MESSAGE"],
    hint: "export the key itself as PKCS#8",
  },
];

/**
 * The container that `der` has the fields of, if there is one.
 *
 * @throws KmsWrapError `INVALID_DER` if it is not one SEQUENCE, as all of them are.
 */
export function containerOfDer(der: Uint8Array): Container | undefined {
  const tags = DerReader.fieldTags(der, MAX_SHAPE_FIELDS);
  return CONTAINERS.find(({ shape }) => shape?.every((tag, i) => tag === tags[i]));
}

/** The container with that PEM label, if there is one. */
export function containerOfLabel(label: string): Container | undefined {
  return CONTAINERS.find(({ labels }) => labels.includes(label));
}
