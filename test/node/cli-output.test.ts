/** The one place that writes: modes, names that are taken, what a failure leaves behind. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { CommandError } from "../../src/cli/errors.ts";
import { writeOutput } from "../../src/cli/output.ts";
import { runProcess, temporaryFolder } from "../support/cli.ts";

// Each function as it is, in a form that a test can replace for one call.
vi.mock(import("node:fs"), async (original) => {
  const actual = await original();
  return {
    ...actual,
    linkSync: vi.fn(actual.linkSync),
    renameSync: vi.fn(actual.renameSync),
    unlinkSync: vi.fn(actual.unlinkSync),
    writeFileSync: vi.fn(actual.writeFileSync) as typeof actual.writeFileSync,
  };
});

/** File modes and named pipes are POSIX's. */
const onPosix = test.runIf(process.platform !== "win32");

const BYTES = Uint8Array.of(0, 1, 2, 255);
const common = () => ({ bytes: BYTES.slice(), secret: false });
const secret = () => ({ bytes: BYTES.slice(), secret: true });

function systemError(code: "EIO" | "ENOSPC" | "EPERM"): Error {
  return Object.assign(new Error(code), { code, errno: -constants.errno[code] });
}

async function failure(done: Promise<void>): Promise<CommandError> {
  const error = await done.then(
    () => undefined,
    (thrown: CommandError) => thrown,
  );
  return error ?? expect.fail("was written");
}

async function refusal(done: Promise<void>): Promise<{ code: string; message: string }> {
  const { code, message } = await failure(done);
  return { code, message };
}

let folder: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, "out.bin");
});

function modeOf(path: string): number {
  return fs.statSync(path).mode & 0o777;
}

