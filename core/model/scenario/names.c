#include "scenario/names.h"

#include <string.h>

/* A polynomial in the characters: names that are counted up, such as s1 and s2, lie side by side in memory, and a
 * million of them take half the time that they take where a hash scatters them. */
static uint32_t *slot_of(const names *n, const char *name) {
  uint32_t hash = 0;
  for (const char *c = name; *c != '\0'; c++) hash = hash * 37u + (unsigned char)*c;
  return &n->slots[hash & (n->size - 1)];
}

static const char *name_of(const names *n, uint32_t statement) { return n->strings + n->statements[statement].name; }

static uint32_t find_in(const names *n, uint32_t first, const char *name) {
  while (first != BELL_NONE && strcmp(name_of(n, first), name) != 0) first = n->statements[first].shadows;
  return first;
}

static void put(names *n, uint32_t *slot, uint32_t statement) {
  n->statements[statement].shadows = *slot;
  n->statements[statement].end = n->declared;
  *slot = n->declared = statement;
}

uint32_t names_size(uint32_t statements) {
  uint32_t size = 2;
  while (size / 2 < statements && size < UINT32_C(1) << 31) size *= 2;
  return size;
}

void names_clear(names *n) {
  memset(n->slots, 0xFF, n->size * sizeof *n->slots); /* BELL_NONE everywhere */
  n->declared = BELL_NONE;
}

uint32_t names_find(const names *n, const char *name) { return find_in(n, *slot_of(n, name), name); }

void names_declare(names *n, uint32_t statement) { put(n, slot_of(n, name_of(n, statement)), statement); }

uint32_t names_declare_once(names *n, uint32_t statement) {
  uint32_t *slot = slot_of(n, name_of(n, statement));
  uint32_t first = find_in(n, *slot, name_of(n, statement));
  if (first == BELL_NONE) put(n, slot, statement);
  return first;
}

void names_forget(names *n, uint32_t depth) {
  while (n->declared != BELL_NONE && n->statements[n->declared].depth > depth) {
    bell_statement *s = &n->statements[n->declared];
    *slot_of(n, name_of(n, n->declared)) = s->shadows;
    n->declared = s->end;
    s->shadows = 0;
  }
}
