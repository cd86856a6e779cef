/**
 * A program of another implementation that runs for as long as the comparison does: it reads a request a line, words
 * between spaces and bytes in hexadecimal, and answers each with a line, `ok HEX` or `error TEXT`.
 */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class LineProcess {
  /** @type {{ resolve: (text: string) => void, reject: (error: Error) => void }[]} */
  #waiting = [];
  #stderr = "";
  #child;

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} [environment] - added to this process's
   */
  constructor(command, args, environment = {}) {
    this.#child = spawn(command, args, { env: { ...process.env, ...environment } });
    this.#child.stderr.on("data", (data) => {
      this.#stderr += data;
    });
    this.#child.stdin.on("error", () => {}); // the end of the process is reported below
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("close", (status, signal) => this.#end(`ended with ${signal ?? status}`));
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const { resolve, reject } = this.#waiting.shift() ?? {};
      if (line.startsWith("ok ")) resolve?.(line.slice("ok ".length));
      else reject?.(new Error(line));
    });
  }

  /**
   * @param {...(string | Uint8Array)} words
   * @returns {Promise<string>} what stands behind `ok`
   */
  ask(...words) {
    const line = words.map((word) => (typeof word === "string" ? word : Buffer.from(word).toString("hex")));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${line.join(" ")}\n`);
    });
  }

  /**
   * @param {...(string | Uint8Array)} words
   * @returns {Promise<Uint8Array>} the bytes of the answer
   */
  async bytes(...words) {
    return Uint8Array.from(Buffer.from(await this.ask(...words), "hex"));
  }

  close() {
    this.#child.stdin.end();
  }

  /** @param {string} how */
  #end(how) {
    const error = new Error(`${how}: ${this.#stderr.trim().split("\n")[0] ?? ""}`);
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
