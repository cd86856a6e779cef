/**
 * SM3's 64 rounds, GB/T 32905-2016 §5.3.3, unrolled, with the message expansion of the next four blocks between them.
 *
 * A round's additions are ordered by when their operands are ready: what depends on SS1, the last value of a round to
 * be known, comes last. In V8 11.3 on Zen 3 this took 0.90 of the time of the natural order. The rounds are bound
 * by latency and leave the vector units idle: the schedule between them is free, while a scalar schedule in 16
 * locals makes the whole 1.15 times as long, and a loop over four rounds at a time 1.2 times.
 */

const ROUNDS = 64;
/** Words of the schedule that each call of `rounds` adds to another group: four calls make all 52. */
export const STEPS_PER_BLOCK = 13;
const ROUNDS_PER_STEP = 5;

/** T_j ⋘ j, §4.2. @type {(j: number) => number} */
function constant(j) {
  const T = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  return ((T << (j % 32)) | (T >>> ((32 - j) % 32))) >>> 0;
}

/**
 * One round on the words named: B, D, F and H change, and take the places of C, A, G and E in the next round.
 * @type {(j: number, words: string[]) => string}
 */
function round(j, [A, B, C, D, E, F, G, H]) {
  const early = j < 16;
  const FF = early ? `${A} ^ ${B} ^ ${C}` : `(${A} & ${B}) | ((${A} | ${B}) & ${C})`;
  const GG = early ? `${E} ^ ${F} ^ ${G}` : `${G} ^ (${E} & (${F} ^ ${G}))`;
  return `
  a12 = rotl<u32>(${A}, 12); ss1 = rotl<u32>(a12 + ${E} + ${constant(j)}, 7);
  ${D} = ${D} + (load<u32>(schedule, ${16 * j}) ^ load<u32>(schedule, ${16 * j + 64})) + (${FF}) + (ss1 ^ a12);
  tt2 = ${H} + load<u32>(schedule, ${16 * j}) + (${GG}) + ss1;
  ${B} = rotl<u32>(${B}, 9); ${F} = rotl<u32>(${F}, 19); ${H} = tt2 ^ rotl<u32>(tt2, 9) ^ rotl<u32>(tt2, 17);`;
}

/** generated/sm3-rounds.ts */
export function sm3Source() {
  let words = [..."ABCDEFGH"];
  const load = words.map((word, i) => `let ${word} = load<u32>(STATE, ${4 * i});`).join(" ");
  const store = words
    .map((word, i) => `store<u32>(STATE, load<u32>(STATE, ${4 * i}) ^ ${word}, ${4 * i});`)
    .join("\n  ");
  const body = [...Array(ROUNDS).keys()].map((j) => {
    const step = j / ROUNDS_PER_STEP;
    const expand =
      Number.isInteger(step) && step < STEPS_PER_BLOCK
        ? `\n  expandWord(ahead + ${16 * step}, v128.load(ahead, ${16 * (step + 13)}));`
        : "";
    const text = round(j, words);
    const [A, B, C, D, E, F, G, H] = words;
    words = [D, A, B, C, H, E, F, G];
    return expand + text;
  });
  return `import { STATE } from "../layout";
import { expandWord } from "../schedule";

/** How many words of another schedule a call of \`rounds\` computes. */
export const STEPS_PER_BLOCK: i32 = ${STEPS_PER_BLOCK};

/** T_j ⋘ j */
export const ROUND_CONSTANTS: usize = memory.data<u32>([${[...Array(ROUNDS).keys()].map(constant).join(", ")}]);

/** STATE ← CF(STATE, B), with B's words at \`schedule\`; and the next words of the schedule from \`ahead\` on. */
export function rounds(schedule: usize, ahead: usize): void {
  ${load}
  let a12: u32, ss1: u32, tt2: u32;${body.join("")}
  ${store}
}
`;
}
