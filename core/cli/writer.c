#include "writer.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16, CAPACITY = 2 * PIECE }; /* bytes: what goes out at a time at the least; room to begin with */

bool writer_start(writer *w, FILE *out) {
  *w = (writer){.out = out, .text = {.out = malloc(CAPACITY), .capacity = CAPACITY}};
  return w->text.out != NULL;
}

static void send(writer *w) {
  if (!w->failed) fwrite(w->text.out, 1, w->text.length, w->out);
  w->text.length = 0;
}

bool writer_end(writer *w) {
  send(w);
  free(w->text.out);
  free(w->printed.out);
  return !w->failed;
}

void writer_row_ends(writer *w) {
  if (w->text.length >= PIECE) send(w);
}

/* Gives a text room for so much. False when there is none, and for good. */
static bool grow(writer *w, bell_text *text, size_t capacity) {
  if (w->failed) return false;
  char *more = realloc(text->out, capacity);
  if (more == NULL) {
    w->failed = true;
    return false;
  }
  text->out = more;
  text->capacity = capacity;
  return true;
}

/* ---- put -------------------------------------------------------------------------------------------------------- */

/* From here on the room is getting short. */
static const char *last_place(const writer *w) { return w->text.out + w->text.capacity - WRITER_ROOM; }

/* More room for what was put up to `to`. Where there is none, what was put since writer_ends_at is lost. */
static char *more_room(writer *w, const char *to) {
  size_t before = w->text.length;
  w->text.length = (size_t)(to - w->text.out);
  if (!grow(w, &w->text, 2 * w->text.capacity)) w->text.length = before;
  return writer_place(w);
}

void writer_ends_at(writer *w, char *to) {
  if (to > last_place(w)) to = more_room(w, to);
  w->text.length = (size_t)(to - w->text.out);
}

/* Tabs and quotes stand low in ASCII: most characters need one look. */
static bool may_be_special(char c) { return (unsigned char)c <= '"' || c == '\\'; }

char *writer_put_string(writer *w, char *to, const char *string, const writer_escapes *escapes) {
  const char *last = last_place(w);
  for (; *string != '\0'; string++) {
    if (to >= last) {
      to = more_room(w, to);
      last = last_place(w);
    }
    const char *found = may_be_special(*string) ? strchr(escapes->special, *string) : NULL;
    if (found != NULL) *to++ = '\\';
    *to++ = (char)(found == NULL ? *string : escapes->letters[found - escapes->special]);
  }
  return to;
}

char *writer_put_printed(writer *w, char *to, writer_print *print, const void *what, uint32_t index,
                         const writer_escapes *escapes) {
  bell_text *printed = &w->printed;
  printed->length = 0;
  print(what, index, printed);
  if (printed->length >= printed->capacity) {
    if (!grow(w, printed, 2 * (printed->length + 1))) return to;
    printed->length = 0;
    print(what, index, printed);
  }
  printed->out[printed->length] = '\0';
  return writer_put_string(w, to, printed->out, escapes);
}

/* ---- one after another ------------------------------------------------------------------------------------------ */

void writer_string(writer *w, const char *string) {
  static const writer_escapes none = {"", ""};
  writer_ends_at(w, writer_put_string(w, writer_place(w), string, &none));
}

void writer_number(writer *w, int64_t number) { writer_ends_at(w, bell_put_number(writer_place(w), number)); }

void writer_ms(writer *w, int64_t us) { writer_ends_at(w, bell_put_ms(writer_place(w), us)); }

void writer_pad(writer *w, size_t at, size_t count) {
  while (w->text.capacity - WRITER_ROOM - w->text.length < count) {
    if (!grow(w, &w->text, 2 * w->text.capacity)) return;
  }
  memmove(w->text.out + at + count, w->text.out + at, w->text.length - at);
  memset(w->text.out + at, ' ', count);
  w->text.length += count;
}
