/** What the command leaves on the disk. */

/** @type {import("../all.mjs").Topic} */
export const FILES = {
  topic: "Files of the command",
  guarantees: [
    {
      guarantee: "A file that holds a secret is its owner's alone (mode 0600; Windows has none)",
      shownBy: [
        {
          file: "test/node/cli-output.test.ts",
          name: "is its owner's alone if it holds a secret",
          breaks: [
            {
              how: "mode 0644",
              in: "src/cli/output.ts",
              replace: "const SECRET_MODE = 0o600;",
              by: "const SECRET_MODE = 0o644;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Nothing is replaced without `--force`, not even what appears at the last moment",
      shownBy: [
        {
          file: "test/node/cli-output.test.ts",
          name: "is refused and left alone",
          breaks: [
            {
              how: "the file is renamed, whatever has the name",
              in: "src/cli/place.ts",
              replace: "    linkSync(temporary, file);\n    return;",
              by: "    renameSync(temporary, file);\n    return;",
            },
          ],
        },
      ],
    },
    {
      guarantee: "What is read is never replaced, not even with `--force` and by another name",
      shownBy: [
        {
          file: "test/node/cli-wrap.test.ts",
          name: "never takes the place of what it reads",
          breaks: [
            {
              how: "files count as the same by name alone",
              in: "src/cli/input.ts",
              replace: "if (isSameFile(input, output))",
              by: "if (isSameFile(input, output) && input === output)",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Killed at whatever moment, the command leaves a new file whole or not at all",
      shownBy: [
        {
          file: "test/node/cli-faults.test.ts",
          name: "a new file is there whole or not at all%s",
          breaks: [
            {
              how: "it is written in place",
              in: "src/cli/output.ts",
              replace: "writing(file, () => writeFileSync(temporary, bytes,",
              by: "writing(file, () => writeFileSync(file, bytes)),\n        writing(file, () => writeFileSync(temporary, bytes,",
            },
          ],
        },
      ],
    },
    {
      guarantee: "A file that is replaced is the old one or the new one",
      shownBy: [
        {
          file: "test/node/cli-faults.test.ts",
          name: "a file that is replaced is the old one or the new one",
          breaks: [
            {
              how: "the old one is removed first",
              in: "src/cli/place.ts",
              replace: "    renameSync(temporary, path);\n",
              by: "    remove(path);\n    renameSync(temporary, path);\n",
            },
          ],
        },
      ],
    },
    {
      guarantee: "SIGINT, SIGTERM and SIGHUP leave nothing but whole files behind",
      shownBy: [
        {
          file: "test/node/cli-faults.test.ts",
          name: "%s leaves nothing but whole files behind",
          breaks: [
            {
              how: "signals are not held",
              in: "src/cli/signals.ts",
              replace: "for (const signal of SIGNALS) process.on(signal, ignore);",
              by: "for (const signal of SIGNALS) process.off(signal, ignore);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "When a disk is full, what was there stays and nothing is left behind",
      shownBy: [
        {
          file: "test/node/cli-faults.test.ts",
          name: "a disk that is full, where the old file stays",
          breaks: [
            {
              how: "the temporary file stays",
              in: "src/cli/output.ts",
              replace: "writing(file, () => remove(temporary));",
              by: "writing(file, () => temporary);",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Files that belong together appear all or none, and those that they replace come back",
      shownBy: [
        {
          file: "test/node/cli-output.test.ts",
          name: "what they were to replace is there again if the last does not get its name",
          breaks: [
            {
              how: "they do not come back",
              in: "src/cli/place.ts",
              replace: 'if (before === "held") renameSync(backup, path);',
              by: 'if (before === "held") remove(backup);',
            },
          ],
        },
        {
          file: "test/node/cli-output.test.ts",
          name: "none stays if the last does not get its name",
          breaks: [
            {
              how: "those that have their names stay",
              in: "src/cli/place.ts",
              replace: "undo: () => remove(path), keep",
              by: "undo: () => undefined, keep",
            },
          ],
        },
      ],
    },
    {
      guarantee: "Secrets are not written to a terminal",
      shownBy: [
        {
          file: "test/node/cli-process.test.ts",
          name: "gets no binary",
          breaks: [
            {
              how: "they are",
              in: "src/cli/output.ts",
              replace: "if (!isatty(descriptor)) return;",
              by: "if (!isatty(descriptor) || descriptor === STDOUT) return;",
            },
          ],
        },
      ],
    },
  ],
};
