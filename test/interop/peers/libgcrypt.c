/*
 * libgcrypt behind the line protocol of ../line-process.mjs:  cc libgcrypt.c -lgcrypt
 *
 * Its SM2 ciphertext has three parts, (a C1) (b C3) (c C2), which are laid side by side here: C1 C3 C2, with 04.
 */

#include <gcrypt.h>
#include "line.h"

enum { SM2_C1_BYTES = 65, SM2_C3_BYTES = 32, SEMIBLOCK_BYTES = 8 };

static void answer_error(gcry_error_t error) {
  printf("error %s\n", gcry_strerror(error));
}

static const char *hash_name(const char *word) {
  return strcmp(word, "SHA-1") ? "sha256" : "sha1";
}

static gcry_mpi_t number(char *word) {
  gcry_mpi_t result;
  Bytes bytes = from_hex(word);
  gcry_mpi_scan(&result, GCRYMPI_FMT_USG, bytes.bytes, bytes.length, NULL);
  return result;
}

/* Answers with the bytes of (name …) in `in`, as a number of `length` bytes; as they are if `length` is 0. */
static void answer_part(gcry_sexp_t in, const char *name, size_t length) {
  unsigned char buffer[MAX_LINE] = {0};
  gcry_sexp_t part = gcry_sexp_find_token(in, name, 0);
  size_t found;
  const char *bytes = gcry_sexp_nth_data(part ? part : in, part ? 1 : 0, &found);
  while (found > length && length > 0 && *bytes == 0) bytes++, found--;
  size_t zeros = found < length ? length - found : 0;
  memcpy(buffer + zeros, bytes, found);
  answer_ok(buffer, zeros + found);
  gcry_sexp_release(part);
}

static void oaep_encrypt(char **words) {
  gcry_sexp_t key, data, result;
  size_t modulus_bytes = strlen(words[2]) / 2;
  gcry_sexp_build(&key, NULL, "(public-key(rsa(n %M)(e %M)))", number(words[2]), number(words[3]));
  Bytes message = from_hex(words[4]);
  gcry_sexp_build(&data, NULL, "(data(flags oaep)(hash-algo %s)(value %b))", hash_name(words[1]), (int)message.length,
                  message.bytes);
  gcry_error_t error = gcry_pk_encrypt(&result, data, key);
  if (error) answer_error(error);
  else answer_part(result, "a", modulus_bytes);
}

static gcry_sexp_t rsa_private_key(char **words) {
  gcry_sexp_t key;
  gcry_mpi_t p = number(words[5]), q = number(words[6]), u = gcry_mpi_new(0);
  if (gcry_mpi_cmp(p, q) > 0) gcry_mpi_swap(p, q);
  gcry_mpi_invm(u, p, q);
  gcry_sexp_build(&key, NULL, "(private-key(rsa(n %M)(e %M)(d %M)(p %M)(q %M)(u %M)))", number(words[2]),
                  number(words[3]), number(words[4]), p, q, u);
  return key;
}

static void oaep_decrypt(char **words) {
  gcry_sexp_t data, result, key = rsa_private_key(words);
  Bytes ciphertext = from_hex(words[7]);
  gcry_sexp_build(&data, NULL, "(enc-val(flags oaep)(hash-algo %s)(rsa(a %b)))", hash_name(words[1]),
                  (int)ciphertext.length, ciphertext.bytes);
  gcry_error_t error = gcry_pk_decrypt(&result, data, key);
  if (error) answer_error(error);
  else answer_part(result, "value", 0);
}

static gcry_cipher_hd_t key_wrap(Bytes kek) {
  gcry_cipher_hd_t cipher;
  int algorithm = kek.length == 16 ? GCRY_CIPHER_AES128 : kek.length == 24 ? GCRY_CIPHER_AES192 : GCRY_CIPHER_AES256;
  gcry_cipher_open(&cipher, algorithm, GCRY_CIPHER_MODE_AESWRAP, GCRY_CIPHER_EXTENDED);
  gcry_cipher_setkey(cipher, kek.bytes, kek.length);
  return cipher;
}

