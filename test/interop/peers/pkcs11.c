/*
 * A PKCS#11 token behind the line protocol of ../line-process.mjs:  cc -I/usr/include/p11-kit-1 pkcs11.c
 *
 *     pkcs11 MODULE [NSS's library parameters]
 *
 * Keys stay in the token and are named by their handles. A token that needs it is initialised first.
 */

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include "line.h"

/* Of PKCS#11 3.0; the header is older. */
#ifndef CKM_AES_KEY_WRAP_KWP
#define CKM_AES_KEY_WRAP_KWP 0x210bUL
#endif

/* NSS unwraps an EC key only if it is told the public point under this name; it takes any. */
#define CKA_NSS_DB 0xd5a0db00UL

enum { OUT_BYTES = 8192, MAX_MODULUS_BYTES = 512 };

static CK_FUNCTION_LIST *token;
static CK_SESSION_HANDLE session;
static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
static int is_nss;
static CK_UTF8CHAR PIN[] = "kms-wrap";

/* C_Initialize's argument as NSS extends it. */
typedef struct {
  void *create, *destroy, *lock, *unlock;
  CK_FLAGS flags;
  char *library_parameters;
  void *reserved;
} InitializeArguments;

/* Answers with the name of the call that failed; true if it did. */
static int failed(const char *call, CK_RV status) {
  if (status != CKR_OK) printf("error %s: 0x%lx\n", call, status);
  return status != CKR_OK;
}

static CK_ULONG handle(const char *word) {
  return strtoul(word, NULL, 10);
}

static void answer_handle(CK_OBJECT_HANDLE key) {
  printf("ok %lu\n", key);
}

/* A mechanism by its name here, with its parameter. */
static CK_MECHANISM *mechanism(const char *name) {
  static CK_RSA_PKCS_OAEP_PARAMS oaep;
  static CK_MECHANISM result;
  int sha1 = strstr(name, "SHA-1") != NULL;
  oaep = (CK_RSA_PKCS_OAEP_PARAMS){sha1 ? CKM_SHA_1 : CKM_SHA256, sha1 ? CKG_MGF1_SHA1 : CKG_MGF1_SHA256,
                                   CKZ_DATA_SPECIFIED, NULL, 0};
  if (!strncmp(name, "oaep-", 5)) result = (CK_MECHANISM){CKM_RSA_PKCS_OAEP, &oaep, sizeof oaep};
  else if (!strcmp(name, "key-wrap-pad")) result = (CK_MECHANISM){CKM_AES_KEY_WRAP_PAD, NULL, 0};
  else if (!strcmp(name, "key-wrap-kwp")) result = (CK_MECHANISM){CKM_AES_KEY_WRAP_KWP, NULL, 0};
  else if (!strcmp(name, "aes-ecb")) result = (CK_MECHANISM){CKM_AES_ECB, NULL, 0};
  else if (!strcmp(name, "hmac-sha256")) result = (CK_MECHANISM){CKM_SHA256_HMAC, NULL, 0};
  else if (!strcmp(name, "rsa-sha256")) result = (CK_MECHANISM){CKM_SHA256_RSA_PKCS, NULL, 0};
  else result = (CK_MECHANISM){CKM_ECDSA, NULL, 0};
  return &result;
}

