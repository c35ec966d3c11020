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

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

static char *put_digit(char *to, unsigned digit) {
  *to = (char)('0' + digit);
  return to + 1;
}

static char *put_three(char *to, unsigned number) {
  return put_digit(put_digit(put_digit(to, number / 100), number / 10 % 10), number % 10);
}

/* Three digits at a time, for one division after the other is what takes the time; so it calls itself six times at
 * most. NOLINTNEXTLINE(misc-no-recursion) */
static char *put_whole(char *to, uint64_t number) {
  if (number >= 1000) return put_three(put_whole(to, number / 1000), (unsigned)(number % 1000));
  unsigned rest = (unsigned)number;
  if (rest >= 100) return put_three(to, rest);
  if (rest >= 10) to = put_digit(to, rest / 10);
  return put_digit(to, rest % 10);
}

char *bell_put_number(char *to, int64_t number) {
  if (number >= 0) return put_whole(to, (uint64_t)number);
  *to = '-';
  return put_whole(to + 1, 0 - (uint64_t)number);
}

char *bell_put_ms(char *to, int64_t us) {
  to = put_whole(to, (uint64_t)us / 1000);
  unsigned decimals = (unsigned)((uint64_t)us % 1000);
  if (decimals == 0) return to;
  *to = '.';
  to = put_three(to + 1, decimals);
  while (to[-1] == '0') to--;
  return to;
}

void bell_text_number(bell_text *text, int64_t number) {
  char written[BELL_NUMBER_MAX];
  bell_text_bytes(text, written, (size_t)(bell_put_number(written, number) - written));
}

void bell_text_ms(bell_text *text, int64_t us) {
  char written[BELL_NUMBER_MAX];
  bell_text_bytes(text, written, (size_t)(bell_put_ms(written, us) - written));
}

void bell_text_size(bell_text *text, uint64_t bytes) {
  enum { KB = 1024, MB = 1024 * KB };
  uint64_t unit = bytes == 0 ? 1 : bytes % MB == 0 ? MB : bytes % KB == 0 ? KB : 1;
  bell_text_number(text, (int64_t)(bytes / unit));
  bell_text_string(text, unit == MB ? " MB" : unit == KB ? " KB" : bytes == 1 ? " byte" : " bytes");
}

/* ----------------------------------------------------------------------------------------------------------------- */

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
