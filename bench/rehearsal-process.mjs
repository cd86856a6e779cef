/**
 * The rehearsal endpoint in a process of its own, so that its memory can be told from its clients'. Tells its endpoint
 * to the parent, and what memory it holds whenever it is asked. Needs --expose-gc.
 */

/** @param {string} entry - the module with startRehearsal */
async function serve(entry) {
  const { startRehearsal } = await import(entry);
  const rehearsal = await startRehearsal();
  process.on("message", () => {
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send?.({ held: heapUsed + external, rss });
  });
  process.on("disconnect", () => process.exit());
  process.send?.({ endpoint: rehearsal.endpoint });
}

await serve(/** @type {string} */ (process.argv[2]));
