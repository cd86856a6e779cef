/** A consumer in CommonJS: Node requires ES modules from 20.19 on. */

const { engineInfo, wrap } = require("kms-wrap");
const { sm3 } = require("kms-wrap/schemes");
const { startRehearsal } = require("kms-wrap/rehearsal");

console.log(engineInfo().name, typeof wrap, typeof startRehearsal, sm3(new Uint8Array(0)).length);
