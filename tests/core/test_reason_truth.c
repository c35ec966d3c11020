/* Every claim of a reason is true. A claim is a phrase; who is named in it, and when, is found again here, from the
 * rows alone: whoever waits at a step, and since when, follows from when things became ready and from who asked for
 * them. The scenarios are random, and crowded; DOORBELL_SEED=N tries that seed first. */
#include <time.h>

#include "support.h"

enum { RUNS = 400, PARTS = 4, PART = 128 };

/* ---- scenarios -------------------------------------------------------------------------------------------------- */

/* %n: a new name; %o: a name that stands already; %d: a few milliseconds. A line that the scenario does not take is
 * left out. */
static const char *const sources[] = {
    "timer %n ready %d",          "timer %n ready %d takes %d",  "socket %n ready %d", "promise %n ready %d",
    "socket %n ready %d takes 1", "promise %n ready %d takes 1", "input %n ready %d",  "script %n ready %d takes %d"};
static const char *const actions[] = {"microtask %n",
                                      "microtask %n takes 1",
                                      "microtask %n",
                                      "timer %n after %d",
                                      "timer %n after 0",
                                      "timer %n after %d.9",
                                      "tick %n",
                                      "tick %n takes 2",
                                      "immediate %n",
                                      "immediate %n takes 1",
                                      "frame %n",
                                      "frame %n takes 4",
                                      "promise %n",
                                      "then %n of %o",
                                      "catch %n of %o",
                                      "finally %n of %o",
                                      "resolve %o",
                                      "resolve %o with %o",
                                      "resolve %o after %d",
                                      "reject %o",
                                      "reject %o after %d",
                                      "async %n",
                                      "async %n",
                                      "thenable %n",
                                      "await %o",
                                      "await",
                                      "return %o"};

static void random_line(uint64_t *chance, uint32_t *names, uint32_t depth, string *text) {
  const char *form =
      depth == 0 ? sources[random_below(chance, COUNT_OF(sources))] : actions[random_below(chance, COUNT_OF(actions))];
  string_add(text, "%*s", (int)(2 * depth), "");
  for (const char *c = form; *c != '\0'; c++) {
    if (*c != '%') string_add_bytes(text, c, 1);
    else if (*++c == 'n') string_add(text, "n%u", (*names)++);
    else if (*c == 'o') string_add(text, "n%u", *names - 1 - random_below(chance, *names < 6 ? *names : 6));
    else string_add(text, "%u", random_below(chance, 5));
  }
  string_add(text, "\n");
}

static void random_crowd(uint64_t *chance, bell_host host, string *text) {
  uint32_t depth = 1;
  uint32_t names = 1;
  string_cut(text, 0);
  if (host == BELL_NODE) string_add(text, "listener unhandledRejection\n"); /* so that whoever waits has its turn */
  string_add(text, "script n0 takes %u\n", random_below(chance, 3));
  for (uint32_t lines = 5 + random_below(chance, 25); lines > 0; lines--) {
    size_t before = text->length;
    random_line(chance, &names, depth, text);
    reading r = read_text(text->bytes, host);
    if (!r.good) string_cut(text, before);
    depth = random_below(chance, 6) == 0 ? 0 : 1 + random_below(chance, r.good ? depth + 1 : depth > 0 ? depth : 1);
    reading_free(&r);
  }
}

/* ---- who waits -------------------------------------------------------------------------------------------------- */

/* One step of a run, and what it says. */
typedef struct told {
  const char *text;
  const bell_trace *trace;
  const uint32_t *step_of; /* each event's */
  uint32_t k;
  const char *reason;
  char part[PARTS][PART]; /* what stood in the place of each star */
} told;

static const bell_event *event_of(const told *t, uint32_t event) { return &t->trace->events[event]; }

static const bell_statement *statement_of(const told *t, uint32_t event) {
  return &t->trace->scenario->statements[event_of(t, event)->statement];
}

