/** What fuzzing looks for. */

/** A property that does not hold. */
export class Finding extends Error {
  override readonly name: string = "Finding";
}

/** @throws Finding */
export function check(holds: boolean, property: string): asserts holds {
  if (!holds) throw new Finding(`not so: ${property}`);
}
