/** The service's errors, by their names on the wire: status, whether a client sees a namespace, and the usual words. */

interface Facts {
  readonly status: number;
  /** What `failNext` says; elsewhere the cause is told. */
  readonly message: string;
  /** Errors of the framework, not of the service, come as `namespace#Name`. */
  readonly namespace?: string;
}

/** An error of the KMS API, as `failNext` takes it and as a client catches it. */
export type ServiceErrorName =
  | "AccessDeniedException"
  | "DependencyTimeoutException"
  | "DisabledException"
  | "ExpiredImportTokenException"
  | "IncorrectKeyException"
  | "IncorrectKeyMaterialException"
  | "InternalFailure"
  | "InvalidArnException"
  | "InvalidCiphertextException"
  | "InvalidImportTokenException"
  | "InvalidKeyUsageException"
  | "InvalidMarkerException"
  | "KMSInternalException"
  | "KMSInvalidMacException"
  | "KMSInvalidSignatureException"
  | "KMSInvalidStateException"
  | "LimitExceededException"
  | "NotFoundException"
  | "SerializationException"
  | "ThrottlingException"
  | "UnknownOperationException"
  | "UnsupportedOperationException"
  | "ValidationException";

const FACTS: Readonly<Record<ServiceErrorName, Facts>> = {
  AccessDeniedException: { status: 400, message: "Access is denied." },
  DependencyTimeoutException: {
    status: 500,
    message: "The system timed out while trying to fulfill the request. You can retry the request.",
  },
  DisabledException: { status: 400, message: "The specified KMS key is not enabled." },
  ExpiredImportTokenException: {
    status: 400,
    message:
      "The import token is expired. Get a new import token and public key, and wrap again under that key.",
  },
  IncorrectKeyException: { status: 400, message: "The specified KMS key cannot decrypt the data." },
  IncorrectKeyMaterialException: {
    status: 400,
    message: "The key material is invalid, or is not the one that was imported into this KMS key before.",
  },
  InternalFailure: { status: 500, message: "The request failed because of an unknown error." },
  InvalidArnException: { status: 400, message: "A specified ARN is not valid." },
  InvalidCiphertextException: {
    status: 400,
    message: "The ciphertext or the wrapped key material could not be decrypted.",
  },
  InvalidImportTokenException: {
    status: 400,
    message: "The import token is invalid or belongs to another KMS key.",
  },
  InvalidKeyUsageException: {
    status: 400,
    message: "The KMS key's usage or spec is not compatible with the operation.",
  },
  InvalidMarkerException: { status: 400, message: "The marker is not one that the service gave out." },
  KMSInternalException: {
    status: 500,
    message: "An internal exception occurred. The request can be retried.",
  },
  KMSInvalidMacException: { status: 400, message: "The HMAC is not valid." },
  KMSInvalidSignatureException: { status: 400, message: "The signature is not valid." },
  KMSInvalidStateException: {
    status: 400,
    message: "The state of the KMS key is not valid for this request.",
  },
  LimitExceededException: { status: 400, message: "A limit was exceeded." },
  NotFoundException: { status: 400, message: "The specified resource could not be found." },
  SerializationException: {
    status: 400,
    message: "The request could not be read.",
    namespace: "com.amazon.coral.service",
  },
  ThrottlingException: { status: 400, message: "Rate exceeded" },
  UnknownOperationException: {
    status: 400,
    message: "The operation is not known.",
    namespace: "com.amazon.coral.service",
  },
  UnsupportedOperationException: {
    status: 400,
    message: "A specified parameter is not supported, or the resource is not valid for this operation.",
  },
  ValidationException: { status: 400, message: "The request does not satisfy the service's constraints." },
};

/** All that the rehearsal can answer with. */
export const SERVICE_ERROR_NAMES: readonly ServiceErrorName[] = Object.keys(FACTS) as ServiceErrorName[];

/** What an operation throws to be answered with an error. Its message goes to the client: no secrets in it. */
export class ServiceError extends Error {
  override readonly name: ServiceErrorName;

  constructor(name: ServiceErrorName, message: string = FACTS[name].message) {
    super(message);
    this.name = name;
  }

  /** The HTTP status. */
  get status(): number {
    return FACTS[this.name].status;
  }

  /** `__type` on the wire. */
  get type(): string {
    const { namespace } = FACTS[this.name];
    return namespace === undefined ? this.name : `${namespace}#${this.name}`;
  }
}
