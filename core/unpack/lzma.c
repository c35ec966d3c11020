/* The names are the specification's; a model is the odds of a bit, in 2048ths, that it is 0, by what came before. */
#include "lzma.h"

#include <stddef.h>

enum {
  EVEN = 1024,
  STATES = 12,
  PLACES = 16, /* a place's lowest bits, 4 at the most */
  SLOTS_BY_LENGTH = 4,
  SLOT_BITS = 6,
  SLOTS_WITH_MODEL = 14, /* of distances; above these, bits of even odds come in between */
  ALIGN_BITS = 4,
  LITERAL_ODDS = 0x300,
  LITERAL_BITS_MAX = 4, /* lc and lp together: 8 and 4 would be allowed, and nobody's packer uses them */
  HEADER_BYTES = 13
};

typedef uint16_t odds;

typedef struct lengths {
  odds choices[2];
  odds low[PLACES << 3];
  odds middle[PLACES << 3];
  odds high[1 << 8];
} lengths;

typedef struct models {
  odds is_match[STATES][PLACES];
  odds is_repeat[STATES];
  odds is_older[3][STATES];
  odds is_long[STATES][PLACES];
  odds slots[SLOTS_BY_LENGTH][1 << SLOT_BITS];
  odds near[128];
  odds align[1 << ALIGN_BITS];
  lengths matched;
  lengths repeated;
  odds literals[LITERAL_ODDS << LITERAL_BITS_MAX];
} models;

/* Only one thing is unpacked at a time. (As variables of the functions that use them most, they would be no faster.) */
static models model;
static const uint8_t *next;
static uint32_t range;
static uint32_t code;

/* ---- bits ------------------------------------------------------------------------------------------------------- */

static inline void normalize(void) {
  if (range >= 1u << 24) return;
  range <<= 8;
  code = code << 8 | *next++;
}

static inline uint32_t bit(odds *at) {
  uint32_t odd = *at;
  uint32_t bound = (range >> 11) * odd;
  uint32_t is1 = code >= bound;
  if (is1) {
    range -= bound;
    code -= bound;
    *at = (odds)(odd - (odd >> 5));
  } else {
    range = bound;
    *at = (odds)(odd + ((2048 - odd) >> 5));
  }
  normalize();
  return is1;
}

/* A number of so many bits, the highest first. */
static uint32_t tree(odds *of, uint32_t bits) {
  uint32_t node = 1;
  for (uint32_t i = 0; i < bits; i++) node = 2 * node + bit(of + node);
  return node - (1u << bits);
}

/* The lowest first. */
static uint32_t reverse_tree(odds *of, uint32_t bits) {
  uint32_t node = 1;
  uint32_t value = 0;
  for (uint32_t i = 0; i < bits; i++) {
    uint32_t one = bit(of + node);
    node = 2 * node + one;
    value |= one << i;
  }
  return value;
}

static uint32_t even_bits(uint32_t bits) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < bits; i++) {
    range >>= 1;
    uint32_t is1 = code >= range;
    if (is1) code -= range;
    normalize();
    value = 2 * value + is1;
  }
  return value;
}

/* ---- lengths, distances, literals ------------------------------------------------------------------------------- */

static uint32_t length_of(lengths *of, uint32_t place) {
  if (!bit(&of->choices[0])) return 2 + tree(of->low + ((size_t)place << 3), 3);
  if (!bit(&of->choices[1])) return 10 + tree(of->middle + ((size_t)place << 3), 3);
  return 18 + tree(of->high, 8);
}

static uint32_t distance_of(uint32_t matched) {
  uint32_t slot = tree(model.slots[matched < 5 ? matched - 2 : 3], SLOT_BITS);
  if (slot < 4) return slot;
  uint32_t bits = (slot >> 1) - 1;
  uint32_t base = (2 + (slot & 1)) << bits;
  if (slot < SLOTS_WITH_MODEL) return base + reverse_tree(model.near + base - slot, bits);
  base += even_bits(bits - ALIGN_BITS) << ALIGN_BITS;
  return base + reverse_tree(model.align, ALIGN_BITS);
}

static uint8_t literal(odds *of) {
  uint32_t node = 1;
  while (node < 0x100) node = 2 * node + bit(of + node);
  return (uint8_t)node;
}

/* After a match it is not what stood after that which was matched: `match`. */
static uint8_t literal_after(odds *of, uint32_t match) {
  uint32_t node = 1;
  while (node < 0x100) {
    uint32_t expected = match >> 7 & 1;
    match <<= 1;
    uint32_t one = bit(of + ((1 + expected) << 8) + node);
    node = 2 * node + one;
    if (one != expected) break;
  }
  while (node < 0x100) node = 2 * node + bit(of + node);
  return (uint8_t)node;
}

/* ---- what comes next -------------------------------------------------------------------------------------------- */

/* The newest distances, less 1. */
static uint32_t repeats[4];

static void put_first(uint32_t older, uint32_t distance) {
  for (; older > 0; older--) repeats[older] = repeats[older - 1];
  repeats[0] = distance;
}

/* What came before: below 7 a literal was the last. */
static uint32_t state;

/* How much is to be copied from repeats[0]. */
static uint32_t match_at(uint32_t place) {
  const uint32_t before = state;
  if (!bit(&model.is_repeat[before])) {
    uint32_t matched = length_of(&model.matched, place);
    put_first(3, distance_of(matched));
    state = before < 7 ? 7 : 10;
    return matched;
  }
  if (!bit(&model.is_older[0][before])) { /* the newest distance, for one byte or for more */
    if (!bit(&model.is_long[before][place])) {
      state = before < 7 ? 9 : 11;
      return 1;
    }
  } else {
    uint32_t older = 1;
    while (older < 3 && bit(&model.is_older[older][before])) older++;
    put_first(older, repeats[older]);
  }
  state = before < 7 ? 8 : 11;
  return length_of(&model.repeated, place);
}

static void begin(const uint8_t *packed) {
  odds *all = (odds *)&model;
  for (size_t i = 0; i < sizeof model / sizeof *all; i++) all[i] = EVEN;
  next = packed + HEADER_BYTES + 1;
  range = UINT32_MAX;
  code = 0;
  for (int i = 0; i < 4; i++) code = code << 8 | *next++;
  for (int i = 0; i < 4; i++) repeats[i] = 0;
  state = 0;
}

uint32_t bell_lzma_size(const uint8_t *packed) {
  uint32_t size = 0;
  for (int i = 4; i > 0; i--) size = size << 8 | packed[4 + i];
  return size;
}

void bell_lzma_unpack(const uint8_t *packed, uint8_t *out) {
  const uint32_t lc = packed[0] % 9;
  const uint32_t lp = packed[0] / 9 % 5;
  const uint32_t pb = packed[0] / 45;
  const uint32_t size = bell_lzma_size(packed);
  begin(packed);
  for (uint32_t at = 0; at < size;) {
    uint32_t place = at & ((1u << pb) - 1);
    if (!bit(&model.is_match[state][place])) {
      uint32_t before = at > 0 ? out[at - 1] : 0;
      uint32_t context = ((at & ((1u << lp) - 1)) << lc) + (before >> (8 - lc));
      odds *of = model.literals + (size_t)LITERAL_ODDS * context;
      out[at] = state < 7 ? literal(of) : literal_after(of, out[at - repeats[0] - 1]);
      at++;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    } else {
      uint32_t end = at + match_at(place);
      for (uint32_t distance = repeats[0] + 1; at < end; at++) out[at] = out[at - distance];
    }
  }
}
