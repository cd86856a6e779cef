/*
 * The line protocol of ../line-process.mjs for the peers in C and C++: a request is words between spaces, bytes in
 * hexadecimal; the answer is "ok HEX" or "error TEXT".
 */

#ifndef KMS_WRAP_LINE_H
#define KMS_WRAP_LINE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 1 << 16, MAX_WORDS = 16 };

typedef struct {
  unsigned char *bytes;
  size_t length;
} Bytes;

static inline int hex_digit(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* Decodes in place: the word is not needed any more. */
static inline Bytes from_hex(char *word) {
  Bytes result = {(unsigned char *)word, strlen(word) / 2};
  for (size_t i = 0; i < result.length; i++)
    result.bytes[i] = (unsigned char)(hex_digit(word[2 * i]) << 4 | hex_digit(word[2 * i + 1]));
  return result;
}

static inline void answer_ok(const unsigned char *bytes, size_t length) {
  fputs("ok ", stdout);
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
  putchar('\n');
}

/* Reads one request into words; returns how many, -1 at the end of input. */
static inline int read_request(char *line, char **words) {
  if (!fgets(line, MAX_LINE, stdin)) return -1;
  int count = 0;
  for (char *word = strtok(line, " \n"); word && count < MAX_WORDS; word = strtok(NULL, " \n")) words[count++] = word;
  return count;
}

#endif
