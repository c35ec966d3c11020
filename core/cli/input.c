#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "memory.h"

/* How many bytes are coming, and one more, which is not: a pipe does not say it. */
static size_t room_for(FILE *file) {
  enum { SOME = 1 << 16 };
  struct stat about;
  bool is_known = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= SOME;
  return is_known ? (size_t)about.st_size + 1 : SOME;
}

/* Reads on to the end, doubling the room as it goes. */
static bool read_all(FILE *file, input *in) {
  size_t capacity = room_for(file);
  *in = (input){.text = memory_take(capacity)};
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
