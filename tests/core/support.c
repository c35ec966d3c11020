#include "support.h"

#include "multiplexer/closing.h"

/* ---- strings ---- */

static void reserve(string *s, size_t more) {
  size_t needed = s->length + more + 1;
  if (needed <= s->capacity) return;
  s->capacity = needed * 2;
  s->bytes = realloc(s->bytes, s->capacity);
  assert_non_null(s->bytes);
}

void string_add_bytes(string *s, const char *bytes, size_t length) {
  reserve(s, length);
  memcpy(s->bytes + s->length, bytes, length);
  s->length += length;
  s->bytes[s->length] = '\0';
}

void string_add(string *s, const char *format, ...) {
  va_list arguments;
  va_list again;
  va_start(arguments, format);
  va_copy(again, arguments);
  reserve(s, 0);
  size_t room = s->capacity - s->length;
  int length = vsnprintf(s->bytes + s->length, room, format, arguments);
  va_end(arguments);
  assert_true(length >= 0);
  if ((size_t)length >= room) {
    reserve(s, (size_t)length);
    vsnprintf(s->bytes + s->length, (size_t)length + 1, format, again);
  }
  va_end(again);
  s->length += (size_t)length;
}

void string_cut(string *s, size_t length) {
  reserve(s, 0);
  s->length = length;
  s->bytes[length] = '\0';
}

void string_free(string *s) {
  free(s->bytes);
  *s = (string){0};
}

/* ---- reading ---- */

static void keep_problem(void *context, const bell_problem *problem) {
  reading *r = context;
  if (r->problem_count < PROBLEMS_KEPT) r->problems[r->problem_count] = *problem;
  r->problem_count++;
}

/* malloc(0) may give NULL, which no caller of the model would bring. Each block is filled with another byte, so that
 * a run that reads what nobody wrote differs from its twin. */
static void *block(size_t bytes) {
  static unsigned char fill = 0x5a;
  void *memory = malloc(bytes > 0 ? bytes : 1);
  assert_non_null(memory);
  memset(memory, fill += 29, bytes);
  return memory;
}

reading read_bytes(const char *bytes, size_t length, bell_host host) {
  reading r = {.length = length};
  r.text = block(length);
  memcpy(r.text, bytes, length);
  bell_scenario_text measured = bell_scenario_measure(r.text, length);
  size_t memory = bell_scenario_memory(measured);
  r.memory = block(memory);
  bell_arena arena = {.base = r.memory, .capacity = memory};
  r.good = bell_scenario_parse(&r.scenario, measured, host, &arena, (bell_report){keep_problem, &r});
  assert_true(arena.used <= memory);
  assert_int_equal(r.good, r.problem_count == 0);
  return r;
}

reading read_text(const char *text, bell_host host) { return read_bytes(text, strlen(text), host); }

reading read_good(const char *text, bell_host host) {
  reading r = read_text(text, host);
  if (!r.good) {
    char *sentence = problem_sentence(&r.problems[0]);
    fail_msg("%u:%u: %s\nin the scenario:\n%s", r.problems[0].line, r.problems[0].column, sentence, text);
  }
  return r;
}

void reading_free(reading *r) {
  free(r->text);
  free(r->memory);
}

/* ---- running ---- */

void run_multiplexer(run *r, const char *text, bell_strategy strategy) {
  r->reading = read_good(text, BELL_MULTIPLEXER);
  size_t memory = bell_multiplexer_memory(&r->reading.scenario);
  r->memory = block(memory);
  bell_arena arena = {.base = r->memory, .capacity = memory};
  CHECK(text, bell_multiplexer_run(&r->trace, &r->reading.scenario, strategy, &arena));
}

void run_waiting(run *r, const char *text, bell_strategy strategy, bell_waiting_options options) {
  r->reading = read_good(text, BELL_MULTIPLEXER);
  CHECK(text, bell_waiting_check(&r->reading.scenario, strategy, (bell_report){keep_problem, &r->reading}));
  CHECK_EQUAL(text, "problems", r->reading.problem_count, 0);
  size_t memory = bell_waiting_memory(&r->reading.scenario, strategy);
  r->memory = block(memory);
  bell_arena arena = {.base = r->memory, .capacity = memory};
  CHECK(text, bell_waiting_run(&r->trace, &r->reading.scenario, strategy, options, &arena));
}

