/* The clauses of a line: what each says, which go together, and what comes of all. */
#include "scenario/parser_parts.h"

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

bool parser_duration(parser *p, uint32_t *us) {
  int64_t value = 0;
  if (!lexer_time(&p->lx, &value)) return false;
  if (value > BELL_DURATION_MAX_US) return fail_word(p, BELL_PROBLEM_DURATION_LARGE);
  *us = (uint32_t)value;
  return true;
}

/* `every D`, `until T` */
static bool read_again(parser *p, bell_clause clause) {
  if (clause == BELL_CLAUSE_EVERY) {
    return parser_duration(p, &p->every_us) && (p->every_us > 0 || fail_word(p, BELL_PROBLEM_EVERY));
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
  if (!parser_reference(p, &s->of)) return false;
  bool is_promise = word_of(&p->scenario->statements[s->of])->making != BELL_MAKES_THENABLE;
  return is_promise || fail_word(p, BELL_PROBLEM_PROMISE_THENABLE);
}

/* What the clause says, behind its word. */
static bool read_clause(parser *p, bell_statement *s, bell_clause clause) {
  switch (clause) {
  case BELL_CLAUSE_READY:
    return read_ready(p, s);
  case BELL_CLAUSE_TAKES:
    return parser_duration(p, &s->takes_us);
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
  return clause == BELL_CLAUSE_AFTER ? parser_duration(p, &s->after_us) : parser_reference(p, &s->with);
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

void parser_put_stream(parser *p, uint32_t socket) {
  bell_scenario *scenario = p->scenario;
  *--p->streams = p->stream;
  p->streams->statement = socket;
  scenario->streams = p->streams;
  scenario->stream_count++;
}

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
  parser_put_stream(p, p->scenario->statement_count);
  return parser_count(p, p->stream.expirations - 1);
}

/* It has no event in the text: when each is depends on who waits for the disk. */
static bool add_file(parser *p) {
  p->stream.parts = 0;
  parser_put_stream(p, p->scenario->statement_count);
  p->scenario->has_files = p->scenario->closing = true;
  return parser_count(p, p->stream.expirations);
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
    if (stream->buffer > 0 || stream->reads > 0 || stream->descriptor > 0)
      parser_put_stream(p, scenario->statement_count);
    return true;
  }
  p->lx.word = p->parts;
  if (stream->parts > stream->size) return fail_word(p, BELL_PROBLEM_PARTS_MANY);
  uint32_t over = (scenario->event_count - s->first_event) % stream->parts;
  bool may_break_off = p->end.length > 0;
  p->lx.problem.number = stream->parts - over;
  if (over > 0 && !may_break_off) return fail_word(p, BELL_PROBLEM_PARTS_READY);
  parser_put_stream(p, scenario->statement_count);
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

bool parser_clauses(parser *p, bell_statement *s) {
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
