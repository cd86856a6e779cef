/** The chart of the README: how many times as long the others take, on a logarithmic scale. */

/** What is shown: operation, size and contenders, on the first runtime that has it. */
const SHOWN = [
  { operation: "AES-256-KWP wrap", size: "32 B" },
  { operation: "RSA-OAEP-SHA-256, warm", size: "3072 bits" },
  { operation: "RSA_AES_KEY_WRAP_SHA_256 from SPKI bytes", size: "138 B under 3072 bits" },
  { operation: "SM2 encrypt", size: "32 B" },
  { operation: "SM3", size: "65536 B" },
];

const WIDTH = 860;
const LABEL_WIDTH = 250;
const ROW_HEIGHT = 20;
const GROUP_GAP = 34;
const MAX_RATIO = 1000;

/** @param {{ runtime: string, date: string, machine: { cpu: string }, comparisons: import("./summary.mjs").Summary[] }[]} reports */
export function chart(reports) {
  let y = 40;
  const parts = [];
  for (const { runtime, comparisons } of reports.slice(0, 2)) {
    for (const { operation, size } of SHOWN) {
      const comparison = comparisons.find((c) => c.operation === operation && c.size === size);
      if (!comparison) continue;
      parts.push(text(0, y, `${operation}, ${size} — ${runtime}`, "title"));
      y += 8;
      for (const contender of comparison.contenders) {
        parts.push(bar(y, contender));
        y += ROW_HEIGHT;
      }
      y += GROUP_GAP;
    }
  }
  const { cpu } = reports[0]?.machine ?? { cpu: "" };
  const caption = `Time relative to kms-wrap (1 = as fast; longer bars are slower; logarithmic). ${cpu}, ${reports[0]?.date ?? ""}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 ${WIDTH + 20} ${y}" font-family="system-ui, sans-serif" font-size="13">
<style>text{fill:#1f2328}.title{font-weight:600}.ours{fill:#2f6f4f}.theirs{fill:#9aa4ae}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ours{fill:#56b886}.theirs{fill:#59636e}}</style>
${text(0, 16, caption, "caption")}
${parts.join("\n")}
</svg>
`;
}

/**
 * @param {number} y
 * @param {import("./summary.mjs").Contender} contender
 */
function bar(y, { name, ratio, medianMicroseconds }) {
  const scale = (WIDTH - LABEL_WIDTH - 170) / Math.log10(MAX_RATIO * 10);
  const length = Math.max(2, scale * Math.log10(10 * Math.min(Math.max(ratio, 0.1), MAX_RATIO)));
  const shade = name === "kms-wrap" ? "ours" : "theirs";
  const figure = `${ratio.toFixed(ratio < 10 ? 2 : 0)} × (${time(medianMicroseconds)})`;
  return `${text(0, y + 13, name, "name")}<rect class="${shade}" x="${LABEL_WIDTH}" y="${y + 2}" width="${length.toFixed(1)}" height="${ROW_HEIGHT - 6}" rx="2"/>${text(LABEL_WIDTH + length + 8, y + 13, figure, "figure")}`;
}

/** @param {number} microseconds */
function time(microseconds) {
  return microseconds < 1000
    ? `${microseconds.toPrecision(3)} µs`
    : `${(microseconds / 1000).toPrecision(3)} ms`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {string} className
 */
function text(x, y, content, className) {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text class="${className}" x="${x}" y="${y}">${escaped}</text>`;
}
