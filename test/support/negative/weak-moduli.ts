/**
 * RSA moduli that can be factored, made for tests. Where one shows it, the key is taken with a warning: it may be what a
 * KMS handed out. What shows only beside a second key, a shared prime, cannot be told here.
 */

import { rsaNumbers } from "../keys-broken.ts";
import { prime } from "../rsa-keys.ts";

/** Two primes of the form k·M + (65537^a mod M), M the product of the primes to 167. */
const ROCA =
  0x50c994ad477d646061fa2d1ccca2a06537afb5f929c8314f1f57c08309a8c6a88ee4f6a3be3989c3c4b46ef6a59dbd9e24b8769a9e07fb0aa3fb369e4a17c39c9bec4392b1d36c64d9f94be85c6eaa276aedea45adbfe79958aaf086feff832e0529c890c922e7ae13dcc9e9b617f42247ec33469eab22472df732088378ca684e042224e133cd09e234af5444734403742cab1790b07ea5d6cf6b4de1936338c3310663bcb5a6a01344bf17e417c87e5989735cacaf075a57d7218f2447a2b14323bd002503de1ee7286b69fde7853e1d79c5ea3bc9201a66ec1e59f3a9c6dfe9b945a84f0c7d332bb4cee5559ad6a9b1cd3d8abc5d47e834fffee0af38cb27n;
/** Two primes next to each other. */
const CLOSE =
  0xabb77ba4aa2a6c87a75d4024329d9d22fac1c2e92a45c0ff96eb38925ab08e8bdc5079bb8cc5f7c9c66030965d01c3209aa92e7451ab655112b1310293bc6dbbbeb1434edab32fbef6f3d9de0b2ba1bc456bccaed9d304cb8424623662c025edbf18a285ae218c20a304701a80a4fa20802770fc13b797184e40725f3a3a581a2bb897511dfc25ffa1c3a4c1ff454ad2a734fa3f8314cf019699b23fc852e6fd4b4de0d4da93c53bb0aad1febf620c44c6d235550d7654b71c160147442d04b72d68a7927e386150b5a627af225cf4151842171e6acb6504aa77e5015af16db4d36e03a477b38b210cd55cc1e10933fd54da8e44612dbd85fe24b91636348cfdn;

const { n, p } = rsaNumbers();

/** A modulus and words of the warning; no words, no warning. */
export const WEAK_MODULI: readonly (readonly [name: string, modulus: bigint, warning?: string])[] = [
  ["sound", n],
  [
    "two primes of the form k·M + (65537^a mod M), M the product of the primes to 167: ROCA, CVE-2017-15361",
    ROCA,
    "ROCA",
  ],
  ["two primes next to each other", CLOSE, "close to each other"],
  ["a square", p * p, "close to each other"],
  ["a factor of 3", 3n * prime("p1023") * prime("q1024"), "a factor below 2000"],
  ["a factor of 1999", 1999n * prime("p1000") * prime("p1024"), "a factor below 2000"],
  ["a factor of 2003", 2003n * prime("p1000") * prime("p1024")],
  ["one prime in common with the next", p * prime("p1024")],
  ["one prime in common with the one before", p * prime("q1024")],
];