static uint32_t me(const told *t) { return t->trace->steps[t->k].event; }

static bell_queue queue_of(const told *t, uint32_t event) {
  return (bell_queue)t->trace->steps[t->step_of[event]].queue;
}

/* Before which step did it join its queue? A callback's ticks, microtasks and immediates do at once; whatever has a
 * time, when that has come, and in Node not before the main script has run. */
static uint32_t joined_before(const told *t, uint32_t event) {
  const bell_event *e = event_of(t, event);
  if (e->parent != BELL_NONE && e->ready_us == t->trace->steps[e->parent].time_us) return e->parent + 1;
  uint32_t k = e->parent == BELL_NONE ? t->trace->scenario->host == BELL_NODE : e->parent + 1;
  while (k < t->trace->step_count && t->trace->steps[k].time_us < e->ready_us) k++;
  return k;
}

/* Does it wait when the step is chosen, and not run yet? */
static bool waits(const told *t, uint32_t event) {
  return t->step_of[event] != BELL_NONE && t->step_of[event] > t->k && joined_before(t, event) <= t->k;
}

static bool is_before(const told *t, uint32_t a, uint32_t b) {
  uint32_t a_at = joined_before(t, a);
  uint32_t b_at = joined_before(t, b);
  bool a_has_parent = event_of(t, a)->parent != BELL_NONE;
  bool b_has_parent = event_of(t, b)->parent != BELL_NONE;
  if (a_at != b_at) return a_at < b_at;
  if (a_has_parent != b_has_parent) return a_has_parent;
  return a_has_parent || event_of(t, a)->ready_us == event_of(t, b)->ready_us
             ? a < b
             : event_of(t, a)->ready_us < event_of(t, b)->ready_us;
}

/* The one that waits longest in a queue; BELL_NONE when it is empty. */
static uint32_t oldest_in(const told *t, bell_queue queue) {
  uint32_t oldest = BELL_NONE;
  for (uint32_t e = 0; e < t->trace->event_count; e++) {
    bool is_one = waits(t, e) && queue_of(t, e) == queue;
    if (is_one && (oldest == BELL_NONE || is_before(t, e, oldest))) oldest = e;
  }
  return oldest;
}

/* The next callback of the frame whose callbacks have begun to run. */
static uint32_t next_of_frame(const told *t) {
  uint32_t k = t->k + 1;
  while (k < t->trace->step_count && t->trace->steps[k].queue == BELL_QUEUE_MICROTASK) k++;
  bool goes_on = k < t->trace->step_count && t->trace->steps[k].reason == BELL_REASON_FRAME_NEXT;
  return goes_on ? t->trace->steps[k].event : BELL_NONE;
}

/* Whoever comes after the microtasks: of tasks, and callbacks of a frame, the one that has been ready longest. */
static uint32_t next_task(const told *t) {
  uint32_t next = next_of_frame(t);
  for (uint32_t e = 0; next == BELL_NONE || next_of_frame(t) == BELL_NONE; e++) {
    if (e == t->trace->event_count) break;
    if (!waits(t, e) || queue_of(t, e) == BELL_QUEUE_MICROTASK) continue;
    bool is_older = next == BELL_NONE || event_of(t, e)->ready_us < event_of(t, next)->ready_us;
    if (is_older) next = e;
  }
  return next;
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

static void add_await(const told *t, uint32_t statement, string *name) {
  static const char *const nth[] = {"first ", "second ", "third "};
  const bell_scenario *scenario = t->trace->scenario;
  uint32_t before = 0;
  uint32_t all = 0;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    const bell_statement *s = &scenario->statements[i];
    bool is_same = s->kind == BELL_AWAIT && s->function == scenario->statements[statement].function;
    before += is_same && i < statement;
    all += is_same;
  }
  string_add(name, "'s %sawait", all == 1 ? "" : before < COUNT_OF(nth) ? nth[before] : "later ");
}