void run_lesson_4(run *r, const char *text, bell_lesson_options options) {
  const bell_lesson *lesson = &bell_multiplexer_lesson;
  r->reading = read_good(text, BELL_MULTIPLEXER);
  size_t memory = lesson->memory(&r->reading.scenario, options);
  r->memory = block(memory);
  bell_arena arena = {.base = r->memory, .capacity = memory};
  CHECK(text, lesson->run(&r->trace, &r->reading.scenario, options, &arena));
}

void run_by(run *r, const char *text, bell_strategy strategy) {
  run_lesson_4(r, text, (bell_lesson_options){.strategy = strategy});
}

void run_loop(run *r, const char *text, bell_host host) {
  r->reading = read_good(text, host);
  size_t memory = bell_scenario_run_memory(&r->reading.scenario);
  r->memory = block(memory);
  bell_arena arena = {.base = r->memory, .capacity = memory};
  CHECK(text, bell_scenario_run(&r->trace, &r->reading.scenario, &arena));
}

void run_free(run *r) {
  free(r->memory);
  reading_free(&r->reading);
}

static void check_arenas(const char *text, const bell_scenario *scenario, bell_lesson_options options, uint32_t steps) {
  const bell_lesson *lesson = bell_lesson_of(scenario->host);
  size_t bytes = lesson->memory(scenario, options);
  for (size_t capacity = 0; capacity <= bytes; capacity++) {
    unsigned char *memory = block(capacity);
    bell_arena arena = {.base = memory, .capacity = capacity};
    bell_trace trace;
    bool good = lesson->run(&trace, scenario, options, &arena);
    if (good) CHECK_EQUAL(text, "steps", trace.step_count, steps);
    if (capacity == 0) CHECK(text, !good);
    if (capacity == bytes) CHECK(text, good);
    free(memory);
  }
}

void check_small_arenas(const char *text, bell_host host, uint32_t steps) {
  reading r = read_good(text, host);
  check_arenas(text, &r.scenario, (bell_lesson_options){0}, steps);
  reading_free(&r);
}

static void ignore_problem(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
}

void check_small_arenas_by_all(const char *text) {
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    bell_lesson_options options = {.strategy = s};
    reading r = read_good(text, BELL_MULTIPLEXER);
    bool can_run = bell_multiplexer_lesson.check(&r.scenario, options, (bell_report){.tell = ignore_problem});
    reading_free(&r);
    if (!can_run) continue;
    run whole;
    run_lesson_4(&whole, text, options);
    check_arenas(text, &whole.reading.scenario, options, whole.trace.step_count);
    run_free(&whole);
  }
}

/* ---- words ---- */

/* Each is printed twice: once to see how long it is, once into a block of that size. */
typedef void printer(const void *what, uint32_t index, bell_text *out);

static char *printed(printer *print, const void *what, uint32_t index) {
  bell_text measure = {0};
  print(what, index, &measure);
  char *bytes = block(measure.length);
  bell_text text = {.out = bytes, .capacity = measure.length};
  print(what, index, &text);
  assert_int_equal(text.length, measure.length);
  char *result = block(measure.length + 1);
  memcpy(result, bytes, measure.length);
  result[measure.length] = '\0';
  free(bytes);
  return result;
}

static void print_problem(const void *what, uint32_t index, bell_text *out) {
  (void)index;
  bell_problem_print(what, out);
}

static void print_reason(const void *what, uint32_t index, bell_text *out) {
  const bell_trace *trace = what;
  bell_lesson_of(trace->scenario->host)->print_reason(trace, index, out);
}

static void print_scenario(const void *what, uint32_t index, bell_text *out) {
  (void)index;
  bell_scenario_print(what, out);
}

char *problem_sentence(const bell_problem *problem) { return printed(print_problem, problem, 0); }

char *reason_sentence(const bell_trace *trace, uint32_t step) { return printed(print_reason, trace, step); }

char *scenario_text(const bell_scenario *scenario) { return printed(print_scenario, scenario, 0); }

void string_add_cell(string *s, print_cell *print, const bell_trace *trace, uint32_t k) {
  char bytes[600];
  bell_text out = {.out = bytes, .capacity = sizeof bytes};
  print(trace, k, &out);
  string_add_bytes(s, bytes, out.length);
}

