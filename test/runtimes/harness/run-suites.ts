/** Runs suites in whatever host this is evaluated in, and reports in JSON's terms. Needs nothing of the host. */

import { SUITES } from "virtual:suites";
import { type File, startTests, type Task, type Test, type VitestRunner } from "@vitest/runner";
import { engineInfo } from "../../../src/index.ts";

export interface Report {
  /** Of the library as it is after the suites. */
  readonly engine: { readonly name: string; readonly features: readonly string[]; readonly reason?: string };
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly test: string; readonly error: string }[];
}

export interface Selection {
  /** Paths below test/suites; all if absent. */
  readonly suites?: readonly string[];
  /** Full names of tests; all if absent. */
  readonly names?: RegExp;
  /** False where timers are forbidden. */
  readonly timeouts?: boolean;
  /** Told the name of each suite that begins. */
  readonly onSuite?: (suite: string) => void;
}

/** The runner wants absolute paths, and names suites by what follows its root. */
const ROOT = "/";
const TIMEOUT_MS = 600_000;
/** A page that computes without a pause looks dead to its driver. */
const PAUSE_EVERY_MS = 200;

export async function runSuites(selection: Selection = {}): Promise<Report> {
  const paths = (selection.suites ?? Object.keys(SUITES)).map((suite) => ROOT + suite);
  const files = await startTests(paths, runner(selection));
  const tests = files.flatMap(testsOf);
  const passed = tests.filter(({ result }) => result?.state === "pass").length;
  const failed = tests.filter(({ result }) => result?.state === "fail");
  const broken = files
    .flatMap((file) => [file, ...suitesOf(file)])
    .filter(({ result }) => result?.errors?.length);
  return {
    engine: engineInfo(),
    passed,
    skipped: tests.length - passed - failed.length,
    failures: [...failed, ...broken].map((task) => ({ test: fullName(task), error: errorOf(task) })),
  };
}

function runner({ names, timeouts = true, onSuite }: Selection): VitestRunner {
  let paused = Date.now();
  const timeout = timeouts ? TIMEOUT_MS : 0;
  return {
    config: {
      root: ROOT,
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: names,
      allowOnly: false,
      sequence: { seed: 1, hooks: "stack", setupFiles: "list" },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: timeout,
      hookTimeout: timeout,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: (path) => SUITES[path.slice(ROOT.length)]!(),
    onBeforeRunSuite: (suite) => {
      if (suite.type === "suite" && suite === (suite as unknown as File).file) onSuite?.(suite.name);
    },
    onAfterRunTask: async () => {
      if (!timeouts || Date.now() - paused < PAUSE_EVERY_MS) return;
      await new Promise((resolve) => setTimeout(resolve));
      paused = Date.now();
    },
  };
}

function testsOf(task: Task): Test[] {
  return task.type === "test" ? [task] : task.tasks.flatMap(testsOf);
}

function suitesOf(task: Task): Task[] {
  return task.type === "test"
    ? []
    : task.tasks.flatMap((child) => [child, ...suitesOf(child)]).filter(({ type }) => type === "suite");
}

function fullName(task: Task): string {
  return task.suite
    ? `${fullName(task.suite)} > ${task.name}`
    : task.file.name === task.name
      ? task.name
      : `${task.file.name} > ${task.name}`;
}

function errorOf({ result }: Task): string {
  return (result?.errors ?? []).map(({ message, stack }) => [message, stack].join("\n")).join("\n");
}