/* What an event is called; the caller frees it. */
static string name_of(const told *t, uint32_t event) {
  string name = {0};
  if (event == BELL_NONE) return name;
  const bell_statement *s = statement_of(t, event);
  string_add(&name, "%s", bell_scenario_name(t->trace->scenario, event_of(t, event)->statement));
  if (!bell_statement_is_of_promises(s)) return name;
  if (s->kind == BELL_AWAIT) add_await(t, event_of(t, event)->statement, &name);
  else if (s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER) string_add(&name, "'s timer");
  else if (bell_trace_job(t->trace, t->step_of[event]) >= BELL_JOB_PASS) string_add(&name, "'s job");
  return name;
}

static void check_names(const told *t, uint32_t part, uint32_t event) {
  string name = name_of(t, event);
  string label = {0};
  string_add(&label, "%s\nstep %u: %s\n", t->text, t->k, t->reason);
  CHECK(label.bytes, event != BELL_NONE);
  CHECK_TEXT(label.bytes, "named", t->part[part], name.bytes);
  string_free(&label);
  string_free(&name);
}

#define HOLDS(t, condition) holds(t, condition, #condition, __LINE__)
static void holds(const told *t, bool condition, const char *words, int line) {
  if (condition) return;
  print_error("step %u says: %s\nnot true: %s\n", t->k, t->reason, words);
  check_true(t->text, condition, words, __FILE__, line);
}

/* ---- claims ----------------------------------------------------------------------------------------------------- */

static bool comes_after(const told *t, bell_queue queue) {
  return t->k > 0 && t->trace->steps[t->k - 1].queue == queue &&
         bell_trace_free_us(t->trace, t->k) == t->trace->steps[t->k].time_us;
}

static void no_microtask_is_left(const told *t) {
  HOLDS(t, comes_after(t, BELL_QUEUE_MICROTASK));
  HOLDS(t, oldest_in(t, BELL_QUEUE_MICROTASK) == BELL_NONE);
}

static void no_microtask_waits(const told *t) { HOLDS(t, oldest_in(t, BELL_QUEUE_MICROTASK) == BELL_NONE); }

static void no_tick_waits(const told *t) { HOLDS(t, oldest_in(t, BELL_QUEUE_TICK) == BELL_NONE); }

static void is_the_only_task(const told *t) {
  check_names(t, 0, me(t));
  HOLDS(t, next_task(t) == BELL_NONE);
}

static void the_oldest_task_runs(const told *t) {
  uint32_t other = next_task(t);
  check_names(t, 0, me(t));
  check_names(t, 1, other);
  HOLDS(t, event_of(t, me(t))->ready_us < event_of(t, other)->ready_us);
}

static void became_ready_at_the_same_time(const told *t) {
  uint32_t other = next_task(t);
  check_names(t, 0, me(t));
  if (event_of(t, me(t))->statement != event_of(t, other)->statement) check_names(t, 1, other);
  HOLDS(t, event_of(t, me(t))->ready_us == event_of(t, other)->ready_us);
  HOLDS(t, me(t) < other);
}

static void is_the_only_microtask(const told *t) {
  check_names(t, 0, me(t));
  HOLDS(t, oldest_in(t, BELL_QUEUE_MICROTASK) == BELL_NONE);
  HOLDS(t, next_task(t) == BELL_NONE);
}

static void is_the_oldest_microtask(const told *t) {
  uint32_t second = oldest_in(t, BELL_QUEUE_MICROTASK);
  check_names(t, 0, me(t));
  HOLDS(t, second == BELL_NONE || is_before(t, me(t), second));
  if (strcmp(t->part[1], "its next job") != 0) check_names(t, 1, second);
  else HOLDS(t, event_of(t, me(t))->statement == event_of(t, second)->statement);
}

static void microtasks_go_before_tasks(const told *t) {
  HOLDS(t, t->trace->steps[t->k].queue == BELL_QUEUE_MICROTASK);
  check_names(t, 0, me(t));
  check_names(t, 1, next_task(t));
}

