/**
 * SM3's 64 rounds, GB/T 32905-2016 §5.3.3: unrolled, and as a loop that expands the schedule of four blocks while it
 * takes the first of them.
 *
 * A round's additions are ordered by when their operands are ready: what depends on SS1, the last value of a round to
 * be known, comes last. In V8 11.3 on Zen 3 this took 0.90 of the time of the natural order. The rounds are bound
 * by latency and leave the vector units idle, so that expanding between them is nearly free: ahead of them it makes
 * 64 B take 1.15 times as long.
 *
 * Lost, on Zen 4: the loop for every block (1.3 kB less, gzipped, but 64 KiB take 1.09 times as long; 1.05 with eight
 * rounds a turn); sixteen rounds a turn in the loop that expands (1.2 times at 64 B); from the second group on, expanding
 * the next one, 13 words in each block (0.95 at 64 KiB, but 0.8 kB more). On Zen 3: a scalar schedule in 16 locals
 * (1.15 times).
 */

const ROUNDS = 64;
/** After so many the words have their places again. */
const ROUNDS_PER_TURN = 4;
/** W_16 to W_67: one for each of so many rounds. */
const EXPANDING_ROUNDS = 52;
const WORDS = [..."ABCDEFGH"];

/** T_j ⋘ j, §4.2. @type {(j: number) => number} */
function constant(j) {
  const T = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  return ((T << (j % 32)) | (T >>> ((32 - j) % 32))) >>> 0;
}

/**
 * One round with FF_j and GG_j: B, D, F and H of `words` change.
 * @type {(j: number, words: string[], from: { schedule: string, offset: number, T: string | number }) => string}
 */
function round(j, [A, B, C, D, E, F, G, H], { schedule, offset, T }) {
  const early = j < 16;
  const FF = early ? `${A} ^ ${B} ^ ${C}` : `(${A} & ${B}) | ((${A} | ${B}) & ${C})`;
  const GG = early ? `${E} ^ ${F} ^ ${G}` : `${G} ^ (${E} & (${F} ^ ${G}))`;
  return `
  a12 = rotl<u32>(${A}, 12); ss1 = rotl<u32>(a12 + ${E} + ${T}, 7);
  ${D} = ${D} + (load<u32>(${schedule}, ${offset}) ^ load<u32>(${schedule}, ${offset + 64})) + (${FF}) + (ss1 ^ a12);
  tt2 = ${H} + load<u32>(${schedule}, ${offset}) + (${GG}) + ss1;
  ${B} = rotl<u32>(${B}, 9); ${F} = rotl<u32>(${F}, 19); ${H} = tt2 ^ rotl<u32>(tt2, 9) ^ rotl<u32>(tt2, 17);`;
}

/**
 * Rounds one after the other, each with the words in their places: B becomes C, D becomes A, F becomes G, H becomes E.
 * @type {(count: number, text: (j: number, words: string[]) => string) => string}
 */
function inTurn(count, text) {
  let words = WORDS;
  let all = "";
  for (let j = 0; j < count; j++) {
    all += text(j, words);
    const [A, B, C, D, E, F, G, H] = words;
    words = [D, A, B, C, H, E, F, G];
  }
  return all;
}

/** Rounds `from` to `to` − 1, in a loop. @type {(from: number, to: number) => string} */
function loop(from, to) {
  const body = inTurn(ROUNDS_PER_TURN, (j, words) => {
    const expand = from < EXPANDING_ROUNDS ? `\n  expandWord(word + ${16 * j});` : "";
    return `${expand}${round(from, words, { schedule: "word", offset: 16 * j, T: "T" })} T = rotl<u32>(T, 1);`;
  });
  return `for (; word < SCHEDULE + ${16 * to}; word += ${16 * ROUNDS_PER_TURN}) {${body}
  }`;
}

/** generated/sm3-rounds.ts */
export function sm3Source() {
  const load = WORDS.map((word, i) => `let ${word} = load<u32>(STATE, ${4 * i});`).join(" ");
  const store = WORDS.map((word, i) => `store<u32>(STATE, load<u32>(STATE, ${4 * i}) ^ ${word}, ${4 * i});`).join(
    "\n  ",
  );
  return `import { SCHEDULE, STATE } from "../layout";
import { expandWord } from "../schedule";

/** The first rounds, which leave time for expanding a word each. */
export const EXPANDING_ROUNDS: i32 = ${EXPANDING_ROUNDS};

/** T_j ⋘ j */
export const ROUND_CONSTANTS: usize = memory.data<u32>([${[...Array(ROUNDS).keys()].map(constant).join(", ")}]);

/** STATE ← CF(STATE, B), with B's expanded words at \`schedule\`. */
export function rounds(schedule: usize): void {
  ${load}
  let a12: u32, ss1: u32, tt2: u32;${inTurn(ROUNDS, (j, words) =>
    round(j, words, { schedule: "schedule", offset: 16 * j, T: constant(j) }),
  )}
  ${store}
}

/** The same for the first of the four blocks at SCHEDULE, and the expansion of all four. */
export function expandingRounds(): void {
  ${load}
  let a12: u32, ss1: u32, tt2: u32;
  let word = SCHEDULE;
  let T: u32 = ${constant(0)};
  ${loop(0, 16)}
  T = ${constant(16)};
  ${loop(16, EXPANDING_ROUNDS)}
  ${loop(EXPANDING_ROUNDS, ROUNDS)}
  ${store}
}
`;
}
