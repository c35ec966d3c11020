#include "writer.h"

#include <stdlib.h>

enum { PIECE = 1 << 16, CAPACITY = 2 * PIECE }; /* bytes: what goes out at a time at the least; room to begin with */

writer writer_to(FILE *out) {
  writer w = {.out = out, .text = {.out = malloc(CAPACITY), .capacity = CAPACITY}};
  w.failed = w.text.out == NULL;
  if (w.failed) w.text.capacity = 0;
  return w;
}

static void send(writer *w) {
  if (!w->failed) fwrite(w->text.out, 1, w->text.length, w->out);
  w->text.length = 0;
}

bool writer_end(writer *w) {
  send(w);
  free(w->text.out);
  return !w->failed;
}

void writer_row_ends(writer *w) {
  if (w->text.length >= PIECE) send(w);
}

/* Makes room for what was cut off: `length` says how much that needs. False when there is none. */
static bool grow(writer *w) {
  size_t capacity = 2 * w->text.length;
  char *more = w->failed ? NULL : realloc(w->text.out, capacity);
  if (more == NULL) {
    w->failed = true;
    w->text.length = 0;
    return false;
  }
  w->text.out = more;
  w->text.capacity = capacity;
  return true;
}

size_t writer_cell(writer *w, writer_print *print, const void *what, uint32_t index) {
  size_t start = w->text.length;
  print(what, index, &w->text);
  if (w->text.length <= w->text.capacity) return start;
  if (!grow(w)) return 0;
  w->text.length = start;
  print(what, index, &w->text);
  return start;
}

void writer_bytes(writer *w, const char *bytes, size_t length) {
  size_t start = w->text.length;
  bell_text_bytes(&w->text, bytes, length);
  if (w->text.length <= w->text.capacity || !grow(w)) return;
  w->text.length = start;
  bell_text_bytes(&w->text, bytes, length);
}

static void print_number(const void *number, uint32_t unused, bell_text *out) {
  (void)unused;
  bell_text_number(out, (int64_t) * (const uint64_t *)number);
}

void writer_number(writer *w, uint64_t number) { writer_cell(w, print_number, &number, 0); }

static void print_ms(const void *us, uint32_t unused, bell_text *out) {
  (void)unused;
  bell_text_ms(out, *(const int64_t *)us);
}

void writer_ms(writer *w, int64_t us) { writer_cell(w, print_ms, &us, 0); }

/* Moves what stands from `at` on, `count` bytes further. False when there is no room. */
static bool open_gap(writer *w, size_t at, size_t count) {
  size_t length = w->text.length;
  w->text.length += count;
  if (w->text.length > w->text.capacity && !grow(w)) return false;
  memmove(w->text.out + at + count, w->text.out + at, length - at);
  return true;
}

/* Tabs and quotes stand low in ASCII: most characters need one look. */
static bool may_be_special(char c) { return (unsigned char)c <= '"' || c == '\\'; }

void writer_escape(writer *w, size_t start, const char *special, const char *letters) {
  for (size_t i = start; i < w->text.length; i++) {
    const char *found = may_be_special(w->text.out[i]) ? strchr(special, w->text.out[i]) : NULL;
    if (found == NULL) continue;
    if (!open_gap(w, i, 1)) return;
    w->text.out[i] = '\\';
    w->text.out[++i] = letters[found - special];
  }
}

void writer_pad(writer *w, size_t at, size_t count) {
  if (open_gap(w, at, count)) memset(w->text.out + at, ' ', count);
}
