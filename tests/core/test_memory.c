/* What a run of lesson 4 needs where its scenario has more than messages: bytes, and work.
 *
 * At most 96 bytes an event: a read, or a write (`run_count`). Of each kind of traffic there is one scenario with one
 * event a source, which is the dearest, for a run keeps something of each source too; and one with many.
 *
 * And twice as many take twice as long: work is counted in the pieces of code between two branches that were entered,
 * which call a function here (CMakeLists.txt), so no clock is asked. Where more and more sockets keep the thread from
 * sleeping, each answer has all of them, on a kernel too: there a run takes as long as its answers are. (What comes
 * stands behind them, so with a small `maxevents` it takes as many more answers until its turn comes.) */
#include "support.h"

enum { BYTES_AN_EVENT = 96, SPARE = 4096, MANY = 100000, SOME = 500 };

static uint64_t work;
void __sanitizer_cov_trace_pc(void);            /* NOLINT(bugprone-reserved-identifier): the compiler's name */
void __sanitizer_cov_trace_pc(void) { work++; } /* NOLINT(bugprone-reserved-identifier) */

typedef void add_lines(string *text, int count);

static void add_sockets_in_parts(string *text, int count) {
  for (int i = 0; i < count; i++) {
    string_add(text, "socket s%d size 5 bytes ready %d\n  read up to 2 bytes\n", i, i % 100);
  }
}

static void add_one_message_each(string *text, int count) {
  for (int i = 0; i < count; i++) string_add(text, "socket s%d size 5 bytes ready %d\n", i, i % 100);
}

/* A line holds not more. */
enum { TIMES_A_LINE = 10000 };

/* So many times, by several sources with the same line of what they are, and the same lines under it. */
static void add_times(string *text, int count, const char *kind, const char *traits, const char *under) {
  for (int s = 0; s * TIMES_A_LINE < count; s++) {
    string_add(text, "%s s%d %s ready", kind, s, traits);
    for (int i = s * TIMES_A_LINE; i < count && i < (s + 1) * TIMES_A_LINE; i++) string_add(text, " %d", i / 100);
    string_add(text, "\n%s", under);
  }
}

static void add_backlog_in_parts(string *text, int count) {
  add_times(text, count, "socket", "size 1000 bytes in 10 parts takes 1", "  read up to 30 bytes\n");
}

static void add_writers(string *text, int count) {
  for (int i = 0; i < count; i++) {
    string_add(text, "socket s%d ready %d buffer 4 bytes reads 2 bytes every %d\n  write 9 bytes\n%s", i, i % 100,
               1 + i % 7, i % 2 ? "" : "  stop watching\n");
  }
}

static void add_brief_writers(string *text, int count) {
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d\n  write 9 bytes\n", i, i % 100);
}

static void add_answers(string *text, int count) {
  add_times(text, count, "socket", "buffer 1 KB reads 500 bytes every 0.1", "  write 1 KB\n  stop watching\n");
}

static void add_writes(string *text, int count) {
  string_add(text, "socket A ready 1 buffer 3 bytes reads 1 byte every 0.001\n  write %d bytes\n", count);
}

static void add_readers_that_write(string *text, int count) {
  for (int i = 0; i < count; i++) {
    string_add(text, "socket s%d size 9 bytes ready %d closes %d\n  read up to 4 bytes\n  write 9 bytes\n", i, i % 100,
               i % 100 + 1);
  }
}

static void add_ends(string *text, int count) {
  for (int i = 0; i < count; i++) {
    string_add(text, "socket s%d ready %d closes %d\n%s", i, i % 100, i % 100 + i % 7, i % 5 ? "" : "  ignore end\n");
  }
}

static void add_more_and_more_ends(string *text, int count) {
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d closes %d\n  ignore end\n", i, i, i);
}

static void add_watchers(string *text, int count) {
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d\n  watch write\n", i, i % 100);
}

static void add_connections(string *text, int count) {
  add_times(text, TIMES_A_LINE, "listener", "descriptors 9000", ""); /* there is one, and its line holds no more */
  for (int i = TIMES_A_LINE; i < count; i++) string_add(text, "socket s%d ready %d\n", i, i % 100);
}

static void add_connections_that_end(string *text, int count) {
  add_times(text, TIMES_A_LINE, "listener", "descriptors 2", "");
  for (int i = TIMES_A_LINE; i < count; i += 2)
    string_add(text, "socket s%d ready %d closes %d\n", i, i % 100, 100 + i % 50);
}

static void add_pipes(string *text, int count) {
  for (int i = 0; i < count; i++) {
    string_add(text, "pipe p%d size 2 bytes ready %d closes %d\n  read up to 1 byte\n%s", i, i % 100, i % 100 + i % 7,
               i % 5 ? "" : "  ignore end\n");
  }
}

static void add_files(string *text, int count) {
  for (int i = 0; i < count; i += 2) {
    string_add(text, "file f%d reads 2 takes 0.01\n%s", i, i % 10 ? "" : "  ignore end\n");
  }
}

static void add_reads_of_a_file(string *text, int count) { string_add(text, "file F reads %d takes 0.01\n", count); }

