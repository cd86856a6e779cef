/** What the project wants to reach, as data: the same process, the same input, the median over the runs. */

/**
 * @typedef {object} Target
 * @property {string} operation - as the suites call it
 * @property {RegExp} [size] - all sizes if absent; the worst of those that fit decides
 * @property {string} against - a contender
 * @property {string} [subject] - whose time is judged; kms-wrap if absent
 * @property {RegExp} on - the runtime
 * @property {number} wanted - contender's time ÷ subject's time, at least
 */

const NODE_20 = /^Node 20\./;
const NODE_24 = /^Node 24\./;
const DENO = /^Deno /;
const BUN = /^Bun /;
const ANY = /./;

const KWP = "AES-256-KWP wrap";
const RSA_PUBLIC = "RSA public operation";
const SM2 = "SM2 encrypt";
const PORTABLE = "kms-wrap/portable";

/** @type {Target[]} */
export const TARGETS = [
  { operation: KWP, size: /^(16|32) B$/, against: "node:crypto", on: NODE_20, wanted: 3 },
  { operation: KWP, against: "node:crypto", on: NODE_20, wanted: 1.5 },
  { operation: KWP, against: "@noble/ciphers", on: NODE_20, wanted: 3 },
  { operation: KWP, against: "@noble/ciphers", on: DENO, wanted: 2.5 },
  { operation: KWP, against: "@noble/ciphers", on: BUN, wanted: 4.5 },
  { operation: RSA_PUBLIC, against: "BigInt", on: NODE_20, wanted: 2.5 },
  { operation: RSA_PUBLIC, against: "BigInt", on: NODE_24, wanted: 4.5 },
  { operation: RSA_PUBLIC, against: "node:crypto", on: NODE_24, wanted: 1.3 },
  { operation: RSA_PUBLIC, against: "BigInt", on: DENO, wanted: 0.95 },
  { operation: RSA_PUBLIC, against: "BigInt", on: BUN, wanted: 0.95 },
  { operation: "RSA-OAEP-SHA-256, warm", against: "node:crypto", on: NODE_24, wanted: 1 },
  {
    operation: "RSA_AES_KEY_WRAP_SHA_256 from SPKI bytes",
    size: /^23\d\d B under 4096 bits$/,
    against: "node:crypto",
    on: NODE_24,
    wanted: 1.8,
  },
  {
    operation: "RSA_AES_KEY_WRAP_SHA_256 from SPKI bytes",
    size: /^23\d\d B under 4096 bits$/,
    against: "node:crypto",
    on: NODE_20,
    wanted: 1.3,
  },
  { operation: SM2, size: /^32 B$/, against: "sm-crypto-v2", on: NODE_20, wanted: 30 },
  { operation: SM2, size: /^32 B$/, against: "sm-crypto", on: NODE_20, wanted: 140 },
  { operation: SM2, size: /^32 B$/, against: "gm-crypto", on: NODE_20, wanted: 180 },
  {
    operation: "SM2 encrypt against one OpenSSL ECDH",
    against: "node:crypto ECDH(SM2)",
    on: NODE_20,
    wanted: 5,
  },
  { operation: "SM3", against: "hash-wasm", on: NODE_20, wanted: 1.3 },
  { operation: "SM3", against: "node:crypto", on: NODE_20, wanted: 1 },
  { operation: "RSA-OAEP-SHA-256, warm", against: "micro-rsa-dsa-dh", subject: PORTABLE, on: ANY, wanted: 1 },
  { operation: KWP, against: "@noble/ciphers", subject: PORTABLE, on: ANY, wanted: 1 },
  { operation: SM2, size: /^32 B$/, against: "sm-crypto-v2", subject: PORTABLE, on: ANY, wanted: 1 },
];

/**
 * @param {{ runtime: string, comparisons: import("./summary.mjs").Summary[] }[]} reports
 */
export function judge(reports) {
  return reports.flatMap(({ runtime, comparisons }) =>
    TARGETS.filter(({ on }) => on.test(runtime)).flatMap(
      ({ operation, size, against, subject = "kms-wrap", wanted }) => {
        const ratios = comparisons
          .filter((c) => c.operation === operation && (size?.test(c.size) ?? true))
          .flatMap(({ contenders }) => {
            const theirs = contenders.find(({ name }) => name === against);
            const ours = contenders.find(({ name }) => name === subject);
            return theirs && ours ? [theirs.ratio / ours.ratio] : [];
          });
        if (ratios.length === 0) return [];
        const what = subject === "kms-wrap" ? operation : `${operation} (${subject})`;
        return [
          {
            what: size ? `${what}, ${sizes(size)}` : what,
            against,
            on: runtime,
            wanted,
            measured: Math.min(...ratios),
          },
        ];
      },
    ),
  );
}

/** A whole one-shot process may take this many times a bare node's time. */
const COLD_START = 1.5;
/** Bytes after minification and gzip. */
const SIZES = { "kms-wrap": 64_000, "kms-wrap/portable": 32_000, "WASM binaries": 30_000 };

/**
 * The targets that are no comparison of contenders, in the same terms: what may be spent ÷ what is spent.
 *
 * @param {{ what: string, ratio: number }[]} coldStarts
 * @param {Record<string, number>} sizes
 */
export function judgeWhole(coldStarts, sizes) {
  const starts = coldStarts.map(({ what, ratio }) => ({
    what: `kms-wrap wrap, ${what}`,
    against: `${COLD_START} × a bare node`,
    on: `Node ${process.versions.node}`,
    wanted: 1,
    measured: COLD_START / ratio,
  }));
  const weights = Object.entries(SIZES).flatMap(([name, budget]) => {
    const size = sizes[name];
    if (size === undefined) return [];
    const on = `${(size / 1000).toFixed(1)} kB`;
    return [
      { what: `size of ${name}`, against: `${budget / 1000} kB`, on, wanted: 1, measured: budget / size },
    ];
  });
  return [...starts, ...weights];
}

/** @param {RegExp} size */
function sizes(size) {
  return size.source
    .replace(/[\^$()]/g, "")
    .replace("|", " and ")
    .replace("\\d\\d", "xx");
}
