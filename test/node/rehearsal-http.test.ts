/** The endpoint on the wire: raw requests in both content types and in the form of the .NET SDK, and bad ones. */

import { createHash } from "node:crypto";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KmsWrapError, prepareImport } from "../../src/index.ts";
import { type RehearsalOptions, startRehearsal } from "../../src/rehearsal.ts";
import { errorCode } from "../support/error-code.ts";
import { materialFor } from "../support/imported-material.ts";
import { cutOff, exchange } from "../support/raw-http.ts";
import { useRehearsal } from "../support/rehearsal.ts";

const suite = useRehearsal();
const JSON_1_1 = "application/x-amz-json-1.1";

type Headers = Readonly<Record<string, string>>;

async function post(operation: string, body: object | string | Uint8Array, headers: Headers = {}) {
  const response = await fetch(suite.endpoint, {
    method: "POST",
    headers: { "Content-Type": JSON_1_1, "X-Amz-Target": `TrentService.${operation}`, ...headers },
    body: typeof body === "string" || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** What the .NET SDK sends with a request; its signature is of no matter here. */
function dotNetHeaders(operation: string, body: string, region: string): Headers {
  return {
    "User-Agent":
      "aws-sdk-dotnet-coreclr/3.7.400 ua/2.0 os/linux#5.15 md/ARCH#X64 lang/.NET_Core#8.0.8 api/KMS#3.7.400",
    "amz-sdk-invocation-id": "0b9ca1b2-5f37-4e53-9d36-6bd2d0a9d8a1",
    "amz-sdk-request": "attempt=1; max=5",
    "X-Amz-Target": `TrentService.${operation}`,
    "X-Amz-Date": "20261123T101112Z",
    "X-Amz-Content-SHA256": createHash("sha256").update(body).digest("hex"),
    Authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/${region}/kms/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${"0".repeat(64)}`,
    "Content-Type": JSON_1_1,
  };
}

async function dotNet(operation: string, members: object, region = "eu-central-1") {
  const body = JSON.stringify(members);
  return post(operation, body, dotNetHeaders(operation, body, region));
}

describe("requests", () => {
  test.each([JSON_1_1, "application/json", "application/json; charset=utf-8", "Application/X-Amz-Json-1.1"])(
    "in %s, unsigned",
    async (type) => {
      const { status, headers, body } = await post("ListKeys", {}, { "Content-Type": type });
      expect(status).toBe(200);
      expect(body).toMatchObject({ Truncated: false });
      expect(headers.get("content-type")).toBe(type.toLowerCase().split(";")[0]);
      expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("server")).toMatch(/this is not a KMS/);
    },
  );

  test("an import from end to end, in JSON alone", async () => {
    const created = await post("CreateKey", {
      Origin: "EXTERNAL",
      KeySpec: "HMAC_384",
      KeyUsage: "GENERATE_VERIFY_MAC",
    });
    const { Arn: KeyId } = created.body.KeyMetadata;
    expect(KeyId).toMatch(/^arn:aws:kms:us-east-1:/);
    const wrapping = { WrappingAlgorithm: "RSAES_OAEP_SHA_1", WrappingKeySpec: "RSA_2048" } as const;
    const parameters = (await post("GetParametersForImport", { KeyId, ...wrapping })).body;
    const request = prepareImport({
      parameters: JSON.stringify(parameters),
      algorithm: "RSAES_OAEP_SHA_1",
      keySpec: "HMAC_384",
      keyMaterial: materialFor("HMAC_384").bytes,
      validTo: Math.floor(Date.now() / 1000) + 3600,
    });
    expect(await post("ImportKeyMaterial", JSON.stringify(request))).toMatchObject({
      status: 200,
      body: { KeyId },
    });
    const described = (await post("DescribeKey", { KeyId })).body.KeyMetadata;
    expect(described).toMatchObject({ KeyState: "Enabled", ValidTo: request.ValidTo!.getTime() / 1000 });
  });

  test("symmetric options", async () => {
    const { Arn: KeyId } = (await post("CreateKey", { Origin: "EXTERNAL" })).body.KeyMetadata;
    const wrapping = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;
    const prepare = async (options: object) =>
      JSON.stringify(
        prepareImport({
          parameters: (await post("GetParametersForImport", { KeyId, ...wrapping })).body,
          algorithm: "RSAES_OAEP_SHA_256",
          keySpec: "SYMMETRIC_DEFAULT",
          keyMaterial: materialFor("SYMMETRIC_DEFAULT").bytes,
          ...options,
        }),
      );
    const first = await post("ImportKeyMaterial", await prepare({ importType: "NEW_KEY_MATERIAL" }));
    const { KeyMaterialId: keyMaterialId } = first.body;
    const options = { importType: "EXISTING_KEY_MATERIAL", keyMaterialId, keyMaterialDescription: "again" };
    const second = await post("ImportKeyMaterial", await prepare(options));
    expect(second).toMatchObject({ status: 200, body: { KeyId, KeyMaterialId: keyMaterialId } });
    expect((await post("ListKeyRotations", { KeyId })).body.Rotations).toMatchObject([
      { KeyMaterialId: keyMaterialId, KeyMaterialDescription: "again" },
    ]);
  });

  test("in the form of the .NET SDK", async () => {
    const region = "cn-northwest-1";
    const created = await dotNet(
      "CreateKey",
      { KeySpec: "SM2", KeyUsage: "SIGN_VERIFY", Origin: "EXTERNAL" },
      region,
    );
    const { KeyId } = created.body.KeyMetadata;
    expect(created.body.KeyMetadata.Arn).toMatch(/^arn:aws-cn:kms:cn-northwest-1:/);
    const wrapping = { WrappingAlgorithm: "SM2PKE", WrappingKeySpec: "SM2" } as const;
    const parameters = (await dotNet("GetParametersForImport", { KeyId, ...wrapping }, region)).body;
    const { bytes: keyMaterial } = materialFor("SM2");
    const request = prepareImport({ parameters, algorithm: "SM2PKE", keySpec: "SM2", keyMaterial });
    const { EncryptedKeyMaterial, ExpirationModel, ImportToken } = request.toJSON();
    const members = { EncryptedKeyMaterial, ExpirationModel, ImportToken, KeyId };
    expect((await dotNet("ImportKeyMaterial", members, region)).status).toBe(200);
    expect((await dotNet("DescribeKey", { KeyId }, region)).body.KeyMetadata.KeyState).toBe("Enabled");
    const expiring = { ...members, ExpirationModel: "KEY_MATERIAL_EXPIRES" };
    expect(await dotNet("ImportKeyMaterial", expiring, region)).toMatchObject({
      status: 400,
      body: {
        __type: "ValidationException",
        message: "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
      },
    });
  });

  test("the region is the signature's, or else us-east-1", async () => {
    const arn = async (headers: Headers) =>
      (await post("CreateKey", {}, headers)).body.KeyMetadata.Arn.split(":").slice(1, 4).join(":");
    const signed = (region: string) => dotNetHeaders("CreateKey", "{}", region);
    expect(await arn({})).toBe("aws:kms:us-east-1");
    expect(await arn(signed("us-gov-west-1"))).toBe("aws-us-gov:kms:us-gov-west-1");
    expect(await arn(signed("eusc-de-east-1"))).toBe("aws-eusc:kms:eusc-de-east-1");
    expect(await arn(signed("no region"))).toBe("aws:kms:us-east-1");
    expect(await arn({ Authorization: "Basic Og==" })).toBe("aws:kms:us-east-1");
  });

  test("null is as good as absent", async () => {
    expect((await post("ListKeys", { Limit: null, Marker: null })).status).toBe(200);
    expect((await post("DescribeKey", { KeyId: null })).body.__type).toBe("ValidationException");
  });
});

describe("errors by __type", () => {
  const id = "1234abcd-12ab-34cd-56ef-1234567890ab";

  test.each<[string, number, string, () => ReturnType<typeof post>]>([
    ["an unknown key", 400, "NotFoundException", () => post("DescribeKey", { KeyId: id })],
    ["an ARN that is none", 400, "InvalidArnException", () => post("DescribeKey", { KeyId: "arn:x" })],
    [
      "an unknown operation",
      400,
      "com.amazon.coral.service#UnknownOperationException",
      () => post("CreateGrant", {}),
    ],
    ["no operation", 400, "com.amazon.coral.service#UnknownOperationException", () => post("", {})],
    [
      "another service's",
      400,
      "com.amazon.coral.service#UnknownOperationException",
      () => post("", {}, { "X-Amz-Target": "DynamoDB_20120810.ListTables" }),
    ],
    [
      "another content type",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("ListKeys", {}, { "Content-Type": "text/plain" }),
    ],
    ["no JSON", 400, "com.amazon.coral.service#SerializationException", () => post("ListKeys", "{")],
    ["no body", 400, "com.amazon.coral.service#SerializationException", () => post("ListKeys", "")],
    ["no object", 400, "com.amazon.coral.service#SerializationException", () => post("ListKeys", "[]")],
    ["null", 400, "com.amazon.coral.service#SerializationException", () => post("ListKeys", "null")],
    [
      "no UTF-8",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("ListKeys", Uint8Array.of(0x7b, 0xff, 0x7d)),
    ],
    [
      "a number for a string",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("DescribeKey", { KeyId: 7 }),
    ],
    [
      "a string for a number",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("ListKeys", { Limit: "2" }),
    ],
    [
      "a list for an object",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("Encrypt", { KeyId: id, Plaintext: "AA==", EncryptionContext: [] }),
    ],
    [
      "what is no base64",
      400,
      "com.amazon.coral.service#SerializationException",
      () => post("ImportKeyMaterial", { KeyId: id, ImportToken: "?" }),
    ],
    ["a limit of 0", 400, "ValidationException", () => post("ListKeys", { Limit: 0 })],
    ["a limit of 1001", 400, "ValidationException", () => post("ListKeys", { Limit: 1001 })],
    ["a missing member", 400, "ValidationException", () => post("DescribeKey", {})],
    [
      "a member of Object.prototype",
      400,
      "ValidationException",
      () => post("DescribeKey", '{"__proto__": {"KeyId": "x"}}'),
    ],
  ])("%s", async (_, status, type, send) => {
    const answer = await send();
    expect(answer).toMatchObject({ status, body: { __type: type, message: expect.any(String) } });
    expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

const HEAD = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${JSON_1_1}\r\nX-Amz-Target: TrentService.ListKeys\r\n`;
const GOOD = `${HEAD}Content-Length: 2\r\nConnection: close\r\n\r\n{}`;

/** The service is there and right. */
async function expectAlive(): Promise<void> {
  expect((await post("ListKeys", {})).status).toBe(200);
}

describe("survives", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["a good request, for comparison", GOOD, /^HTTP\/1\.1 200/],
    ["what is no HTTP", "hello\r\n\r\n", /^HTTP\/1\.1 400/],
    ["TLS", Uint8Array.of(0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0), /^HTTP\/1\.1 400/],
    ["another method", GOOD.replace("POST", "GET"), /UnknownOperationException/],
    ["another path", GOOD.replace(" / ", " /admin "), /UnknownOperationException/],
    [
      "another host name, as DNS rebinding brings it",
      GOOD.replace("127.0.0.1", "kms.example"),
      /AccessDeniedException/,
    ],
    [
      "a host name that begins like ours",
      GOOD.replace("127.0.0.1", "localhost.example"),
      /AccessDeniedException/,
    ],
    [
      "two lengths",
      GOOD.replace("Content-Length: 2", "Content-Length: 2\r\nContent-Length: 3"),
      /^HTTP\/1\.1 400/,
    ],
    [
      "a length and chunks",
      GOOD.replace("Content-Length: 2", "Content-Length: 2\r\nTransfer-Encoding: chunked"),
      /^HTTP\/1\.1 400/,
    ],
    [
      "a chunk of a wrong length",
      `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    ["headers of 100 kB", `${HEAD}X: ${"x".repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
    [
      "a body of 64 KiB, which is the limit",
      `${HEAD}Content-Length: 65536\r\nConnection: close\r\n\r\n{${" ".repeat(65_534)}}`,
      /^HTTP\/1\.1 200/,
    ],
    ["a body of one more", `${HEAD}Content-Length: 65537\r\n\r\n{${" ".repeat(65_535)}}`, /^HTTP\/1\.1 413/],
    ["a body that is announced as 10 GB", `${HEAD}Content-Length: 10000000000\r\n\r\n{`, /^HTTP\/1\.1 413/],
    [
      "chunks without end",
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n${`1000\r\n${" ".repeat(4096)}\r\n`.repeat(20)}`,
      /^HTTP\/1\.1 413/,
    ],
    [
      "a deeply nested body",
      `${HEAD}Content-Length: 60000\r\nConnection: close\r\n\r\n${"[".repeat(60_000)}`,
      /SerializationException/,
    ],
  ])("%s", async (_, request, expected) => {
    expect(await exchange(suite.endpoint, [request])).toMatch(expected);
    await expectAlive();
  });

  test("requests that are cut off anywhere", async () => {
    const bytes = Buffer.from(GOOD);
    for (let length = 0; length < bytes.length; length += 3)
      await cutOff(suite.endpoint, bytes.subarray(0, length));
    await expectAlive();
  });

  test("clients that leave before the answer", async () => {
    const { Arn } = (
      await post("CreateKey", { Origin: "EXTERNAL", KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" })
    ).body.KeyMetadata;
    const body = JSON.stringify({
      KeyId: Arn,
      WrappingAlgorithm: "RSA_AES_KEY_WRAP_SHA_1",
      WrappingKeySpec: "RSA_3072", // a pair has to be made first
    });
    const head = HEAD.replace("ListKeys", "GetParametersForImport");
    const request = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
    for (let i = 0; i < 20; i++) await cutOff(suite.endpoint, Buffer.from(request));
    await expectAlive();
  });

  test("requests with any changed, missing or added byte", async () => {
    const change = fc.record({
      at: fc.nat(GOOD.length - 1),
      drop: fc.nat(2),
      insert: fc.uint8Array({ maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, drop, insert }) => {
        const bytes = Buffer.from(GOOD);
        const request = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + drop)]);
        const answer = await exchange(suite.endpoint, [request], { end: true });
        expect(answer).toMatch(/^(HTTP\/1\.1 (200|400|408|413|417|431|501|505) |$)/);
      }),
      { numRuns: 150 },
    );
    await expectAlive();
  });

  test("bodies of any JSON, for every import operation", async () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("EXTERNAL", "AA==", "alias/x", "arn:aws:kms", 1e308, -1),
    );
    const body = fc.dictionary(
      fc.constantFrom(
        "KeyId",
        "ImportToken",
        "EncryptedKeyMaterial",
        "ValidTo",
        "ExpirationModel",
        "KeySpec",
        "Origin",
        "Limit",
        "Marker",
        "Message",
        "Plaintext",
        "CiphertextBlob",
        "WrappingAlgorithm",
        "WrappingKeySpec",
      ),
      member,
    );
    const operation = fc.constantFrom(
      "CreateKey",
      "GetParametersForImport",
      "ImportKeyMaterial",
      "DeleteImportedKeyMaterial",
      "DescribeKey",
      "ListKeys",
      "Encrypt",
      "Decrypt",
      "Sign",
      "VerifyMac",
    );
    await fc.assert(
      fc.asyncProperty(operation, body, async (name, members) => {
        const { status, body: answer } = await post(name, members);
        expect(status === 200 || status === 400).toBe(true);
        expect(answer.__type ?? "").not.toMatch(/Internal/);
      }),
      { numRuns: 200 },
    );
  });

  test("a hundred connections at a time", async () => {
    const { Arn: KeyId } = (await post("CreateKey", { Origin: "EXTERNAL" })).body.KeyMetadata;
    const wrapping = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post("GetParametersForImport", { KeyId, ...wrapping })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.ImportToken)).size).toBe(100);
    expect(new Set(answers.map(({ body }) => body.PublicKey)).size).toBe(2);
  });
});

test("slow clients are cut off, others meanwhile served", async () => {
  const { hostname, port } = new URL(suite.endpoint);
  const socket = connect(Number(port), hostname);
  const started = Date.now();
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.on("error", () => undefined);
  const drip = setInterval(() => socket.write("x"), 200);
  socket.write("POST / HTTP/1.1\r\nX-Slow: ");
  const closed = new Promise((resolve) => {
    socket.on("close", resolve);
  });
  await expectAlive();
  await closed;
  clearInterval(drip);
  expect(answer).toMatch(/^HTTP\/1\.1 408/);
  expect(Date.now() - started).toBeLessThan(15_000);
});

describe("startRehearsal", () => {
  async function startError(options: object): Promise<unknown> {
    try {
      await (await startRehearsal(options)).close();
      return undefined;
    } catch (error) {
      return (error as { code: unknown }).code;
    }
  }

  test.each(["0.0.0.0", "::", "192.168.0.1", "localhost", "example.com", ""])(
    "does not listen to %s",
    async (host) => {
      expect(await startError({ host })).toBe("INVALID_ARGUMENT");
    },
  );

  const NO_TIME = "must return a Date or milliseconds since 1970, found";
  const fails = () => {
    throw new RangeError("of the caller's own");
  };

  test.each<[string, unknown, string | RegExp]>([
    ["no object", null, "options must be an object, found null"],
    ["a port alone", 4566, "options must be an object, found number"],
    ["a port beyond", { port: 65_536 }, "port must be 0 to 65535"],
    ["a fraction of a port", { port: 1.5 }, "port must be 0 to 65535"],
    ["a port as text", { port: "4566" }, "port must be 0 to 65535"],
    ["a host that is no text", { host: null }, /^a rehearsal listens to this machine alone/],
    ["a region that is none", { region: "Frankfurt" }, /^region does not have the form/],
    ["a region that is no text", { region: 1 }, /^region does not have the form/],
    [
      "a time for a clock",
      { clock: new Date() },
      "clock must be a function that returns the time, found Date",
    ],
    ["no clock", { clock: null }, "clock must be a function that returns the time, found null"],
    ["a clock of NaN", { clock: () => Number.NaN }, `clock ${NO_TIME} NaN`],
    ["a clock of Infinity", { clock: () => Infinity }, `clock ${NO_TIME} Infinity`],
    ["a clock of no Date", { clock: () => new Date("noon") }, `clock ${NO_TIME} Invalid Date`],
    ["a clock of text", { clock: () => "2027-01-31" }, `clock ${NO_TIME} string`],
    ["a clock of promises", { clock: async () => 0 }, `clock ${NO_TIME} Promise`],
    ["a clock that fails", { clock: fails }, "clock must not throw, and threw RangeError"],
    ["a number of failures", { failNext: 5 }, "failNext must be an array, found number"],
    ["one failure", { failNext: { error: "Oops" } }, "failNext must be an array, found Object"],
    ["no failure", { failNext: [null] }, "each of failNext must be an object, found null"],
    ["a failure's name", { failNext: ["Oops"] }, "each of failNext must be an object, found string"],
    ["an unknown failure", { failNext: [{ error: "Oops" }] }, /^failNext takes an error's name, one of/],
    [
      "a failure of an unknown operation",
      { failNext: [{ error: "NotFoundException", operation: "ListAliases" }] },
      /^failNext takes an operation's name, one of/,
    ],
  ])("refuses %s", async (_, options, message) => {
    const start = startRehearsal(options as RehearsalOptions);
    await expect(start).rejects.toThrow(KmsWrapError);
    await expect(start).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test("refuses to plan what there is not", () => {
    expect(errorCode(() => suite.rehearsal.failNext("NotFoundException", "ListAliases"))).toBe(
      "INVALID_ARGUMENT",
    );
  });

  test("tells when a port is taken", async () => {
    expect(await startError({ port: Number(new URL(suite.endpoint).port) })).toBe("EADDRINUSE");
  });

  test.each<[string, unknown, string]>([
    ["a clock that stops", Number.NaN, `${NO_TIME} NaN`],
    ["a clock that is lost", undefined, `${NO_TIME} undefined`],
    ["a clock that breaks", fails, "must not throw, and threw RangeError"],
  ])("tells of %s as the caller's", async (_, later, problem) => {
    let time: unknown = 0;
    const clock = () => (typeof time === "function" ? time() : time);
    const { endpoint, close } = await startRehearsal({ clock });
    time = later;
    const headers = { "Content-Type": JSON_1_1, "X-Amz-Target": "TrentService.CreateKey" };
    const answer = await fetch(endpoint, { method: "POST", headers, body: "{}" });
    await close();
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { __type: "KMSInternalException", message: `The clock given to startRehearsal ${problem}` },
    ]);
  });

  const region = async (options: RehearsalOptions) => {
    const { endpoint, close } = await startRehearsal(options);
    try {
      const body = "{}";
      const headers = dotNetHeaders("CreateKey", body, "eu-central-1");
      const created = await (await fetch(endpoint, { method: "POST", headers, body })).json();
      const { Arn, KeyId } = created.KeyMetadata;
      const replicate = JSON.stringify({ KeyId, ReplicaRegion: "eu-west-1" });
      const replica = await fetch(endpoint, {
        method: "POST",
        headers: dotNetHeaders("ReplicateKey", replicate, "eu-central-1"),
        body: replicate,
      });
      return [Arn.split(":")[3], (await replica.json()).message];
    } finally {
      await close();
    }
  };

  test("a fixed region stands whatever a request is signed for", async () => {
    expect(await region({ region: "cn-north-1" })).toEqual([
      "cn-north-1",
      expect.stringMatching(/one region only/),
    ]);
    expect(await region({})).toEqual([
      "eu-central-1",
      expect.stringMatching(/not a multi-Region primary key/),
    ]);
  });

  test("IPv6, planned failures, and an end to it", async () => {
    const rehearsal = await startRehearsal({ host: "::1", failNext: [{ error: "ThrottlingException" }] });
    expect(rehearsal.endpoint).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const list = () =>
      fetch(rehearsal.endpoint, {
        method: "POST",
        headers: { "Content-Type": JSON_1_1, "X-Amz-Target": "TrentService.ListKeys" },
        body: "{}",
      });
    expect((await list()).status).toBe(400);
    expect((await list()).status).toBe(200);
    await rehearsal.close();
    await expect(list()).rejects.toThrow();
  });
});
