/** Slips of the keyboard: one letter too many, too few, wrong, or two in the other's place. */

/** Whether `typed` is `meant` but for one slip, or but for how it ends. */
export function isSlipOf(typed: string, meant: string): boolean {
  if (typed.length >= 3 && (meant.startsWith(typed) || typed.startsWith(meant))) return true;
  const from = firstDifference(typed, meant);
  const [rest, wanted] = [typed.slice(from), meant.slice(from)];
  return (
    rest.slice(1) === wanted || // one too many
    rest === wanted.slice(1) || // one too few
    rest.slice(1) === wanted.slice(1) || // one wrong
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}
