#include "scenario/parser.h"

#include <string.h>

#include "scenario/javascript.h"
#include "scenario/lexer.h"
#include "scenario/names.h"

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

static bool fail_here(parser *p, bell_problem_code code) { return lexer_fail(&p->lx, code, p->lx.at); }
static bool fail_word(parser *p, bell_problem_code code) { return lexer_fail_word(&p->lx, code); }

static bool fail_statement(parser *p, bell_problem_code code) {
  p->lx.word = p->word;
  return fail_word(p, code);
}

static const bell_word *word_of(const bell_statement *s) { return &bell_words[s->kind]; }
static level *parent_of(parser *p) { return &p->open[p->open_count - 1]; }

static bool is_lesson_4(const parser *p) {
  return HAS_LESSON_4 && (!HAS_LESSON_5 || p->scenario->host == BELL_MULTIPLEXER);
}

/* Does the line say what the handler of a source of lesson 4 does? And does a page's small module not know it? */
static bool is_of_handler(const bell_statement *s) {
  bool is_of_others =
      BELL_HAS_BYTES && (s->kind == BELL_HAND || (word_of(s)->places & (BELL_IN_TIMER | BELL_IN_LISTENER)) != 0);
  return is_of_others || (s->kind >= BELL_IGNORE && s->kind <= BELL_STOP);
}
static bool is_of_bytes(const bell_statement *s) {
  return (s->kind >= BELL_READ && s->kind <= BELL_STOP) || s->kind == BELL_TIMER;
}

static bool is_timer(const parser *p, const bell_statement *s) {
  return BELL_HAS_BYTES && is_lesson_4(p) && s->kind == BELL_TIMER;
}

/* ---- references ------------------------------------------------------------------------------------------------- */

static void close_level(parser *p) {
  uint32_t statement = p->open[--p->open_count].statement;
  if (!HAS_LESSON_5 || p->scenario->promise_count == 0) return;
  names_forget(&p->names, p->open_count);
  if (statement == BELL_NONE) return;
  const bell_statement *s = &p->scenario->statements[statement];
  if (bell_statement_is_of_promises(s) && word_of(s)->making != BELL_MAKES_NOTHING) names_declare(&p->names, statement);
}

/* A name that nothing was made with. A line that was wrong may have been meant to. */
static bool fail_reference(parser *p) {
  for (uint32_t i = 0; i < p->open_count; i++) {
    if (p->open[i].unsure) return false;
  }
  if (bell_word_clause(p->lx.word) == BELL_CLAUSES) return fail_word(p, BELL_PROBLEM_PROMISE_UNKNOWN);
  bool may_be_bare = bell_words[p->lx.problem.kind].naming == BELL_NAMES_VALUE;
  return fail_word(p, may_be_bare ? BELL_PROBLEM_PROMISE_CLAUSE : BELL_PROBLEM_NAME_MISSING);
}

/* A name of something that was made before; nothing of it is kept. */
static bool read_reference(parser *p, uint32_t *found) {
  uint32_t name = 0;
  uint32_t strings_used = p->lx.strings_used;
  if (!lexer_name(&p->lx, &name)) return false;
  *found = names_find(&p->names, p->lx.strings + name);
  p->lx.strings_used = strings_used;
  if (*found == BELL_NONE) return fail_reference(p);
  const bell_statement *s = &p->scenario->statements[*found];
  if (s->depth > 0) return true;
  p->lx.problem.number = p->scenario->events[s->first_event].ready_us;
  return fail_word(p, BELL_PROBLEM_PROMISE_SOURCE);
}

/* ---- clauses ---------------------------------------------------------------------------------------------------- */

static void add_event(parser *p, int64_t us) {
  bell_scenario *scenario = p->scenario;
  scenario->events[scenario->event_count++] =
      (bell_event){.ready_us = us, .statement = scenario->statement_count, .parent = BELL_NONE};
}

/* `ready T [T...]` */
static bool read_ready(parser *p, const bell_statement *s) {
  int64_t before_us = 0;
  do {
    int64_t us = 0;
    if (!lexer_time(&p->lx, &us)) return false;
    bool is_second = p->scenario->event_count > s->first_event;
    if (is_second && (word_of(s)->is_once || is_timer(p, s))) return fail_word(p, BELL_PROBLEM_TIME_ONE);
    p->lx.problem.number = before_us;
    if (us < before_us) return fail_word(p, BELL_PROBLEM_TIME_BACK);
    add_event(p, us);
    before_us = us;
  } while (lexer_sees_time(&p->lx));
  return true;
}

/* `closes T`, `resets T`: the end, which is an event behind all messages, wherever the clause stands. */
static bool read_end(parser *p, bell_statement *s, bell_clause clause) {
  if (!lexer_time(&p->lx, &p->end_us)) return false;
  p->end = p->lx.word;
  if (clause == BELL_CLAUSE_RESETS) s->conduct |= BELL_RESETS;
  return p->scenario->closing = true;
}

/* `in N parts` */
static bool read_parts(parser *p) {
  p->parts = p->lx.word;
  uint32_t parts = 0;
  bool good = lexer_number(&p->lx, BELL_PARTS_MAX, &parts) && parts > 0;
  p->stream.parts = (uint16_t)parts;
  return (good && lexer_says(&p->lx, "parts")) || fail_word(p, BELL_PROBLEM_PARTS);
}

