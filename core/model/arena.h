/* arena: memory that the caller owns, handed out from front to back.
 *
 * The model never allocates. A caller asks a module how many bytes it needs (`bell_scenario_memory`,
 * `bell_multiplexer_memory`, ...), brings a block of that size, and frees the block when it has read the result.
 * The same code therefore runs in a test, in a command and in a browser's linear memory.
 *
 * Names, in all of core/model: what others may use begins with bell_; what the files of one folder share among
 * themselves begins with the folder's or the file's name; what one file keeps to itself is static, and needs no such
 * beginning. */
#ifndef BELL_ARENA_H
#define BELL_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bell_arena {
  unsigned char *base; /* aligned to 8 bytes; owned by the caller */
  size_t capacity;     /* bytes at base */
  size_t used;         /* bytes handed out so far */
  bool is_too_small;   /* something did not fit */
} bell_arena;

/* An arena that is not there: what is taken from it is nowhere, and `used` says how large it would have to be; SIZE_MAX
 * when that does not fit in a size_t. So what a run takes and what it needs is written down once. */
#define BELL_ARENA_TO_COUNT ((bell_arena){.capacity = SIZE_MAX})

/* What an array of `count` items of `size` bytes takes from an arena: rounded up to 8 bytes, or SIZE_MAX when that
 * does not fit in a size_t. */
size_t bell_arena_bytes(size_t count, size_t size);

/* Two such amounts together; SIZE_MAX, which no arena has, when that does not fit. */
size_t bell_arena_sum(size_t a, size_t b);

/* An array of `count` items of `size` bytes, aligned to 8, contents undefined; NULL when the arena is full, and it is
 * too small from then on. */
void *bell_arena_take(bell_arena *arena, size_t count, size_t size);

#endif
