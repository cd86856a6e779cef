/** Whether an error's words show something of the input: by what people can read of it, and by its hexadecimal. */

import { Finding } from "./finding.ts";

/** Shorter agreements are chance. */
const WINDOW = 10;
const HEX_WINDOW = /[0-9a-f]{16,}/gi;

/** Words of ours that inputs have, too: labels, names of members, identifiers of regions, and the example of a hint. */
const PUBLIC_WORDS =
  /(RSA |EC |SM2 |ENCRYPTED |OPENSSH )?(PRIVATE|PUBLIC) KEY|(SM2|EC|RSA|OpenSSH|PKCS#1) private key|PKCS#[178]|SubjectPublicKeyInfo|PublicKey|ImportToken|ParametersValidTo|GetParametersForImport|arn:aws:kms:|1234abcd-12ab-34cd-56ef-1234567890ab|2026-11-23T10:11:12Z|[a-z]{2,4}(-[a-z]{1,12}){1,3}-\d{1,2}/g;
/** A hint that writes out the header of a PKCS#8 key, which inputs may have, too. */
const PKCS8_RECIPE = /\(printf [0-9a-f]+ \|/;

/** Words that were found to be innocent once; those that show an input differ from input to input. */
const innocent = new Set<string>();

/** @throws Finding */
export function assertNothingShown(words: string, input: Uint8Array): void {
  const key = words.replace(/\d+/g, "#");
  if (innocent.has(key)) return;
  const text = latin1(input);
  for (const sentence of words.replace(PKCS8_RECIPE, "").split(PUBLIC_WORDS)) {
    if (sentence === undefined) continue;
    for (let i = 0; i + WINDOW <= sentence.length; i++)
      if (text.includes(sentence.slice(i, i + WINDOW)))
        throw new Finding("a message shows text of the input");
    for (const [hex] of sentence.matchAll(HEX_WINDOW))
      if (text.includes(latin1(Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16)))))
        throw new Finding("a message shows bytes of the input");
  }
  innocent.add(key);
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
