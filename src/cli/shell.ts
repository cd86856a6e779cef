/** Commands as they are printed for people to run. */

/** What a shell takes without quotes; on Windows, where it parts folders, the backslash too. */
const PLAIN_WORD = /^[\w./:@+,-]+$/;
const WINDOWS_PLAIN_WORD = /^[\w./:\\@+,-]+$/;

/**
 * A word so that a shell takes it as it is: in single quotes where shells are POSIX's. cmd.exe and PowerShell agree on
 * double quotes alone, which no file name of Windows contains.
 *
 * @param platform - as `process.platform`.
 */
export function shellWord(word: string, platform: string = process.platform): string {
  if (platform === "win32") return WINDOWS_PLAIN_WORD.test(word) ? word : `"${word}"`;
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
