#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21 };

void *memory_take(size_t bytes) {
  if (bytes < LARGE_PAGE || bytes > SIZE_MAX - LARGE_PAGE) return malloc(bytes > 0 ? bytes : 1);
  size_t whole = (bytes + LARGE_PAGE - 1) & ~((size_t)LARGE_PAGE - 1);
  void *block = aligned_alloc(LARGE_PAGE, whole);
#ifdef MADV_HUGEPAGE
  if (block != NULL) madvise(block, whole, MADV_HUGEPAGE); /* without them it is a block all the same */
#endif
  return block;
}
