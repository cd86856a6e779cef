/** What a refusal's hint says to do, done: the commands in it are run, and what they write is taken. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KmsWrapError, type KmsWrapErrorCode } from "../../src/errors.ts";
import { parseKeyMaterial } from "../../src/keys/key-material.ts";
import type { KeySpec } from "../../src/keys/key-specs.ts";
import { parseWrappingKey } from "../../src/keys/wrapping-key.ts";
import { inspectKeyFile } from "../../src/kms/inspection.ts";
import { hasOpenssl3 } from "../support/openssl.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kms-wrap-mends-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a shell command in the folder. */
function shell(command: string): Buffer {
  return execFileSync("sh", ["-c", command], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

const read = (name: string) => Uint8Array.from(readFileSync(join(folder, name)));

function has(tool: string): boolean {
  try {
    shell(`command -v ${tool}`);
    return true;
  } catch {
    console.warn(`${tool} is not in the path: the hints that name it are not tried`);
    return false;
  }
}

function refusal(run: () => unknown): KmsWrapError {
  try {
    run();
  } catch (error) {
    if (error instanceof KmsWrapError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

interface Mend {
  readonly name: string;
  /** Makes FILE. */
  readonly make: string;
  readonly code: KmsWrapErrorCode;
  /** What the hint says, with the passphrase that a person would type. */
  readonly command: string;
  /** How the hint itself puts it, if the command here says more. */
  readonly said?: string;
  /** What the command writes. */
  readonly result: string;
  readonly keySpec?: KeySpec;
  readonly found: KeySpec;
  readonly tool?: string;
}

const ec = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";
const decrypt = "openssl pkcs8 -topk8 -nocrypt -in FILE -out decrypted.pem";

const takeSeed =
  "(printf 302e020100300506032b657004220420 | xxd -r -p; grep -v - COPY | base64 -d | tail -c +162 | head -c 32) > key.der";

const MENDS: readonly Mend[] = [
  {
    name: "encrypted PKCS#8, PEM",
    make: `${ec} | openssl pkcs8 -topk8 -passout pass:x -out FILE`,
    code: "ENCRYPTED_PRIVATE_KEY",
    said: decrypt,
    command: `${decrypt} -passin pass:x`,
    result: "decrypted.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "encrypted PKCS#8, DER",
    make: `${ec} | openssl pkcs8 -topk8 -passout pass:x -outform DER -out FILE`,
    code: "ENCRYPTED_PRIVATE_KEY",
    said: decrypt,
    command: `${decrypt} -inform DER -passin pass:x`,
    result: "decrypted.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "encrypted PKCS#8, scrypt",
    make: `${ec} | openssl pkcs8 -topk8 -scrypt -passout pass:x -out FILE`,
    code: "ENCRYPTED_PRIVATE_KEY",
    said: decrypt,
    command: `${decrypt} -passin pass:x`,
    result: "decrypted.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "encrypted traditional PEM",
    make: `${ec} | openssl ec -aes128 -passout pass:x -out FILE`,
    code: "ENCRYPTED_PRIVATE_KEY",
    said: decrypt,
    command: `${decrypt} -passin pass:x`,
    result: "decrypted.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "explicit curve parameters",
    make: `${ec} -pkeyopt ec_param_enc:explicit -out FILE`,
    code: "EXPLICIT_CURVE_PARAMETERS",
    command: "openssl ec -in FILE -param_enc named_curve -out named.pem",
    result: "named.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "a hybrid point in a private key",
    make: `${ec} | openssl ec -conv_form hybrid -outform DER -out FILE`,
    code: "INVALID_EC_POINT",
    said: "openssl ec -pubin -in FILE -conv_form uncompressed -out uncompressed.pem (without -pubin for a private key)",
    command: "openssl ec -in FILE -conv_form uncompressed -out uncompressed.pem",
    result: "uncompressed.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "RSASSA-PSS",
    make: "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out FILE",
    code: "RSA_PSS_KEY",
    command: "openssl rsa -in FILE -traditional -outform DER -out key.der",
    result: "key.der",
    found: "RSA_2048",
  },
  {
    name: "BER",
    make: `${ec} -outform DER -out der && (printf 3080 | xxd -r -p; tail -c +3 der; printf 0000 | xxd -r -p) > FILE`,
    code: "INVALID_DER",
    command: "openssl pkey -in FILE -inform DER -outform DER -out FILE.der",
    result: "FILE.der",
    found: "ECC_NIST_P256",
    tool: "xxd",
  },
  {
    name: "PEM in other JSON",
    make: `${ec} -out pem && jq -Rs '{private_key: .}' pem > FILE`,
    code: "INVALID_JWK",
    said: "jq -r .NAME FILE > key.pem",
    command: "jq -r .private_key FILE > key.pem",
    result: "key.pem",
    found: "ECC_NIST_P256",
    tool: "jq",
  },
  {
    name: "PKCS#12",
    make: `${ec} -out pem && openssl pkcs12 -export -nocerts -inkey pem -passout pass:x -out FILE`,
    code: "UNSUPPORTED_FORMAT",
    said: "openssl pkcs12 -in FILE -nocerts -noenc -out key.pem",
    command: "openssl pkcs12 -in FILE -nocerts -noenc -out key.pem -passin pass:x",
    result: "key.pem",
    found: "ECC_NIST_P256",
  },
  {
    name: "an OpenSSH private key",
    make: 'rm -f FILE && ssh-keygen -q -t ecdsa -b 384 -N "" -f FILE',
    code: "UNSUPPORTED_FORMAT",
    said: 'ssh-keygen -p -m PKCS8 -N "" -f COPY',
    command: 'cp FILE COPY && ssh-keygen -p -m PKCS8 -N "" -f COPY',
    result: "COPY",
    found: "ECC_NIST_P384",
    tool: "ssh-keygen",
  },
  {
    name: "an OpenSSH private key of Ed25519, with a passphrase and a comment",
    make: "rm -f FILE FILE.pub && ssh-keygen -q -t ed25519 -N passphrase -C 'somebody at some host' -f FILE",
    code: "UNSUPPORTED_FORMAT",
    said: `ssh-keygen -p -m PKCS8 -N "" -f COPY; if it is Ed25519 and stays as it is, take the seed: ${takeSeed}`,
    command: `cp FILE COPY && ssh-keygen -p -m PKCS8 -P passphrase -N "" -f COPY && if grep -q OPENSSH COPY; then ${takeSeed}; else cp COPY key.der; fi && openssl pkey -in key.der -pubout -outform DER | tail -c 32 > a && cut -d' ' -f2 FILE.pub | base64 -d | tail -c 32 | cmp - a`,
    result: "key.der",
    found: "ECC_NIST_EDWARDS25519",
    tool: "ssh-keygen",
  },
  ...(["P-256", "P-384", "P-521", "secp256k1", "SM2"] as const).map((curve, i): Mend => {
    const keySpec = (["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1", "SM2"] as const)[
      i
    ]!;
    const length = [32, 48, 66, 32, 32][i]!;
    return {
      name: `a bare scalar of ${curve}`,
      make: `printf '\\0' > FILE; head -c ${length - 1} /dev/urandom >> FILE`,
      code: "RAW_PRIVATE_SCALAR",
      command: "from the hint",
      result: "key.der",
      keySpec,
      found: keySpec,
      tool: "xxd",
    };
  }),
  {
    name: "a bare seed",
    make: "printf '\\0' > FILE; head -c 32 /dev/urandom >> FILE",
    code: "RAW_PRIVATE_SCALAR",
    command: "from the hint",
    result: "key.der",
    keySpec: "ECC_NIST_EDWARDS25519",
    found: "ECC_NIST_EDWARDS25519",
    tool: "xxd",
  },
  {
    name: "hexadecimal",
    make: "head -c 32 /dev/urandom | xxd -p -c 16 > FILE",
    code: "RAW_MATERIAL_LOOKS_ENCODED",
    command: "xxd -r -p FILE > key.bin",
    result: "key.bin",
    keySpec: "SYMMETRIC_DEFAULT",
    found: "SYMMETRIC_DEFAULT",
    tool: "xxd",
  },
  {
    name: "base64",
    make: "head -c 64 /dev/urandom | openssl base64 > FILE",
    code: "RAW_MATERIAL_LOOKS_ENCODED",
    command: "base64 -d FILE > key.bin",
    result: "key.bin",
    keySpec: "HMAC_512",
    found: "HMAC_512",
    tool: "base64",
  },
  {
    name: "a line break",
    make: "(head -c 31 /dev/urandom; printf '\\001\\n') > FILE",
    code: "RAW_MATERIAL_LOOKS_ENCODED",
    command: "head -c 32 FILE > key.bin",
    result: "key.bin",
    keySpec: "HMAC_256",
    found: "HMAC_256",
  },
];

describe.runIf(hasOpenssl3())("mends of key material", () => {
  test.for(MENDS)(
    "$name",
    ({ make, code, command, said = command, result, keySpec, found, tool }, { skip }) => {
      if (tool !== undefined && !has(tool)) skip();
      shell(make);
      const refused = refusal(() => parseKeyMaterial(read("FILE"), keySpec));
      expect(refused.code).toBe(code);
      if (command === "from the hint") shell(refused.hint!.replace(/^[^:]*: /, ""));
      else {
        expect(refused.hint).toContain(said);
        shell(command);
      }
      expect(parseKeyMaterial(read(result), keySpec).keySpec).toBe(found);
    },
  );
});

describe.runIf(hasOpenssl3())("mends of wrapping keys", () => {
  const rsa = "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";

  const x509 = "openssl x509 -in FILE -pubkey -noout > public.pem";
  const req = "openssl req -in FILE -pubkey -noout > public.pem";
  const FILES: readonly (readonly [name: string, make: string, said: string, command?: string])[] = [
    ["certificate", "openssl req -x509 -key key -subj /CN=x -out FILE", x509],
    ["certificate in DER", "openssl req -x509 -key key -subj /CN=x -outform DER -out FILE", x509],
    ["certificate request", "openssl req -new -key key -subj /CN=x -out FILE", req],
    [
      "certificate request, by its other label",
      "openssl req -new -newhdr -key key -subj /CN=x -out FILE",
      req,
    ],
    [
      "certificate request in DER",
      "openssl req -new -key key -subj /CN=x -outform DER -out FILE",
      `${x509} (openssl req -inform DER for a request)`,
      req.replace("req", "req -inform DER"),
    ],
  ];
  test.for(FILES)("the public key of a %s", ([, make, said, command = said]) => {
    shell(`${rsa} -out key && ${make}`);
    const { code, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("CERTIFICATE_GIVEN");
    expect(hint).toContain(said);
    shell(command);
    expect(parseWrappingKey(read("public.pem")).spec).toBe("RSA_2048");
  });

  test.each(["compressed", "hybrid"])("a %s point", (form) => {
    shell(`openssl genpkey -algorithm SM2 | openssl ec -pubout -conv_form ${form} -out FILE`);
    const { code, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("INVALID_EC_POINT");
    const command = "openssl ec -pubin -in FILE -conv_form uncompressed -out uncompressed.pem";
    expect(hint).toContain(command);
    shell(command);
    expect(parseWrappingKey(read("uncompressed.pem")).spec).toBe("SM2");
  });

  test("explicit curve parameters", () => {
    shell(`${ec} -pkeyopt ec_param_enc:explicit | openssl ec -pubout -out FILE`);
    const { code, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("EXPLICIT_CURVE_PARAMETERS");
    expect(hint).toContain(
      "openssl ec -in FILE -param_enc named_curve -out named.pem (-pubin for a public key)",
    );
    shell("openssl ec -pubin -in FILE -param_enc named_curve -out named.pem");
    expect(inspectKeyFile(read("named.pem"))).toMatchObject({ keySpec: "ECC_NIST_P256" });
  });

  test("RSASSA-PSS", () => {
    shell(
      "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 | openssl pkey -pubout -out FILE",
    );
    const { code, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("RSA_PSS_KEY");
    const command = "openssl rsa -in FILE -traditional -outform DER -out key.der";
    expect(hint).toContain(`${command} (-pubin -RSAPublicKey_out for a public key)`);
    shell(`${command} -pubin -RSAPublicKey_out`);
    expect(parseWrappingKey(read("key.der")).spec).toBe("RSA_2048");
  });

  test("an OpenSSH public key", ({ skip }) => {
    if (!has("ssh-keygen")) skip();
    shell('rm -f k k.pub && ssh-keygen -q -t rsa -b 3072 -N "" -f k && cp k.pub FILE');
    const { code, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("UNSUPPORTED_FORMAT");
    expect(hint).toContain("ssh-keygen -e -m PKCS8 -f FILE > public.pem");
    shell("ssh-keygen -e -m PKCS8 -f FILE > public.pem");
    expect(parseWrappingKey(read("public.pem")).spec).toBe("RSA_3072");
  });

  test("a trailing line break", () => {
    shell(`${rsa} -out key && openssl pkey -in key -pubout -outform DER -out der && (cat der; echo) > FILE`);
    const { code, message, hint } = refusal(() => parseWrappingKey(read("FILE")));
    expect(code).toBe("INVALID_DER");
    expect(hint).toContain("head -c SIZE FILE");
    writeFileSync(join(folder, "cut"), shell(`head -c ${/at byte (\d+)/.exec(message)![1]} FILE`));
    expect(parseWrappingKey(read("cut")).spec).toBe("RSA_2048");
  });
});