/* `reads SIZE every D`, `reads never`; of a file, `reads N` */
static bool read_reads(parser *p, bell_statement *s) {
  if (s->kind == BELL_FILE) {
    bool good = lexer_number(&p->lx, BELL_EVENTS_MAX, &p->stream.expirations) && p->stream.expirations++ > 0;
    return good || fail_word(p, BELL_PROBLEM_FILE_READS);
  }
  if (lexer_says(&p->lx, "never")) {
    s->conduct |= BELL_READS_NEVER;
    return true;
  }
  int64_t every_us = 0;
  if (!lexer_size(&p->lx, &p->stream.reads)) return false;
  if (!lexer_says(&p->lx, "every")) return fail_word(p, BELL_PROBLEM_READS);
  if (!lexer_time(&p->lx, &every_us)) return false;
  if (every_us > BELL_DURATION_MAX_US) return fail_word(p, BELL_PROBLEM_DURATION_LARGE);
  p->stream.every_us = (uint32_t)every_us;
  return every_us > 0 || fail_word(p, BELL_PROBLEM_READS);
}

/* `and wait`, `and forget` */
static bool read_and(parser *p, bell_statement *s) {
  if (lexer_says(&p->lx, "wait")) s->conduct |= BELL_WAITS_TO_WRITE;
  else if (lexer_says(&p->lx, "forget")) s->conduct |= BELL_FORGETS_REST;
  else return fail_word(p, BELL_PROBLEM_AND);
  return true;
}

/* `takes D`, `after D` */
static bool read_duration(parser *p, uint32_t *us) {
  int64_t value = 0;
  if (!lexer_time(&p->lx, &value)) return false;
  if (value > BELL_DURATION_MAX_US) return fail_word(p, BELL_PROBLEM_DURATION_LARGE);
  *us = (uint32_t)value;
  return true;
}

/* `every D`, `until T` */
static bool read_again(parser *p, bell_clause clause) {
  if (clause == BELL_CLAUSE_EVERY) {
    return read_duration(p, &p->every_us) && (p->every_us > 0 || fail_word(p, BELL_PROBLEM_EVERY));
  }
  if (!lexer_time(&p->lx, &p->until_us)) return false;
  p->until = p->lx.word;
  return true;
}

/* `descriptors N` */
static bool read_descriptors(parser *p) {
  bool good = lexer_number(&p->lx, BELL_DESCRIPTORS_MAX, &p->scenario->descriptors) && p->scenario->descriptors > 0;
  return (p->scenario->closing = good) || fail_word(p, BELL_PROBLEM_DESCRIPTORS);
}

/* `threads N` */
static bool read_threads(parser *p) {
  bool good = lexer_number(&p->lx, BELL_THREADS_MAX, &p->threads) && p->threads > 0;
  return good || fail_word(p, BELL_PROBLEM_THREADS);
}

/* `fd N` */
static bool read_fd(parser *p) {
  uint32_t least = p->fd < BELL_FD_MIN ? BELL_FD_MIN : p->fd + 1;
  uint32_t fd = 0;
  bool good = lexer_number(&p->lx, BELL_FD_MAX, &fd) && fd >= least;
  p->lx.problem.number = least;
  if (!good) return fail_word(p, BELL_PROBLEM_FD);
  p->fd = fd;
  p->stream.descriptor = (uint16_t)fd;
  return true;
}

/* `of NAME`: whose reaction it is. */
static bool read_of(parser *p, bell_statement *s) {
  if (!read_reference(p, &s->of)) return false;
  bool is_promise = word_of(&p->scenario->statements[s->of])->making != BELL_MAKES_THENABLE;
  return is_promise || fail_word(p, BELL_PROBLEM_PROMISE_THENABLE);
}

/* What the clause says, behind its word. */
static bool read_clause(parser *p, bell_statement *s, bell_clause clause) {
  switch (clause) {
  case BELL_CLAUSE_READY:
    return read_ready(p, s);
  case BELL_CLAUSE_TAKES:
    return read_duration(p, &s->takes_us);
  case BELL_CLAUSE_OF:
    return HAS_LESSON_5 && read_of(p, s);
  case BELL_CLAUSE_FOREVER:
    s->forever = 1;
    return p->scenario->endless = HAS_LESSON_5;
  case BELL_CLAUSE_CLOSES:
  case BELL_CLAUSE_RESETS:
    return HAS_LESSON_4 && read_end(p, s, clause);
  case BELL_CLAUSE_NEVER:
    return HAS_LESSON_4 && (p->scenario->closing = true);
  case BELL_CLAUSE_SIZE:
    return BELL_HAS_BYTES && lexer_size(&p->lx, &p->stream.size);
  case BELL_CLAUSE_IN:
    return BELL_HAS_BYTES && read_parts(p);
  case BELL_CLAUSE_BUFFER:
    return BELL_HAS_BYTES && lexer_size(&p->lx, &p->stream.buffer);
  case BELL_CLAUSE_READS:
    return BELL_HAS_BYTES && read_reads(p, s);
  case BELL_CLAUSE_AND:
    return BELL_HAS_BYTES && read_and(p, s);
  case BELL_CLAUSE_DESCRIPTORS:
    return BELL_HAS_BYTES && read_descriptors(p);
  case BELL_CLAUSE_FD:
    return BELL_HAS_BYTES && read_fd(p);
  case BELL_CLAUSE_THREADS:
    return BELL_HAS_BYTES && read_threads(p);
  case BELL_CLAUSE_AFTER:
  case BELL_CLAUSE_WITH:
    break;
  default:
    return BELL_HAS_BYTES && read_again(p, clause);
  }
  if (!HAS_LESSON_5) return false;
  s->kind = (uint8_t)bell_word_form((bell_kind)s->kind, clause);
  return clause == BELL_CLAUSE_AFTER ? read_duration(p, &s->after_us) : read_reference(p, &s->with);
}

/* Something where a clause would stand. A name that is the word of a clause was meant as one: `timer after 3`. */
static bool fail_clause(parser *p) {
  if (bell_word_clause(p->name) == BELL_CLAUSES) return fail_word(p, BELL_PROBLEM_CLAUSE);
  p->lx.word = p->name;
  return fail_word(p, BELL_PROBLEM_NAME_MISSING);
}

