/* lexer: a scenario's text line by line, and of a line its words, strings and times.
 *
 * Each function reads from where the lexer stands in the line, and leaves it behind what it read and the space after
 * it. One that finds a mistake reports it and returns false; a line has one problem at most, for what follows a mistake
 * is seldom another one. */
#ifndef BELL_LEXER_H
#define BELL_LEXER_H

#include "scenario/problem.h"
#include "scenario/scenario.h"

/* For a function that is called a million times. A browser compiles it well while it is called; a function that is
 * called once, for the whole text, it would not: so this one is not to become a part of its caller. */
#define BELL_CALLED_OFTEN __attribute__((noinline))

typedef struct lexer {
  const char *next; /* the next line begins here, */
  const char *last; /* and the text ends here */
  bool is_plain;    /* see bell_scenario_text */

  const char *line; /* the current line, */
  const char *end;  /* where it ends, without its line feed, */
  const char *at;   /* and where reading stands in it */
  bell_slice word;  /* the word, name or time that was read last, as the line has it */

  char *strings; /* names and payloads, each ended by a NUL: there is room for the whole text */
  uint32_t strings_used;

  bell_report report;
  bell_problem problem; /* what is known of the next one before it happens: the line, the statement */
  uint32_t told;        /* the last line with a problem */
  bool failed;          /* there was one */
} lexer;

/* Reports a problem at this byte of the line, or with the word that was read last. Always false, for
 * `return lexer_fail(...)`. */
bool lexer_fail(lexer *lx, bell_problem_code code, const char *at);
bool lexer_fail_word(lexer *lx, bell_problem_code code);

/* To the next line. False when there is none. */
bool lexer_next_line(lexer *lx);

/* Are all bytes of the line allowed, and not too many? */
bool lexer_check_line(lexer *lx);

/* The character that comes next; a NUL, which no line holds, at the line's end. */
static inline char lexer_peek(const lexer *lx) { return (char)(lx->at == lx->end ? '\0' : *lx->at); }

static inline bool lexer_at_end(const lexer *lx) { return lx->at == lx->end || *lx->at == '#'; }

void lexer_skip_space(lexer *lx);

/* Everything up to a space, a quote or a comment; the space is not skipped. */
void lexer_word(lexer *lx);

/* There must be a space, or nothing, between a string and its neighbor. */
bool lexer_gap(lexer *lx);

/* A name: a word, or a quoted string. `place` is where it stands in `strings`. */
bool lexer_name(lexer *lx, uint32_t *place);

/* A quoted string, if one comes next. `place` is 0 if it is empty, or none. */
bool lexer_payload(lexer *lx, uint32_t *place);

/* Milliseconds, into microseconds. */
bool lexer_time(lexer *lx, int64_t *us);

/* A whole number. False, and nothing is reported, when the next word is none, or more than `most`. */
bool lexer_number(lexer *lx, uint32_t most, uint32_t *number);

/* Does this word come next? Then it is read, and the space behind it. */
bool lexer_says(lexer *lx, const char *word);

/* An amount of bytes, from 1 up: `128 bytes`, `4 KB`, `1 MB`; a KB is 1,024 bytes. */
bool lexer_size(lexer *lx, uint32_t *bytes);

/* Could the next word be meant as a time? */
bool lexer_sees_time(const lexer *lx);

#endif