/* generate BITS extractable|resident: an RSA key pair of the token's own; its private key's handle, n and e. */
static void generate(char **words) {
  CK_ULONG bits = strtoul(words[1], NULL, 10);
  CK_BBOOL *extractable = strcmp(words[2], "extractable") ? &no : &yes;
  CK_BBOOL sensitive = !*extractable;
  CK_BYTE exponent[] = {1, 0, 1}, modulus[MAX_MODULUS_BYTES];
  CK_ATTRIBUTE public_template[] = {{CKA_MODULUS_BITS, &bits, sizeof bits},
                                    {CKA_PUBLIC_EXPONENT, exponent, sizeof exponent},
                                    {CKA_WRAP, &yes, 1},
                                    {CKA_ENCRYPT, &yes, 1}};
  CK_ATTRIBUTE private_template[] = {{CKA_UNWRAP, &yes, 1},          {CKA_DECRYPT, &yes, 1},
                                     {CKA_EXTRACTABLE, extractable, 1}, {CKA_SENSITIVE, &sensitive, 1},
                                     {CKA_PRIVATE, &yes, 1}};
  CK_ATTRIBUTE number = {CKA_MODULUS, modulus, sizeof modulus};
  CK_MECHANISM pair = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0};
  CK_OBJECT_HANDLE public_key, private_key;
  if (failed("C_GenerateKeyPair", token->C_GenerateKeyPair(session, &pair, public_template, 4, private_template, 5,
                                                           &public_key, &private_key)))
    return;
  if (failed("C_GetAttributeValue", token->C_GetAttributeValue(session, public_key, &number, 1))) return;
  printf("ok %lu ", private_key);
  for (CK_ULONG i = 0; i < number.ulValueLen; i++) printf("%02x", modulus[i]);
  puts(" 010001");
}

/* public N E: a foreign public key to wrap under. */
static void import_public(char **words) {
  CK_OBJECT_CLASS class = CKO_PUBLIC_KEY;
  CK_KEY_TYPE type = CKK_RSA;
  Bytes modulus = from_hex(words[1]), exponent = from_hex(words[2]);
  CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class},
                             {CKA_KEY_TYPE, &type, sizeof type},
                             {CKA_MODULUS, modulus.bytes, modulus.length},
                             {CKA_PUBLIC_EXPONENT, exponent.bytes, exponent.length},
                             {CKA_WRAP, &yes, 1},
                             {CKA_ENCRYPT, &yes, 1}};
  CK_OBJECT_HANDLE key;
  if (!failed("C_CreateObject", token->C_CreateObject(session, template, 6, &key))) answer_handle(key);
}

/* aes BYTES: an AES key of the token's own, that may leave it wrapped. */
static void generate_aes(char **words) {
  CK_ULONG length = strtoul(words[1], NULL, 10);
  CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_EXTRACTABLE, &yes, 1},
                             {CKA_SENSITIVE, &no, 1},                 {CKA_WRAP, &yes, 1},
                             {CKA_ENCRYPT, &yes, 1}};
  CK_MECHANISM generation = {CKM_AES_KEY_GEN, NULL, 0};
  CK_OBJECT_HANDLE key;
  if (!failed("C_GenerateKey", token->C_GenerateKey(session, &generation, template, 5, &key))) answer_handle(key);
}

/* unwrap MECHANISM KEY aes|hmac|rsa|ec WRAPPED: the handle of the key that is now in the token. */
static void unwrap(char **words) {
  int is_aes = !strcmp(words[3], "aes"), is_hmac = !strcmp(words[3], "hmac"), is_secret = is_aes || is_hmac;
  CK_OBJECT_CLASS class = is_secret ? CKO_SECRET_KEY : CKO_PRIVATE_KEY;
  CK_KEY_TYPE type = is_aes ? CKK_AES : is_hmac ? CKK_GENERIC_SECRET : !strcmp(words[3], "rsa") ? CKK_RSA : CKK_EC;
  CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class}, {CKA_KEY_TYPE, &type, sizeof type},
                             {CKA_SENSITIVE, &yes, 1},          {CKA_EXTRACTABLE, &no, 1},
                             {CKA_SIGN, &yes, 1},               {CKA_ENCRYPT, &yes, 1},
                             {CKA_UNWRAP, &yes, 1}};
  CK_ULONG attributes = is_aes ? 7 : 5;
  if (is_nss && type == CKK_EC) template[attributes++] = (CK_ATTRIBUTE){CKA_NSS_DB, &yes, 1};
  Bytes wrapped = from_hex(words[4]);
  CK_OBJECT_HANDLE key;
  if (!failed("C_UnwrapKey", token->C_UnwrapKey(session, mechanism(words[1]), handle(words[2]), wrapped.bytes,
                                                wrapped.length, template, attributes, &key)))
    answer_handle(key);
}