static void microtasks_run(const told *t) {
  uint32_t second = oldest_in(t, BELL_QUEUE_MICROTASK);
  check_names(t, 0, me(t));
  HOLDS(t, second == BELL_NONE || is_before(t, me(t), second));
}

static void the_queue_has_begun(const told *t) {
  HOLDS(t, comes_after(t, BELL_QUEUE_MICROTASK));
  microtasks_run(t);
}

static void is_the_oldest_tick(const told *t) {
  uint32_t second = oldest_in(t, BELL_QUEUE_TICK);
  check_names(t, 0, me(t));
  HOLDS(t, second == BELL_NONE || is_before(t, me(t), second));
}

static void is_the_oldest_immediate(const told *t) {
  uint32_t second = oldest_in(t, BELL_QUEUE_CHECK);
  uint32_t begin = t->k;
  while (begin > 0 && t->trace->steps[begin - 1].queue != BELL_QUEUE_TIMERS &&
         t->trace->steps[begin - 1].queue != BELL_QUEUE_POLL && t->trace->steps[begin - 1].queue != BELL_QUEUE_MAIN)
    begin--;
  HOLDS(t, second == BELL_NONE || is_before(t, me(t), second));
  HOLDS(t, event_of(t, me(t))->parent < t->k);
  HOLDS(t, begin <= t->k);
}

/* One of those whose name it is waits, and comes later. */
static bool one_waits(const told *t, uint32_t part, bell_queue queue) {
  bool found = false;
  for (uint32_t e = 0; e < t->trace->event_count && !found; e++) {
    if (!waits(t, e) || queue_of(t, e) != queue) continue;
    string name = name_of(t, e);
    const char *said = t->part[part];
    bool is_next_job = strcmp(said, "its next job") == 0 && event_of(t, e)->statement == event_of(t, me(t))->statement;
    if (strncmp(said, "the next ", 9) == 0) said += 9;
    found = is_next_job || strcmp(name.bytes, said) == 0;
    string_free(&name);
  }
  return found;
}

static void the_tick_waits(const told *t) { HOLDS(t, one_waits(t, 0, BELL_QUEUE_TICK)); }
static void the_microtask_waits(const told *t) { HOLDS(t, one_waits(t, 0, BELL_QUEUE_MICROTASK)); }
static void the_timer_waits(const told *t) { HOLDS(t, one_waits(t, 0, BELL_QUEUE_TIMERS)); }
static void the_socket_waits(const told *t) { HOLDS(t, one_waits(t, 0, BELL_QUEUE_POLL)); }
static void the_immediate_waits(const told *t) { HOLDS(t, one_waits(t, 0, BELL_QUEUE_CHECK)); }

/* "Behind it" is said of the same queue. */
static void is_behind_it(const told *t) { HOLDS(t, one_waits(t, 0, (bell_queue)t->trace->steps[t->k].queue)); }

static int64_t us(const char *ms) { return (int64_t)(strtod(ms, NULL) * 1000 + 0.5); }

static void the_loop_slept(const told *t) {
  int64_t from_us = us(t->part[0]);
  int64_t to_us = us(t->part[1]);
  CHECK_EQUAL(t->text, "asleep from", from_us, bell_trace_free_us(t->trace, t->k));
  CHECK_EQUAL(t->text, "asleep until", to_us, t->trace->steps[t->k].time_us);
  HOLDS(t, from_us < to_us);
  for (uint32_t e = 0; e < t->trace->event_count; e++) {
    bool comes = t->step_of[e] != BELL_NONE && t->step_of[e] >= t->k;
    bool is_known = event_of(t, e)->parent == BELL_NONE || event_of(t, e)->parent < t->k;
    if (!comes || !is_known) continue;
    /* libuv sets its timer to 1 ms at least. */
    bool may_oversleep = queue_of(t, e) == BELL_QUEUE_TIMERS && to_us - from_us <= 1000;
    HOLDS(t, event_of(t, e)->ready_us >= to_us || may_oversleep);
  }
}

