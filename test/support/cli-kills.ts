/** Ends a command between two of the system calls with which it writes: at every moment that there is. */

/** What the command calls to write, in the form in which it changes something on the disk. */
const CALLS = ["writeFileSync", "openSync", "linkSync", "renameSync", "unlinkSync", "closeSync"];

/**
 * Options for node.
 *
 * @param call - which of the calls that change files, counted from 0; the process runs to its end if it makes fewer.
 * @param signal - sent by the process to itself: before the call, or in the midst of a write, which is then half done.
 */
export function signalAtCall(call: number, signal: NodeJS.Signals): string[] {
  const preload = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    let made = 0;
    for (const name of ${JSON.stringify(CALLS)}) {
      const original = fs[name];
      fs[name] = (...given) => {
        const changes = name !== "openSync" || given[1] !== "r";
        if (!changes || made++ !== ${call}) return original(...given);
        if (name === "writeFileSync") original(given[0], given[1].subarray(0, given[1].length >> 1), given[2]);
        process.kill(process.pid, "${signal}");
        // Where the process goes on, so does the work, from the beginning.
        if (name === "writeFileSync") original(given[0], given[1], { ...given[2], flag: "w" });
        else return original(...given);
      };
    }
    syncBuiltinESMExports();`;
  return ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
}
