#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads on to the end, doubling the room as it goes: a pipe does not say how much is coming. */
static bool read_all(FILE *file, input *in) {
  size_t capacity = 1 << 16;
  *in = (input){.text = malloc(capacity)};
  while (in->text != NULL) {
    in->length += fread(in->text + in->length, 1, capacity - in->length, file);
    if (ferror(file)) break;
    if (in->length < capacity) return true;
    char *more = realloc(in->text, capacity *= 2);
    if (more == NULL) break;
    in->text = more;
  }
  free(in->text);
  return false;
}

bool input_read(const char *path, input *in) {
  if (strcmp(path, "-") == 0) return read_all(stdin, in);
  FILE *file = fopen(path, "rb");
  if (file == NULL) return false;
  bool good = read_all(file, in);
  int why = errno;
  fclose(file);
  errno = why;
  return good;
}