static unsigned clauses_of(const parser *p, const bell_statement *s) {
  return bell_word_clauses((bell_kind)s->kind, p->scenario->host, s->depth > 0);
}

/* A timer expires once, or again and again. */
static bool goes_with_timer(bell_clause clause, unsigned seen) {
  static const unsigned again = 1 << BELL_CLAUSE_EVERY | 1 << BELL_CLAUSE_UNTIL;
  unsigned both = seen | 1U << clause;
  return (both >> BELL_CLAUSE_READY & 1) == 0 || (both & again) == 0;
}

/* A connection has one end, and nothing is said on one that never speaks. */
static bool goes_with(bell_clause clause, unsigned seen) {
  static const unsigned ends = 1 << BELL_CLAUSE_CLOSES | 1 << BELL_CLAUSE_RESETS;
  static const unsigned speech = 1 << BELL_CLAUSE_READY | 1 << BELL_CLAUSE_NEVER;
  unsigned both = seen | 1U << clause;
  return (both & ends) != ends && (both & speech) != speech;
}

/* The end that was read, behind the messages. */
static bool add_end(parser *p, const bell_statement *s) {
  bell_scenario *scenario = p->scenario;
  if (scenario->event_count > s->first_event) {
    p->lx.problem.number = scenario->events[scenario->event_count - 1].ready_us;
    p->lx.word = p->end;
    if (p->end_us < p->lx.problem.number) return fail_word(p, BELL_PROBLEM_TIME_BACK);
  }
  add_event(p, p->end_us);
  scenario->events[scenario->event_count - 1].parent = BELL_END;
  return true;
}

/* Of the socket that was read last. */
static void put_stream(parser *p, uint32_t socket) {
  bell_scenario *scenario = p->scenario;
  *--p->streams = p->stream;
  p->streams->statement = socket;
  scenario->streams = p->streams;
  scenario->stream_count++;
}

static bool count_run(parser *p, uint32_t times);

/* A timer has one event in the text. */
static bool add_timer(parser *p, const bell_statement *s) {
  p->scenario->timer_count++;
  bool is_once = p->scenario->event_count > s->first_event;
  if (is_once) return true;
  if (p->until.length == 0) return fail_here(p, BELL_PROBLEM_UNTIL_MISSING);
  p->lx.problem.number = p->every_us;
  p->lx.word = p->until;
  if (p->until_us < p->every_us) return fail_word(p, BELL_PROBLEM_TIME_BACK);
  int64_t times = p->until_us / p->every_us;
  p->stream = (bell_stream){.expirations = times < UINT32_MAX ? (uint32_t)times : UINT32_MAX};
  add_event(p, p->every_us);
  put_stream(p, p->scenario->statement_count);
  return count_run(p, p->stream.expirations - 1);
}

/* It has no event in the text: when each is depends on who waits for the disk. */
static bool add_file(parser *p) {
  p->stream.parts = 0;
  put_stream(p, p->scenario->statement_count);
  p->scenario->has_files = p->scenario->closing = true;
  return count_run(p, p->stream.expirations);
}

/* It is read as a timer is. */
static bool add_worker(parser *p) {
  if (p->scenario->has_worker) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  p->scenario->timer_count++;
  p->scenario->worker = p->scenario->statement_count;
  return p->scenario->has_worker = p->scenario->closing = true;
}

/* The sizes and the parts that were read, before the end is added. */
static bool add_stream(parser *p, const bell_statement *s) {
  bell_scenario *scenario = p->scenario;
  const bell_stream *stream = &p->stream;
  bool has_parts = p->parts.length > 0;
  bool is_apart = s->kind == BELL_TIMEOUT || s->kind == BELL_SIGNAL;
  if (s->kind != BELL_SOCKET && !is_apart) scenario->has_others = true;
  if (is_timer(p, s)) return add_timer(p, s);
  if (s->kind == BELL_WORKER) return add_worker(p);
  if (s->kind == BELL_FILE) return add_file(p);
  if (is_apart) scenario->apart_count++;
  if (is_apart) return scenario->closing = true;
  bool is_second = s->kind == BELL_ACCEPTING && p->has_listener;
  if (is_second && scenario->descriptors > 0) return fail_statement(p, BELL_PROBLEM_DESCRIPTORS_ONE);
  if (s->kind == BELL_ACCEPTING) p->has_listener = true;
  if (stream->size == 0) {
    p->lx.word = p->parts;
    if (has_parts) return fail_word(p, BELL_PROBLEM_SIZE_MISSING);
    if (stream->buffer > 0 || stream->reads > 0 || stream->descriptor > 0) put_stream(p, scenario->statement_count);
    return true;
  }
  p->lx.word = p->parts;
  if (stream->parts > stream->size) return fail_word(p, BELL_PROBLEM_PARTS_MANY);
  uint32_t over = (scenario->event_count - s->first_event) % stream->parts;
  bool may_break_off = p->end.length > 0;
  p->lx.problem.number = stream->parts - over;
  if (over > 0 && !may_break_off) return fail_word(p, BELL_PROBLEM_PARTS_READY);
  put_stream(p, scenario->statement_count);
  return scenario->sized = true;
}