/* A thread that others wait for did not sleep. */
static void it_waited_for_the_thread(const told *t) {
  const bell_event *e = event_of(t, me(t));
  CHECK_EQUAL(t->text, "waited", us(t->part[0]), t->trace->steps[t->k].time_us - e->ready_us);
  for (uint32_t k = 1; k <= t->k; k++) {
    bool after = bell_trace_free_us(t->trace, k) >= e->ready_us;
    if (after) HOLDS(t, bell_trace_free_us(t->trace, k) == t->trace->steps[k].time_us);
  }
}

static void has_been_ready_since(const told *t) {
  check_names(t, 0, me(t));
  CHECK_EQUAL(t->text, "ready", us(t->part[1]), event_of(t, me(t))->ready_us);
}

static const char *parent_name(const told *t) {
  uint32_t parent = event_of(t, me(t))->parent;
  return parent == BELL_NONE ? "Its line" : step_name(t->trace, parent);
}

static void names_its_parent(const told *t) {
  size_t length = strlen(parent_name(t));
  HOLDS(t, strncmp(t->part[0], parent_name(t), length) == 0);
  HOLDS(t, t->part[0][length] == '\0' || t->part[0][length] == '\'');
}

/* The callback after its parent: what stands behind its name is no part of that. */
static void names_it_after_its_parent(const told *t) {
  names_its_parent(t);
  string name = name_of(t, me(t));
  size_t length = strlen(name.bytes);
  HOLDS(t, strncmp(t->part[1], name.bytes, length) == 0);
  HOLDS(t, t->part[1][length] == '\0' || t->part[1][length] == ' ');
  string_free(&name);
}

static void parent_set_it(const told *t) {
  names_it_after_its_parent(t);
  const bell_event *e = event_of(t, me(t));
  CHECK_EQUAL(t->text, "end", us(t->part[2]), e->ready_us);
  CHECK_EQUAL(t->text, "delay", e->ready_us - t->trace->steps[e->parent].time_us, statement_of(t, me(t))->after_us);
}

static int64_t asked_us(const told *t) {
  bool is_source = event_of(t, me(t))->parent == BELL_NONE;
  return is_source ? t->trace->scenario->events[me(t)].ready_us : statement_of(t, me(t))->after_us;
}

static void parent_asked_for_another_delay(const told *t, int64_t least_us) {
  names_its_parent(t);
  const bell_event *e = event_of(t, me(t));
  int64_t set_us = e->parent == BELL_NONE ? 0 : t->trace->steps[e->parent].time_us;
  CHECK_EQUAL(t->text, "asked", us(t->part[1]), asked_us(t));
  check_names(t, 2, me(t));
  CHECK_EQUAL(t->text, "end", us(t->part[3]), e->ready_us);
  CHECK_EQUAL(t->text, "delay", e->ready_us - set_us, least_us);
}

static void parent_asked_for_a_part_of_a_millisecond(const told *t) {
  HOLDS(t, asked_us(t) % 1000 > 0);
  parent_asked_for_another_delay(t, asked_us(t) / 1000 * 1000);
}

static void parent_asked_for_less_than_node_has(const told *t) {
  HOLDS(t, asked_us(t) < 1000);
  parent_asked_for_another_delay(t, 1000);
}

static void parent_asked_for_less_than_nested_timers_have(const told *t) {
  HOLDS(t, asked_us(t) < 4000);
  uint32_t timers = 1;
  for (uint32_t p = event_of(t, me(t))->parent; p != BELL_NONE; p = bell_trace_event(t->trace, p)->parent) {
    timers += bell_trace_event(t->trace, p)->parent != BELL_NONE && t->trace->steps[p].queue == BELL_QUEUE_TASK;
  }
  HOLDS(t, timers > 6);
  parent_asked_for_another_delay(t, 4000);
}

