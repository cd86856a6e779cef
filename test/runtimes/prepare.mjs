/**
 * Installs what tests on other runtimes and in browsers need: the packages beside this file, and Debian's browsers where
 * it may. `npm run test:runtimes` begins with it, and so does vitest where a test opens a page.
 */

import { installDebianPackages, installPackages } from "../../scripts/install.mjs";
import { BROWSERS, DEBIAN_PACKAGES, missingPrograms } from "./browsers.mjs";

export default function prepare() {
  installPackages("test/runtimes");
  const missing = BROWSERS.filter((browser) => missingPrograms(browser).length > 0);
  if (missing.length > 0) installDebianPackages(missing.flatMap((browser) => DEBIAN_PACKAGES[browser]));
}