/* Are all clauses there that the statement needs? */
static bool check_clauses(parser *p, const bell_statement *s, unsigned seen) {
  unsigned missing = clauses_of(p, s) & ~seen;
  unsigned needed = missing & word_of(s)->needs;
  if ((seen >> BELL_CLAUSE_NEVER & 1) != 0) missing = needed = 0;
  if (BELL_HAS_BYTES && (seen >> BELL_CLAUSE_EVERY & 1) != 0) missing = needed = 0;
  if ((needed >> BELL_CLAUSE_AFTER & 1) != 0) return fail_here(p, BELL_PROBLEM_AFTER_MISSING);
  if ((needed >> BELL_CLAUSE_OF & 1) != 0) return fail_here(p, BELL_PROBLEM_PROMISE_OF_MISSING);
  if (BELL_HAS_BYTES && (needed >> BELL_CLAUSE_READS & 1) != 0) return fail_here(p, BELL_PROBLEM_FILE_READS);
  if ((needed >> BELL_CLAUSE_READY & 1) != 0) return fail_here(p, BELL_PROBLEM_READY_MISSING);
  if ((missing >> BELL_CLAUSE_READY & 1) != 0) add_event(p, 0);
  return true;
}

/* The clauses after the name and the payload, in any order, each once. */
static bool read_clauses(parser *p, bell_statement *s) {
  unsigned seen = 0;
  while (!lexer_at_end(&p->lx)) {
    lexer_word(&p->lx);
    bell_clause clause = bell_word_clause(p->lx.word);
    p->lx.problem.kind = s->kind;
    if (clause == BELL_CLAUSES) return fail_clause(p);
    bool needs_bytes = clause >= BELL_CLAUSE_SIZE && clause <= BELL_CLAUSE_READS;
    if (HAS_LESSON_4 && !BELL_HAS_BYTES && needs_bytes) return fail_word(p, BELL_PROBLEM_NOT_IN_PAGE);
    if ((clauses_of(p, s) >> clause & 1) == 0) return fail_word(p, BELL_PROBLEM_CLAUSE_WRONG);
    if ((seen >> clause & 1) != 0) return fail_word(p, BELL_PROBLEM_CLAUSE_TWICE);
    if (HAS_LESSON_4 && !goes_with(clause, seen)) return fail_word(p, BELL_PROBLEM_CLAUSE_BESIDE);
    if (is_timer(p, s) && !goes_with_timer(clause, seen)) return fail_word(p, BELL_PROBLEM_TIMER_BESIDE);
    seen |= 1U << clause;
    lexer_skip_space(&p->lx);
    if (!read_clause(p, s, clause)) return false;
  }
  return check_clauses(p, s, seen) && (!BELL_HAS_BYTES || s->depth > 0 || add_stream(p, s)) &&
         (!HAS_LESSON_4 || p->end.length == 0 || add_end(p, s));
}

/* ---- statements ------------------------------------------------------------------------------------------------- */

/* Which depth the line's indentation gives it. Levels deeper than that are closed. */
static bool find_depth(parser *p, size_t indent, uint16_t *depth) {
  bool closed = false;
  while (p->open_count > 1 && p->open[p->open_count - 1].indent > indent) {
    close_level(p);
    closed = true;
  }
  if (indent == 0) {
    while (p->open_count > 0) close_level(p);
    *depth = 0;
    return true;
  }
  if (p->open_count == 0) return fail_here(p, BELL_PROBLEM_INDENT_FIRST);
  bool is_sibling = parent_of(p)->indent == indent;
  if (closed && !is_sibling) return fail_here(p, BELL_PROBLEM_INDENT_UNEVEN);
  if (is_sibling) close_level(p);
  if (p->open_count > BELL_NESTING_MAX) return fail_here(p, BELL_PROBLEM_INDENT_DEEP);
  *depth = (uint16_t)p->open_count;
  return true;
}

/* May this statement stand at this depth, and can the host run it? */
static bool check_word(parser *p, const bell_statement *s) {
  bell_host host = p->scenario->host;
  unsigned places = word_of(s)->places;
  bool runs = (word_of(s)->hosts >> host & 1) != 0;
  bool is_elsewhere = !BELL_HAS_BYTES && is_lesson_4(p) && is_of_bytes(s);
  if (is_elsewhere) return fail_statement(p, BELL_PROBLEM_NOT_IN_PAGE);
  if (is_lesson_4(p)) {
    bool is_handlers = s->depth == 1 && is_of_handler(s);
    if (s->depth > 0 && !is_handlers) return fail_statement(p, BELL_PROBLEM_HOST_ACTIONS);
    if (!runs) return fail_statement(p, BELL_PROBLEM_HOST_SOCKETS);
  }
  if (s->depth == 0 && (places & BELL_AT_EDGE) == 0) return fail_statement(p, BELL_PROBLEM_ACTION_LOOSE);
  if (s->depth > 0 && places == BELL_AT_EDGE) return fail_statement(p, BELL_PROBLEM_INDENT_SOURCE);
  bell_problem_code of_other = host == BELL_BROWSER ? BELL_PROBLEM_HOST_NODE : BELL_PROBLEM_HOST_BROWSER;
  return runs || fail_statement(p, of_other);
}

/* May something stand here, under this parent? */
static bool check_parent(parser *p) {
  const level *parent = parent_of(p);
  if (parent->over) return fail_statement(p, BELL_PROBLEM_PROMISE_OVER);
  if (parent->statement == BELL_NONE) return true;
  const bell_statement *s = &p->scenario->statements[parent->statement];
  bell_making making = (bell_making)word_of(s)->making;
  bool has_code =
      making == BELL_MAKES_CALLBACK || making == BELL_MAKES_FUNCTION || (making == BELL_MAKES_PROMISE && s->depth == 0);
  return has_code || fail_statement(p, BELL_PROBLEM_PROMISE_BARE);
}

