/*
 * Botan 2 behind the line protocol of ../line-process.mjs:  c++ $(pkg-config --cflags --libs botan-2) botan.cpp
 *
 * Its SM2 ciphertexts are the DER of GM/T 0009.
 */

#include <botan/auto_rng.h>
#include <botan/block_cipher.h>
#include <botan/ec_group.h>
#include <botan/nist_keywrap.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/sm2.h>
#include <botan/version.h>
#include <functional>
#include <map>
#include <string>
#include "line.h"

namespace {

Botan::AutoSeeded_RNG random_generator;

Botan::BigInt number(char *word) {
  Bytes bytes = from_hex(word);
  return Botan::BigInt(bytes.bytes, bytes.length);
}

template <typename Vector>
void answer(const Vector &bytes) {
  answer_ok(bytes.data(), bytes.size());
}

void encrypt(const Botan::Public_Key &key, const std::string &scheme, Bytes message) {
  answer(Botan::PK_Encryptor_EME(key, random_generator, scheme).encrypt(message.bytes, message.length, random_generator));
}

void decrypt(const Botan::Private_Key &key, const std::string &scheme, Bytes ciphertext) {
  answer(Botan::PK_Decryptor_EME(key, random_generator, scheme).decrypt(ciphertext.bytes, ciphertext.length));
}

std::string oaep(const char *hash) {
  return std::string("OAEP(") + hash + ")";
}

Botan::EC_Group curve() {
  return Botan::EC_Group("sm2p256v1");
}

std::unique_ptr<Botan::BlockCipher> aes(Bytes kek) {
  auto cipher = Botan::BlockCipher::create_or_throw("AES-" + std::to_string(8 * kek.length));
  cipher->set_key(kek.bytes, kek.length);
  return cipher;
}

void oaep_encrypt(char **words) {
  encrypt(Botan::RSA_PublicKey(number(words[2]), number(words[3])), oaep(words[1]), from_hex(words[4]));
}

void oaep_decrypt(char **words) {
  Botan::RSA_PrivateKey key(number(words[5]), number(words[6]), number(words[3]), number(words[4]), number(words[2]));
  decrypt(key, oaep(words[1]), from_hex(words[7]));
}

void kwp_wrap(char **words) {
  Bytes plaintext = from_hex(words[2]);
  answer(Botan::nist_key_wrap_padded(plaintext.bytes, plaintext.length, *aes(from_hex(words[1]))));
}

void kwp_unwrap(char **words) {
  Bytes wrapped = from_hex(words[2]);
  answer(Botan::nist_key_unwrap_padded(wrapped.bytes, wrapped.length, *aes(from_hex(words[1]))));
}

void sm2_encrypt(char **words) {
  Bytes point = from_hex(words[2]);
  Botan::SM2_PublicKey key(curve(), curve().OS2ECP(point.bytes, point.length));
  encrypt(key, "SM3", from_hex(words[3]));
}

void sm2_decrypt(char **words) {
  decrypt(Botan::SM2_PrivateKey(random_generator, curve(), number(words[2])), "SM3", from_hex(words[4]));
}

const std::map<std::string, std::function<void(char **)>> OPERATIONS = {
    {"oaep-encrypt", oaep_encrypt}, {"oaep-decrypt", oaep_decrypt}, {"kwp-wrap", kwp_wrap},
    {"kwp-unwrap", kwp_unwrap},     {"sm2-encrypt", sm2_encrypt},   {"sm2-decrypt", sm2_decrypt},
    {"version", [](char **) { printf("ok %s\n", Botan::short_version_cstr()); }},
};

}  // namespace

int main() {
  static char line[MAX_LINE];
  char *words[MAX_WORDS];
  while (read_request(line, words) > 0) {
    try {
      OPERATIONS.at(words[0])(words);
    } catch (const std::exception &refusal) {
      printf("error %s\n", refusal.what());
    }
    fflush(stdout);
  }
}