static void kwp_wrap(char **words) {
  unsigned char wrapped[MAX_LINE];
  gcry_cipher_hd_t cipher = key_wrap(from_hex(words[1]));
  Bytes plaintext = from_hex(words[2]);
  size_t length = (plaintext.length + SEMIBLOCK_BYTES - 1) / SEMIBLOCK_BYTES * SEMIBLOCK_BYTES + SEMIBLOCK_BYTES;
  gcry_error_t error = gcry_cipher_encrypt(cipher, wrapped, length, plaintext.bytes, plaintext.length);
  if (error) answer_error(error);
  else answer_ok(wrapped, length);
  gcry_cipher_close(cipher);
}

/* libgcrypt checks the length and the padding, and tells no length: the padding stays. */
static void kwp_unwrap(char **words) {
  unsigned char plaintext[MAX_LINE];
  gcry_cipher_hd_t cipher = key_wrap(from_hex(words[1]));
  Bytes wrapped = from_hex(words[2]);
  gcry_error_t error = gcry_cipher_decrypt(cipher, plaintext, wrapped.length, wrapped.bytes, wrapped.length);
  if (error) answer_error(error);
  else answer_ok(plaintext, wrapped.length - SEMIBLOCK_BYTES);
  gcry_cipher_close(cipher);
}

static void sm2_encrypt(char **words) {
  gcry_sexp_t key, data, result;
  Bytes point = from_hex(words[2]), message = from_hex(words[3]);
  gcry_sexp_build(&key, NULL, "(public-key(ecc(curve sm2p256v1)(q %b)))", (int)point.length, point.bytes);
  gcry_sexp_build(&data, NULL, "(data(flags sm2)(hash-algo sm3)(value %b))", (int)message.length, message.bytes);
  gcry_error_t error = gcry_pk_encrypt(&result, data, key);
  if (error) {
    answer_error(error);
    return;
  }
  unsigned char ciphertext[MAX_LINE];
  size_t total = 0;
  for (const char *name = "abc"; *name; name++) {
    size_t length;
    const char part_name[] = {*name, 0};
    gcry_sexp_t part = gcry_sexp_find_token(result, part_name, 1);
    const char *bytes = gcry_sexp_nth_data(part, 1, &length);
    memcpy(ciphertext + total, bytes, length);
    total += length;
    gcry_sexp_release(part);
  }
  answer_ok(ciphertext, total);
}

static void sm2_decrypt(char **words) {
  gcry_sexp_t key, data, result;
  Bytes d = from_hex(words[2]), point = from_hex(words[3]), ciphertext = from_hex(words[4]);
  gcry_sexp_build(&key, NULL, "(private-key(ecc(curve sm2p256v1)(q %b)(d %b)))", (int)point.length, point.bytes,
                  (int)d.length, d.bytes);
  const unsigned char *C1 = ciphertext.bytes, *C3 = C1 + SM2_C1_BYTES, *C2 = C3 + SM2_C3_BYTES;
  int C2_bytes = (int)ciphertext.length - SM2_C1_BYTES - SM2_C3_BYTES;
  gcry_sexp_build(&data, NULL, "(enc-val(flags sm2)(hash-algo sm3)(sm2(a %b)(b %b)(c %b)))", SM2_C1_BYTES, C1,
                  SM2_C3_BYTES, C3, C2_bytes, C2);
  gcry_error_t error = gcry_pk_decrypt(&result, data, key);
  if (error) answer_error(error);
  else answer_part(result, "value", (size_t)C2_bytes);
}

static const struct {
  const char *name;
  void (*perform)(char **words);
} OPERATIONS[] = {
    {"oaep-encrypt", oaep_encrypt}, {"oaep-decrypt", oaep_decrypt}, {"kwp-wrap", kwp_wrap},
    {"kwp-unwrap", kwp_unwrap},     {"sm2-encrypt", sm2_encrypt},   {"sm2-decrypt", sm2_decrypt},
};

int main(void) {
  static char line[MAX_LINE];
  char *words[MAX_WORDS];
  const char *version = gcry_check_version(NULL);
  gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
  gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
  while (read_request(line, words) > 0) {
    if (!strcmp(words[0], "version")) printf("ok %s\n", version);
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++)
      if (!strcmp(words[0], OPERATIONS[i].name)) OPERATIONS[i].perform(words);
    fflush(stdout);
  }
}