/* await, return and throw: of which function? */
static bool find_function(parser *p, bell_statement *s) {
  uint32_t parent = parent_of(p)->statement;
  if (parent == BELL_NONE) return false; /* its line was wrong, which was reported */
  const bell_statement *function = &p->scenario->statements[parent];
  bool good = bell_word_fits((bell_kind)s->kind, p->scenario->host, (bell_kind)function->kind);
  s->function = parent;
  s->name = function->name;
  if (s->kind != BELL_AWAIT) parent_of(p)->over = true;
  return good || fail_statement(p, BELL_PROBLEM_PROMISE_PLACE);
}

/* What settles a promise must be given one that nothing else settles. */
static bool read_settled(parser *p, bell_statement *s) {
  if (!read_reference(p, &s->of)) return false;
  const bell_statement *settled = &p->scenario->statements[s->of];
  s->name = settled->name;
  return word_of(settled)->making == BELL_MAKES_PROMISE || fail_word(p, BELL_PROBLEM_PROMISE_SETTLES);
}

/* The async that a statement stands right under. */
static uint32_t async_above(parser *p) {
  uint32_t parent = parent_of(p)->statement;
  bool is_async = parent != BELL_NONE && p->scenario->statements[parent].kind == BELL_ASYNC;
  return is_async ? parent : BELL_NONE;
}

static bool read_own_name(parser *p, bell_statement *s) {
  bool good = lexer_name(&p->lx, &s->name);
  p->name = p->lx.word;
  return good;
}

/* There is one event to listen for, one to ignore, one to watch. */
static bool read_event(parser *p, bell_statement *s) {
  if (!read_own_name(p, s)) return false;
  bool good = strcmp(p->lx.strings + s->name, word_of(s)->event) == 0;
  return good || fail_word(p, s->kind == BELL_LISTENER ? BELL_PROBLEM_LISTENER : BELL_PROBLEM_HANDLER);
}

/* `write SIZE`, `read up to SIZE` */
static bool read_amount(parser *p, const bell_statement *s) {
  if (s->kind == BELL_WRITE) return lexer_size(&p->lx, &p->stream.answer);
  bool good = lexer_says(&p->lx, "up") && lexer_says(&p->lx, "to");
  if (!good && p->lx.word.length == 0) return fail_here(p, BELL_PROBLEM_NAME_MISSING);
  return good ? lexer_size(&p->lx, &p->stream.limit) : fail_word(p, BELL_PROBLEM_HANDLER);
}

