/** `--help` and `--version`, made from the same data that the arguments are read by. */

import packageJson from "../../package.json" with { type: "json" };
import type { Command, Option } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { print } from "./output.ts";

const GENERAL_NOTES = `Files: - is stdin or stdout. A file is written whole or not at all, and never over an existing one without
--force; one that holds a secret can be read by its owner only.
Exit code: 0 done, 1 refused or failed, 2 the command line is wrong.

kms-wrap COMMAND --help says more.`;

const JSON_NOTES = `--json: one JSON object about the run goes to stdout, or to stderr where --out is stdout, and nothing else is said. Its
"ok" is true, or false beside "error": {"code", "message", "hint"}.`;

/** What `kms-wrap --help` prints. */
export async function printHelp(): Promise<void> {
  const summaries = await Promise.all(
    [...COMMANDS].map(async ([name, load]): Promise<[string, string]> => [name, (await load()).summary]),
  );
  await print(`kms-wrap COMMAND [options]: wraps key material for import into a cloud KMS, offline

${columns([...summaries, ["--version", "print the version"], ["--help", "print this help"]])}

${GENERAL_NOTES}
`);
}

/** What `kms-wrap NAME --help` prints. */
export async function printCommandHelp(name: string, command: Command): Promise<void> {
  const options = Object.entries(command.options);
  const usage = options.filter(([, { required }]) => required).map(([option, spec]) => shown(option, spec));
  const { json, ...before } = Object.fromEntries(
    options.map(([option, spec]) => [option, [shown(option, spec), spec.help] as const]),
  );
  await print(`kms-wrap ${[name, ...usage].join(" ")} [options]
${command.summary}

${columns([...Object.values(before), ...(json ? [json] : [])])}

${command.notes}

${JSON_NOTES}
`);
}

/** What `kms-wrap --version` prints. */
export async function printVersion(): Promise<void> {
  await print(`${packageJson.version}\n`);
}

function shown(option: string, { placeholder, positional }: Option): string {
  if (positional) return placeholder!;
  return placeholder ? `--${option} ${placeholder}` : `--${option}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