void check_reported(const char *text, bell_strategy strategy, const char *expected) {
  run r;
  run_by(&r, text, strategy);
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    string_add(&rows, "%s%s ", k > 0 ? "; " : "", step_name(&r.trace, k));
    string_add_cell(&rows, bell_closing_print_reported, &r.trace, k);
    string_add(&rows, " ");
    string_add_cell(&rows, bell_closing_print_result, &r.trace, k);
  }
  CHECK_TEXT(text, bell_strategy_name(strategy), rows.bytes, expected);
  string_free(&rows);
  run_free(&r);
}

typedef struct told {
  bell_problem problem;
  int count;
} told;

static void tell(void *context, const bell_problem *problem) {
  told *t = context;
  t->problem = *problem;
  t->count++;
}

void check_refused(const char *text, bell_strategy strategy, const char *words) {
  reading r = read_good(text, BELL_MULTIPLEXER);
  told t = {0};
  CHECK(text, !bell_waiting_check(&r.scenario, strategy, (bell_report){.tell = tell, .context = &t}));
  CHECK_EQUAL(text, "problems", t.count, 1);
  CHECK_EQUAL(text, "line", t.problem.line, 2);
  char *sentence = problem_sentence(&t.problem);
  CHECK_CONTAINS(text, bell_strategy_name(strategy), sentence, words);
  free(sentence);
  reading_free(&r);
}

void check_reason(const char *text, bell_strategy strategy, uint32_t k, const char *words) {
  run r;
  run_by(&r, text, strategy);
  CHECK(text, k < r.trace.step_count);
  char *sentence = reason_sentence(&r.trace, k);
  CHECK_CONTAINS(text, bell_strategy_name(strategy), sentence, words);
  free(sentence);
  run_free(&r);
}

const char *step_name(const bell_trace *trace, uint32_t step) {
  return bell_scenario_name(trace->scenario, bell_trace_event(trace, step)->statement);
}

string rows_of(const bell_trace *trace) {
  string rows = {0};
  string_cut(&rows, 0);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    char number[32];
    bell_text ms = {.out = number, .capacity = sizeof number};
    bell_text_ms(&ms, trace->steps[k].time_us);
    string_add(&rows, "%.*s %s %s %s\n", (int)ms.length, number, bell_queue_name((bell_queue)trace->steps[k].queue),
               step_name(trace, k), bell_words[bell_trace_statement(trace, k)->kind].text);
  }
  return rows;
}

/* ---- checks ---- */

void check_equal(const char *scenario, const char *what, int64_t actual, int64_t expected, const char *file, int line) {
  if (actual == expected) return;
  print_error("%s: is %lld, should be %lld\nin the scenario:\n%s\n", what, (long long)actual, (long long)expected,
              scenario);
  _fail(file, line);
}

void check_text(const char *scenario, const char *what, const char *actual, const char *expected, const char *file,
                int line) {
  if (strcmp(actual, expected) == 0) return;
  print_error("%s: is\n%s\nshould be\n%s\nin the scenario:\n%s\n", what, actual, expected, scenario);
  _fail(file, line);
}

void check_contains(const char *scenario, const char *what, const char *text, const char *part, const char *file,
                    int line) {
  if (strstr(text, part)) return;
  print_error("%s: is\n%s\nshould contain\n%s\nin the scenario:\n%s\n", what, text, part, scenario);
  _fail(file, line);
}

void check_true(const char *scenario, bool condition, const char *words, const char *file, int line) {
  if (condition) return;
  print_error("not true: %s\nin the scenario:\n%s\n", words, scenario);
  _fail(file, line);
}

/* ---- chance ---- */

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
uint32_t random_below(uint64_t *state, uint32_t bound) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return (uint32_t)(((z ^ (z >> 31)) >> 32) * bound >> 32);
}

uint32_t rounds(uint32_t few) {
  const char *times = getenv("DOORBELL_ROUNDS");
  long factor = times == NULL ? 1 : strtol(times, NULL, 10);
  if (factor < 1 || factor > 10000) fail_msg("DOORBELL_ROUNDS=%s: a number from 1 to 10000 would be right", times);
  return few * (uint32_t)factor;
}

#ifdef __SANITIZE_ADDRESS__
static const bool is_sanitized = true;
#else
static const bool is_sanitized = false;
#endif

