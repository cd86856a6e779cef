/** The suites inside a request handler of a worker: bytes may not be compiled there. Answers with the report. */

export default {
  async fetch(): Promise<Response> {
    // Not before: at the top level the host would allow what it refuses here.
    const { runSuites } = await import("./run-suites.ts");
    return Response.json(await runSuites());
  },
};
