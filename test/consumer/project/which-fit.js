/** A consumer who only asks: none of the engines may come along. */

import { compatibleAlgorithms } from "kms-wrap";

console.log(compatibleAlgorithms("HMAC_256", "RSA_2048").join());
