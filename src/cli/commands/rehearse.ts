/** `kms-wrap rehearse`: the local import endpoint, until a signal ends it. */

import { once } from "node:events";
import { readTime } from "../../kms/times.ts";
import {
  type PlannedFailure,
  type Rehearsal,
  type RehearsalOptions,
  SERVICE_ERROR_NAMES,
  type ServiceErrorName,
  startRehearsal,
} from "../../rehearsal.ts";
import { type Command, defineCommand, JSON_OPTION } from "../command.ts";
import { misuse, systemError, withheld } from "../errors.ts";

/** Checked here as well: where Deno is asked whether it may listen to more, it throws an error of its own. */
const MAX_PORT = 65_535;
const MAX_SPEED = 999_999_999;

const HINT = "kms-wrap rehearse --help says what it takes";

export const rehearseCommand: Command = defineCommand({
  summary: "Runs the KMS half of an import on this machine, to rehearse with real clients.",
  options: {
    port: { type: "string", placeholder: "N", help: "where to listen on 127.0.0.1; any free port if absent" },
    region: {
      type: "string",
      placeholder: "REGION",
      help: "the one region there is, as cn-north-1; else the one that a request is signed for",
    },
    "fail-next": {
      type: "string",
      placeholder: "LIST",
      help: "errors to come, as ThrottlingException,KMSInternalException:ImportKeyMaterial",
    },
    clock: {
      type: "string",
      placeholder: "TIME",
      help: "what time it is at the start, as 2027-01-31T12:00:00Z",
    },
    "clock-speed": {
      type: "string",
      placeholder: "N",
      help: "how many times as fast as others its clock runs: at 86400 tokens expire after a second",
    },
    ...JSON_OPTION,
  },
  notes: `This is no KMS. It believes every signature, keeps key material in memory until it ends, and listens to this machine
alone: give it no key that matters.
The endpoint's address goes to stdout as soon as it listens; use it with aws --endpoint-url, boto3's endpoint_url or an
SDK's endpoint. Any credentials will do. SIGINT or SIGTERM (Ctrl-C) ends it.
Errors:
${lines(SERVICE_ERROR_NAMES).join("\n")}
The report, as soon as it listens: endpoint.`,

  async run(values) {
    const rehearsal = await start({
      port: values.port === undefined ? undefined : numberOf("port", values.port, MAX_PORT),
      region: values.region,
      clock: clockFrom(values.clock, values["clock-speed"]),
      failNext: failuresOf(values["fail-next"]),
    });
    const { endpoint } = rehearsal;
    return {
      report: { endpoint },
      said: [
        "this is a rehearsal and no KMS: it believes every signature and keeps key material in memory",
        `try: aws kms create-key --origin EXTERNAL --endpoint-url ${endpoint}`,
        "Ctrl-C ends it",
      ],
      shown: [endpoint],
      running: {
        ended: Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]),
        stop: () => rehearsal.close(),
      },
    };
  },
});

/** As far as it is needed here. */
interface Deno {
  readonly permissions: { requestSync(wanted: { name: "net"; host: string }): { readonly state: string } };
}

async function start(options: RehearsalOptions): Promise<Rehearsal> {
  // Where it may not listen, Deno throws from a place where nobody can catch it: so it is asked.
  const { Deno } = globalThis as { Deno?: Deno };
  const host = `127.0.0.1:${options.port ?? 0}`;
  if (Deno && Deno.permissions.requestSync({ name: "net", host }).state !== "granted")
    throw withheld("CANNOT_LISTEN", `cannot listen to ${host}`);
  try {
    return await startRehearsal(options);
  } catch (error) {
    throw systemError("CANNOT_LISTEN", `cannot listen to port ${options.port}`, error);
  }
}

/** A clock that starts at `time` and runs `speed` times as fast as the system's. */
function clockFrom(time: string | undefined, speed: string | undefined): () => number {
  const started = Date.now();
  const factor = speed === undefined ? 1 : numberOf("clock-speed", speed, MAX_SPEED);
  const reading = time === undefined ? { milliseconds: started } : readTime(time);
  if ("problem" in reading) throw misuse(`--clock ${reading.problem}`, HINT);
  return () => reading.milliseconds + factor * (Date.now() - started);
}

/** `ERROR[:OPERATION],…`; the names are checked where the rehearsal starts. */
function failuresOf(list: string | undefined): PlannedFailure[] {
  return (list?.split(",") ?? []).map((item) => {
    const [error, operation, ...more] = item.trim().split(":");
    if (more.length > 0) throw misuse("--fail-next takes ERROR or ERROR:OPERATION", HINT);
    return { error: error as ServiceErrorName, operation };
  });
}

function numberOf(option: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw misuse(`--${option} takes a whole number up to ${max}`, HINT);
}

/** Names as a list in lines of a readable length. */
function lines(names: readonly string[]): string[] {
  const perLine = 3;
  const rows = Array.from({ length: Math.ceil(names.length / perLine) }, (_, i) =>
    names.slice(perLine * i, perLine * (i + 1)),
  );
  return rows.map((row) => `  ${row.join(", ")}`);
}