describe("a new file", () => {
  test("holds the bytes, alone in its folder", async () => {
    await writeOutput(file, common(), false);
    expect(Uint8Array.from(fs.readFileSync(file))).toEqual(BYTES);
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  onPosix("has the mode that the umask leaves", async () => {
    await writeOutput(file, common(), false);
    expect(modeOf(file)).toBe(0o666 & ~process.umask());
  });

  onPosix("is its owner's alone if it holds a secret", async () => {
    await writeOutput(file, secret(), false);
    expect(modeOf(file)).toBe(0o600);
  });

  test("a secret is wiped when it is written, also when it is not", async () => {
    const written = secret();
    await writeOutput(file, written, false);
    const refused = secret();
    await refusal(writeOutput(file, refused, false));
    expect([...written.bytes, ...refused.bytes]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("a name that is taken", () => {
  beforeEach(() => fs.writeFileSync(file, "old", { mode: 0o644 }));

  test("is refused and left alone", async () => {
    expect(await refusal(writeOutput(file, common(), false))).toEqual({
      code: "FILE_EXISTS",
      message: `${file} exists`,
    });
    expect(fs.readFileSync(file, "utf8")).toBe("old");
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  test("is replaced on request, with the new file's mode", async () => {
    await writeOutput(file, secret(), true);
    expect(Uint8Array.from(fs.readFileSync(file))).toEqual(BYTES);
    if (process.platform !== "win32") expect(modeOf(file)).toBe(0o600);
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  test("a folder is never replaced", async () => {
    expect(await refusal(writeOutput(folder, common(), true))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(fs.readFileSync(file, "utf8")).toBe("old");
  });

  onPosix("behind a symbolic link, what the link leads to is replaced", async () => {
    const link = join(folder, "link");
    fs.symlinkSync(file, link);
    expect(await refusal(writeOutput(link, common(), false))).toMatchObject({ code: "FILE_EXISTS" });
    await writeOutput(link, common(), true);
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(Uint8Array.from(fs.readFileSync(file))).toEqual(BYTES);
  });

  onPosix("also by a symbolic link that leads nowhere", async () => {
    const link = join(folder, "link");
    fs.symlinkSync(join(folder, "nowhere"), link);
    for (const force of [false, true]) {
      const { code, message, hint } = await failure(writeOutput(link, common(), force));
      expect({ code, message, hint }).toEqual({
        code: "CANNOT_WRITE",
        message: `cannot write ${link}: it is a link that leads nowhere`,
        hint: "choose another name, or remove the link",
      });
    }
    expect(fs.readlinkSync(link)).toBe(join(folder, "nowhere"));
    expect(fs.readdirSync(folder).sort()).toEqual(["link", "out.bin"]);
  });
});

describe("a name that is taken while the file is being written", () => {
  const takeIt = () => fs.appendFileSync(file, "theirs");

  test("is refused and left alone", async () => {
    const { linkSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.linkSync).mockImplementationOnce((from, to) => {
      takeIt();
      linkSync(from, to);
    });
    expect(await refusal(writeOutput(file, common(), false))).toMatchObject({ code: "FILE_EXISTS" });
    expect(fs.readFileSync(file, "utf8")).toBe("theirs");
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  test("the same where there are no links", async () => {
    vi.mocked(fs.linkSync).mockImplementationOnce(() => {
      takeIt();
      throw systemError("EPERM");
    });
    expect(await refusal(writeOutput(file, common(), false))).toMatchObject({ code: "FILE_EXISTS" });
    expect(fs.readFileSync(file, "utf8")).toBe("theirs");
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });
});

describe("a file system without links", () => {
  beforeEach(() => {
    vi.mocked(fs.linkSync).mockImplementationOnce(() => {
      throw systemError("EPERM");
    });
  });

  test("takes the file all the same", async () => {
    await writeOutput(file, secret(), false);
    expect(Uint8Array.from(fs.readFileSync(file))).toEqual(BYTES);
    if (process.platform !== "win32") expect(modeOf(file)).toBe(0o600);
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  test("keeps nothing if the last step fails", async () => {
    vi.mocked(fs.renameSync).mockImplementationOnce(() => {
      throw systemError("EIO");
    });
    expect(await refusal(writeOutput(file, common(), false))).toEqual({
      code: "CANNOT_WRITE",
      message: `cannot write ${file}: i/o error`,
    });
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe("failures leave nothing behind", () => {
  test("a full disk", async () => {
    const { writeFileSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.writeFileSync).mockImplementationOnce((path, data, options) => {
      writeFileSync(path, (data as Uint8Array).subarray(0, 2), options);
      throw systemError("ENOSPC");
    });
    expect(await refusal(writeOutput(file, common(), false))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test("a full disk under a file that was to be replaced", async () => {
    fs.writeFileSync(file, "old");
    vi.mocked(fs.writeFileSync).mockImplementationOnce(() => {
      throw systemError("ENOSPC");
    });
    expect(await refusal(writeOutput(file, common(), true))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(fs.readFileSync(file, "utf8")).toBe("old");
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  test("a folder that is not there", async () => {
    const nowhere = join(folder, "nowhere", "out.bin");
    expect(await refusal(writeOutput(nowhere, common(), false))).toEqual({
      code: "CANNOT_WRITE",
      message: `cannot write ${nowhere}: no such file or directory`,
    });
  });
});

describe("files that belong together", () => {
  const beside = ["token", "blob"].map((name) => ({ name, bytes: BYTES.slice() }));
  const set = () => ({ ...common(), beside });
  const contents = () =>
    Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(join(folder, name))]));
  const whole = Buffer.from(BYTES);

  test("are all written, with the mode of a secret if they are one", async () => {
    await writeOutput(file, { ...set(), secret: true, bytes: BYTES.slice() }, false);
    expect(contents()).toEqual({ blob: whole, "out.bin": whole, token: whole });
    if (process.platform !== "win32") expect(modeOf(join(folder, "token"))).toBe(0o600);
  });

  test.each(["token", "blob", "out.bin"])("none is if %s is taken", async (taken) => {
    fs.writeFileSync(join(folder, taken), "old");
    expect(await refusal(writeOutput(file, set(), false))).toEqual({
      code: "FILE_EXISTS",
      message: `${join(folder, taken)} exists`,
    });
    expect(contents()).toEqual({ [taken]: Buffer.from("old") });
  });

  test("none is if the disk is full at the last", async () => {
    const { writeFileSync } = await vi.importActual<typeof fs>("node:fs");
    for (const name of ["token", "blob", "out.bin"]) fs.writeFileSync(join(folder, name), "old");
    vi.mocked(fs.writeFileSync)
      .mockImplementationOnce(writeFileSync)
      .mockImplementationOnce(writeFileSync)
      .mockImplementationOnce(() => {
        throw systemError("ENOSPC");
      });
    expect(await refusal(writeOutput(file, set(), true))).toEqual({
      code: "CANNOT_WRITE",
      message: `cannot write ${file}: no space left on device`,
    });
    const old = Buffer.from("old");
    expect(contents()).toEqual({ blob: old, "out.bin": old, token: old });
  });

  test("none stays if the last does not get its name", async () => {
    const { linkSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.linkSync)
      .mockImplementationOnce(linkSync)
      .mockImplementationOnce(linkSync)
      .mockImplementationOnce(() => {
        throw systemError("EPERM");
      });
    vi.mocked(fs.renameSync).mockImplementationOnce(() => {
      throw systemError("EIO");
    });
    expect(await refusal(writeOutput(file, set(), false))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(contents()).toEqual({});
  });

  test("what they were to replace is there again if the last does not get its name", async () => {
    const { renameSync } = await vi.importActual<typeof fs>("node:fs");
    for (const name of ["token", "out.bin"]) fs.writeFileSync(join(folder, name), "old");
    vi.mocked(fs.renameSync)
      .mockImplementationOnce(renameSync)
      .mockImplementationOnce(renameSync)
      .mockImplementationOnce(() => {
        throw systemError("EPERM");
      });
    expect(await refusal(writeOutput(file, set(), true))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(contents()).toEqual({ token: Buffer.from("old"), "out.bin": Buffer.from("old") });
  });

  test("what cannot be brought back is named, and does not keep the others from it", async () => {
    const { renameSync } = await vi.importActual<typeof fs>("node:fs");
    for (const name of ["token", "blob", "out.bin"]) fs.writeFileSync(join(folder, name), "old");
    const fail = () => {
      throw systemError("EIO");
    };
    vi.mocked(fs.renameSync)
      .mockImplementationOnce(renameSync) // the new token
      .mockImplementationOnce(renameSync) // the new blob
      .mockImplementationOnce(fail) // the new out.bin
      .mockImplementationOnce(fail); // the old token
    const { code, message, hint } = await failure(writeOutput(file, set(), true));
    expect({ code, message }).toEqual({ code: "CANNOT_WRITE", message: `cannot write ${file}: i/o error` });
    const [backup] = fs.readdirSync(folder).filter((name) => name.startsWith("."));
    expect(hint).toContain(`token is changed: ${join(folder, backup!)}`);
    const old = Buffer.from("old");
    expect(contents()).toEqual({ blob: old, "out.bin": old, token: whole, [backup!]: old });
  });

  test("what was replaced is named if it cannot be removed, all else is done", async () => {
    for (const name of ["token", "blob", "out.bin"]) fs.writeFileSync(join(folder, name), "old");
    const { unlinkSync } = await vi.importActual<typeof fs>("node:fs");
    let kept = "";
    vi.mocked(fs.unlinkSync).mockImplementation((path) => {
      if (kept === "" && String(path).endsWith(".old")) kept = String(path);
      if (path === kept) throw systemError("EPERM");
      unlinkSync(path);
    });
    expect(await refusal(writeOutput(file, set(), true))).toMatchObject({
      code: "CANNOT_WRITE",
      message: `cannot remove ${kept}`,
    });
    vi.mocked(fs.unlinkSync).mockImplementation(unlinkSync);
    const old = { [kept.slice(folder.length + 1)]: Buffer.from("old") };
    expect(contents()).toEqual({ blob: whole, "out.bin": whole, token: whole, ...old });
  });

  test("none stays if what they were written to first cannot be removed, which is named", async () => {
    const { unlinkSync } = await vi.importActual<typeof fs>("node:fs");
    vi.mocked(fs.unlinkSync).mockImplementation((path) => {
      if (String(path).endsWith(".tmp")) throw systemError("EPERM");
      unlinkSync(path);
    });
    const { code, hint } = await failure(writeOutput(file, set(), false));
    vi.mocked(fs.unlinkSync).mockImplementation(unlinkSync);
    const left = fs.readdirSync(folder);
    expect({ code, hint }).toEqual({
      code: "CANNOT_WRITE",
      hint: expect.stringContaining(`remove ${join(folder, left[0]!)}`),
    });
    expect(left.filter((name) => !name.endsWith(".tmp"))).toEqual([]);
  });

  test("nothing but them stays when they have replaced others", async () => {
    for (const name of ["token", "blob", "out.bin"]) fs.writeFileSync(join(folder, name), "old");
    await writeOutput(file, set(), true);
    expect(contents()).toEqual({ blob: whole, "out.bin": whole, token: whole });
  });

  test.runIf(fs.existsSync("/dev/full"))(
    "what they were to replace is there again if a device is full",
    async () => {
      fs.symlinkSync("/dev/full", file);
      fs.writeFileSync(join(folder, "token"), "old");
      expect(await refusal(writeOutput(file, set(), true))).toMatchObject({ code: "CANNOT_WRITE" });
      expect(fs.readdirSync(folder).sort()).toEqual(["out.bin", "token"]);
      expect(fs.readFileSync(join(folder, "token"), "utf8")).toBe("old");
    },
  );

  test.runIf(fs.existsSync("/dev/full"))("none stays if a device does not take the last", async () => {
    fs.symlinkSync("/dev/full", file);
    expect(await refusal(writeOutput(file, set(), false))).toMatchObject({ code: "CANNOT_WRITE" });
    expect(fs.readdirSync(folder)).toEqual(["out.bin"]);
  });

  onPosix("no two are one", async () => {
    fs.writeFileSync(join(folder, "token"), "old");
    fs.symlinkSync("token", file);
    expect(await refusal(writeOutput(file, set(), true))).toMatchObject({ code: "MISUSE" });
    expect(fs.readFileSync(file, "utf8")).toBe("old");
  });
});

describe("what is no failure of the file system", () => {
  test("is not taken for one", async () => {
    vi.spyOn(globalThis.crypto, "getRandomValues").mockImplementationOnce((array) => array);
    expect(await refusal(writeOutput(file, common(), false))).toMatchObject({ code: "RANDOM_BROKEN" });
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe("what is not a regular file", () => {
  onPosix("a named pipe is written through, and stays", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = runProcess("cat", [pipe]);
    await writeOutput(pipe, common(), false); // waits until cat opens its side
    expect(Uint8Array.from((await reader).stdout)).toEqual(BYTES);
    expect(fs.statSync(pipe).isFIFO()).toBe(true);
  });

  test.runIf(fs.existsSync("/dev/full"))("a full device is an error", async () => {
    expect(await refusal(writeOutput("/dev/full", common(), false))).toMatchObject({
      code: "CANNOT_WRITE",
      message: "cannot write /dev/full: no space left on device",
    });
  });
});
