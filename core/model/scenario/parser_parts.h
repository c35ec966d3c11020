/* parser_parts: what the files share that read a scenario. For this folder alone.
 *
 * Of what returns whether it is good, the problem was reported when it is not. */
#ifndef BELL_PARSER_PARTS_H
#define BELL_PARSER_PARTS_H

#include "scenario/lexer.h"
#include "scenario/names.h"
#include "scenario/parser.h"

/* A statement that later lines may be indented under. */
typedef struct level {
  size_t indent;      /* spaces before it */
  uint32_t statement; /* BELL_NONE when its line was wrong */
  bool often;         /* what is indented under it may run more than once */
  bool over;          /* a return or a throw has ended it */
  bool unsure;        /* a line under it was wrong, which might have made something with a name */
} level;

/* A lesson's modules leave out what the other one alone has: for a page they are made as small as can be. */
#ifdef DOORBELL_LOOPS_ALONE
enum { HAS_LESSON_4 = 0 };
#else
enum { HAS_LESSON_4 = 1 };
#endif
#ifdef DOORBELL_SOCKETS_ALONE
enum { HAS_LESSON_5 = 0 };
#else
enum { HAS_LESSON_5 = 1 };
#endif

typedef struct parser {
  lexer lx;
  names names; /* lesson 4: all; lesson 5: of what promises may be about, and of the sources that are called promise */
  bell_scenario *scenario;
  bell_slice word; /* that the statement starts with, */
  bell_slice name; /* and its own name, as the line has them; of no length when it has none */
  bell_slice end;  /* the time at which its connection ends, the same */
  int64_t end_us;
  bell_stream stream;   /* what its messages are, if its size is not 0, */
  bell_slice parts;     /* the word that says that they come in parts, as the line has it, */
  bell_stream *streams; /* and those of all sockets so far: they lie behind the room for events, the last one first */
  bell_slice until;     /* of a timer: until when it expires again and again, as the line has it, */
  int64_t until_us;
  uint32_t every_us; /* and how long after the last time */
  bool full;         /* the run is too large, which was reported */
  bool script;       /* Node's main script was read */
  bool has_listener; /* so was a listener of lesson 4 */
  uint32_t handed;   /* the first line that hands over; 0 when there is none */
  uint32_t fd;       /* the highest descriptor that was said so far */
  uint32_t threads;  /* that the worker is; 0 where that is not said */

  level open[BELL_NESTING_MAX + 1]; /* the statement at each depth that the next line may belong to */
  uint32_t open_count;
} parser;

static inline bool fail_here(parser *p, bell_problem_code code) { return lexer_fail(&p->lx, code, p->lx.at); }

static inline bool fail_word(parser *p, bell_problem_code code) { return lexer_fail_word(&p->lx, code); }

static inline bool fail_statement(parser *p, bell_problem_code code) {
  p->lx.word = p->word;
  return fail_word(p, code);
}

static inline const bell_word *word_of(const bell_statement *s) { return &bell_words[s->kind]; }

static inline level *parent_of(parser *p) { return &p->open[p->open_count - 1]; }

static inline bool is_lesson_4(const parser *p) {
  return HAS_LESSON_4 && (!HAS_LESSON_5 || p->scenario->host == BELL_MULTIPLEXER);
}

static inline bool is_timer(const parser *p, const bell_statement *s) {
  return BELL_HAS_BYTES && is_lesson_4(p) && s->kind == BELL_TIMER;
}

static inline uint32_t capped(uint64_t number) { return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX; }

/* ---- parser.c --------------------------------------------------------------------------------------------------- */

/* A name of something that was made before; nothing of it is kept. */
bool parser_reference(parser *p, uint32_t *found);

/* Counts what a run will hold. Too much is reported once, not again for every line that follows. */
bool parser_count(parser *p, uint32_t times);

/* ---- parser_clauses.c ------------------------------------------------------------------------------------------- */

/* The clauses after the name and the payload, in any order, each once. */
bool parser_clauses(parser *p, bell_statement *s);

/* `takes D`, `after D` */
bool parser_duration(parser *p, uint32_t *us);

/* Keeps the stream that was read, of this socket: the one that was read last. */
void parser_put_stream(parser *p, uint32_t socket);

/* ---- parser_handler.c ------------------------------------------------------------------------------------------- */

/* Lesson 4. A line of a handler is no statement of its own: it is told of its socket. */
bool parser_tell(parser *p, const bell_statement *s);

#endif
