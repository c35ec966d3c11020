/* names: which statement a name stands for.
 *
 * Lesson 4 takes each name once. In lesson 5 a statement of promises may be about whatever was made by an earlier
 * sibling, or by one of an ancestor's; the nearest one wins. So each line that makes something with a name is declared
 * when all that is indented under it has been read, and forgotten with its siblings.
 *
 * A hash table holds them, the newest in a slot first: it stands in the slot, and behind it, chained through `shadows`,
 * those whose names have the same slot. `end`, which the parser finds last of all, holds the one that was declared
 * before it. Both are fields of bell_statement. */
#ifndef BELL_NAMES_H
#define BELL_NAMES_H

#include "scenario/scenario.h"

typedef struct names {
  bell_statement *statements;
  const char *strings;
  uint32_t *slots;   /* BELL_NONE is free */
  uint32_t size;     /* of slots: a power of two */
  uint32_t declared; /* the newest statement, BELL_NONE if there is none */
} names;

/* How many slots serve so many statements: at most half of them are taken. */
uint32_t names_size(uint32_t statements);

/* Makes the table empty. */
void names_clear(names *n);

/* The newest statement of this name that is declared; BELL_NONE if there is none. */
uint32_t names_find(const names *n, const char *name);

void names_declare(names *n, uint32_t statement);

/* Declares the statement if it is the first of its name. Returns the one that was before it, or BELL_NONE. */
uint32_t names_declare_once(names *n, uint32_t statement);

/* Forgets all statements deeper than this. */
void names_forget(names *n, uint32_t depth);

#endif