bool is_run_here(uint32_t number) {
  uint64_t state = number;
  return !is_sanitized || random_below(&state, 8) == 0;
}

uint32_t many(uint32_t count) { return is_sanitized ? count / 10 : count; }

static void random_name(uint64_t *state, uint32_t number, string *text) {
  static const char *const endings[] = {"", "", "", "\xc3\xa9", "\xf0\x9f\x94\x94", "ready", "\\", ";", "'"};
  static const char *const quoted[] = {" ", "#", "\\\"", "\\\\", "\t", " ready 1 "};
  if (random_below(state, 4) == 0) {
    string_add(text, "\"%s%u\"", quoted[random_below(state, COUNT_OF(quoted))], number);
  } else {
    string_add(text, "n%u%s", number, endings[random_below(state, COUNT_OF(endings))]);
  }
}

/* A time or a duration in microseconds, written in milliseconds in one of the ways that a person would. */
static void random_ms(uint32_t us, string *text) {
  if (us % 1000 == 0) string_add(text, " %u", us / 1000);
  else if (us % 100 == 0) string_add(text, " %u.%u", us / 1000, us % 1000 / 100);
  else string_add(text, " %u.%03u", us / 1000, us % 1000);
}

static void random_duration(uint64_t *state, uint32_t scale, string *text) {
  static const uint32_t grains[] = {1000, 500, 1};
  uint32_t grain = grains[random_below(state, COUNT_OF(grains))];
  random_ms(random_below(state, 4) * scale * grain, text);
}

static void random_tail(uint64_t *state, string *text) {
  if (random_below(state, 3) == 0) {
    string_add(text, " takes");
    random_duration(state, 1, text);
  }
  if (random_below(state, 8) == 0) string_add(text, "\t# a remark with \"quotes\"");
  string_add(text, random_below(state, 16) == 0 ? "\r\n" : "\n");
  if (random_below(state, 16) == 0) string_add(text, "   # alone on its line\n");
}

static void random_actions(uint64_t *state, bell_host host, uint32_t indent, uint32_t *number, string *text) {
  for (uint32_t count = random_below(state, 3); count > 0; count--) {
    static const char *const kinds[BELL_HOSTS][4] = {[BELL_BROWSER] = {"timer", "microtask", "microtask", "frame"},
                                                     [BELL_NODE] = {"timer", "microtask", "tick", "immediate"}};
    uint32_t kind = random_below(state, 4);
    bool timer = kind == 0;
    string_add(text, "%*s%s ", (int)indent, "", kinds[host][kind]);
    random_name(state, (*number)++, text);
    if (random_below(state, 4) == 0) string_add(text, " \"payload %u\"", *number);
    if (timer) {
      string_add(text, " after");
      random_duration(state, 1, text);
    }
    random_tail(state, text);
    if (indent < 12) random_actions(state, host, indent + 1 + random_below(state, 3), number, text);
  }
}

void random_scenario(uint64_t *state, bell_host host, uint32_t sources, string *text) {
  static const char *const kinds[] = {"socket", "timer", "promise", "script", "input"};
  uint32_t kind_count = host == BELL_MULTIPLEXER ? 1 : host == BELL_BROWSER ? 5 : 3;
  uint32_t span = 1000 * (1 + random_below(state, 1 + sources));
  uint32_t number = 0;
  for (uint32_t i = 0; i < sources; i++) {
    uint32_t kind = host == BELL_NODE && i == sources / 2 ? 3 : random_below(state, kind_count); /* one main script */
    string_add(text, "%s ", kinds[kind]);
    random_name(state, number++, text);
    if (random_below(state, 2) == 0) string_add(text, " \"payload \\\"%u\\\" \\\\\"", i);
    uint32_t times = kind != 2 && kind != 3 ? 1 + random_below(state, 4) : 1;
    uint32_t ready_us = random_below(state, span / 1000) * 1000;
    if (kind != 3 || (host == BELL_BROWSER && random_below(state, 2) == 0)) {
      string_add(text, " ready");
      for (; times > 0; times--) {
        random_ms(ready_us, text);
        ready_us += random_below(state, 3) * (random_below(state, 2) ? 500 : 1);
      }
    }
    random_tail(state, text);
    if (host != BELL_MULTIPLEXER) random_actions(state, host, 1 + random_below(state, 4), &number, text);
  }
}