static void add_timers(string *text, int count) {
  for (int i = 0; i < count; i++) string_add(text, "timer t%d ready %d\n", i, i % 100);
}

static void add_expirations(string *text, int count) { string_add(text, "timer T every 1 until %d\n", count); }

static void add_timers_that_expire_twice(string *text, int count) {
  for (int i = 0; i < count; i += 2) string_add(text, "timer t%d every %d until %d\n", i, 1 + i % 50, 2 + i % 50 * 2);
}

static void add_timers_that_repeat(string *text, int count) {
  for (int i = 0; i < count; i += 10) {
    string_add(text, "timer t%d every 7 until 70\n%s", i, i % 50 ? "" : "  leave unread\n");
  }
}

static void add_work_of_one(string *text, int count) {
  string_add(text, "worker W\n");
  add_times(text, count, "socket", "takes 0.5", "  hand over\n");
}

static void add_work_of_many(string *text, int count) {
  string_add(text, "worker W\n");
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d takes 0.01\n  hand over\n", i, i % 100);
}

static void add_timeouts(string *text, int count) {
  string_add(text, "timeout 1\n");
  add_times(text, count, "socket", "", "");
}

static void add_housekeeping(string *text, int count) {
  string_add(text, "timeout every 1 takes 0.1\n");
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d takes 0.1\n", i, i % 100);
}

static void add_signals(string *text, int count) {
  add_times(text, count / 2, "signal", "", "");
  for (int i = 0; i < count / 2; i++) string_add(text, "socket a%d ready %d\n", i, i % 100);
}

static void add_signals_and_a_timeout(string *text, int count) {
  string_add(text, "timeout every 10000\n");
  add_times(text, count / 2, "signal", "", "");
  for (int i = 0; i < count / 2; i++) string_add(text, "socket a%d ready %d\n", i, i % 100);
}

/* Each that ends gives back the one that the last connection took. */
static void add_descriptors_given_back(string *text, int count) {
  string_add(text, "listener L descriptors 1 ready");
  for (int i = 0; i < count && i < TIMES_A_LINE; i++) string_add(text, " %d", i);
  string_add(text, "\n");
  for (int i = 0; i < count; i++) string_add(text, "socket s%d ready %d closes %d\n", i, i, i);
}

/* Those that may stand beside one another. */
static void add_mixed_writers(string *text, int count) {
  static const char *const lines[] = {
      "socket s%d size 10 bytes in 2 parts ready %d %d closes 900\n  read up to 3 bytes\n  write 9 bytes\n",
      "socket s%d ready %d %d buffer 4 bytes reads 2 bytes every 9 resets 900\n  write 9 bytes\n  stop watching\n",
      "socket s%d ready %d %d buffer 4 bytes reads 2 bytes every 9 resets 900\n  write 9 bytes and wait\n",
      "socket s%d ready %d %d closes 900\n  ignore end\n",
  };
  string_add(text, "timer T every 5 until 50\n");
  for (int i = 0; i < count; i++) {
    char line[160];
    snprintf(line, sizeof line, lines[i % 4], i, i % 100, 100 + i % 50); /* NOLINT: four of this file's own */
    string_add(text, "%s", line);
  }
}

/* Who keeps the thread from sleeping must not be looked for anew in each row. */
static void add_one_that_spins(string *text, int count) {
  string_add(text, "socket E ready 0 closes 0\n  ignore end\n");
  add_one_message_each(text, count);
}

static void add_one_that_watches(string *text, int count) {
  string_add(text, "socket E ready 0 closes 1\n  watch write\nsocket F ready 0 closes 0\n  watch write\n");
  add_one_message_each(text, count);
}

static void add_one_that_is_left(string *text, int count) {
  string_add(text, "timer T ready 0\n  leave unread\n");
  add_one_message_each(text, count);
}

static void add_mixed_work(string *text, int count) {
  string_add(text, "worker W\n  leave unread\ntimer T every 5 until 50\n");
  for (int i = 0; i < count; i++) {
    bool ends = i % 2 == 0;
    string_add(text, "socket s%d size 9 bytes ready %d %d", i, i % 100, 100 + i % 50);
    string_add(text, ends ? " closes 900\n  ignore end\n" : " takes 0.01\n  hand over\n");
  }
}

