/** A rehearsal endpoint for a test file, and real clients of it. */

import { KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll } from "vitest";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../../src/rehearsal.ts";

/** A region by the rules of most of the world, and one by China's. */
export const WORLD_REGION = "eu-central-1";
export const CHINA_REGION = "cn-north-1";

/** What a test file works with. */
export interface RehearsalSuite {
  /** For `endpoint` and its like. */
  readonly endpoint: string;
  readonly rehearsal: Rehearsal;
  /** A client of the SDK, which does not retry unless told to. */
  client(region?: string, maxAttempts?: number): KMSClient;
}

/** Starts a rehearsal before the tests of a file and ends it after them. */
export function useRehearsal(options: RehearsalOptions = {}): RehearsalSuite {
  let rehearsal: Rehearsal;
  const clients = new Map<string, KMSClient>();
  beforeAll(async () => {
    rehearsal = await startRehearsal(options);
  });
  afterAll(async () => {
    for (const client of clients.values()) client.destroy();
    await rehearsal.close();
  });
  return {
    get endpoint() {
      return rehearsal.endpoint;
    },
    get rehearsal() {
      return rehearsal;
    },
    client(region = WORLD_REGION, maxAttempts = 1) {
      const name = `${region} ${maxAttempts}`;
      const client = clients.get(name) ?? makeClient(rehearsal.endpoint, region, maxAttempts);
      clients.set(name, client);
      return client;
    },
  };
}

/** A client of the SDK. */
export function makeClient(endpoint: string, region: string = WORLD_REGION, maxAttempts = 1): KMSClient {
  const credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };
  return new KMSClient({ endpoint, region, credentials, maxAttempts });
}
