/**
 * A KMS key: what CreateKey fixed, and the materials that were imported into it. Its state (developer guide, "Key
 * states of KMS keys") is not stored but follows from these and the clock.
 */

import type { KeySpec } from "../keys/key-specs.ts";
import { forget, type ImportedKey } from "./imported-key.ts";
import type { KeyUsage } from "./key-usages.ts";
import { keyArn } from "./regions.ts";
import { ServiceError } from "./service-errors.ts";

/** `Origin` of the KMS API. */
export type Origin = "EXTERNAL" | "AWS_KMS" | "AWS_CLOUDHSM" | "EXTERNAL_KEY_STORE";
/** `KeyState` of the KMS API, as far as a rehearsal gets. */
export type KeyState = "Enabled" | "PendingImport" | "PendingDeletion";

/** What CreateKey fixes for ever. */
export interface KeyFacts {
  readonly region: string;
  readonly id: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: Origin;
  readonly description: string;
  readonly multiRegion: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** One material that belongs to a key, whether it is there at the moment or not. */
export interface Material {
  /** 64 hexadecimal digits, made from the material itself. */
  readonly id: string;
  /** Only symmetric encryption keys have others than the current one. */
  role: "CURRENT" | "NON_CURRENT" | "PENDING_ROTATION";
  /** Absent while deleted or expired. */
  key: ImportedKey | undefined;
  /** Milliseconds since 1970; absent if it does not expire. */
  validTo: number | undefined;
  description: string | undefined;
}

const WORDS: Readonly<Record<KeyState, string>> = {
  Enabled: "is enabled.",
  PendingImport: "is pending import.",
  PendingDeletion: "is pending deletion.",
};

/** A key of the rehearsal. */
export class KmsKey {
  readonly facts: KeyFacts;
  readonly arn: string;
  /** For a replica, the key that it replicates. */
  readonly primary: KmsKey | undefined;
  readonly replicas: Set<KmsKey> = new Set();
  readonly #materials: Material[] = [];
  /** Milliseconds since 1970, once deletion is scheduled. */
  deletionDate: number | undefined;

  constructor(facts: KeyFacts, primary?: KmsKey) {
    this.facts = facts;
    this.arn = keyArn(facts.region, facts.id);
    this.primary = primary;
  }

  /** The primary key, then its replicas; of a key without them, the key alone. */
  get family(): readonly [primary: KmsKey, ...replicas: KmsKey[]] {
    const primary = this.primary ?? this;
    return [primary, ...primary.replicas];
  }

  /** In the order of their first import. */
  get materials(): readonly Material[] {
    return this.#materials;
  }

  /** The material that encrypts, signs and authenticates. */
  get current(): Material | undefined {
    return this.#materials.find(({ role }) => role === "CURRENT");
  }

  get state(): KeyState {
    if (this.deletionDate !== undefined) return "PendingDeletion";
    if (this.facts.origin !== "EXTERNAL") return "Enabled";
    // Material that only waits for rotation does not hold a key up.
    const needed = this.#materials.filter(({ role }) => role !== "PENDING_ROTATION");
    return needed.length > 0 && needed.every(({ key }) => key !== undefined) ? "Enabled" : "PendingImport";
  }

  /** @throws ServiceError `KMSInvalidStateException` */
  assertState(...allowed: readonly KeyState[]): void {
    if (!allowed.includes(this.state))
      throw new ServiceError("KMSInvalidStateException", `${this.arn} ${WORDS[this.state]}`);
  }

  /** @throws ServiceError `UnsupportedOperationException` if the key takes no imported material. */
  assertImportable(): void {
    const { origin } = this.facts;
    if (origin !== "EXTERNAL")
      throw new ServiceError(
        "UnsupportedOperationException",
        `${this.arn} origin is ${origin} which is not valid for this operation.`,
      );
  }

  addMaterial(material: Material): void {
    this.#materials.push(material);
  }

  /**
   * Takes the material itself away; that it belonged to the key is remembered, unless it still awaited its rotation.
   * Then it goes from a primary key's replicas too (API reference, DeleteImportedKeyMaterial).
   */
  removeMaterial(material: Material): void {
    if (material.key) forget(material.key);
    material.key = undefined;
    material.validTo = undefined;
    if (material.role !== "PENDING_ROTATION") return;
    this.#materials.splice(this.#materials.indexOf(material), 1);
    for (const replica of this.replicas) {
      const same = replica.materials.find(({ id }) => id === material.id);
      if (same) replica.removeMaterial(same);
    }
  }

  /** Takes away what has expired. */
  expire(now: number): void {
    for (const material of [...this.#materials])
      if (material.validTo !== undefined && material.validTo <= now) this.removeMaterial(material);
  }

  /** Takes everything away, and the key out of its family. */
  destroy(): void {
    this.primary?.replicas.delete(this);
    for (const material of [...this.#materials]) this.removeMaterial(material);
  }
}
