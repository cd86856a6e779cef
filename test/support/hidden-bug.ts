/** Code with a bug that a fuzzer finds only if it sees how far it got: for the test of the fuzzer. */

export function hiddenBug(input: Uint8Array): string {
  if (input[0] !== 0xb7) return "taken";
  if (input[1] !== 0x5e) return "taken";
  if (input[2] !== 0x91) return "taken";
  throw new TypeError("the hidden bug");
}
