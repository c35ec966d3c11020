/* chain: first in, first out, of items that lie in an array of the owner's, each with the index of the one behind it.
 *
 * That index is an item's first member, and an item is in one chain at a time: so a chain costs nothing, and never runs
 * out of room. */
#ifndef BELL_CHAIN_H
#define BELL_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BELL_CHAIN_END UINT32_MAX

typedef struct bell_chain {
  uint32_t first; /* BELL_CHAIN_END when it is empty */
  uint32_t last;
} bell_chain;

#define BELL_CHAIN_EMPTY ((bell_chain){BELL_CHAIN_END, BELL_CHAIN_END})

static inline bool bell_chain_is_empty(bell_chain chain) { return chain.first == BELL_CHAIN_END; }

/* Which item is behind this one? `items` are `size` bytes each. */
static inline uint32_t *bell_chain_next(void *items, size_t size, uint32_t item) {
  return (uint32_t *)(void *)((unsigned char *)items + item * size);
}

/* Puts an item, which is in no chain, at the end. */
static inline void bell_chain_put(bell_chain *chain, void *items, size_t size, uint32_t item) {
  *bell_chain_next(items, size, item) = BELL_CHAIN_END;
  if (bell_chain_is_empty(*chain)) {
    chain->first = item;
  } else {
    *bell_chain_next(items, size, chain->last) = item;
  }
  chain->last = item;
}

/* The same, right behind another one of the chain, or BELL_CHAIN_END: at the front. */
static inline void bell_chain_put_behind(bell_chain *chain, void *items, size_t size, uint32_t before, uint32_t item) {
  uint32_t *link = before == BELL_CHAIN_END ? &chain->first : bell_chain_next(items, size, before);
  bool is_last = *link == BELL_CHAIN_END;
  *bell_chain_next(items, size, item) = *link;
  *link = item;
  if (is_last) chain->last = item;
}

/* Removes the first item. There must be one. */
static inline uint32_t bell_chain_take(bell_chain *chain, void *items, size_t size) {
  uint32_t item = chain->first;
  chain->first = *bell_chain_next(items, size, item);
  return item;
}

/* Removes an item, wherever it is; false when it is not in this chain. It is looked for from the front. */
static inline bool bell_chain_remove(bell_chain *chain, void *items, size_t size, uint32_t item) {
  uint32_t before = BELL_CHAIN_END;
  uint32_t i = chain->first;
  while (i != BELL_CHAIN_END && i != item) {
    before = i;
    i = *bell_chain_next(items, size, i);
  }
  if (i == BELL_CHAIN_END) return false;
  uint32_t behind = *bell_chain_next(items, size, i);
  if (before == BELL_CHAIN_END) chain->first = behind;
  else *bell_chain_next(items, size, before) = behind;
  if (chain->last == item) chain->last = before;
  return true;
}

#endif
