/**
 * From an input of whatever form to the container in it: DER as it is, or text, which is PEM, the base64 of DER, or a
 * JWK. Says what the input holds; reads the numbers when asked to; never judges.
 *
 * Copies of what may be secret are overwritten when the caller is done. A string that was handed in cannot be.
 */

import { assertBytes, isBytes, plainView, typeName, wipe } from "../bytes.ts";
import { KmsWrapError } from "../errors.ts";
import { decodeBase64, isBlank } from "./base64.ts";
import {
  type Container,
  containerOfDer,
  containerOfLabel,
  ENCRYPTED_PEM,
  OPENSSH_PUBLIC_KEY,
  type RefusedContainer,
  ZIP_ARCHIVE,
} from "./containers.ts";
import { TAG } from "./der.ts";
import { readJwk } from "./jwk.ts";
import type { PrivateKeyParts, PublicKeyParts } from "./key-parts.ts";
import { hasPem, readPem } from "./pem.ts";
import { isAscii, isAsciiAt, isUtf8, textOf } from "./text.ts";
import { isZip } from "./zip.ts";

/** Longer keys are refused unread: ten times what the longest key takes as PEM. */
export const MAX_INPUT_BYTES = 65_536;

const QUOTE = 0x22;
const CLOSING_BRACE = 0x7d;

/** How the container was encoded. */
type KeyEncoding = "DER" | "PEM" | "base64" | "JSON" | "text" | "binary";

/** What was found in an input. The parts are views on it and on scratch memory: copy what is to stay. */
export type OpenedKey = { readonly name: string; readonly encoding: KeyEncoding } & (
  | { readonly holds: "public key"; readonly read: () => PublicKeyParts }
  | { readonly holds: "private key"; readonly read: () => PrivateKeyParts }
  | Pick<RefusedContainer, "holds" | "hint">
);

/** What an input is before anything is known about it. */
export interface OpenedInput {
  /** The bytes, or a string's UTF-8. */
  readonly bytes: Uint8Array;
  /** Whether a string was handed in. */
  readonly isString: boolean;
  /**
   * What is in it, or `undefined` if no container explains it.
   *
   * @throws KmsWrapError if it is a broken container.
   */
  open(): OpenedKey | undefined;
}

/**
 * Opens an input, and overwrites all copies when `use` is done.
 *
 * @param name - how messages call the input.
 * @throws KmsWrapError `INVALID_ARGUMENT`, `INPUT_TOO_LARGE`, and what `use` throws.
 */
export function withInput<T>(input: unknown, name: string, use: (input: OpenedInput) => T): T {
  const scratch: Uint8Array[] = [];
  try {
    const bytes = bytesOf(input, name, scratch);
    const isString = typeof input === "string";
    return use({ bytes, isString, open: () => openBytes(bytes, scratch) });
  } finally {
    wipe(...scratch);
  }
}

function bytesOf(input: unknown, name: string, scratch: Uint8Array[]): Uint8Array {
  if (typeof input === "string") {
    // None has fewer bytes than characters: what is far too long is not even encoded.
    assertSize(input.length, "characters", name);
    const bytes = new TextEncoder().encode(input);
    scratch.push(bytes);
    assertSize(bytes.length, "bytes", name);
    return bytes;
  }
  if (!isBytes(input))
    throw new KmsWrapError(
      "INVALID_ARGUMENT",
      `${name} must be a Uint8Array or a string, found ${typeName(input)}`,
      { hint: "export a KeyObject or CryptoKey first, and pass the bytes" },
    );
  assertBytes(input, name);
  assertSize(input.length, "bytes", name);
  return plainView(input);
}

function assertSize(length: number, units: "bytes" | "characters", name: string): void {
  if (length > MAX_INPUT_BYTES)
    throw new KmsWrapError(
      "INPUT_TOO_LARGE",
      `${name} has ${length} ${units}, expected at most ${MAX_INPUT_BYTES} bytes`,
      { hint: "no key is that long: check that it is the right file" },
    );
}

function openBytes(bytes: Uint8Array, scratch: Uint8Array[]): OpenedKey | undefined {
  if (isZip(bytes)) return { ...ZIP_ARCHIVE, encoding: "binary" };
  const text = textOf(bytes);
  if (text === undefined) return looksLikeDer(bytes) ? openDer(bytes, "DER") : undefined;
  scratch.push(...(text.buffer === bytes.buffer ? [] : [text]));
  const start = text.findIndex((octet) => !isBlank(octet));
  return TEXT_FORMS.find(({ fits }) => fits(text, start))?.open(text, scratch);
}

