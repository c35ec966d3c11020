#include "arena.h"

size_t bell_arena_bytes(size_t count, size_t size) {
  if (size != 0 && count > (SIZE_MAX - 7) / size) return SIZE_MAX;
  return (count * size + 7) & ~(size_t)7;
}

size_t bell_arena_sum(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }

void *bell_arena_take(bell_arena *arena, size_t count, size_t size) {
  size_t bytes = bell_arena_bytes(count, size);
  if (bytes > arena->capacity - arena->used) {
    arena->is_too_small = true;
    if (arena->base == NULL) arena->used = arena->capacity;
    return NULL;
  }
  size_t at = arena->used;
  arena->used += bytes;
  return arena->base == NULL ? NULL : arena->base + at;
}
