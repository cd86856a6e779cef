/**
 * The other implementations. A runtime that lacks one (a cipher that Bun's node:crypto does not know, say) is left out
 * of a comparison by `contender`, never silently: the report lists who could not run.
 */

/** @typedef {() => unknown} Operation */

/** Names that could not run here, and why. */
export const absent = new Map();

/**
 * One row of a comparison, or nothing where this runtime cannot do it.
 *
 * @param {string} name
 * @param {() => Operation | Promise<Operation>} make - prepares whatever the implementation may keep, returns the operation
 * @returns {Promise<[string, Operation][]>}
 */
export async function contender(name, make) {
  try {
    const operation = await make();
    await operation();
    return [[name, operation]];
  } catch (error) {
    absent.set(name, String(error instanceof Error ? error.message : error).split("\n")[0]);
    return [];
  }
}

/**
 * x^e mod n as V8, JavaScriptCore or SpiderMonkey does it: left-to-right on the engine's own BigInt, the key's numbers
 * converted beforehand.
 *
 * @param {Uint8Array} modulus
 * @param {Uint8Array} publicExponent
 * @returns {(message: Uint8Array) => Uint8Array}
 */
export function bigIntPower(modulus, publicExponent) {
  const n = BigInt(`0x${Buffer.from(modulus).toString("hex")}`);
  const bits = BigInt(`0x${Buffer.from(publicExponent).toString("hex")}`)
    .toString(2)
    .slice(1);
  return (message) => {
    const x = BigInt(`0x${Buffer.from(message).toString("hex")}`);
    let y = x;
    for (const bit of bits) {
      y = (y * y) % n;
      if (bit === "1") y = (y * x) % n;
    }
    return Buffer.from(y.toString(16).padStart(2 * modulus.length, "0"), "hex");
  };
}

/**
 * One after the other: comparisons that were prepared at the same time have left V8 11 waiting for itself.
 *
 * @template Item, Made
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Made>} make
 */
export async function inTurn(items, make) {
  /** @type {Made[]} */
  const made = [];
  for (const item of items) made.push(await make(item));
  return made;
}
