#include "scenario/scenario.h"

#include <string.h>

const char *bell_host_name(bell_host host) {
  static const char *const names[BELL_HOSTS] = {"multiplexer", "browser", "node"};
  return names[host];
}

static const char *const kind_names[BELL_KINDS] = {"socket", "timer",     "promise", "script",  "input",   "microtask",
                                                   "tick",   "immediate", "frame",   "then",    "catch",   "finally",
                                                   "async",  "thenable",  "resolve", "resolve", "resolve", "reject",
                                                   "reject", "await",     "return",  "throw"};

const char *bell_kind_name(bell_kind kind) { return kind_names[kind]; }

/* ---- the parser's state ----------------------------------------------------------------------------------------- */

/* A statement that later lines may be indented under. */
typedef struct level {
  size_t indent;      /* spaces before it */
  uint32_t statement; /* BELL_NONE when its line was wrong */
  bool often;         /* what is indented under it may run more than once */
  bool over;          /* a return or a throw has ended it */
  bool unsure;        /* a line under it was wrong, which might have made something with a name */
} level;

typedef struct parser {
  bell_scenario *scenario;
  bell_report report;
  bell_host host;
  bool failed;
  bool full;   /* the run is too large, which was reported */
  bool script; /* Node's main script was read */

  const char *line; /* the current line, without its end */
  size_t length;    /* bytes in it */
  size_t at;        /* where reading stands in it */
  uint32_t number;  /* of the line, from 1 */
  uint32_t told;    /* the last line with a problem: one mistake gives one problem, so a line has one at most */

  level open[BELL_NESTING_MAX + 1]; /* the statement at each depth that the next line may belong to */
  uint32_t open_count;

  char *strings;
  size_t strings_used;
  uint32_t *names; /* a hash table of statements by name; BELL_NONE is free. Lesson 4: all; lesson 5: see `declare` */
  uint32_t names_size;
  uint32_t declared; /* the newest statement in that table, BELL_NONE if there is none */
} parser;

/* ---- problems --------------------------------------------------------------------------------------------------- */

static uint32_t column_of(const parser *p, size_t at) {
  uint32_t column = 1;
  for (size_t i = 0; i < at; i++) {
    bool continues = ((unsigned char)p->line[i] & 0xC0) == 0x80; /* a later byte of one character */
    if (!continues) column++;
  }
  return column;
}

/* Reports a problem with the piece of the line that starts at byte `at`. Always false, for `return problem(...)`. */
static bool problem(parser *p, bell_problem_code code, size_t at, bell_word word, int64_t number) {
  bell_problem found = {.code = code,
                        .line = p->number,
                        .column = column_of(p, at),
                        .number = number,
                        .word = word.start,
                        .word_length = word.length};
  p->failed = true;
  if (p->told == p->number) return false;
  p->told = p->number;
  p->report.tell(p->report.context, &found);
  return false;
}

static bool problem_here(parser *p, bell_problem_code code) { return problem(p, code, p->at, (bell_word){0}, 0); }

static bool problem_word(parser *p, bell_problem_code code, bell_word word) {
  return problem(p, code, (size_t)(word.start - p->line), word, 0);
}

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

