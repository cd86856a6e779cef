/** What the embedded binaries are written in: gzip makes a fifth less of hexadecimal than of base64. */

/** ES2026's decoder, which is younger than Node 20, and Node's. */
interface NativeDecoders {
  readonly Uint8Array: { fromHex?(text: string): Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(text: string, encoding: "hex"): Uint8Array<ArrayBuffer> };
}

/**
 * Lower-case hexadecimal, as the build writes it. By what is native, if anything is: a loop that no JIT has compiled yet
 * takes 4 ms for RSA's and AES's binaries, a tenth of a one-shot command.
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const { Uint8Array: Native, Buffer } = globalThis as NativeDecoders;
  if (Native.fromHex !== undefined) return Native.fromHex(text);
  if (Buffer !== undefined) return Buffer.from(text, "hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (nibble(text, 2 * i) << 4) | nibble(text, 2 * i + 1);
  return bytes;
}

/** "0" to "9" are 30 to 39, "a" to "f" are 61 to 66. */
function nibble(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code <= 0x39 ? code - 0x30 : code - 0x57;
}
