/** The parts of sm2.wasm, for the tests, which compile this; what is shipped is index.ts. */

export * from "./index";
export { storeResult, toAffine } from "./affine";
export { multiplyBase, selectFromComb } from "./comb";
export { loadPoint, storeElement } from "./convert";
export { fieldMultiply, fieldMultiplyMinus, fieldSquare, fieldSquareMinus } from "./generated/field";
export {
  pointAdd,
  pointAddAffine,
  pointAddEqualZ,
  pointDouble,
  pointFromAffine,
  pointsSideBySide,
  pointStartTable,
} from "./generated/points";
export { MONTGOMERY_ONE } from "./generated/curve";
export { fieldInvert } from "./invert";
export { AFFINE, BITS, BUFFER_END, OTHER_SUM, SELECTED, SUM, WORK } from "./layout";
export { recodeScalar, setTopDigit } from "./scalar";
export { makeTable, multiplyPoint, selectMultiple } from "./window";

/** Where the tables end: memory from WORK on is the kernels'. */
export const TABLES_END: usize = __data_end;

/** Memory that no kernel uses. */
export const SCRATCH: usize = 60000;
