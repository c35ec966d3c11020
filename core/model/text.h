/* text: writing words and numbers into a buffer that the caller owns.
 *
 * Nothing is ever written past `capacity`; `length` goes on counting, so a caller sees how much room would have been
 * enough (as snprintf does). */
#ifndef BELL_TEXT_H
#define BELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of a text that somebody else owns. */
typedef struct bell_slice {
  const char *start;
  size_t length;
} bell_slice;

bool bell_slice_is(bell_slice word, const char *expected);

typedef struct bell_text {
  char *out;       /* owned by the caller; not terminated by a NUL */
  size_t capacity; /* bytes at out */
  size_t length;   /* bytes that were written, or would have been */
} bell_text;

void bell_text_bytes(bell_text *text, const char *bytes, size_t length);
void bell_text_string(bell_text *text, const char *string);

/* A whole number, in decimal. */
void bell_text_number(bell_text *text, int64_t number);

/* Microseconds, not below 0, written as milliseconds: at most three decimals, no trailing zeros (1500 -> "1.5",
 * 6000 -> "6"). */
void bell_text_ms(bell_text *text, int64_t us);

/* The same for who sees to the room: BELL_NUMBER_MAX bytes at `to`. Returns where the next byte goes. */
enum { BELL_NUMBER_MAX = 21 }; /* 19 digits, a sign, a point */
char *bell_put_number(char *to, int64_t number);
char *bell_put_ms(char *to, int64_t us);

/* An amount of bytes, in the largest unit that it is whole in: "4 KB", "1 byte". A KB is 1,024 bytes. */
void bell_text_size(bell_text *text, uint64_t bytes);

/* The string between double quotes, with `\"` and `\\` as the scenario text has them. */
void bell_text_quoted(bell_text *text, const char *string);

/* A sentence with gaps, such as "{me} runs": in the place of each gap, what `fill` prints for the word in its
 * braces. */
typedef void bell_text_fill(const void *context, bell_slice gap, bell_text *text);
void bell_text_filled(bell_text *text, const char *sentence, bell_text_fill *fill, const void *context);

#endif