/**
 * A SEQUENCE, in DER or BER, that begins with what keys begin with: an INTEGER, a SEQUENCE or an OBJECT IDENTIFIER. So
 * does one raw key in some 30,000, and is refused as broken DER if its key spec is not given; what `TEXT_FORMS` asks
 * for, one in some 10^8 has at the most.
 */
function looksLikeDer(bytes: Uint8Array): boolean {
  const lengthOctet = bytes[1] ?? 0;
  const firstTag = bytes[2 + (lengthOctet >= 0x80 ? lengthOctet & 0x7f : 0)];
  return (
    bytes[0] === TAG.SEQUENCE &&
    (firstTag === TAG.INTEGER || firstTag === TAG.SEQUENCE || firstTag === TAG.OBJECT_IDENTIFIER)
  );
}

/** The forms that a key as text has, and how each is told from a raw key; the first that fits decides. */
const TEXT_FORMS: readonly {
  readonly fits: (text: Uint8Array, start: number) => boolean;
  readonly open: (text: Uint8Array, scratch: Uint8Array[]) => OpenedKey | undefined;
}[] = [
  {
    fits: (text, start) => beginsObject(text, start) && isUtf8(text),
    open: (text, scratch) => ({ name: "JWK", encoding: "JSON", ...readJwk(text, scratch) }),
  },
  { fits: hasPem, open: openPem },
  {
    fits: (text, start) =>
      ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].some((type) => isAsciiAt(text, type, start)),
    open: () => ({ ...OPENSSH_PUBLIC_KEY, encoding: "text" }),
  },
  {
    // The first two symbols of the base64 of a SEQUENCE of 32 or more bytes.
    fits: (text, start) =>
      isAsciiAt(text, "M", start) && /[C-I]/.test(String.fromCharCode(text[start + 1] ?? 0)) && isAscii(text),
    open: (text, scratch) => {
      const der = decodeBase64(text);
      scratch.push(der);
      return openDer(der, "base64");
    },
  },
];

/** "{" and what may stand behind it in JSON, RFC 8259 §4. */
function beginsObject(text: Uint8Array, start: number): boolean {
  const next = text[start + 1] ?? 0;
  return isAsciiAt(text, "{", start) && (isBlank(next) || next === QUOTE || next === CLOSING_BRACE);
}

function openDer(der: Uint8Array, encoding: KeyEncoding): OpenedKey | undefined {
  const container = containerOfDer(der);
  return container === undefined ? undefined : opened(container, encoding, der);
}

function openPem(text: Uint8Array, scratch: Uint8Array[]): OpenedKey | undefined {
  // `openssl ecparam -genkey` writes the curve before the key, which names it, too.
  const blocks = readPem(text).filter(({ label }) => label !== "EC PARAMETERS");
  const [block] = blocks;
  if (block === undefined || blocks.length > 1)
    throw new KmsWrapError(
      "INVALID_PEM",
      `${blocks.length} PEM blocks with a key or certificate, expected one`,
      { hint: "leave only the block with the key in the file" },
    );
  if (block.encrypted) return opened(ENCRYPTED_PEM, "PEM", block.base64);
  const container = containerOfLabel(block.label);
  if (container === undefined)
    throw new KmsWrapError("UNRECOGNIZED_FORMAT", "a PEM block whose label is none of a supported key's", {
      hint: "convert the key to PKCS#8: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem",
    });
  if (!("read" in container)) return opened(container, "PEM", block.base64);
  // A view on the text: messages count from where that begins.
  const der = decodeBase64(block.base64, block.base64.byteOffset - text.byteOffset);
  scratch.push(der);
  if (containerOfDer(der) !== container)
    throw new KmsWrapError(
      "INVALID_PEM",
      `a PEM block labelled ${block.label} whose content is not ${container.name}`,
      { hint: "the label and the content do not belong together; convert the key again from its source" },
    );
  return opened(container, "PEM", der);
}

function opened(container: Container, encoding: KeyEncoding, der: Uint8Array): OpenedKey {
  const { name, holds } = container;
  if (holds === "public key") return { name, encoding, holds, read: () => container.read(der) };
  if (holds === "private key") return { name, encoding, holds, read: () => container.read(der) };
  return { name, encoding, holds, hint: container.hint };
}
