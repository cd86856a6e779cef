/** Sees the arrays that a call makes, also those that it keeps to itself: to find secrets that were left in them. */

/** What a call made, whether it returned or threw. */
export interface Recorded {
  /** As their memory looks now. */
  readonly arrays: readonly Uint8Array[];
  readonly thrown: unknown;
}

/** Runs `run` with `new Uint8Array`, `Uint8Array.from` and `of`, and `slice` watched; views and host functions are not. */
export function recordArrays(run: () => unknown): Recorded {
  const arrays: Uint8Array[] = [];
  const made = (array: Uint8Array) => {
    arrays.push(array);
    return array;
  };
  const Original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(Original, {
    construct: (target, given, newTarget) => {
      const array: Uint8Array = Reflect.construct(target, given, newTarget);
      return given[0] instanceof ArrayBuffer ? array : made(array);
    },
  });
  const { slice } = Original.prototype;
  Original.prototype.slice = function (this: Uint8Array, ...range): Uint8Array<ArrayBuffer> {
    return made(slice.apply(this, range)) as Uint8Array<ArrayBuffer>;
  };
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  } finally {
    globalThis.Uint8Array = Original;
    delete (Original.prototype as Partial<Uint8Array>).slice; // The inherited one shows again.
  }
  return { arrays, thrown };
}

/** How many of the arrays hold `secret`. */
export function holding(secret: Uint8Array, { arrays }: Recorded): number {
  return arrays.filter((array) => isWithin(secret, array)).length;
}

function isWithin(secret: Uint8Array, array: Uint8Array): boolean {
  const last = array.length - secret.length;
  for (let start = 0; start <= last; start++)
    if (secret.every((byte, i) => array[start + i] === byte)) return true;
  return false;
}
