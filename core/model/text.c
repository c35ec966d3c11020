#include "text.h"

#include <string.h>

bool bell_slice_is(bell_slice word, const char *expected) {
  size_t i = 0;
  while (i < word.length && expected[i] == word.start[i]) i++; /* the NUL is in no word */
  return i == word.length && expected[i] == '\0';
}

void bell_text_bytes(bell_text *text, const char *bytes, size_t length) {
  if (text->length < text->capacity) {
    size_t room = text->capacity - text->length;
    memcpy(text->out + text->length, bytes, length < room ? length : room);
  }
  text->length += length;
}

void bell_text_string(bell_text *text, const char *string) { bell_text_bytes(text, string, strlen(string)); }

void bell_text_number(bell_text *text, int64_t number) {
  char digits[20]; /* a 64-bit number has at most 19 digits and a sign */
  size_t at = sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (number < 0) digits[--at] = '-';
  bell_text_bytes(text, digits + at, sizeof digits - at);
}

void bell_text_ms(bell_text *text, int64_t us) {
  bell_text_number(text, us / 1000);
  int64_t rest = us % 1000;
  if (rest == 0) return;
  char decimals[4] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10)};
  size_t length = sizeof decimals;
  while (decimals[length - 1] == '0') length--;
  bell_text_bytes(text, decimals, length);
}

void bell_text_size(bell_text *text, uint64_t bytes) {
  enum { KB = 1024, MB = 1024 * KB };
  uint64_t unit = bytes == 0 ? 1 : bytes % MB == 0 ? MB : bytes % KB == 0 ? KB : 1;
  bell_text_number(text, (int64_t)(bytes / unit));
  bell_text_string(text, unit == MB ? " MB" : unit == KB ? " KB" : bytes == 1 ? " byte" : " bytes");
}

void bell_text_quoted(bell_text *text, const char *string) {
  bell_text_string(text, "\"");
  for (const char *c = string; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\') bell_text_string(text, "\\");
    bell_text_bytes(text, c, 1);
  }
  bell_text_string(text, "\"");
}

void bell_text_filled(bell_text *text, const char *sentence, bell_text_fill *fill, const void *context) {
  for (const char *start = sentence;; sentence++) {
    bool is_end = *sentence == '\0' || *sentence == '{' || *sentence == '}';
    if (!is_end) continue;
    bell_slice piece = {start, (size_t)(sentence - start)};
    if (*sentence == '}') fill(context, piece, text);
    else bell_text_bytes(text, piece.start, piece.length);
    if (*sentence == '\0') return;
    start = sentence + 1;
  }
}
