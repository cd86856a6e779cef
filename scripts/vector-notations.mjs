/**
 * The notations of the published vector sets, read into plain objects, and the one notation of vectors/.
 */

/**
 * A record, a case or a private key: names and, mostly, hexadecimal.
 * @typedef {Record<string, string>} Fields
 */

/**
 * What vectors/README.md calls a group.
 * @typedef {Record<string, string | Fields | Fields[]> & { cases: Fields[] }} Group
 */

/** The numbers of RFC 8017 §A.1.2, in its order, and the headings under which RSA Laboratories print them. */
export const KEY_HEADINGS = new Map([
  ["Modulus:", "modulus"],
  ["Public exponent:", "publicExponent"],
  ["Exponent:", "privateExponent"],
  ["Prime 1:", "prime1"],
  ["Prime 2:", "prime2"],
  ["Prime exponent 1:", "exponent1"],
  ["Prime exponent 2:", "exponent2"],
  ["Coefficient:", "coefficient"],
]);
const CASE_HEADINGS = new Map([
  ["Seed:", "seed"],
  ["Message:", "message"],
  ["Encryption:", "ciphertext"],
]);

/**
 * CAVP's notation: `NAME = value` lines, a blank line after each record, `[NAME = value]` for all that follow.
 *
 * @param {string} text
 * @returns {Fields[]}
 */
export function parseRecords(text) {
  /** @type {Fields} */
  let section = {};
  const records = [];
  for (const paragraph of text.replaceAll("\r", "").split(/\n\s*\n/)) {
    /** @type {Fields} */
    const record = {};
    for (const line of paragraph.split("\n")) {
      const [, bracket, name = "", value = ""] = line.match(/^(\[?)([^=#]+?)(?:\s*=\s*(.*?))?\]?\s*$/) ?? [];
      if (bracket === "[") section = { [name]: value };
      else if (name !== "") record[name] = value;
    }
    if (Object.keys(record).length > 0) records.push({ ...section, ...record });
  }
  return records;
}

/**
 * RSA Laboratories' notation: a `# heading` and, on the lines below it, octets.
 *
 * @param {string} text
 * @returns {{ heading: string, value: string }[]} what is not octets has the value ""
 */
export function parseSections(text) {
  return text
    .replaceAll("\r", "")
    .split(/^#+ */m)
    .slice(1)
    .map((section) => {
      const [heading = "", ...lines] = section.split("\n");
      const octets = lines.join("").toLowerCase().replace(/[\s=]/g, "");
      return { heading: heading.trim(), value: /^[0-9a-f]*$/.test(octets) ? octets : "" };
    });
}

/**
 * Keys in RSA Laboratories' notation, each with the cases that follow it.
 *
 * @param {string} text
 */
export function parseOaepExamples(text) {
  /** @type {{ privateKey: Fields, cases: Fields[] }[]} */
  const examples = [];
  for (const { heading, value } of parseSections(text)) {
    const example = examples.at(-1);
    const keyField = KEY_HEADINGS.get(heading);
    const caseField = CASE_HEADINGS.get(heading);
    if (heading === "Private key") examples.push({ privateKey: {}, cases: [] });
    else if (heading.startsWith("OAEP Example"))
      example?.cases.push({ name: heading.replace(/ alg=.*/, "") });
    // A public key's numbers stand before "Private key", after the cases of the key before, and are repeated there.
    else if (keyField && example?.cases.length === 0) example.privateKey[keyField] = number(value);
    else if (caseField) Object.assign(example?.cases.at(-1) ?? {}, { [caseField]: value });
  }
  return examples.map(({ privateKey, cases }) => ({
    privateKey,
    cases: cases.map((one) => ({
      ...one,
      ciphertext: field(one, "ciphertext").padStart(field(privateKey, "modulus").length, "0"),
      result: "valid",
    })),
  }));
}

/**
 * The eight numbers inside a PKCS#8 key.
 *
 * @param {string} pkcs8
 * @returns {Fields}
 */
export function numbersOfPkcs8(pkcs8) {
  const [version, algorithm, octets = ""] = derContents(derContents(pkcs8)[0] ?? "");
  if (version !== "00" || algorithm === undefined) throw new Error("not a PKCS#8 key");
  const numbers = derContents(derContents(octets)[0] ?? "").slice(1);
  return Object.fromEntries([...KEY_HEADINGS.values()].map((name, i) => [name, number(numbers[i] ?? "")]));
}

/**
 * The contents of DER values in a row.
 *
 * @param {string} hex
 */
function derContents(hex) {
  const contents = [];
  for (let rest = hex; rest.length > 0; ) {
    const first = Number.parseInt(rest.slice(2, 4), 16);
    const lengthDigits = first < 0x80 ? 0 : 2 * (first & 0x7f);
    const bytes = first < 0x80 ? first : Number.parseInt(rest.slice(4, 4 + lengthDigits), 16);
    const start = 4 + lengthDigits;
    contents.push(rest.slice(start, start + 2 * bytes));
    rest = rest.slice(start + 2 * bytes);
  }
  return contents;
}

/**
 * Octets, in lower case.
 *
 * @param {Fields} record
 * @param {string} name
 */
export function field(record, name) {
  const value = record[name]?.toLowerCase();
  if (value === undefined || !/^([0-9a-f]{2})*$/.test(value)) throw new Error(`no octets under ${name}`);
  return value;
}

/**
 * A positive number without leading zero bytes.
 *
 * @param {string} hex
 */
export function number(hex) {
  const digits = hex.replace(/^0+/, "");
  if (!/^[0-9a-f]+$/.test(digits)) throw new Error("not a positive number");
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

/**
 * The notation of vectors/: a line for each property of a group and for each case, so that differences are readable.
 *
 * @param {Group[]} groups
 */
export function render(groups) {
  const rendered = groups.map(({ cases, ...properties }) => {
    const lines = Object.entries(properties).map(
      ([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
    );
    const caseLines = cases.map((one) => `        ${JSON.stringify(one)}`);
    return `    {\n${lines.join("")}      "cases": [\n${caseLines.join(",\n")}\n      ]\n    }`;
  });
  return `{\n  "groups": [\n${rendered.join(",\n")}\n  ]\n}\n`;
}