/* wrap MECHANISM WRAPPING-KEY KEY */
static void wrap(char **words) {
  CK_BYTE out[OUT_BYTES];
  CK_ULONG length = sizeof out;
  if (!failed("C_WrapKey", token->C_WrapKey(session, mechanism(words[1]), handle(words[2]), handle(words[3]), out,
                                            &length)))
    answer_ok(out, length);
}

/* encrypt MECHANISM KEY DATA */
static void encrypt(char **words) {
  CK_BYTE out[OUT_BYTES];
  CK_ULONG length = sizeof out;
  Bytes data = from_hex(words[3]);
  if (failed("C_EncryptInit", token->C_EncryptInit(session, mechanism(words[1]), handle(words[2])))) return;
  if (!failed("C_Encrypt", token->C_Encrypt(session, data.bytes, data.length, out, &length))) answer_ok(out, length);
}

/* sign MECHANISM KEY DATA */
static void sign(char **words) {
  CK_BYTE out[OUT_BYTES];
  CK_ULONG length = sizeof out;
  Bytes data = from_hex(words[3]);
  if (failed("C_SignInit", token->C_SignInit(session, mechanism(words[1]), handle(words[2])))) return;
  if (!failed("C_Sign", token->C_Sign(session, data.bytes, data.length, out, &length))) answer_ok(out, length);
}

static void version(char **words) {
  (void)words;
  CK_INFO info;
  if (!failed("C_GetInfo", token->C_GetInfo(&info)))
    printf("ok %d.%d\n", info.libraryVersion.major, info.libraryVersion.minor);
}

static const struct {
  const char *name;
  void (*perform)(char **words);
} OPERATIONS[] = {
    {"version", version}, {"generate", generate}, {"public", import_public}, {"aes", generate_aes},
    {"unwrap", unwrap},   {"wrap", wrap},         {"encrypt", encrypt},      {"sign", sign},
};

static int open_module(const char *path, char *library_parameters) {
  void *module = dlopen(path, RTLD_NOW);
  if (!module) return fprintf(stderr, "%s\n", dlerror()), 0;
  CK_C_GetFunctionList list;
  *(void **)&list = dlsym(module, "C_GetFunctionList");
  InitializeArguments arguments = {.flags = CKF_OS_LOCKING_OK, .library_parameters = library_parameters};
  list(&token);
  is_nss = library_parameters != NULL;
  return token->C_Initialize(library_parameters ? &arguments : NULL) == CKR_OK;
}

/* A session of the first slot, logged in; an empty token is given a label and a PIN. */
static int open_session(void) {
  CK_SLOT_ID slots[8];
  CK_ULONG count = 8;
  CK_TOKEN_INFO info;
  CK_UTF8CHAR label[32] = "kms-wrap                        ";
  if (token->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK || count == 0) return 0;
  if (token->C_GetTokenInfo(slots[0], &info) != CKR_OK) return 0;
  int is_empty = (info.flags & CKF_LOGIN_REQUIRED) && !(info.flags & CKF_USER_PIN_INITIALIZED);
  if (is_empty) token->C_InitToken(slots[0], PIN, sizeof PIN - 1, label);
  if (token->C_OpenSession(slots[0], CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) != CKR_OK) return 0;
  if (is_empty) {
    token->C_Login(session, CKU_SO, PIN, sizeof PIN - 1);
    token->C_InitPIN(session, PIN, sizeof PIN - 1);
    token->C_Logout(session);
  }
  return !(info.flags & CKF_LOGIN_REQUIRED) || token->C_Login(session, CKU_USER, PIN, sizeof PIN - 1) == CKR_OK;
}

int main(int count, char **arguments) {
  static char line[MAX_LINE];
  char *words[MAX_WORDS];
  if (count < 2 || !open_module(arguments[1], count > 2 ? arguments[2] : NULL) || !open_session()) {
    fprintf(stderr, "the token cannot be opened\n");
    return 1;
  }
  while (read_request(line, words) > 0) {
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++)
      if (!strcmp(words[0], OPERATIONS[i].name)) OPERATIONS[i].perform(words);
    fflush(stdout);
  }
  token->C_Finalize(NULL);
}