/* Each star is what stands between; the first claim of a reason that fits counts. `host`: BELL_HOSTS for both. */
typedef struct claim {
  const char *phrase;
  bell_host host;
  void (*check)(const told *t);
} claim;

static const claim claims[] = {
    {"No microtask was left, so ticks go next", BELL_NODE, no_microtask_is_left},
    {"No microtask waited", BELL_BROWSER, no_microtask_waits},
    {"No tick waited", BELL_NODE, no_tick_waits},
    {", and * was the only task.", BELL_BROWSER, is_the_only_task},
    {"so the oldest task runs: *, before *.", BELL_BROWSER, the_oldest_task_runs},
    {"the tasks * and * became ready at the same time", BELL_BROWSER, became_ready_at_the_same_time},
    {"* was the only microtask, and no task waited.", BELL_BROWSER, is_the_only_microtask},
    {"* is the oldest microtask; * is behind it", BELL_HOSTS, is_the_oldest_microtask},
    {"Microtasks go before tasks: * runs, and the task * waits.", BELL_BROWSER, microtasks_go_before_tasks},
    {"Microtasks go before tasks: * runs, and the frame * waits.", BELL_BROWSER, microtasks_go_before_tasks},
    {"microtasks run before the loop goes on: * is the oldest", BELL_NODE, microtasks_run},
    {"Once begun, the microtask queue is emptied before all else: * is the oldest microtask", BELL_NODE,
     the_queue_has_begun},
    {"* is the oldest tick", BELL_NODE, is_the_oldest_tick},
    {"Check phase: * is the oldest immediate", BELL_NODE, is_the_oldest_immediate},
    {"; the tick * waits.", BELL_NODE, the_tick_waits},
    {"; the microtask * waits.", BELL_NODE, the_microtask_waits},
    {"; the timer * waits.", BELL_NODE, the_timer_waits},
    {"; the socket * waits.", BELL_NODE, the_socket_waits},
    {"; the immediate * waits.", BELL_NODE, the_immediate_waits},
    {"; * is behind it.", BELL_HOSTS, is_behind_it},
    {"the loop slept from * to * ms", BELL_BROWSER, the_loop_slept},
    {"slept in poll from * to * ms", BELL_NODE, the_loop_slept},
    {"* has been ready since * ms, and it waited * ms for the thread.", BELL_HOSTS, has_been_ready_since},
    {"it waited * ms for the thread.", BELL_HOSTS, it_waited_for_the_thread},
    {"* queued *.", BELL_HOSTS, names_it_after_its_parent},
    {"* asked for it", BELL_BROWSER, names_its_parent},
    {"* set * to end at * ms", BELL_HOSTS, parent_set_it},
    {"* asked for * ms, of which whole milliseconds count: * ended at * ms", BELL_HOSTS,
     parent_asked_for_a_part_of_a_millisecond},
    {"* asked for * ms, but Node's timers wait 1 ms at least: * ended at * ms", BELL_NODE,
     parent_asked_for_less_than_node_has},
    {"* asked for * ms, but HTML makes a timer that is nested more than five deep wait 4 ms at least: * ended at * ms",
     BELL_BROWSER, parent_asked_for_less_than_nested_timers_have},
};

/* Where the part before `end` begins: behind the last full stop, colon, semicolon or comma. */
static const char *beginning(const char *reason, const char *end) {
  while (end > reason && !(end[-1] == ' ' && end - 1 > reason && strchr(".:;,", end[-2]) != NULL)) end--;
  return end;
}

