/** A consumer whose code names the rehearsal, bundled for a browser. */

import { startRehearsal } from "kms-wrap/rehearsal";

await startRehearsal().catch((error) => console.log(error.code));