static const struct {
  const char *what;
  add_lines *add;
} kinds[] = {
    {"one message a socket, with a size", add_one_message_each},
    {"messages read in pieces", add_sockets_in_parts},
    {"a backlog in parts", add_backlog_in_parts},
    {"one answer a socket", add_brief_writers},
    {"answers written in pieces", add_writers},
    {"many answers on a socket", add_answers},
    {"an answer in many pieces", add_writes},
    {"pieces are read, and answered", add_readers_that_write},
    {"connections that end", add_ends},
    {"more and more at their end", add_more_and_more_ends},
    {"sockets that watch for writing", add_watchers},
    {"connections that come", add_connections},
    {"connections that come and end", add_connections_that_end},
    {"pipes", add_pipes},
    {"files", add_files},
    {"a file in many reads", add_reads_of_a_file},
    {"timers", add_timers},
    {"a timer that repeats", add_expirations},
    {"timers that expire twice", add_timers_that_expire_twice},
    {"timers that repeat", add_timers_that_repeat},
    {"work of one socket", add_work_of_one},
    {"work of many", add_work_of_many},
    {"waits with a timeout", add_timeouts},
    {"housekeeping", add_housekeeping},
    {"signals", add_signals},
    {"signals and a timeout", add_signals_and_a_timeout},
    {"descriptors given back", add_descriptors_given_back},
    {"one at its end, and many", add_one_that_spins},
    {"one that watches, and many", add_one_that_watches},
    {"a timer unread, and many", add_one_that_is_left},
    {"all that write", add_mixed_writers},
    {"all that work", add_mixed_work},
};

static void keep_no_problem(void *context, const bell_problem *problem) { (void)context, (void)problem; }

/* select could not watch so many, and is run all the same, for it costs the model no less than poll. */
static bool can_run(const bell_scenario *scenario, bell_strategy by) {
  bell_lesson_options options = {.strategy = by == BELL_SELECT ? BELL_POLL : by};
  return bell_multiplexer_lesson.check(scenario, options, (bell_report){.tell = keep_no_problem});
}

static bell_lesson_options options_of(size_t kind, bell_strategy by) {
  uint32_t maxevents = kinds[kind].add == add_more_and_more_ends ? MANY : 0;
  return (bell_lesson_options){.strategy = by, .waiting = {.maxevents = maxevents}};
}

static void a_run_takes_at_most_96_bytes_an_event(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    string text = {0};
    kinds[i].add(&text, MANY);
    reading r = read_good(text.bytes, BELL_MULTIPLEXER);
    double most = 0;
    for (bell_strategy by = 0; by < BELL_STRATEGIES; by++) {
      if (!can_run(&r.scenario, by)) continue;
      size_t bytes = bell_multiplexer_lesson.memory(&r.scenario, options_of(i, by));
      double each = (double)bytes / r.scenario.run_count;
      if (bytes > (size_t)BYTES_AN_EVENT * r.scenario.run_count + SPARE) {
        fail_msg("%s by %s: %.2f bytes an event", kinds[i].what, bell_strategy_name(by), each);
      }
      if (each > most) most = each;
    }
    print_message("%-34s %7u events, %6.2f bytes each\n", kinds[i].what, r.scenario.run_count, most);
    reading_free(&r);
    string_free(&text);
  }
}

/* What its rows and its answers are together: where nobody waits for many, the rows. */
static uint64_t length_of(const bell_trace *trace) {
  uint64_t length = trace->step_count;
  bool has_answers = trace->answers != NULL && trace->strategy != BELL_THREADS;
  for (uint32_t k = 0; has_answers && k < trace->step_count; k++) length += trace->answers[k].returned;
  return length;
}

typedef struct effort {
  uint64_t work;
  uint64_t length;
} effort;

/* To run it, and to say why of each row. */
static effort effort_of(const bell_scenario *scenario, bell_lesson_options options) {
  const bell_lesson *lesson = &bell_multiplexer_lesson;
  size_t bytes = lesson->memory(scenario, options);
  bell_arena arena = {.base = malloc(bytes), .capacity = bytes};
  assert_non_null(arena.base);
  bell_trace trace;
  work = 0;
  assert_true(lesson->run(&trace, scenario, options, &arena));
  for (uint32_t k = 0; k < trace.step_count; k++) {
    char page[1024];
    bell_text out = {.out = page, .capacity = sizeof page};
    lesson->print_reason(&trace, k, &out);
  }
  effort done = {work, length_of(&trace)};
  free(arena.base);
  return done;
}

static void twice_as_many_take_twice_as_long(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    string once = {0};
    string twice = {0};
    kinds[i].add(&once, SOME);
    kinds[i].add(&twice, 2 * SOME);
    reading few = read_good(once.bytes, BELL_MULTIPLEXER);
    reading many = read_good(twice.bytes, BELL_MULTIPLEXER);
    for (bell_strategy by = 0; by < BELL_STRATEGIES; by++) {
      if (!can_run(&few.scenario, by)) continue;
      effort less = effort_of(&few.scenario, options_of(i, by));
      effort more = effort_of(&many.scenario, options_of(i, by));
      double ratio = (double)more.work / (double)less.work;
      double longer = (double)more.length / (double)less.length;
      double times = kinds[i].add == add_more_and_more_ends && longer > 2 ? longer : 2;
      if (less.work < SOME) fail_msg("%s by %s: work is not counted", kinds[i].what, bell_strategy_name(by));
      if (ratio > 1.25 * times) fail_msg("%s by %s: %.2f times as long", kinds[i].what, bell_strategy_name(by), ratio);
    }
    reading_free(&few);
    reading_free(&many);
    string_free(&once);
    string_free(&twice);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_run_takes_at_most_96_bytes_an_event),
      cmocka_unit_test(twice_as_many_take_twice_as_long),
  };
  return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