/* How many bytes the UTF-8 character at `bytes` has; 0 when it is broken. RFC 3629, section 4. */
static size_t character_length(const unsigned char *bytes, size_t left) {
  unsigned char first = bytes[0];
  if (first < 0x80) return 1;
  size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || length > left) return 0;
  unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;  /* no longer than needed */
  unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF; /* no surrogate, not past U+10FFFF */
  if (bytes[1] < low || bytes[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

static bool is_control(const unsigned char *bytes, size_t length) {
  if (length == 1) return (bytes[0] < 0x20 && bytes[0] != '\t') || bytes[0] == 0x7F;
  return length == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0; /* U+0080 to U+009F */
}

static bool check_bytes(parser *p) {
  if (p->length > BELL_LINE_MAX) return problem(p, BELL_PROBLEM_LINE_LONG, 0, (bell_word){0}, (int64_t)p->length);
  for (size_t i = 0; i < p->length;) {
    const unsigned char *bytes = (const unsigned char *)p->line + i;
    size_t length = character_length(bytes, p->length - i);
    if (length == 0) return problem(p, BELL_PROBLEM_BYTES, i, (bell_word){0}, bytes[0]);
    if (is_control(bytes, length)) return problem(p, BELL_PROBLEM_CONTROL, i, (bell_word){0}, bytes[length - 1]);
    i += length;
  }
  return true;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static char peek(const parser *p) {
  if (p->at == p->length) return '\0'; /* which no line holds: it is a control character */
  return p->line[p->at];
}

static void skip_space(parser *p) {
  while (peek(p) == ' ' || peek(p) == '\t') p->at++;
}

static bool at_line_end(const parser *p) { return p->at == p->length || peek(p) == '#'; }

/* Everything up to a space, a quote or a comment. */
static bell_word read_word(parser *p) {
  bell_word word = {p->line + p->at, 0};
  while (!at_line_end(p) && peek(p) != ' ' && peek(p) != '\t' && peek(p) != '"') p->at++;
  word.length = (size_t)(p->line + p->at - word.start);
  return word;
}

/* There must be a space, or nothing, between a string and its neighbor. */
static bool check_gap(parser *p) {
  bool gap = at_line_end(p) || peek(p) == ' ' || peek(p) == '\t';
  if (!gap) return problem_here(p, BELL_PROBLEM_QUOTE_GLUED);
  skip_space(p);
  return true;
}

static void keep(parser *p, char c) { p->strings[p->strings_used++] = c; }

/* A quoted string, kept without its quotes and escapes; reading stands behind its end. */
static bool read_quoted(parser *p) {
  size_t start = p->at++;
  while (p->at < p->length && peek(p) != '"') {
    if (peek(p) == '\\') {
      p->at++;
      if (peek(p) != '"' && peek(p) != '\\') {
        p->at--;
        return problem_here(p, BELL_PROBLEM_QUOTE_ESCAPE);
      }
    }
    keep(p, p->line[p->at++]);
  }
  if (p->at == p->length) return problem(p, BELL_PROBLEM_QUOTE_OPEN, start, (bell_word){0}, 0);
  p->at++;
  return true;
}

/* A name: a word, or a quoted string. `raw` becomes the name as the line has it. */
static bool read_name(parser *p, bell_statement *s, bell_word *raw) {
  if (at_line_end(p)) return problem_here(p, BELL_PROBLEM_NAME_MISSING);
  s->name = (uint32_t)p->strings_used;
  raw->start = p->line + p->at;
  if (peek(p) == '"') {
    size_t start = p->at;
    if (!read_quoted(p)) return false;
    if (p->strings_used == s->name) return problem(p, BELL_PROBLEM_NAME_EMPTY, start, (bell_word){0}, 0);
  } else {
    bell_word word = read_word(p);
    for (size_t i = 0; i < word.length; i++) keep(p, word.start[i]);
  }
  raw->length = (size_t)(p->line + p->at - raw->start);
  keep(p, '\0');
  return check_gap(p);
}

static bool read_payload(parser *p, bell_statement *s) {
  if (peek(p) != '"') return true;
  size_t start = p->strings_used;
  if (!read_quoted(p)) return false;
  if (p->strings_used > start) {
    s->payload = (uint32_t)start;
    keep(p, '\0');
  }
  return check_gap(p);
}

/* ---- times ------------------------------------------------------------------------------------------------------ */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Milliseconds, with up to three decimals, into microseconds. */
static bool read_time(parser *p, bell_word word, int64_t *us) {
  int64_t value = 0;
  size_t i = 0;
  int decimals = -1; /* seen after the point; -1 before it */
  for (; i < word.length; i++) {
    char c = word.start[i];
    if (c == '.' && decimals < 0 && i > 0) {
      decimals = 0;
    } else if (is_digit(c)) {
      if (decimals == 3) return problem_word(p, BELL_PROBLEM_TIME_FINE, word);
      if (decimals >= 0) decimals++;
      value = value * 10 + (c - '0');
      if (value > BELL_TIME_MAX_US) return problem_word(p, BELL_PROBLEM_TIME_LARGE, word);
    } else {
      return problem_word(p, BELL_PROBLEM_TIME, word);
    }
  }
  if (decimals == 0) return problem_word(p, BELL_PROBLEM_TIME, word); /* "6." */
  for (int d = decimals < 0 ? 0 : decimals; d < 3; d++) value *= 10;
  if (value > BELL_TIME_MAX_US) return problem_word(p, BELL_PROBLEM_TIME_LARGE, word);
  *us = value;
  return true;
}

/* Could this word be meant as a time? */
static bool looks_like_time(const parser *p) {
  char c = peek(p);
  return is_digit(c) || c == '.' || c == '-' || c == '+';
}

static bool read_next_time(parser *p, int64_t *us, bell_word *word) {
  if (at_line_end(p) || peek(p) == '"') return problem_here(p, BELL_PROBLEM_TIME_MISSING);
  *word = read_word(p);
  return read_time(p, *word, us) && check_gap(p);
}

/* ---- the names of promises -------------------------------------------------------------------------------------- */

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint32_t hash(const char *string) {
  uint32_t value = 2166136261u;
  for (const char *c = string; *c != '\0'; c++) value = (value ^ (unsigned char)*c) * 16777619u;
  return value;
}

/* What a promise statement may be about: whatever was made by an earlier sibling, or by one of an ancestor's; the nearest
 * one wins. So each line that makes something with a name is declared when all that is indented under it has been read,
 * and forgotten with its siblings. The newest goes first: it stands in its slot of the hash table, and behind it, chained
 * through `shadows`, those whose names have the same slot; `end`, which is found last of all, holds the one that was
 * declared before it. */
static void declare(parser *p, uint32_t statement) {
  bell_statement *s = &p->scenario->statements[statement];
  uint32_t *slot = &p->names[hash(p->strings + s->name) & (p->names_size - 1)];
  s->shadows = *slot;
  s->end = p->declared;
  *slot = p->declared = statement;
}

static void forget_deeper(parser *p, uint32_t depth) {
  while (p->declared != BELL_NONE && p->scenario->statements[p->declared].depth > depth) {
    bell_statement *s = &p->scenario->statements[p->declared];
    p->names[hash(p->strings + s->name) & (p->names_size - 1)] = s->shadows;
    p->declared = s->end;
    s->shadows = 0;
  }
}

static bool is_named(const bell_statement *s) { return bell_statement_is_of_promises(s) && s->kind <= BELL_THENABLE; }

static void close_level(parser *p) {
  uint32_t statement = p->open[--p->open_count].statement;
  if (p->scenario->promise_count == 0) return;
  forget_deeper(p, p->open_count);
  if (statement != BELL_NONE && is_named(&p->scenario->statements[statement])) declare(p, statement);
}

/* A name of something that was made before; nothing of it is kept. */
static bool read_reference(parser *p, uint32_t *found, bell_word *raw) {
  bell_statement s = {0};
  size_t strings_used = p->strings_used;
  if (!read_name(p, &s, raw)) return false;
  const char *name = p->strings + s.name;
  const bell_statement *statements = p->scenario->statements;
  *found = p->names[hash(name) & (p->names_size - 1)];
  while (*found != BELL_NONE && strcmp(p->strings + statements[*found].name, name) != 0)
    *found = statements[*found].shadows;
  p->strings_used = strings_used;
  if (*found != BELL_NONE) return true;
  for (uint32_t i = 0; i < p->open_count; i++) {
    if (p->open[i].unsure) return false;
  }
  return problem_word(p, BELL_PROBLEM_PROMISE_UNKNOWN, *raw);
}

/* ---- clauses ---------------------------------------------------------------------------------------------------- */

static bool is_source(bell_kind kind) { return kind <= BELL_INPUT; }

static void add_event(parser *p, int64_t us) {
  bell_scenario *scenario = p->scenario;
  scenario->events[scenario->event_count++] =
      (bell_event){.ready_us = us, .statement = scenario->statement_count, .parent = BELL_NONE};
}

/* `ready T [T...]` */
static bool read_ready(parser *p, const bell_statement *s) {
  bool one_only = s->kind == BELL_PROMISE || s->kind == BELL_SCRIPT;
  int64_t before_us = 0;
  uint32_t count = 0;
  do {
    int64_t us = 0;
    bell_word word;
    if (!read_next_time(p, &us, &word)) return false;
    size_t column = (size_t)(word.start - p->line);
    if (count == 1 && one_only) return problem(p, BELL_PROBLEM_TIME_ONE, column, word, s->kind);
    if (us < before_us) return problem(p, BELL_PROBLEM_TIME_BACK, column, word, before_us);
    add_event(p, us);
    before_us = us;
    count++;
  } while (looks_like_time(p));
  return true;
}

/* `takes D`, `after D` */
static bool read_duration(parser *p, uint32_t *us) {
  int64_t value = 0;
  bell_word word;
  if (!read_next_time(p, &value, &word)) return false;
  if (value > BELL_DURATION_MAX_US) return problem_word(p, BELL_PROBLEM_DURATION_LARGE, word);
  *us = (uint32_t)value;
  return true;
}

typedef enum clause { READY, TAKES, AFTER, FOREVER, OF, WITH, CLAUSES } clause;

static bool find_clause(bell_word word, clause *found) {
  static const char *const names[CLAUSES] = {"ready", "takes", "after", "forever", "of", "with"};
  for (unsigned c = 0; c < CLAUSES; c++) {
    *found = (clause)c;
    if (bell_word_is(word, names[c])) return true;
  }
  return false;
}

/* A source says when it is ready; the clauses of an action go by its kind. */
static bool may_have(const bell_statement *s, clause c) {
  enum { CALLBACK = 1 << TAKES | 1 << FOREVER, REACTION = 1 << TAKES | 1 << OF };
  static const uint8_t of_action[BELL_KINDS] = {[BELL_TIMER] = CALLBACK | 1 << AFTER,
                                                [BELL_MICROTASK] = CALLBACK,
                                                [BELL_TICK] = CALLBACK,
                                                [BELL_IMMEDIATE] = CALLBACK,
                                                [BELL_FRAME] = CALLBACK,
                                                [BELL_THEN] = REACTION,
                                                [BELL_CATCH] = REACTION,
                                                [BELL_FINALLY] = REACTION,
                                                [BELL_RESOLVE] = 1 << WITH | 1 << AFTER,
                                                [BELL_RESOLVE_WITH] = 1 << WITH,
                                                [BELL_RESOLVE_AFTER] = 1 << AFTER,
                                                [BELL_REJECT] = 1 << AFTER,
                                                [BELL_REJECT_AFTER] = 1 << AFTER};
  unsigned clauses = s->depth == 0 ? 1U << READY | 1U << TAKES : of_action[s->kind];
  return (clauses >> c & 1) != 0;
}

/* `of NAME`: whose reaction it is. */
static bool read_of(parser *p, bell_statement *s) {
  bell_word raw = {0};
  if (!read_reference(p, &s->of, &raw)) return false;
  bool is_promise = p->scenario->statements[s->of].kind != BELL_THENABLE;
  return is_promise || problem_word(p, BELL_PROBLEM_PROMISE_THENABLE, raw);
}

static bool read_with(parser *p, bell_statement *s) {
  bell_word raw = {0};
  s->kind = BELL_RESOLVE_WITH;
  return read_reference(p, &s->with, &raw);
}

static bool read_after(parser *p, bell_statement *s) {
  if (s->kind == BELL_RESOLVE) s->kind = BELL_RESOLVE_AFTER;
  if (s->kind == BELL_REJECT) s->kind = BELL_REJECT_AFTER;
  return read_duration(p, &s->after_us);
}

static bool read_clause(parser *p, bell_statement *s, clause c) {
  if (c == READY) return read_ready(p, s);
  if (c == FOREVER) {
    s->forever = 1;
    p->scenario->endless = true;
    return true;
  }
  if (c == OF) return read_of(p, s);
  if (c == WITH) return read_with(p, s);
  return c == AFTER ? read_after(p, s) : read_duration(p, &s->takes_us);
}

/* The clauses after the name and the payload, in any order, each once. */
static bool read_clauses(parser *p, bell_statement *s) {
  bool seen[CLAUSES] = {false};
  while (!at_line_end(p)) {
    size_t start = p->at;
    bell_word word = read_word(p);
    clause c = READY;
    if (!find_clause(word, &c)) return problem(p, BELL_PROBLEM_CLAUSE, start, word, 0);
    if (!may_have(s, c)) return problem(p, BELL_PROBLEM_CLAUSE_WRONG, start, word, s->kind);
    if (seen[c]) return problem(p, BELL_PROBLEM_CLAUSE_TWICE, start, word, 0);
    seen[c] = true;
    skip_space(p);
    if (!read_clause(p, s, c)) return false;
  }
  if (s->kind == BELL_TIMER && s->depth > 0 && !seen[AFTER]) return problem_here(p, BELL_PROBLEM_AFTER_MISSING);
  if (may_have(s, OF) && !seen[OF]) return problem_here(p, BELL_PROBLEM_PROMISE_OF_MISSING);
  if (!may_have(s, READY) || seen[READY]) return true;
  if (s->kind != BELL_SCRIPT) return problem_here(p, BELL_PROBLEM_READY_MISSING);
  add_event(p, 0);
  return true;
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
  if (p->open_count == 0) return problem_here(p, BELL_PROBLEM_INDENT_FIRST);
  bool is_sibling = p->open[p->open_count - 1].indent == indent;
  if (closed && !is_sibling) return problem_here(p, BELL_PROBLEM_INDENT_UNEVEN);
  if (is_sibling) close_level(p);
  if (p->open_count > BELL_NESTING_MAX) return problem_here(p, BELL_PROBLEM_INDENT_DEEP);
  *depth = (uint16_t)p->open_count;
  return true;
}

static bool find_kind(bell_word word, bell_kind *kind) {
  for (unsigned k = 0; k < BELL_KINDS; k++) {
    if (bell_word_is(word, kind_names[k])) {
      *kind = (bell_kind)k;
      return true;
    }
  }
  return false;
}

/* May this statement stand at this depth, and can the host run it? */
static bool check_kind(parser *p, bell_word word, bell_kind kind, uint16_t depth) {
  if (p->host == BELL_MULTIPLEXER && depth > 0) return problem_word(p, BELL_PROBLEM_HOST_ACTIONS, word);
  if (p->host == BELL_MULTIPLEXER && kind != BELL_SOCKET) return problem_word(p, BELL_PROBLEM_HOST_SOCKETS, word);
  if (depth == 0 && !is_source(kind)) return problem_word(p, BELL_PROBLEM_ACTION_LOOSE, word);
  bool is_action = kind == BELL_TIMER || kind == BELL_PROMISE || !is_source(kind);
  if (depth > 0 && !is_action) return problem_word(p, BELL_PROBLEM_INDENT_SOURCE, word);
  bool of_node = kind == BELL_TICK || kind == BELL_IMMEDIATE;
  bool of_browser = kind == BELL_FRAME || kind == BELL_INPUT;
  if (of_node && p->host == BELL_BROWSER) return problem_word(p, BELL_PROBLEM_HOST_NODE, word);
  if (of_browser && p->host == BELL_NODE) return problem_word(p, BELL_PROBLEM_HOST_BROWSER, word);
  return true;
}

/* Lesson 4 takes each name once. `raw` is the name as the line has it. */
static bool check_unique(parser *p, const bell_statement *s, bell_word raw) {
  const char *name = p->strings + s->name;
  uint32_t slot = hash(name) & (p->names_size - 1);
  for (; p->names[slot] != BELL_NONE; slot = (slot + 1) & (p->names_size - 1)) {
    const bell_statement *first = &p->scenario->statements[p->names[slot]];
    bool same = strcmp(p->strings + first->name, name) == 0;
    if (same) return problem(p, BELL_PROBLEM_NAME_TWICE, (size_t)(raw.start - p->line), raw, first->line);
  }
  p->names[slot] = p->scenario->statement_count;
  return true;
}

/* Node runs one script, before all else. */
static bool check_script(parser *p, const bell_statement *s, bell_word word) {
  if (p->host != BELL_NODE || s->kind != BELL_SCRIPT) return true;
  bool is_main = !p->script && p->scenario->events[s->first_event].ready_us == 0;
  p->script = true;
  return is_main || problem_word(p, BELL_PROBLEM_HOST_SCRIPT, word);
}

/* ---- promises --------------------------------------------------------------------------------------------------- */

static level *parent_of(parser *p) { return &p->open[p->open_count - 1]; }

/* Is there code indented under a statement of this kind? */
static bool has_code(const bell_statement *s) {
  return !bell_statement_is_of_promises(s) || (s->kind >= BELL_THEN && s->kind <= BELL_ASYNC);
}

/* May something stand here, under this parent? */
static bool check_parent(parser *p, bell_word word) {
  const level *parent = parent_of(p);
  if (parent->over) return problem_word(p, BELL_PROBLEM_PROMISE_OVER, word);
  bool good = parent->statement == BELL_NONE || has_code(&p->scenario->statements[parent->statement]);
  return good || problem_word(p, BELL_PROBLEM_PROMISE_BARE, word);
}

/* Which function does an await, return or throw stand in? */
static bool find_function(parser *p, bell_statement *s, bell_word word) {
  uint32_t parent = parent_of(p)->statement;
  if (parent == BELL_NONE) return false; /* its line was wrong, which was reported */
  uint8_t kind = p->scenario->statements[parent].kind;
  bool good = s->kind == BELL_AWAIT ? kind == BELL_ASYNC : kind >= BELL_THEN && kind <= BELL_ASYNC;
  s->function = parent;
  s->name = p->scenario->statements[parent].name;
  if (s->kind != BELL_AWAIT) parent_of(p)->over = true;
  return good || problem_word(p, BELL_PROBLEM_PROMISE_PLACE, word);
}

/* What settles a promise must be given one that nothing else settles. */
static bool read_settled(parser *p, bell_statement *s) {
  bell_word raw = {0};
  if (!read_reference(p, &s->of, &raw)) return false;
  s->name = p->scenario->statements[s->of].name;
  bool good = p->scenario->statements[s->of].kind == BELL_PROMISE;
  return good || problem_word(p, BELL_PROBLEM_PROMISE_SETTLES, raw);
}

/* A statement of promises, after its first word. */
static bool read_promise_statement(parser *p, bell_statement *s, bell_word word) {
  bell_word raw = {0};
  s->of = BELL_NONE;
  if (parent_of(p)->often) return problem_word(p, BELL_PROBLEM_PROMISE_OFTEN, word);
  if (s->kind >= BELL_AWAIT) {
    if (!find_function(p, s, word)) return false;
    if (s->kind != BELL_THROW && !at_line_end(p) && !read_reference(p, &s->of, &raw)) return false;
  } else if (s->kind >= BELL_RESOLVE) {
    if (!read_settled(p, s)) return false;
  } else {
    if (!read_name(p, s, &raw)) return false;
    if (s->kind <= BELL_FINALLY && s->kind != BELL_PROMISE && !read_payload(p, s)) return false;
    uint32_t parent = parent_of(p)->statement;
    bool in_async = parent != BELL_NONE && p->scenario->statements[parent].kind == BELL_ASYNC;
    if (s->kind == BELL_ASYNC && in_async) s->of = parent;
  }
  return read_clauses(p, s);
}

/* How many promises (or thenables) a statement makes at most, and how many jobs it gives: see promise.h for each. */
static const struct {
  uint8_t promises;
  uint8_t jobs;
} promise_costs[BELL_KINDS] = {
    [BELL_PROMISE] = {1, 0}, [BELL_THEN] = {1, 1},         [BELL_CATCH] = {1, 1},        [BELL_FINALLY] = {3, 4},
    [BELL_ASYNC] = {1, 0},   [BELL_THENABLE] = {1, 0},     [BELL_RESOLVE_WITH] = {0, 2}, [BELL_RESOLVE_AFTER] = {0, 1},
    [BELL_AWAIT] = {1, 2},   [BELL_REJECT_AFTER] = {0, 1}, [BELL_RETURN] = {0, 2}};

/* ---- the run ---------------------------------------------------------------------------------------------------- */

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
static bool check_run(parser *p, const bell_statement *s) {
  uint32_t times = times_it_runs(p, s);
  if (bell_statement_is_of_promises(s)) { /* once, as often as it runs */
    times = promise_costs[s->kind].jobs;
    p->scenario->promise_count += promise_costs[s->kind].promises;
    p->scenario->promise_jobs += times;
  }
  if (p->full || times <= BELL_EVENTS_MAX - p->scenario->run_count) {
    p->scenario->run_count += p->full ? 0 : times;
    return true;
  }
  p->full = true;
  return problem(p, BELL_PROBLEM_EVENTS, 0, (bell_word){0}, 0);
}

/* The statement on the current line, after its indentation. */
static bool read_statement(parser *p, uint16_t depth) {
  bell_statement s = {.first_event = p->scenario->event_count, .line = p->number, .depth = depth};
  bell_word word = read_word(p);
  bell_kind kind = BELL_SOCKET;
  if (!find_kind(word, &kind)) {
    return problem_word(p, p->host == BELL_MULTIPLEXER ? BELL_PROBLEM_WORD_SOCKET : BELL_PROBLEM_WORD, word);
  }
  s.kind = (uint8_t)kind;
  if (!check_kind(p, word, kind, depth) || (depth > 0 && !check_parent(p, word)) || !check_gap(p)) return false;
  bell_word name = {0};
  if (bell_statement_is_of_promises(&s)) {
    if (!read_promise_statement(p, &s, word)) return false;
  } else if (!read_name(p, &s, &name) || !read_payload(p, &s) || !read_clauses(p, &s)) {
    return false;
  }
  if (!check_script(p, &s, word) || !check_run(p, &s)) return false;
  if (p->host == BELL_MULTIPLEXER && !check_unique(p, &s, name)) return false; /* last: it remembers the statement */
  p->scenario->statements[p->scenario->statement_count] = s;
  return true;
}

/* A line that cannot be read still stands where it stands, so that those indented under it have somebody to belong to.
 */
static void read_line(parser *p) {
  bool good = check_bytes(p);
  while (peek(p) == ' ') p->at++;
  size_t spaces = p->at;
  skip_space(p);
  if (at_line_end(p)) return;
  size_t indent = p->at;
  if (indent > spaces) good = problem(p, BELL_PROBLEM_TAB_INDENT, spaces, (bell_word){0}, 0);
  uint16_t depth = 0;
  if (!find_depth(p, indent, &depth)) return;
  good = good && read_statement(p, depth);
  const bell_statement *s = &p->scenario->statements[p->scenario->statement_count];
  bool often = depth > 0 && parent_of(p)->often;
  if (good && !often) often = s->forever || (depth == 0 && p->scenario->event_count > s->first_event + 1);
  if (depth > 0 && !good) parent_of(p)->unsure = true;
  uint32_t statement = good ? p->scenario->statement_count : BELL_NONE;
  p->open[p->open_count++] = (level){.indent = indent, .statement = statement, .often = often};
  if (good) p->scenario->statement_count++;
}

/* ---- the whole text --------------------------------------------------------------------------------------------- */

/* Upper bounds on what a text holds, found without parsing it. */
typedef struct bounds {
  uint32_t statements; /* lines that are neither empty nor a comment */
  uint32_t events;     /* words that start with a digit; and a script may be ready at 0 without saying so */
  size_t strings;      /* every string loses its quotes, or the space behind it, and gains a NUL */
  uint32_t names;      /* slots of the hash table, a power of two, at most half of them taken */
} bounds;

static bounds measure(const char *text, size_t length) {
  bounds b = {.strings = length + 2, .names = 2};
  bool line_is_blank = true;
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    bool starts_word = i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t';
    if (starts_word && is_digit(c)) b.events++;
    if (c == '\n') {
      line_is_blank = true;
    } else if (line_is_blank && c != ' ' && c != '\t' && c != '\r') {
      line_is_blank = false;
      if (c != '#') b.statements++;
    }
  }
  b.events += b.statements;
  while (b.names / 2 < b.statements && b.names < UINT32_C(1) << 31) b.names *= 2;
  return b;
}

size_t bell_scenario_memory(const char *text, size_t length) {
  if (length >= UINT32_MAX - 2) return SIZE_MAX; /* strings are found by 32-bit offsets */
  bounds b = measure(text, length);
  size_t bytes = bell_arena_bytes(b.statements, sizeof(bell_statement));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(b.events, sizeof(bell_event)));
  bytes = bell_arena_sum(bytes, bell_arena_bytes(b.strings, sizeof(char)));
  return bell_arena_sum(bytes, bell_arena_bytes(b.names, sizeof(uint32_t)));
}

static bool take_memory(parser *p, const char *text, size_t length, bell_arena *arena) {
  if (length >= UINT32_MAX - 2) return problem_here(p, BELL_PROBLEM_MEMORY);
  bounds b = measure(text, length);
  p->scenario->statements = bell_arena_take(arena, b.statements, sizeof(bell_statement));
  p->scenario->events = bell_arena_take(arena, b.events, sizeof(bell_event));
  p->strings = bell_arena_take(arena, b.strings, sizeof(char));
  p->names = bell_arena_take(arena, b.names, sizeof(uint32_t));
  bell_scenario *s = p->scenario;
  if (s->statements == NULL || s->events == NULL || p->strings == NULL || p->names == NULL) {
    return problem_here(p, BELL_PROBLEM_MEMORY);
  }
  p->names_size = b.names;
  memset(p->names, 0xFF, b.names * sizeof(uint32_t)); /* BELL_NONE everywhere */
  p->scenario->strings = p->strings;
  keep(p, '\0');
  return true;
}

static void read_lines(parser *p, const char *text, size_t length) {
  p->number = 0;
  size_t start = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* a byte-order mark */
  while (start < length) {
    const char *newline = memchr(text + start, '\n', length - start);
    size_t end = newline == NULL ? length : (size_t)(newline - text);
    p->line = text + start;
    p->length = end - start;
    if (newline != NULL && p->length > 0 && p->line[p->length - 1] == '\r') p->length--;
    p->at = 0;
    p->number++;
    read_line(p);
    start = end + 1;
  }
}

/* Backwards, so that the children of a statement are done before it. */
static void find_ends(bell_scenario *scenario) {
  bell_statement *statements = scenario->statements;
  for (uint32_t i = scenario->statement_count; i-- > 0;) {
    uint32_t end = i + 1;
    while (end < scenario->statement_count && statements[end].depth > statements[i].depth) end = statements[end].end;
    statements[i].end = end;
  }
}

bool bell_scenario_parse(bell_scenario *scenario, const char *text, size_t length, bell_host host, bell_arena *arena,
                         bell_report report) {
  *scenario = (bell_scenario){.host = host};
  parser p = {.scenario = scenario, .report = report, .host = host, .line = text, .number = 1, .declared = BELL_NONE};
  if (!take_memory(&p, text, length, arena)) return false;
  read_lines(&p, text, length);
  while (p.open_count > 0) close_level(&p);
  forget_deeper(&p, 0);
  find_ends(scenario);
  if (scenario->endless) scenario->run_count += BELL_FOREVER_MORE;
  return !p.failed;
}

/* ---- printing --------------------------------------------------------------------------------------------------- */

void bell_scenario_print_name(const char *name, bell_text *out) {
  const char *c = name;
  while (*c != '\0' && *c != ' ' && *c != '\t' && *c != '"' && *c != '#') c++;
  (*c == '\0' ? bell_text_string : bell_text_quoted)(out, name);
}

static void print_clause(const char *word, int64_t us, bell_text *out) {
  bell_text_string(out, word);
  bell_text_ms(out, us);
}

static void print_reference(const char *word, const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  if (statement == BELL_NONE) return;
  bell_text_string(out, word);
  bell_scenario_print_name(bell_scenario_name(scenario, statement), out);
}

/* What comes behind the first word: the name in most statements, in some what they refer to. */
static void print_names(const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  const bell_statement *s = &scenario->statements[statement];
  if (s->kind >= BELL_RESOLVE) {
    print_reference(" ", scenario, s->of, out);
    if (s->kind == BELL_RESOLVE_WITH) print_reference(" with ", scenario, s->with, out);
    return;
  }
  print_reference(" ", scenario, statement, out);
  if (s->payload != 0) {
    bell_text_string(out, " ");
    bell_text_quoted(out, bell_scenario_payload(scenario, statement));
  }
  if (s->kind >= BELL_THEN && s->kind <= BELL_FINALLY) print_reference(" of ", scenario, s->of, out);
}

void bell_scenario_print_statement(const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  const bell_statement *s = &scenario->statements[statement];
  for (unsigned d = 0; d < s->depth; d++) bell_text_string(out, "  ");
  bell_text_string(out, bell_kind_name(s->kind));
  print_names(scenario, statement, out);
  uint32_t events_end = s->depth == 0 ? bell_scenario_events_end(scenario, statement) : 0;
  for (uint32_t e = s->first_event; e < events_end; e++) {
    print_clause(e == s->first_event ? " ready " : " ", scenario->events[e].ready_us, out);
  }
  bool is_later = s->kind == BELL_TIMER || s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER;
  if (s->depth > 0 && is_later) print_clause(" after ", s->after_us, out);
  if (s->forever) bell_text_string(out, " forever");
  if (s->takes_us > 0) print_clause(" takes ", s->takes_us, out);
  bell_text_string(out, "\n");
}

void bell_scenario_print(const bell_scenario *scenario, bell_text *out) {
  for (uint32_t i = 0; i < scenario->statement_count; i++) bell_scenario_print_statement(scenario, i, out);
}
