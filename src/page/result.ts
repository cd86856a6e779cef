/** What a wrap made: what it is, what to compare, and buttons that save it. */

import { encodeBase64 } from "../formats/base64.ts";
import { showTime } from "../kms/times.ts";
import { button, byId, element } from "./dom.ts";
import { type Fact, facts, fingerprint } from "./facts.ts";
import { save } from "./save.ts";
import type { WrapJob, Wrapped } from "./wrap-job.ts";

/** Shows the result and puts the keyboard there. */
export function showResult(job: WrapJob, wrapped: Wrapped, unsaved: boolean): void {
  const title = element("h3", { id: "result-title", tabIndex: -1 }, "Wrapped");
  const saves = wrapped.files.map(({ name, bytes }, i) =>
    button(`Save ${name}`, i === 0 ? "button primary" : "button", () => save(name, bytes)),
  );
  const result = byId("result");
  result.replaceChildren(
    title,
    ...facts(
      `${job.keySpec} key material, ${wrapped.blobBytes} bytes wrapped`,
      rowsOf(job, wrapped),
      wrapped.warnings,
    ),
    element("div", { className: "actions" }, ...saves),
    ...nextStep(wrapped),
    ...publicKey(wrapped),
    ...(unsaved
      ? [
          element(
            "p",
            { className: "warning" },
            "The fresh key material is still in memory, and nowhere else: save it above, or remove it.",
          ),
        ]
      : []),
  );
  result.hidden = false;
  title.focus();
}

/** What was wrapped before is no longer what the fields say. */
export function clearResult(): void {
  const result = byId("result");
  result.hidden = true;
  result.replaceChildren();
}

function rowsOf({ algorithm, wrapping }: WrapJob, { material, next }: Wrapped): Fact[] {
  const { wrappingKey } = wrapping;
  return [
    ["Algorithm", element("code", {}, algorithm)],
    [`SHA-256 of the ${wrappingKey.spec} key`, fingerprint(wrappingKey.fingerprint)],
    ...(material.conversions.length ? [["Key material", material.conversions.join(", ")] as const] : []),
    ...(next ? [["Expires", next.expires ? showTime(next.expires.getTime()) : "never"] as const] : []),
  ];
}

function nextStep({ next }: Wrapped): Node[] {
  if (next === undefined) return [];
  return [
    element("p", { className: "after" }, "Then, with the AWS CLI (version 2), where import.json is:"),
    element("pre", {}, element("code", {}, next.command)),
  ];
}

function publicKey({ material }: Wrapped): Node[] {
  const { publicKeySpki, publicKeyFingerprint } = material;
  if (publicKeySpki === undefined || publicKeyFingerprint === undefined) return [];
  return [
    element(
      "details",
      { className: "paste" },
      element("summary", {}, "To compare with GetPublicKey after the import"),
      element("p", { className: "note" }, "SHA-256 of the public key:"),
      fingerprint(publicKeyFingerprint),
      element("p", { className: "note" }, "The public key in base64, as GetPublicKey returns it:"),
      element("pre", {}, element("code", {}, encodeBase64(publicKeySpki))),
    ),
  ];
}
