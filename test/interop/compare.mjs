/** The comparison itself: both directions, both engines, one row of the table for each algorithm and direction. */

import { defaultEngine } from "../../dist/engine/default.js";
import { portableEngine } from "../../dist/engine/portable/engine.js";
import { seededRandom } from "./cases.mjs";
import { COMPARISONS } from "./comparisons.mjs";

/** @typedef {import("./comparisons.mjs").Case} Case */
/** @typedef {import("./line-process.mjs").LineProcess} LineProcess */

/**
 * @typedef {object} Row
 * @property {string} peer
 * @property {string} version
 * @property {string} algorithm
 * @property {string} direction
 * @property {number} cases - compared; a case that both engines take part in counts twice
 * @property {number} setAside - not compared, for a known fault of the peer
 * @property {string[]} failures
 */

export const ENGINES = [defaultEngine, portableEngine];

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
export function same(one, other) {
  return Buffer.compare(one, other) === 0;
}

/** Collects a row. */
export class RowKeeper {
  /** @type {Row} */
  row;

  /**
   * @param {string} peer
   * @param {string} version
   * @param {string} algorithm
   * @param {string} direction
   */
  constructor(peer, version, algorithm, direction) {
    this.row = { peer, version, algorithm, direction, cases: 0, setAside: 0, failures: [] };
  }

  /**
   * @param {string} title
   * @param {() => boolean | Promise<boolean>} agrees - false and an exception are failures
   */
  async check(title, agrees) {
    this.row.cases++;
    try {
      if (!(await agrees())) this.row.failures.push(`${title}: other bytes`);
    } catch (error) {
      this.row.failures.push(`${title}: ${/** @type {Error} */ (error).message}`);
    }
  }
}

/**
 * @param {import("./peers.mjs").Peer} peer
 * @param {LineProcess} program - the peer's, running
 * @param {string} seed
 * @returns {AsyncGenerator<Row>}
 */
export async function* compareWithPeer(peer, program, seed) {
  const version = await program.ask("version");
  for (const { algorithm, cases } of COMPARISONS.filter(({ algorithm }) => peer.has(algorithm))) {
    const random = seededRandom(seed, `${peer.name} ${algorithm}`);
    const all = cases(random);
    const weWrap = new RowKeeper(peer.name, version, algorithm, "we wrap, they unwrap");
    for (const given of all) await checkOurs(weWrap, peer, program, given, random);
    yield weWrap.row;
    const theyWrap = new RowKeeper(peer.name, version, algorithm, "they wrap, we unwrap");
    for (const given of all) await checkTheirs(theyWrap, peer, program, given);
    yield theyWrap.row;
  }
}

/**
 * @param {RowKeeper} keeper
 * @param {import("./peers.mjs").Peer} peer
 * @param {LineProcess} program
 * @param {Case} given
 * @param {import("./cases.mjs").RandomSource} random
 */
async function checkOurs(keeper, peer, program, given, random) {
  const expected = peer.unwrapsTo?.(given.message, keeper.row.algorithm) ?? given.message;
  for (const engine of ENGINES) {
    const wrapped = given.wrap(engine, random);
    if (peer.setsAside?.(given, wrapped)) keeper.row.setAside++;
    else
      await keeper.check(`${given.title}, ${engine.info.name} engine`, async () =>
        same(await given.peerUnwrap(program, wrapped), expected),
      );
  }
}

/**
 * @param {RowKeeper} keeper
 * @param {import("./peers.mjs").Peer} peer
 * @param {LineProcess} program
 * @param {Case} given
 */
async function checkTheirs(keeper, peer, program, given) {
  const wrapped = await given.peerWrap(program).catch((/** @type {Error} */ error) => error);
  if (wrapped instanceof Error) {
    if (peer.setsAside?.(given)) keeper.row.setAside += ENGINES.length;
    else await keeper.check(`${given.title}, by them`, () => Promise.reject(wrapped));
    return;
  }
  for (const engine of ENGINES) {
    if (peer.setsAside?.(given, wrapped)) keeper.row.setAside++;
    else
      await keeper.check(`${given.title}, ${engine.info.name} engine`, () =>
        same(given.unwrap(engine, wrapped), given.message),
      );
  }
}
