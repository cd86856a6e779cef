/**
 * Puts a probe into a WASM binary wherever an instruction's timing, or what it touches, may depend on an operand.
 *
 * Works on Binaryen's text format, which is fully folded: the operands of an instruction are its child lists, in
 * order. Binaryen's own passes (log-execution, instrument-memory) see neither an `if` that yields a value nor
 * select, SIMD lane accesses, bulk memory and division: hence this one.
 */

import binaryen from "binaryen";

/** A list of the text format, or a word in one. */
type Tree = string | Tree[];

/** Which operands of an instruction the probes shall see. */
type Choice = (operands: Tree[][]) => Tree[][];

const PROBED: readonly (readonly [instruction: RegExp, which: Choice])[] = [
  [/^if$/, (operands) => operands.slice(0, 1)],
  [/^(br_if|br_table|select)$/, (operands) => operands.slice(-1)],
  [/^[ifv]\d+\.(load|store)/, (operands) => operands.slice(0, 1)],
  [/^memory\.copy$/, (operands) => operands],
  [/^memory\.fill$/, ([to, , byteLength]) => [to!, byteLength!]],
  [/^i(32|64)\.(div|rem)_/, (operands) => operands],
];

/** Of their probed operand only whether it is zero matters. */
const CONDITIONAL = /^(if|br_if|select)$/;

/** Their probed operands have 64 bits. */
const WIDE = /^i64\.(div|rem)_/;

/** Variable in time, or of a target that is not probed; no kernel has a use for them. */
const REFUSED =
  /^(call_indirect|call_ref|return_call|br_on|f(32|64)(x\d)?\.(div|sqrt)|memory\.(grow|init)|table\.|throw|try)/;

/** Child lists that are not operands. */
const ANNOTATIONS = new Set<Tree | undefined>(["result", "param", "type", "then", "else", "local"]);

const PROBE_IMPORTS = `
  (import "probe" "i32" (func $probe_i32 (param i32 i32) (result i32)))
  (import "probe" "i64" (func $probe_i64 (param i32 i64) (result i64)))`;

/**
 * @param wasm - a binary without imports.
 * @param addSite - takes the description of a probed place, returns its number.
 * @returns the binary with imports `probe.i32` and `probe.i64`, called as (site, operand) → operand.
 */
export function instrument(
  wasm: Uint8Array,
  addSite: (description: string) => number,
): Uint8Array<ArrayBuffer> {
  const original = binaryen.readBinaryWithFeatures(wasm, binaryen.Features.All);
  const [module] = parse(original.emitText());
  original.dispose();
  if (!Array.isArray(module)) throw new Error("not a module in Binaryen's text format");
  for (const field of module)
    if (Array.isArray(field) && field[0] === "func") probeOperands(field, String(field[1]), addSite);
  const definitions = module.findIndex((field) => Array.isArray(field) && field[0] !== "type");
  const probed = binaryen.parseText(print(module.toSpliced(definitions, 0, ...parse(PROBE_IMPORTS))));
  probed.setFeatures(binaryen.Features.All);
  if (!probed.validate()) throw new Error("the instrumented module is not valid");
  const bytes = Uint8Array.from(probed.emitBinary());
  probed.dispose();
  return bytes;
}

/** Wraps, in place, what is to be seen of the operands of `tree` and of everything inside it. */
function probeOperands(tree: Tree[], functionName: string, addSite: (description: string) => number): void {
  const instruction = String(tree[0]);
  if (REFUSED.test(instruction))
    throw new Error(`a kernel has no use for ${instruction}, in ${functionName}`);
  const lists = tree.filter((child) => Array.isArray(child));
  for (const list of lists) probeOperands(list, functionName, addSite);
  const which = PROBED.find(([pattern]) => pattern.test(instruction))?.[1];
  if (which === undefined) return;
  for (const operand of which(lists.filter(([name]) => !ANNOTATIONS.has(name)))) {
    const inner = operand.splice(0, operand.length);
    const seen = CONDITIONAL.test(instruction) ? ["i32.ne", inner, ["i32.const", "0"]] : inner;
    const site = String(addSite(`${instruction} in function ${functionName}`));
    operand.push("call", WIDE.test(instruction) ? "$probe_i64" : "$probe_i32", ["i32.const", site], seen);
  }
}

/** The lists and words of a text, without its comments. */
function parse(text: string): Tree[] {
  const open: Tree[][] = [[]];
  for (const [token] of text.matchAll(/;;.*|\(;[\s\S]*?;\)|"(?:[^"\\]|\\.)*"|[()]|[^\s()";]+/g)) {
    if (token === "(") open.push([]);
    else if (token === ")") {
      const closed = open.pop()!;
      open.at(-1)!.push(closed);
    } else if (!/^\(?;/.test(token)) open.at(-1)!.push(token);
  }
  return open[0]!;
}

function print(tree: Tree): string {
  return typeof tree === "string" ? tree : `(${tree.map(print).join(" ")})`;
}
