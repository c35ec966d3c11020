/* input: a whole file, or standard input, into memory. */
#ifndef BELL_CLI_INPUT_H
#define BELL_CLI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct input {
  char *text; /* malloc'ed; the caller frees it */
  size_t length;
} input;

/* Reads `path`, "-" being standard input. False when it cannot; errno says why, and nothing is to be freed. */
bool input_read(const char *path, input *in);

#endif
