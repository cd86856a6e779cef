/** What a sub-command is: its options as data, from which arguments and help are made, and its work. */

/** One option, named as on the command line without the dashes. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly required?: true;
  /** Given without `--name`, as the one operand. */
  readonly positional?: true;
  /** What stands for the value in the help, for instance "FILE". */
  readonly placeholder?: string;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** The arguments as a command sees them: checked, each required one present, none empty. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends { type: "boolean" }
    ? boolean
    : O[Name] extends { required: true }
      ? string
      : string | undefined;
};

/** The same before a command's own options are known. */
export type AnyValues = Readonly<Record<string, string | boolean | undefined>>;

/** What came of a command. Nothing is written or said before the whole of it is known. */
export interface Outcome {
  /** For `--json`. */
  readonly report: Readonly<Record<string, unknown>>;
  /** For people, on stderr: a sentence each. */
  readonly said?: readonly string[];
  readonly warnings?: readonly string[];
  /** For people, on stdout: lines, where the report is what was asked for. */
  readonly shown?: readonly string[];
  /** What goes to `--out`. */
  readonly output?: Output;
  /** What goes on after all this is told. */
  readonly running?: Running;
}

/** Work that lasts until somebody ends it. */
export interface Running {
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** The data that a command makes. */
export interface Output {
  readonly bytes: Uint8Array;
  /** Key material: only the owner may read the file, and the bytes are wiped when written. */
  readonly secret: boolean;
  /** The bytes are text, which a terminal can show. */
  readonly text?: boolean;
  /** Further files in the folder of `--out`, which appear together with it. */
  readonly beside?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A sub-command, as the table of commands holds it. */
export interface Command {
  readonly summary: string;
  /** Where two commands share a name: the option that calls for this one, and the other's, which excludes it. */
  readonly calledBy?: { readonly option: string; readonly insteadOf: string };
  readonly options: Options;
  /** What the help says below the options: lines. */
  readonly notes: string;
  run(values: AnyValues): Promise<Outcome>;
}

/** Ties the types of a command's values to its options. */
export function defineCommand<const O extends Options>(
  command: Omit<Command, "run"> & { readonly options: O; run(values: Values<O>): Promise<Outcome> },
): Command {
  return command;
}

type Flag = Option & { readonly type: "boolean" };
type RequiredText = Option & { readonly type: "string"; readonly required: true };

/** The options of each command that writes data: how run.ts knows where to. */
export const OUTPUT_OPTIONS: { readonly out: RequiredText; readonly force: Flag } = {
  out: {
    type: "string",
    required: true,
    placeholder: "FILE",
    help: "where the result goes; - is stdout, but nothing binary goes to a terminal",
  },
  force: { type: "boolean", help: "replace FILE if it exists" },
};

/** The option that every command has. */
export const JSON_OPTION: { readonly json: Flag } = {
  json: { type: "boolean", help: "report as one JSON object (see below)" },
};
