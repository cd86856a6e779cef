/** Wraps a file that is dropped on the page: index.html beside this file. */

import { KmsWrapError, parseKeyMaterial, parseWrappingKey, wrap } from "kms-wrap";

const element = (id) => document.getElementById(id);
let publicKey; // parsed once, for all files

async function readWrappingKey(file) {
  publicKey = parseWrappingKey(await bytesOf(file));
  element("fingerprint").textContent = `${publicKey.spec}, SHA-256 ${publicKey.fingerprint}`;
  element("algorithm").replaceChildren(...publicKey.algorithms.map((name) => new Option(name)));
}

async function wrapFile(file) {
  if (!publicKey) return say("Choose the wrapping key first.");
  const given = await bytesOf(file);
  try {
    const material = parseKeyMaterial(given, element("key-spec").value || undefined);
    const wrapped = wrap({ algorithm: element("algorithm").value, publicKey, keyMaterial: material.bytes });
    material.bytes.fill(0);
    offer(wrapped);
    say([`Wrapped ${material.keySpec} material (${material.form}).`, ...material.warnings].join(" "));
  } finally {
    given.fill(0); // what the page can overwrite; the browser may have copies of the file
  }
}

async function bytesOf(file) {
  return new Uint8Array(await file.arrayBuffer());
}

function offer(wrapped) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([wrapped]));
  link.download = "EncryptedKeyMaterial.bin";
  link.textContent = "Save EncryptedKeyMaterial.bin";
  element("result").replaceChildren(link);
}

function say(text) {
  element("status").textContent = text;
}

/** Runs a step for a file; what the library refuses is for the person in front of the page to read. */
async function run(step, file) {
  element("result").replaceChildren();
  try {
    if (file) await step(file);
  } catch (error) {
    if (!(error instanceof KmsWrapError)) throw error;
    say(`${error.code}: ${error.message}. ${error.hint ?? ""}`);
  }
}

element("wrapping-key").onchange = ({ target }) => run(readWrappingKey, target.files[0]);
element("key-material").onchange = ({ target }) => run(wrapFile, target.files[0]);
element("drop").ondragover = (event) => event.preventDefault(); // else the browser would open the file
element("drop").ondrop = (event) => {
  event.preventDefault();
  run(wrapFile, event.dataTransfer.files[0]);
};
