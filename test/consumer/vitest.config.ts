/**
 * The tests of the packed tarball: `npm run test:package` installs it into an empty project, and uses it there as
 * consumers do.
 */

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/consumer/**/*.test.ts"],
    globalSetup: ["test/consumer/install.ts"],
    reporters: ["default", "./test/consumer/table-reporter.mjs"],
    // They wait for processes: one file for each core, not one less.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
