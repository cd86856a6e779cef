/** The keys of a rehearsal: page by page while keys come and go, and how many there can be. */

import { describe, expect, test } from "vitest";
import { KeyStore } from "../../src/rehearsal/key-store.ts";
import { KmsKey } from "../../src/rehearsal/kms-key.ts";

const REGION = "eu-central-1";
const DAY = 86_400_000;

function keyNamed(id: string, region = REGION): KmsKey {
  return new KmsKey({
    region,
    id,
    spec: "SYMMETRIC_DEFAULT",
    usage: "ENCRYPT_DECRYPT",
    origin: "EXTERNAL",
    description: "",
    multiRegion: false,
    created: 0,
  });
}

function storeOf(...ids: string[]) {
  const clock = { now: 0 };
  const store = new KeyStore(() => clock.now);
  const keys = ids.map((id) => keyNamed(id));
  for (const key of keys) store.add(key);
  return { clock, store, keys };
}

const idsOf = (keys: readonly KmsKey[]) => keys.map(({ facts }) => facts.id);

describe("pages", () => {
  test("follow one another, region by region", () => {
    const { store } = storeOf("a", "b");
    store.add(keyNamed("elsewhere", "us-east-1"));
    store.add(keyNamed("c"));
    const first = store.page(REGION, 2);
    const second = store.page(REGION, 2, first.marker);
    expect([idsOf(first.keys), idsOf(second.keys), second.marker]).toEqual([["a", "b"], ["c"], undefined]);
  });

  test("go on where they were although the last key has gone", () => {
    const { clock, store, keys } = storeOf("a", "b", "c", "d");
    const { marker } = store.page(REGION, 2);
    keys[1]!.deletionDate = DAY;
    clock.now = DAY;
    expect(idsOf(store.page(REGION, 2, marker).keys)).toEqual(["c", "d"]);
  });

  test.each(["a", "", "-1", "1.5", "1e3", "5", "9".repeat(16), "Infinity"])("have no marker %j", (marker) => {
    const { store } = storeOf("a", "b", "c", "d");
    expect(() => store.page(REGION, 2, marker)).toThrow(
      expect.objectContaining({ name: "InvalidMarkerException" }),
    );
  });
});

test("keys that are gone make room", () => {
  const { clock, store } = storeOf();
  const keys = Array.from({ length: 100_000 }, (_, i) => keyNamed(String(i)));
  for (const key of keys) store.add(key);
  expect(() => store.add(keyNamed("more"))).toThrow(
    expect.objectContaining({ name: "LimitExceededException" }),
  );
  keys[7]!.deletionDate = DAY;
  clock.now = DAY;
  store.add(keyNamed("more"));
  expect([store.has(keys[7]!.arn), store.find("more", REGION).facts.id]).toEqual([false, "more"]);
});

test("a key past its deletion is not there", () => {
  const { clock, store, keys } = storeOf("a");
  keys[0]!.deletionDate = DAY;
  expect(store.has(keys[0]!.arn)).toBe(true);
  clock.now = DAY;
  expect(store.has(keys[0]!.arn)).toBe(false);
});
