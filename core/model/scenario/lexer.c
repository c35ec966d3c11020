#include "scenario/lexer.h"

#include <string.h>

/* ---- problems --------------------------------------------------------------------------------------------------- */

static uint32_t column_of(const lexer *lx, const char *at) {
  uint32_t column = 1;
  for (const char *c = lx->line; c < at; c++) {
    bool continues = ((unsigned char)*c & 0xC0) == 0x80; /* a later byte of one character */
    if (!continues) column++;
  }
  return column;
}

bool lexer_fail(lexer *lx, bell_problem_code code, const char *at) {
  lx->word = (bell_slice){at, 0};
  return lexer_fail_word(lx, code);
}

bool lexer_fail_word(lexer *lx, bell_problem_code code) {
  lx->failed = true;
  if (lx->told == lx->problem.line) return false;
  lx->told = lx->problem.line;
  lx->problem.code = code;
  lx->problem.column = column_of(lx, lx->word.start);
  lx->problem.word = lx->word;
  lx->problem.text = (bell_slice){lx->line, (size_t)(lx->end - lx->line)};
  lx->report.tell(lx->report.context, &lx->problem);
  return false;
}

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

/* How many bytes the UTF-8 character at `bytes` has; 0 when it is broken. RFC 3629, section 4. */
static size_t character_length(const unsigned char *bytes, size_t left) {
  unsigned char first = bytes[0];
  if (first < 0x80) return 1;
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || length > left) return 0;
  unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;  /* no longer than needed */
  unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF; /* no surrogate, not past U+10FFFF */
  if (bytes[1] < low || bytes[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

static bool is_control(const unsigned char *bytes, size_t length) {
  if (length == 1) return (bytes[0] < 0x20 && bytes[0] != '\t') || bytes[0] == 0x7F;
  return length == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0; /* U+0080 to U+009F */
}

bool lexer_check_line(lexer *lx) {
  size_t left = (size_t)(lx->end - lx->line);
  lx->problem.number = (int64_t)left;
  if (left > BELL_LINE_MAX) return lexer_fail(lx, BELL_PROBLEM_LINE_LONG, lx->line);
  if (lx->is_plain) return true;
  for (const char *c = lx->line; left > 0;) {
    const unsigned char *bytes = (const unsigned char *)c;
    size_t length = character_length(bytes, left);
    if (length == 0) return lexer_fail(lx, BELL_PROBLEM_BYTES, c);
    lx->problem.number = bytes[length - 1];
    if (is_control(bytes, length)) return lexer_fail(lx, BELL_PROBLEM_CONTROL, c);
    c += length;
    left -= length;
  }
  return true;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

bool lexer_next_line(lexer *lx) {
  if (lx->next == lx->last) return false;
  const char *line_feed = memchr(lx->next, '\n', (size_t)(lx->last - lx->next));
  lx->line = lx->at = lx->next;
  lx->end = lx->next = lx->last;
  if (line_feed != NULL) {
    lx->next = line_feed + 1;
    lx->end = line_feed;
    if (lx->end > lx->line && lx->end[-1] == '\r') lx->end--;
  }
  lx->problem = (bell_problem){.line = lx->problem.line + 1, .kind = BELL_KINDS, .under = BELL_KINDS};
  return true;
}

void lexer_skip_space(lexer *lx) {
  const char *at = lx->at;
  while (at < lx->end && (*at == ' ' || *at == '\t')) at++;
  lx->at = at;
}

static bool ends_word(char c) {
  static const bool ends[128] = {['\t'] = true, [' '] = true, ['"'] = true, ['#'] = true};
  return (unsigned char)c < 128 && ends[(unsigned char)c];
}

void lexer_word(lexer *lx) {
  const char *start = lx->at;
  const char *at = start;
  while (at < lx->end && !ends_word(*at)) at++;
  lx->at = at;
  lx->word = (bell_slice){start, (size_t)(at - start)};
}

bool lexer_gap(lexer *lx) {
  bool gap = lexer_at_end(lx) || *lx->at == ' ' || *lx->at == '\t';
  if (!gap) return lexer_fail(lx, BELL_PROBLEM_QUOTE_GLUED, lx->at);
  lexer_skip_space(lx);
  return true;
}

/* ---- strings ---------------------------------------------------------------------------------------------------- */

static void keep(lexer *lx, char c) { lx->strings[lx->strings_used++] = c; }

/* A quoted string, kept without its quotes and escapes; reading stands behind its end. */
static bool read_quoted(lexer *lx) {
  const char *start = lx->at++;
  while (lx->at < lx->end && *lx->at != '"') {
    if (*lx->at == '\\') {
      lx->at++;
      if (lexer_peek(lx) != '"' && lexer_peek(lx) != '\\') return lexer_fail(lx, BELL_PROBLEM_QUOTE_ESCAPE, lx->at - 1);
    }
    keep(lx, *lx->at++);
  }
  if (lx->at == lx->end) return lexer_fail(lx, BELL_PROBLEM_QUOTE_OPEN, start);
  lx->at++;
  return true;
}

/* Keeps a plain name: what lies up to the end of the word. */
static void keep_word(lexer *lx) {
  const char *at = lx->at;
  char *kept = lx->strings + lx->strings_used;
  while (at < lx->end && !ends_word(*at)) *kept++ = *at++;
  lx->at = at;
  lx->strings_used = (uint32_t)(kept - lx->strings);
}

bool lexer_name(lexer *lx, uint32_t *place) {
  if (lexer_at_end(lx)) return lexer_fail(lx, BELL_PROBLEM_NAME_MISSING, lx->at);
  *place = lx->strings_used;
  const char *start = lx->at;
  if (*lx->at != '"') keep_word(lx);
  else if (!read_quoted(lx)) return false;
  if (lx->strings_used == *place) return lexer_fail(lx, BELL_PROBLEM_NAME_EMPTY, start);
  lx->word = (bell_slice){start, (size_t)(lx->at - start)};
  keep(lx, '\0');
  return lexer_gap(lx);
}

bool lexer_payload(lexer *lx, uint32_t *place) {
  *place = 0;
  if (lexer_peek(lx) != '"') return true;
  uint32_t start = lx->strings_used;
  if (!read_quoted(lx)) return false;
  if (lx->strings_used > start) {
    *place = start;
    keep(lx, '\0');
  }
  return lexer_gap(lx);
}

/* ---- times ------------------------------------------------------------------------------------------------------ */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Of the word that comes next. */
static bool fail_time(lexer *lx, bell_problem_code code) {
  lexer_word(lx);
  return lexer_fail_word(lx, code);
}

/* With up to three decimals. What stands where the number ends must end the word, too. */
static bool read_ms(lexer *lx, int64_t *us) {
  const char *at = lx->at;
  int64_t value = 0;
  int missing = 3; /* decimals */
  for (; at < lx->end && is_digit(*at); at++) {
    value = value * 10 + (*at - '0');
    if (value > BELL_TIME_MAX_US) return fail_time(lx, BELL_PROBLEM_TIME_LARGE);
  }
  if (at == lx->at) return fail_time(lx, BELL_PROBLEM_TIME);
  if (at < lx->end && *at == '.') {
    for (at++; at < lx->end && is_digit(*at); at++) {
      if (missing-- == 0) return fail_time(lx, BELL_PROBLEM_TIME_FINE);
      value = value * 10 + (*at - '0');
      if (value > BELL_TIME_MAX_US) return fail_time(lx, BELL_PROBLEM_TIME_LARGE);
    }
    if (missing == 3) return fail_time(lx, BELL_PROBLEM_TIME); /* "6." */
  }
  if (at < lx->end && !ends_word(*at)) return fail_time(lx, BELL_PROBLEM_TIME);
  while (missing-- > 0) value *= 10;
  if (value > BELL_TIME_MAX_US) return fail_time(lx, BELL_PROBLEM_TIME_LARGE);
  lx->word = (bell_slice){lx->at, (size_t)(at - lx->at)};
  lx->at = at;
  *us = value;
  return true;
}

bool lexer_time(lexer *lx, int64_t *us) {
  if (lexer_at_end(lx) || *lx->at == '"') return lexer_fail(lx, BELL_PROBLEM_TIME_MISSING, lx->at);
  return read_ms(lx, us) && lexer_gap(lx);
}

/* ---- amounts ---------------------------------------------------------------------------------------------------- */

bool lexer_number(lexer *lx, uint32_t most, uint32_t *number) {
  lexer_word(lx);
  uint64_t value = 0;
  for (size_t i = 0; i < lx->word.length && value <= most; i++) {
    if (!is_digit(lx->word.start[i])) return false;
    value = value * 10 + (uint64_t)(lx->word.start[i] - '0');
  }
  *number = (uint32_t)value;
  lexer_skip_space(lx);
  return lx->word.length > 0 && value <= most;
}

bool lexer_says(lexer *lx, const char *word) {
  const char *before = lx->at;
  lexer_word(lx);
  if (!bell_slice_is(lx->word, word)) {
    lx->at = before;
    return false;
  }
  lexer_skip_space(lx);
  return true;
}

bool lexer_size(lexer *lx, uint32_t *bytes) {
  uint32_t number = 0;
  if (!lexer_number(lx, BELL_SIZE_MAX, &number)) return lexer_fail_word(lx, BELL_PROBLEM_SIZE);
  bell_slice amount = lx->word;
  uint32_t unit = lexer_says(lx, "KB")      ? 1024
                  : lexer_says(lx, "MB")    ? 1024 * 1024
                  : lexer_says(lx, "bytes") ? 1
                  : lexer_says(lx, "byte")  ? 1
                                            : 0;
  if (unit == 0) return lexer_fail_word(lx, BELL_PROBLEM_SIZE);
  lx->word = amount;
  if (number == 0 || number > BELL_SIZE_MAX / unit) return lexer_fail_word(lx, BELL_PROBLEM_SIZE);
  *bytes = number * unit;
  return true;
}

bool lexer_sees_time(const lexer *lx) {
  char c = lexer_peek(lx);
  return is_digit(c) || c == '.' || c == '-' || c == '+';
}
