/** What the installed command is asked, and what that leaves, whoever runs it. */

import { expect } from "vitest";
import { READ, READ_AND_WRITE } from "./launchers.ts";

/** One run of the command, in a folder with the files that `command.test.ts` puts there. */
export interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  /** Deno's: no more than the README says. */
  readonly permissions: readonly string[];
  /** What is known of it beforehand. The rest has but to be the same everywhere. */
  readonly leaves: {
    readonly status: number;
    readonly stdout?: unknown;
    readonly stderr?: unknown;
    readonly files: Readonly<Record<string, string>>;
  };
}

const NOTHING = {};
const OAEP = ["--public-key", "rsa2048-public.der", "--algorithm", "RSAES_OAEP_SHA_256"];
const AES_WRAP = ["--public-key", "rsa2048-public.der", "--algorithm", "RSA_AES_KEY_WRAP_SHA_256"];
const says = (text: string): unknown => expect.stringContaining(text);

export const CASES: readonly Case[] = [
  {
    what: "tells its version",
    args: ["--version"],
    permissions: [],
    leaves: { status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "", files: NOTHING },
  },
  {
    what: "tells its help",
    args: ["--help"],
    permissions: [],
    leaves: { status: 0, stdout: says("rehearse"), stderr: "", files: NOTHING },
  },
  {
    what: "tells a command's help",
    args: ["wrap", "--help"],
    permissions: [],
    leaves: { status: 0, stdout: says("--public-key FILE"), stderr: "", files: NOTHING },
  },
  {
    what: "wraps raw material",
    args: ["wrap", ...OAEP, "--in", "material.bin", "--out", "wrapped.bin"],
    permissions: READ_AND_WRITE,
    leaves: {
      status: 0,
      stdout: "",
      stderr: says("256 bytes written to wrapped.bin"),
      files: { "wrapped.bin": "644 256 bytes" },
    },
  },
  {
    what: "wraps a PEM key for its key spec, reporting to machines",
    args: [
      "wrap",
      ...AES_WRAP,
      "--key-spec",
      "ECC_NIST_P384",
      "--in",
      "p384.pem",
      "--out",
      "w.bin",
      "--json",
    ],
    permissions: READ_AND_WRITE,
    leaves: { status: 0, stdout: says('"ok": true'), stderr: "", files: { "w.bin": "644 456 bytes" } },
  },
  {
    what: "wraps from stdin to stdout",
    args: ["wrap", ...OAEP, "--in", "-", "--out", "-"],
    input: new Uint8Array(32).fill(0xf5),
    permissions: READ,
    leaves: { status: 0, stdout: "256 bytes", stderr: says("RSAES_OAEP_SHA_256"), files: NOTHING },
  },
  {
    what: "makes an import request of parameters",
    args: [
      ...["wrap", "--parameters", "params.json", "--algorithm", "RSAES_OAEP_SHA_256"],
      ...["--key-spec", "HMAC_256", "--in", "material.bin", "--out", "import.json"],
    ],
    permissions: READ_AND_WRITE,
    leaves: {
      status: 0,
      stdout: "",
      stderr: says("aws kms import-key-material"),
      files: { "import.json": expect.stringMatching(/^644 \d+ bytes$/) as unknown as string },
    },
  },
  {
    what: "makes key material that its owner alone can read",
    args: ["generate", "--key-spec", "HMAC_384", "--out", "fresh.bin"],
    permissions: READ_AND_WRITE,
    leaves: { status: 0, stdout: "", stderr: says("48 bytes"), files: { "fresh.bin": "600 48 bytes" } },
  },
  {
    what: "makes key material without a permission, to stdout",
    args: ["generate", "--key-spec", "SYMMETRIC_DEFAULT", "--out", "-"],
    permissions: [],
    leaves: { status: 0, stdout: "32 bytes", stderr: says("made SYMMETRIC_DEFAULT"), files: NOTHING },
  },
  {
    what: "inspects a wrapping key",
    args: ["inspect", "rsa2048-public.der"],
    permissions: READ,
    leaves: { status: 0, stdout: says("RSA_2048"), stderr: "", files: NOTHING },
  },
  {
    what: "inspects stdin for machines",
    args: ["inspect", "-", "--json"],
    input: new Uint8Array(32),
    permissions: [],
    leaves: { status: 0, stdout: says('"bytes": 32'), stderr: "", files: NOTHING },
  },
  {
    what: "does not write over a file",
    args: ["wrap", ...OAEP, "--in", "material.bin", "--out", "taken.bin"],
    permissions: READ_AND_WRITE,
    leaves: { status: 1, stdout: "", stderr: says("taken.bin exists"), files: NOTHING },
  },
  {
    what: "writes over a file when forced to",
    args: ["wrap", ...OAEP, "--in", "material.bin", "--out", "taken.bin", "--force"],
    permissions: READ_AND_WRITE,
    leaves: { status: 0, stdout: "", files: { "taken.bin": "644 256 bytes" } },
  },
  {
    what: "does not write over what it reads, even when forced to",
    args: ["wrap", ...OAEP, "--in", "material.bin", "--out", "material.bin", "--force"],
    permissions: READ_AND_WRITE,
    leaves: { status: 2, stdout: "", stderr: says("material.bin"), files: NOTHING },
  },
  {
    what: "leaves nothing where it cannot write",
    args: ["generate", "--key-spec", "HMAC_256", "--out", "nowhere/key.bin"],
    permissions: READ_AND_WRITE,
    leaves: { status: 1, stdout: "", stderr: says("no such file or directory"), files: NOTHING },
  },
  {
    what: "leaves nothing when the material does not fit",
    args: ["wrap", ...OAEP, "--in", "rsa2048-private.der", "--out", "wrapped.bin"],
    permissions: READ_AND_WRITE,
    leaves: { status: 1, stdout: "", stderr: says("hint: "), files: NOTHING },
  },
  {
    what: "fails to read what is not there",
    args: ["inspect", "nothing.der"],
    permissions: READ,
    leaves: { status: 1, stdout: "", stderr: says("cannot read nothing.der: no such file"), files: NOTHING },
  },
  {
    what: "refuses a private key as the wrapping key",
    args: [
      "wrap",
      "--public-key",
      "p384.pem",
      ...OAEP.slice(2),
      "--in",
      "material.bin",
      "--out",
      "-",
      "--json",
    ],
    permissions: READ,
    leaves: { status: 1, stdout: "", stderr: says("PRIVATE_KEY_AS_WRAPPING_KEY"), files: NOTHING },
  },
  {
    what: "gives one verdict on what it cannot unwrap",
    args: [
      ...["unwrap", "--private-key", "rsa2048-private.der", "--algorithm", "RSAES_OAEP_SHA_256"],
      ...["--in", "material.bin", "--out", "key.bin"],
    ],
    permissions: READ_AND_WRITE,
    leaves: { status: 1, stdout: "", stderr: says("could not be decrypted"), files: NOTHING },
  },
  ...misuses(
    ["without a command"],
    ["of a command that is none", "wrpa"],
    ["of an option that is none", "inspect", "material.bin", "--verbose"],
    ["of an option without its value", "generate", "--key-spec", "HMAC_256", "--out"],
    ["of an option given twice", "generate", "--out", "-", "--out", "-"],
    ["of a flag with a value", "generate", "--force=yes"],
    ["of an option that is missing", "wrap", "--in", "material.bin"],
    ["of one argument too many", "inspect", "material.bin", "taken.bin"],
    [
      "of an algorithm that is none",
      "wrap",
      ...OAEP.slice(0, 3),
      "OAEP",
      "--in",
      "material.bin",
      "--out",
      "-",
    ],
    ["of a clock that is none", "rehearse", "--clock", "noon"],
  ),
];

function misuses(...lines: readonly (readonly string[])[]): Case[] {
  return lines.map(([what, ...args]) => ({
    what: `tells misuse ${what}`,
    args,
    permissions: READ_AND_WRITE,
    leaves: { status: 2, stdout: "", stderr: says("kms-wrap: error: "), files: NOTHING },
  }));
}
