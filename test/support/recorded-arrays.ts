/** Sees the arrays that a call makes, also those that it keeps to itself: to find secrets that were left in them. */

/** What a call made, whether it returned or threw. */
export interface Recorded {
  /** As their memory looks now. */
  readonly arrays: readonly Uint8Array[];
  readonly returned: unknown;
  readonly thrown: unknown;
}

type Methods = Record<string, (...given: never[]) => unknown>;

const Bytes = globalThis.Uint8Array;
const Words = globalThis.Uint32Array;
/** Methods that make a copy, but for those that make it by the watched constructor. */
const COPYING = ["slice", "toReversed", "with"] as const;

/**
 * Runs `run` with all watched that makes an array of bytes or of 32-bit words: constructors, `from` and `of`, methods
 * that copy, and text as UTF-8. Views are not, nor what the host makes and keeps to itself.
 */
export function recordArrays(run: () => unknown): Recorded {
  const arrays: Uint8Array[] = [];
  const made = <T>(array: T): T => {
    const { buffer, byteOffset, byteLength } = array as Uint8Array;
    arrays.push(new Bytes(buffer, byteOffset, byteLength));
    return array;
  };
  globalThis.Uint8Array = watchedConstructor(Bytes, made);
  globalThis.Uint32Array = watchedConstructor(Words, made);
  const restore = [
    ...[Bytes, Words].flatMap(({ prototype }) =>
      COPYING.map((name) => watchMethod(prototype as unknown as Methods, name, made)),
    ),
    watchMethod(TextEncoder.prototype as unknown as Methods, "encode", made),
  ];
  let returned: unknown;
  let thrown: unknown;
  try {
    returned = run();
  } catch (error) {
    thrown = error;
  } finally {
    globalThis.Uint8Array = Bytes;
    globalThis.Uint32Array = Words;
    for (const undo of restore) undo();
  }
  return { arrays, returned, thrown };
}

/** How many of the arrays hold `secret`. */
export function holding(secret: Uint8Array, { arrays }: Recorded): number {
  return arrays.filter((array) => isWithin(secret, array)).length;
}

function watchedConstructor<C extends typeof Bytes | typeof Words>(original: C, made: <T>(array: T) => T): C {
  return new Proxy(original, {
    construct: (target, given, newTarget) => {
      const array = Reflect.construct(target, given, newTarget);
      return given[0] instanceof ArrayBuffer ? array : made(array);
    },
  });
}

/** Puts a watched method before the one that is there or inherited. @returns what takes it away again. */
function watchMethod(prototype: Methods, name: string, made: <T>(array: T) => T): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const original = prototype[name];
  if (original === undefined) return () => undefined; // younger than this host
  prototype[name] = function (this: unknown, ...given) {
    return made(original.apply(this, given));
  };
  return () => {
    delete prototype[name];
    if (own !== undefined) Object.defineProperty(prototype, name, own);
  };
}

function isWithin(secret: Uint8Array, array: Uint8Array): boolean {
  const last = array.length - secret.length;
  for (let start = 0; start <= last; start++)
    if (secret.every((byte, i) => array[start + i] === byte)) return true;
  return false;
}
