#!/usr/bin/env node
/** The command `kms-wrap`: exits 0 when done, 1 when refused or failed, 2 when misused. */

import { run } from "./run.ts";

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
