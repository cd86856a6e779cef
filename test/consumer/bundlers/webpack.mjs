/** node webpack.mjs FOLDER ENTRY…: writes each bundle to FOLDER, under its entry's name. */

import { basename, dirname } from "node:path";
import webpack from "webpack";

const [path, ...entries] = process.argv.slice(2);
const compiler = webpack({
  mode: "production",
  target: ["web", "es2022"],
  context: dirname(entries[0]),
  entry: Object.fromEntries(entries.map((entry) => [basename(entry), entry])),
  experiments: { outputModule: true },
  output: { path, filename: "[name]", module: true },
  performance: { hints: false },
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) {
    console.error(error ?? stats.toString({ preset: "errors-warnings" }));
    process.exitCode = 1;
  }
});
