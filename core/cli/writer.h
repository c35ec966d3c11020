/* writer: text on its way to a file. It is collected in memory that grows as it must, and goes out in large pieces: a
 * call of stdio for each character would take longer than the model. */
#ifndef BELL_CLI_WRITER_H
#define BELL_CLI_WRITER_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

typedef struct writer {
  FILE *out;
  bell_text text; /* what was not sent yet; owned */
  bool failed;    /* memory ran out: nothing more is written. A failed write is left for ferror(out) */
} writer;

writer writer_to(FILE *out);

/* Sends what is left, and frees the memory. False when memory had run out. */
bool writer_end(writer *w);

/* Sends what has been collected, once that is much. For the end of a row. */
void writer_row_ends(writer *w);

void writer_bytes(writer *w, const char *bytes, size_t length);
static inline void writer_string(writer *w, const char *string) { writer_bytes(w, string, strlen(string)); }
void writer_number(writer *w, uint64_t number);
void writer_ms(writer *w, int64_t us);

/* Appends what `print` prints of `index` in `what`, which may be of any length. Returns where that begins in text.out;
 * up to text.length it may be changed, until the next call. */
typedef void writer_print(const void *what, uint32_t index, bell_text *out);
size_t writer_cell(writer *w, writer_print *print, const void *what, uint32_t index);

/* Puts a backslash and its letter in place of each character of `special`, from `start` on: quotes, backslashes and
 * control characters. */
void writer_escape(writer *w, size_t start, const char *special, const char *letters);

/* Inserts spaces. */
void writer_pad(writer *w, size_t at, size_t count);

#endif
