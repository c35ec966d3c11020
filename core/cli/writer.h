/* writer: text on its way to a file. It is collected in memory that grows as it must, and goes out in large pieces: a
 * call of stdio for each character would take longer than the model.
 *
 * Who writes millions of cells keeps in hand where the next byte goes (`put`), and says at the end of the row how far
 * it came: to look that up in memory for each cell, and whether there is room, would take as long as the cell. */
#ifndef BELL_CLI_WRITER_H
#define BELL_CLI_WRITER_H

#include <stdbool.h>
#include <stdio.h>

#include "text.h"

typedef struct writer {
  FILE *out;
  bell_text text;    /* what was not sent yet; owned */
  bell_text printed; /* what is put together before it is written; owned */
  bool failed;       /* memory ran out: nothing more is sent. A failed write is left for ferror(out) */
} writer;

/* False when there is no memory; then nothing is to be ended. */
bool writer_start(writer *w, FILE *out);

/* Sends what is left, and frees the memory. False when memory had run out. */
bool writer_end(writer *w);

/* Sends what has been collected, once that is much. For the end of a row. */
void writer_row_ends(writer *w);

/* ---- put: a row, byte by byte ----------------------------------------------------------------------------------- */

/* So many bytes may be put before writer_ends_at is called, or after a string was put. */
enum { WRITER_ROOM = 512 };

/* Where the next byte goes; and that it goes there now. */
static inline char *writer_place(const writer *w) { return w->text.out + w->text.length; }
void writer_ends_at(writer *w, char *to);

/* A backslash and its letter go in the place of each character of `special`: quotes, backslashes, control
 * characters. */
typedef struct writer_escapes {
  const char *special;
  const char *letters;
} writer_escapes;

/* These put a string, or what `print` prints of `index` in `what`, which may be of any length. They return where the
 * next byte goes: what was put may have moved. */
typedef void writer_print(const void *what, uint32_t index, bell_text *out);
char *writer_put_string(writer *w, char *to, const char *string, const writer_escapes *escapes);
char *writer_put_printed(writer *w, char *to, writer_print *print, const void *what, uint32_t index,
                         const writer_escapes *escapes);

/* ---- or one after another --------------------------------------------------------------------------------------- */

void writer_string(writer *w, const char *string);
void writer_number(writer *w, int64_t number);
void writer_ms(writer *w, int64_t us);

/* Inserts spaces. */
void writer_pad(writer *w, size_t at, size_t count);

#endif
