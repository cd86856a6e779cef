/** The tests of the packed tarball. `npm run test:package` runs them: they need what is in package.json beside this file. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/consumer/**/*.test.ts"],
    globalSetup: ["test/consumer/install.ts"],
    // They wait for processes: one file for each core, not one less.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
