/* The statements of a text, line by line: where each belongs, its word and its names. */
#include "scenario/parser.h"

#include <string.h>

#include "scenario/javascript.h"
#include "scenario/parser_parts.h"

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

bool parser_reference(parser *p, uint32_t *found) {
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

/* Does the line say what the handler of a source of lesson 4 does? And does a page's small module not know it? */
static bool is_of_handler(const bell_statement *s) {
  bool is_of_others =
      BELL_HAS_BYTES && (s->kind == BELL_HAND || (word_of(s)->places & (BELL_IN_TIMER | BELL_IN_LISTENER)) != 0);
  return is_of_others || (s->kind >= BELL_IGNORE && s->kind <= BELL_STOP);
}
static bool is_of_bytes(const bell_statement *s) {
  return (s->kind >= BELL_READ && s->kind <= BELL_STOP) || s->kind == BELL_TIMER;
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
  if (!parser_reference(p, &s->of)) return false;
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
  if (!parser_duration(p, &us)) return false;
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
    return HAS_LESSON_5 && find_function(p, s) && (lexer_at_end(&p->lx) || parser_reference(p, &s->of));
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

bool parser_count(parser *p, uint32_t times) {
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
  return parser_count(p, times);
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
  if (HAS_LESSON_4 && is_of_handler(s)) return read_names(p, s) && parser_clauses(p, s) && parser_tell(p, s);
  return read_names(p, s) && parser_clauses(p, s) && check_script(p, s) && check_run(p, s) && declare(p, s);
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
  parser_count(p, scenario->timeouts_max);
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
