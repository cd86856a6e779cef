/**
 * Writes the API's documentation, generated from the docstrings, to docs/api (not committed); or checks with --lint that
 * every public symbol has a docstring and none names a type that is not public. By the Deno of test/runtimes.
 */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BINARIES, whyNotInstalled } from "../test/runtimes/runtimes.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUTPUT = join(ROOT, "docs/api");

/** The package's exports, as sources: "./schemes" → "./src/schemes.ts". */
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
/** @type {Record<string, string>} */
const entryPoints = Object.fromEntries(
  Object.entries(manifest.exports)
    .filter(([, target]) => target.default?.endsWith(".js"))
    .map(([name, { types }]) => [name, types.replace("./dist/", "./src/").replace(/\.d\.ts$/, ".ts")]),
);

/**
 * Runs `deno doc` on the entry points.
 *
 * @param {string} folder - that holds src/
 * @param {string[]} options
 */
function denoDoc(folder, options) {
  const files = Object.values(entryPoints);
  const env = { ...process.env, RUST_BACKTRACE: "0" };
  const { status } = spawnSync(BINARIES.deno, ["doc", "--quiet", ...options, ...files], {
    cwd: folder,
    env,
    stdio: "inherit",
  });
  return status ?? 1;
}

/** Pages name the modules as they are imported only if a deno.json says how; it lives in a copy of the sources. */
function writePages() {
  const folder = mkdtempSync(join(tmpdir(), "kms-wrap-docs-"));
  try {
    cpSync(join(ROOT, "src"), join(folder, "src"), { recursive: true });
    for (const file of listed(join(folder, "src"), ".ts")) {
      const path = join(folder, "src", file);
      writeFileSync(path, withParameterLists(readFileSync(path, "utf8")));
    }
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    const { name, version, dependencies } = manifest;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies }));
    writeFileSync(
      join(folder, "deno.json"),
      JSON.stringify({ name: `@kms-wrap/${name}`, version, exports: entryPoints }),
    );
    rmSync(OUTPUT, { recursive: true, force: true });
    mkdirSync(OUTPUT, { recursive: true });
    const status = denoDoc(folder, ["--html", `--name=${name}`, `--output=${OUTPUT}`]);
    if (status === 0) mendPages(name, escaped(pathToFileURL(folder).href));
    return status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Deno shows no `@param request.name`: they become a list under `@param request`.
 *
 * @param {string} source
 */
function withParameterLists(source) {
  return source.replaceAll(/\/\*\*[\s\S]*?\*\//g, (docstring) => {
    let parent = "";
    return docstring.replaceAll(/@param (\w+)\.(\w+) - /g, (_, parameter, member) => {
      const first = parent !== parameter;
      parent = parameter;
      return `${first ? `@param ${parameter} - its members:\n * ` : ""}- \`${member}\`: `;
    });
  });
}

/**
 * Deno has the modules imported as "." and "schemes", and links to the copied sources.
 *
 * @param {string} name - of the package
 * @param {string} copy - the URL of the copy's folder, as pages write it
 */
function mendPages(name, copy) {
  const modules = Object.keys(entryPoints).map((key) => key.replace("./", ""));
  const imports = new RegExp(`(?<=from &quot;)(${modules.join("|").replace(".", "\\.")})(?=&quot;)`, "g");
  for (const entry of listed(OUTPUT, ".html")) {
    const path = join(OUTPUT, entry);
    const page = readFileSync(path, "utf8")
      .replaceAll(imports, (module) => (module === "." ? name : `${name}/${module}`))
      .replaceAll(copy, escaped(relative(dirname(path), ROOT).replaceAll("\\", "/")));
    writeFileSync(path, page);
  }
}

/**
 * @param {string} folder
 * @param {string} extension
 */
function listed(folder, extension) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(extension),
  );
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("/", "&#x2F;");
}

function main() {
  const absent = whyNotInstalled("deno");
  if (absent === undefined) return process.argv.includes("--lint") ? denoDoc(ROOT, ["--lint"]) : writePages();
  console.error(absent);
  return 1;
}

process.exitCode = main();