/* `timeout 5`, `timeout every 5`: of the whole scenario, so there is one. */
static bool read_its_time(parser *p, bell_statement *s) {
  if (p->scenario->timeout_us > 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  const char *after = p->lx.at;
  p->lx.at = p->word.start;
  if (!lexer_name(&p->lx, &s->name)) return false;
  p->name = p->word;
  p->lx.at = after;
  bool keeps_time = lexer_says(&p->lx, "every");
  uint32_t us = 0;
  if (!read_duration(p, &us)) return false;
  if (us == 0) return fail_word(p, BELL_PROBLEM_EVERY);
  p->scenario->timeout_us = us;
  p->scenario->keeps_time = keeps_time;
  lexer_skip_space(&p->lx);
  return lexer_payload(&p->lx, &s->payload);
}

/* The names behind the word. */
static bool read_names(parser *p, bell_statement *s) {
  switch ((bell_naming)word_of(s)->naming) {
  case BELL_NAMES_SETTLED:
    return HAS_LESSON_5 && read_settled(p, s);
  case BELL_NAMES_NOTHING:
    return HAS_LESSON_5 && find_function(p, s);
  case BELL_NAMES_VALUE:
    return HAS_LESSON_5 && find_function(p, s) && (lexer_at_end(&p->lx) || read_reference(p, &s->of));
  case BELL_NAMES_ITSELF:
    if (s->depth == 0) break;
    if (s->kind == BELL_ASYNC) s->of = async_above(p);
    return read_own_name(p, s);
  case BELL_NAMES_EVENT:
    return read_event(p, s);
  case BELL_NAMES_ITS_TIME:
    return BELL_HAS_BYTES && read_its_time(p, s);
  case BELL_NAMES_AMOUNT:
    return BELL_HAS_BYTES && read_amount(p, s);
  case BELL_NAMES_CALLBACK:
    break;
  }
  return read_own_name(p, s) && lexer_payload(&p->lx, &s->payload);
}

/* Node runs one script, before all else. */
static bool check_script(parser *p, const bell_statement *s) {
  if (!HAS_LESSON_5 || p->scenario->host != BELL_NODE || s->kind != BELL_SCRIPT) return true;
  bool is_main = !p->script && p->scenario->events[s->first_event].ready_us == 0;
  p->script = true;
  return is_main || fail_statement(p, BELL_PROBLEM_HOST_SCRIPT);
}

/* How often a statement happens: as often as the source that it belongs to becomes ready. */
static uint32_t times_it_runs(const parser *p, const bell_statement *s) {
  uint32_t first_event = s->first_event;
  if (s->depth > 0) {
    if (p->open[0].statement == BELL_NONE) return 0;
    first_event = p->scenario->statements[p->open[0].statement].first_event;
  }
  return p->scenario->event_count - first_event;
}

/* Counts what a run will hold. Too much is reported once, not again for every line that follows. */
static bool count_run(parser *p, uint32_t times) {
  bell_scenario *scenario = p->scenario;
  if (p->full || times <= BELL_EVENTS_MAX - scenario->run_count) {
    scenario->run_count += p->full ? 0 : times;
    return true;
  }
  p->full = true;
  return lexer_fail(&p->lx, BELL_PROBLEM_EVENTS, p->lx.line);
}

static bool check_run(parser *p, const bell_statement *s) {
  bell_scenario *scenario = p->scenario;
  uint32_t times = 0;
  if (HAS_LESSON_5 && bell_statement_is_of_promises(s)) { /* it runs once */
    times = word_of(s)->jobs;
    scenario->promise_count += word_of(s)->promises;
    scenario->promise_jobs += times;
  } else {
    times = times_it_runs(p, s);
  }
  return count_run(p, times);
}

/* Lesson 4 takes each name once; in lesson 5 a promise at the left edge is known, to say that it is none to react
 * to. */
static bool declare(parser *p, const bell_statement *s) {
  uint32_t statement = p->scenario->statement_count;
  if (!is_lesson_4(p)) {
    if (s->depth == 0 && s->kind == BELL_PROMISE) names_declare(&p->names, statement);
    return true;
  }
  uint32_t first = names_declare_once(&p->names, statement);
  if (first == BELL_NONE) return true;
  p->lx.problem.number = p->scenario->statements[first].line;
  p->lx.word = p->name;
  return fail_word(p, BELL_PROBLEM_NAME_TWICE);
}

static uint32_t capped(uint64_t number) { return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX; }

static bool has_stream(const parser *p, uint32_t socket) {
  return p->scenario->stream_count > 0 && p->streams->statement == socket;
}

/* The last message may break off. */
static uint64_t messages_of(const bell_stream *stream, uint32_t events) {
  return (events + stream->parts - 1) / stream->parts;
}

/* Each read takes so much, or ends a part: the parts are counted already. */
static bool tell_stream(parser *p, uint32_t socket, uint32_t events) {
  bool is_sized = has_stream(p, socket) && p->streams->size > 0;
  if (!is_sized) return fail_statement(p, BELL_PROBLEM_NO_SIZE);
  if (p->streams->limit < UINT32_MAX) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  p->streams->limit = p->stream.limit;
  return count_run(p, capped(messages_of(p->streams, events) * (p->streams->size / p->streams->limit)));
}

/* Of what is written each time takes so much at least, or ends an answer: there is that much room, or it is all. */
static uint32_t least_write(const bell_stream *stream, bool is_read_at_once) {
  uint32_t enough = is_read_at_once ? bell_stream_buffer(stream) : bell_stream_enough(stream);
  return stream->reads > 0 && stream->reads < enough ? stream->reads : enough;
}

/* What a run holds besides are writes, and how often the peer reads bounds its time. */
static bool tell_answer(parser *p, bell_statement *socket, uint32_t events) {
  uint32_t statement = parent_of(p)->statement;
  uint32_t answer = p->stream.answer;
  if (!has_stream(p, statement)) {
    p->stream.answer = 0;
    put_stream(p, statement);
  }
  bell_stream *stream = p->streams;
  if (stream->answer > 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  stream->answer = answer;
  uint64_t messages = messages_of(stream, events);
  if (messages * answer > BELL_ANSWERS_MAX) return fail_statement(p, BELL_PROBLEM_ANSWERS);
  bool watches = (socket->conduct & BELL_WATCHES_WRITE) != 0;
  bool does_not = (socket->conduct & (BELL_WAITS_TO_WRITE | BELL_FORGETS_REST)) != 0;
  if (watches && does_not) return fail_statement(p, BELL_PROBLEM_WATCHING);
  bool is_read_at_once = stream->reads == 0 && (socket->conduct & BELL_READS_NEVER) == 0;
  uint32_t writes = capped(messages * (answer / least_write(stream, is_read_at_once) + 1));
  p->scenario->writing = p->scenario->closing = true;
  p->scenario->writes += writes;
  bool is_at_once = is_read_at_once && answer <= bell_stream_buffer(stream);
  if (is_at_once || (socket->conduct & BELL_WAITS_TO_WRITE) != 0) p->scenario->writes_at_once += writes;
  return count_run(p, writes);
}

/* `stop watching` */
static bool tell_stop(parser *p, bell_statement *socket) {
  bool writes = has_stream(p, parent_of(p)->statement) && p->streams->answer > 0;
  unsigned others = BELL_WATCHES_WRITE | BELL_WAITS_TO_WRITE | BELL_FORGETS_REST;
  if (!writes) return fail_statement(p, BELL_PROBLEM_NO_WRITE);
  if ((socket->conduct & others) != 0) return fail_statement(p, BELL_PROBLEM_WATCHING);
  if ((socket->conduct & BELL_STOPS_WATCHING) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  socket->conduct |= BELL_STOPS_WATCHING;
  return true;
}

/* `hand over`: of each message the worker tells, once it is done. */
static bool tell_hand(parser *p, bell_statement *socket, uint32_t events) {
  if ((socket->conduct & BELL_HANDS_OVER) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  socket->conduct |= BELL_HANDS_OVER;
  if (p->handed == 0) p->handed = p->lx.problem.line;
  uint32_t messages = has_stream(p, parent_of(p)->statement) ? events / p->streams->parts : events; /* whole ones */
  p->scenario->given_max += messages;
  return count_run(p, messages);
}

/* What such a line says, where that is all of it. */
static uint8_t bit_of(bell_kind kind) {
  if (BELL_HAS_BYTES && kind == BELL_LEAVE) return BELL_LEAVES_UNREAD;
  if (BELL_HAS_BYTES && kind == BELL_KEEP) return BELL_KEEPS_SPARE;
  return kind == BELL_IGNORE ? BELL_IGNORES_END : BELL_WATCHES_WRITE;
}

/* A file has its end in a run. */
static bool is_ending(const bell_statement *source, bool has_end) {
  return has_end || (BELL_HAS_BYTES && source->kind == BELL_FILE);
}

/* A line of a handler is no statement of its own: it is told of its socket. */
static bool tell_socket(parser *p, const bell_statement *s) {
  if (parent_of(p)->statement == BELL_NONE) return true; /* its line was wrong, which was reported */
  bell_statement *socket = &p->scenario->statements[parent_of(p)->statement];
  uint32_t events = p->scenario->event_count;
  bool has_end = events > socket->first_event && p->scenario->events[events - 1].parent == BELL_END;
  bool fits = !BELL_HAS_BYTES || bell_word_fits((bell_kind)s->kind, BELL_MULTIPLEXER, (bell_kind)socket->kind);
  bool is_under_none = socket->kind == BELL_TIMEOUT || socket->kind == BELL_SIGNAL; /* they have no handler */
  bool writes = BELL_HAS_BYTES && socket->kind == BELL_PIPE && (word_of(s)->places & BELL_IN_HANDLER) != 0;
  if (!fits && writes) return fail_statement(p, BELL_PROBLEM_PIPE);
  if (!fits) return fail_statement(p, is_under_none ? BELL_PROBLEM_PROMISE_BARE : BELL_PROBLEM_HOST_ACTIONS);
  if (BELL_HAS_BYTES && s->kind == BELL_READ) {
    return tell_stream(p, parent_of(p)->statement, events - socket->first_event - has_end);
  }
  if (BELL_HAS_BYTES && s->kind == BELL_WRITE) {
    socket->conduct |= s->conduct;
    return tell_answer(p, socket, events - socket->first_event - has_end);
  }
  if (BELL_HAS_BYTES && s->kind == BELL_STOP) return tell_stop(p, socket);
  if (BELL_HAS_BYTES && s->kind == BELL_HAND) return tell_hand(p, socket, events - socket->first_event - has_end);
  uint8_t bit = bit_of((bell_kind)s->kind);
  bool keeps_for_nothing = BELL_HAS_BYTES && s->kind == BELL_KEEP && p->scenario->descriptors == 0;
  if (keeps_for_nothing) return fail_statement(p, BELL_PROBLEM_NO_BOUND);
  if (s->kind == BELL_IGNORE && !is_ending(socket, has_end)) return fail_statement(p, BELL_PROBLEM_NO_END);
  if ((socket->conduct & bit) != 0) return fail_statement(p, BELL_PROBLEM_CLAUSE_TWICE);
  unsigned beside = BELL_STOPS_WATCHING | BELL_WAITS_TO_WRITE | BELL_FORGETS_REST;
  bool does_not_go = BELL_HAS_BYTES && s->kind == BELL_WATCH && (socket->conduct & beside) != 0;
  if (does_not_go) return fail_statement(p, BELL_PROBLEM_WATCHING);
  socket->conduct |= bit;
  return p->scenario->closing = true;
}

/* The statement on the current line, after its indentation. */
static bool read_statement(parser *p, bell_statement *s, uint16_t depth) {
  *s = (bell_statement){.first_event = p->scenario->event_count, .line = p->lx.problem.line, .depth = depth};
  bell_problem *problem = &p->lx.problem;
  problem->host = (uint8_t)p->scenario->host;
  problem->is_indented = s->depth > 0;
  if (s->depth > 0 && parent_of(p)->statement != BELL_NONE) {
    problem->under = p->scenario->statements[parent_of(p)->statement].kind;
  }
  lexer_word(&p->lx);
  p->word = p->lx.word;
  p->name = p->end = p->parts = p->until = (bell_slice){0};
  p->stream = (bell_stream){.parts = 1, .limit = UINT32_MAX};
  s->kind = (uint8_t)bell_word_kind(p->word);
  if (BELL_HAS_BYTES && s->kind == BELL_LISTENER && is_lesson_4(p)) s->kind = BELL_ACCEPTING;
  problem->kind = s->kind;
  bool is_unknown = s->kind == BELL_KINDS || (word_of(s)->hosts == 1 << BELL_MULTIPLEXER && !is_lesson_4(p));
  if (is_unknown) {
    problem->kind = BELL_KINDS;
    if (!is_lesson_4(p)) return fail_statement(p, javascript_problem(&p->word));
    return fail_statement(p, depth > 0 ? BELL_PROBLEM_HOST_ACTIONS : BELL_PROBLEM_WORD_SOCKET);
  }
  if (!check_word(p, s) || (s->depth > 0 && !check_parent(p)) || !lexer_gap(&p->lx)) return false;
  if (HAS_LESSON_5 && bell_statement_is_of_promises(s)) {
    s->of = BELL_NONE;
    if (parent_of(p)->often) return fail_statement(p, BELL_PROBLEM_PROMISE_OFTEN);
  }
  if (HAS_LESSON_4 && is_of_handler(s)) return read_names(p, s) && read_clauses(p, s) && tell_socket(p, s);
  return read_names(p, s) && read_clauses(p, s) && check_script(p, s) && check_run(p, s) && declare(p, s);
}

/* A line that cannot be read still stands where it stands, so that those indented under it have somebody to belong to.
 */
BELL_CALLED_OFTEN static void read_line(parser *p) {
  bool good = lexer_check_line(&p->lx);
  while (lexer_peek(&p->lx) == ' ') p->lx.at++;
  const char *spaces = p->lx.at;
  lexer_skip_space(&p->lx);
  if (lexer_at_end(&p->lx)) return;
  if (p->lx.at > spaces) good = lexer_fail(&p->lx, BELL_PROBLEM_TAB_INDENT, spaces);
  size_t indent = (size_t)(p->lx.at - p->lx.line);
  uint16_t depth = 0;
  if (!find_depth(p, indent, &depth)) return;
  uint32_t statement = p->scenario->statement_count;
  bell_statement *s = &p->scenario->statements[statement];
  good = good && read_statement(p, s, depth);
  bool often = depth > 0 && parent_of(p)->often;
  if (good && !often) often = s->forever || (depth == 0 && p->scenario->event_count > s->first_event + 1);
  if (depth > 0 && !good) parent_of(p)->unsure = true;
  bool is_kept = good && !(HAS_LESSON_4 && is_of_handler(s));
  p->open[p->open_count++] = (level){.indent = indent, .statement = is_kept ? statement : BELL_NONE, .often = often};
  if (is_kept) p->scenario->statement_count++;
}

/* ---- the whole text --------------------------------------------------------------------------------------------- */

/* Upper bounds: a script may be ready at 0 without saying so. A line that has a size has room for an event that it does
 * not make, and for one in the place of the size's number: a stream lies there. And every string loses its quotes, or
 * the space behind it, and gains a NUL. */
static uint32_t events_of(bell_scenario_text text) { return text.times + text.lines; }
static size_t strings_of(size_t length) { return length + 2; }

size_t bell_scenario_memory(bell_scenario_text text) {
  if (text.length >= BELL_TEXT_MAX) return SIZE_MAX;
  size_t bytes = bell_arena_bytes(text.lines, sizeof(bell_statement));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(events_of(text), sizeof(bell_event)));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(strings_of(text.length), sizeof(char)));
  return bell_arena_sum(bytes, bell_arena_bytes(names_size(text.lines), sizeof(uint32_t)));
}

static bool take_memory(parser *p, bell_scenario_text text, bell_arena *arena) {
  if (text.length >= BELL_TEXT_MAX) return fail_here(p, BELL_PROBLEM_MEMORY);
  bell_scenario *s = p->scenario;
  s->statements = bell_arena_take(arena, text.lines, sizeof(bell_statement));
  s->events = bell_arena_take(arena, events_of(text), sizeof(bell_event));
  s->strings = p->lx.strings = bell_arena_take(arena, strings_of(text.length), sizeof(char));
  p->names = (names){.statements = s->statements, .strings = s->strings, .size = names_size(text.lines)};
  p->names.slots = bell_arena_take(arena, p->names.size, sizeof(uint32_t));
  bool is_enough = s->statements != NULL && s->events != NULL && s->strings != NULL && p->names.slots != NULL;
  if (!is_enough) return fail_here(p, BELL_PROBLEM_MEMORY);
  p->streams = (bell_stream *)(void *)(s->events + events_of(text));
  names_clear(&p->names);
  p->lx.is_plain = text.is_plain;
  p->lx.strings[p->lx.strings_used++] = '\0'; /* the empty string */
  return true;
}

/* Backwards, so that the children of a statement are done before it. */
static void find_ends(bell_scenario *scenario) {
  bell_statement *statements = scenario->statements;
  for (uint32_t i = scenario->statement_count; i-- > 0;) {
    uint32_t end = i + 1;
    while (end < scenario->statement_count && statements[end].depth > statements[i].depth) end = statements[end].end;
    statements[i].end = end;
    if (statements[i].depth == 0) statements[i].shadows = 0; /* nobody forgot its name */
  }
}

/* A wait times out while nothing comes, which is before the last event; and the housekeeping may be due behind each
 * step that keeps the thread busy. */
static void count_timeouts(parser *p) {
  bell_scenario *scenario = p->scenario;
  if (scenario->timeout_us == 0 || p->lx.failed) return;
  int64_t last_us = 0;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    uint32_t end = bell_scenario_events_end(scenario, i);
    bool is_file = scenario->statements[i].kind == BELL_FILE;
    if (end == scenario->statements[i].first_event && !is_file) continue;
    const bell_stream *stream = bell_scenario_find_stream(scenario, i);
    int64_t times = stream != NULL && stream->parts == 0 ? stream->expirations : 1;
    int64_t us = (is_file ? scenario->statements[i].takes_us : scenario->events[end - 1].ready_us) * times;
    if (us > last_us) last_us = us;
  }
  uint32_t timeout = 0;
  while (scenario->statements[timeout].kind != BELL_TIMEOUT) timeout++;
  p->lx.problem.line = scenario->statements[timeout].line;
  p->lx.line = p->lx.at;
  scenario->timeouts_max = capped((uint64_t)(last_us / scenario->timeout_us) + 2 + scenario->run_count);
  count_run(p, scenario->timeouts_max);
}

static void check_worker(parser *p) {
  if (p->handed == 0 || p->scenario->has_worker || p->lx.failed) return;
  p->lx.problem.line = p->handed;
  p->lx.line = p->lx.at;
  fail_here(p, BELL_PROBLEM_WORKER_MISSING);
}

bool bell_scenario_parse(bell_scenario *scenario, bell_scenario_text text, bell_host host, bell_arena *arena,
                         bell_report report) {
  *scenario = (bell_scenario){.host = host};
  parser p = {.scenario = scenario,
              .lx = {.report = report,
                     .next = text.start,
                     .last = text.start + text.length,
                     .line = text.start,
                     .at = text.start,
                     .end = text.start,
                     .problem = {.line = 1}}};
  if (!take_memory(&p, text, arena)) return false;
  p.lx.problem.line = 0;
  if (text.length >= 3 && memcmp(text.start, "\xEF\xBB\xBF", 3) == 0) p.lx.next += 3; /* a byte-order mark */
  while (lexer_next_line(&p.lx)) read_line(&p);
  while (p.open_count > 0) close_level(&p);
  if (HAS_LESSON_5) names_forget(&p.names, 0);
  find_ends(scenario);
  if (BELL_HAS_BYTES) count_timeouts(&p);
  if (BELL_HAS_BYTES) check_worker(&p);
  if (scenario->has_worker) scenario->statements[scenario->worker].threads = p.threads > 0 ? p.threads : 1;
  if (scenario->endless) scenario->run_count += BELL_FOREVER_MORE;
  return !p.lx.failed;
}