/* Does a reason make a claim there, its first words at `start`? A star stands for no end of a sentence. */
static bool makes_there(told *t, const char *phrase, const char *start, size_t length) {
  const char *at = start + length;
  uint32_t part = 0;
  if (*phrase == '*') {
    const char *from = beginning(t->reason, start);
    snprintf(t->part[part++], PART, "%.*s", (int)(start - from), from);
    phrase++;
  }
  for (phrase += length; *phrase == '*'; phrase += length) {
    char piece[PART];
    length = strcspn(++phrase, "*");
    snprintf(piece, sizeof piece, "%.*s", (int)length, phrase);
    const char *found = strstr(at, piece);
    if (found == NULL) return false;
    snprintf(t->part[part], PART, "%.*s", (int)(found - at), at);
    if (strstr(t->part[part++], ". ") != NULL) return false;
    at = found + length;
  }
  return true;
}

/* Does a reason make a claim? Then its parts are found. */
static bool makes(told *t, const char *phrase) {
  const char *words = phrase + (*phrase == '*');
  char first[PART];
  size_t length = strcspn(words, "*");
  snprintf(first, sizeof first, "%.*s", (int)length, words);
  for (const char *at = t->reason; (at = strstr(at, first)) != NULL; at++) {
    if (makes_there(t, phrase, at, length)) return true;
  }
  return false;
}

static uint32_t *steps_of(const bell_trace *trace) {
  uint32_t *step_of = malloc((trace->event_count + 1) * sizeof *step_of);
  assert_non_null(step_of);
  for (uint32_t e = 0; e < trace->event_count; e++) step_of[e] = BELL_NONE;
  for (uint32_t k = 0; k < trace->step_count; k++) step_of[trace->steps[k].event] = k;
  return step_of;
}

static void check_claims(const char *text, const bell_trace *trace, uint32_t *made) {
  uint32_t *step_of = steps_of(trace);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    char *reason = reason_sentence(trace, k);
    told t = {.text = text, .trace = trace, .step_of = step_of, .k = k, .reason = reason};
    for (size_t c = 0; c < COUNT_OF(claims); c++) {
      bool is_of_host = claims[c].host == BELL_HOSTS || claims[c].host == trace->scenario->host;
      if (!is_of_host || !makes(&t, claims[c].phrase)) continue;
      made[c]++;
      claims[c].check(&t);
    }
    free(reason);
  }
  free(step_of);
}

static void check_run(const char *label, const char *text, bell_host host, uint32_t *made) {
  run r;
  run_loop(&r, text, host);
  check_claims(label, &r.trace, made);
  run_free(&r);
}

/* What chance alone seldom makes. */
static const char nested[] =
    "script n0\n  timer n1 after 0\n    timer n2 after 0\n      timer n3 after 0\n        timer n4 after 0\n"
    "          timer n5 after 0\n            timer n6 after 0\n              timer n7 after 3.9\n"
    "                timer n8 after 4.9\n                  timer n9 after 5.9\n";

static void every_claim_is_true_and_each_is_made(void **state) {
  (void)state;
  const char *wanted = getenv("DOORBELL_SEED");
  uint64_t first = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
  uint32_t made[COUNT_OF(claims)] = {0};
  check_run(nested, nested, BELL_BROWSER, made);
  string text = {0};
  string label = {0};
  for (uint64_t seed = first; seed < first + rounds(RUNS); seed++) {
    for (int host = BELL_BROWSER; host <= BELL_NODE; host++) {
      uint64_t chance = seed;
      random_crowd(&chance, (bell_host)host, &text);
      string_cut(&label, 0);
      string_add(&label, "DOORBELL_SEED=%llu, %s\n%s", (unsigned long long)seed, bell_host_name((bell_host)host),
                 text.bytes);
      check_run(label.bytes, text.bytes, (bell_host)host, made);
    }
  }
  for (size_t c = 0; c < COUNT_OF(claims); c++) {
    if (made[c] == 0) fail_msg("DOORBELL_SEED=%llu: nobody claims \"%s\"", (unsigned long long)first, claims[c].phrase);
  }
  string_free(&label);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_claim_is_true_and_each_is_made)};
  return cmocka_run_group_tests_name("reason_truth", tests, NULL, NULL);
}
