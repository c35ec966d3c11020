/* What threads beside Node's loop do is done in any order. */
#include "loop/program_work.h"

#include "loop/choices.h"
#include "support.h"

enum { MOST = 10 };

/* What a main script asks for, in this order: letters, from `a` on. */
typedef struct case_of_work {
  uint32_t count;
  int64_t done_us[MOST];
  int64_t busy_us; /* for which the script holds the thread before it asks for the last */
} case_of_work;

static bell_statement statements[MOST + 1];
static const bell_scenario scenario = {.statements = statements, .host = BELL_NODE};

/* Runs it: the letters in the order of their callbacks, each with the letter of the one beside it, if it has one. */
static void run_work(const case_of_work *c, bell_choices *choices, bool shows_beside, string *rows) {
  bell_trace trace = {.scenario = &scenario};
  bell_loop_room room = {.events = 64, .known = 1, .later = MOST, .delays = 1, .asks_late = true};
  size_t memory = bell_loop_memory(BELL_NODE, room);
  void *base = malloc(memory);
  bell_arena arena = {.base = base, .capacity = memory};
  bell_loop *loop = bell_loop_start(&trace, BELL_NODE, room, (bell_loop_open){.choices = choices}, &arena);
  bell_loop_know(loop, BELL_MAIN, MOST, 0);
  for (const bell_step *step; (step = bell_loop_take(loop)) != NULL;) {
    uint32_t label = trace.events[step->event].statement;
    assert_true(trace.events[step->event].ready_us <= step->time_us);
    uint32_t other = program_work_beside(loop, step->event);
    if (label < MOST) string_add(rows, "%c", (char)('a' + label));
    if (shows_beside && other != BELL_NONE) string_add(rows, "(%c)", (char)('a' + trace.events[other].statement));
    for (uint32_t i = 0; label == MOST && i < c->count; i++) {
      if (i + 1 == c->count) bell_loop_pass(loop, c->busy_us);
      program_work_order(loop, bell_loop_expect(loop, BELL_TASKS_NETWORKING, i, c->done_us[i]));
    }
    bell_loop_finish(loop, 0);
  }
  free(base);
}

/* Every way, each once, in the order in which they come. */
static bool find_ways(const case_of_work *c, int64_t late_us, string *ways) {
  bell_choices choices = {.late_us = late_us};
  do {
    string rows = {0};
    string_add(&rows, " ");
    run_work(c, &choices, false, &rows);
    string_add(&rows, ".");
    if (ways->bytes == NULL || strstr(ways->bytes, rows.bytes) == NULL) string_add(ways, "%s", rows.bytes);
    string_free(&rows);
  } while (bell_choose_otherwise(&choices));
  return !choices.more;
}

static void check_ways(const case_of_work *c, const char *expected) {
  string ways = {0};
  assert_true(find_ways(c, BELL_LATE_US, &ways));
  CHECK_TEXT("work of the test's own", "ways", ways.bytes, expected);
  string_free(&ways);
}

static void what_is_under_way_together_may_be_done_in_any_order(void **state) {
  (void)state;
  static const uint32_t orders[] = {1, 1, 2, 6, 24, 120};
  for (uint32_t count = 1; count < COUNT_OF(orders); count++) {
    uint32_t times = 1;
    for (uint32_t i = 0; i < count; i++) times *= 3;
    for (uint32_t mix = 0; mix < times; mix++) {
      case_of_work c = {.count = count};
      for (uint32_t i = 0, left = mix; i < count; i++, left /= 3) c.done_us[i] = 125 * (1 + (int64_t)left % 3);
      string ways = {0};
      assert_true(find_ways(&c, BELL_LATE_US, &ways));
      assert_int_equal(ways.length, orders[count] * (count + 2)); /* a space, a letter each, a full stop */
      string_free(&ways);
    }
  }
}

static void the_model_s_own_order_goes_by_the_time_then_by_who_asked_first(void **state) {
  (void)state;
  static const struct {
    case_of_work work;
    const char *rows;
  } cases[] = {
      {{3, {500, 125, 375}, 0}, "bca"},
      {{3, {125, 125, 125}, 0}, "abc"},
      {{3, {375, 125, 375}, 0}, "bac"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    string rows = {0};
    run_work(&cases[i].work, NULL, false, &rows);
    CHECK_TEXT("work of the test's own", "rows", rows.bytes, cases[i].rows);
    string_free(&rows);
  }
}

static void what_is_done_already_or_much_later_keeps_its_place(void **state) {
  (void)state;
  check_ways(&(case_of_work){2, {125, 1124}, 0}, " ab. ba.");
  check_ways(&(case_of_work){2, {125, 1125}, 0}, " ab.");
  check_ways(&(case_of_work){2, {1125, 125}, 0}, " ba.");
  check_ways(&(case_of_work){2, {500, 625}, 500}, " ab. ba.");
  check_ways(&(case_of_work){2, {500, 625}, 501}, " ab.");
}

static void of_more_than_eight_not_every_order_is_tried_and_that_is_said(void **state) {
  (void)state;
  case_of_work c = {.count = 9};
  for (uint32_t i = 0; i < c.count; i++) c.done_us[i] = 125;
  bell_choices choices = {.late_us = BELL_LATE_US};
  string rows = {0};
  run_work(&c, &choices, false, &rows);
  assert_true(choices.more);
  CHECK_TEXT("work of the test's own", "rows", rows.bytes, "abcdefghi");
  string_free(&rows);
}

static void a_step_knows_which_other_might_have_been_done_before_it(void **state) {
  (void)state;
  static const struct {
    case_of_work work;
    const char *rows;
  } cases[] = {
      {{3, {500, 125, 375}, 0}, "b(c)c(a)a"},
      {{2, {125, 125}, 0}, "a(b)b"},    /* found together */
      {{2, {125, 375}, 5000}, "a(b)b"}, /* the same, after a while */
      {{2, {125, 1125}, 0}, "ab"},      /* not under way at the same time, as far as one sees */
      {{2, {125, 1125}, 5000}, "ab"},   /* the same, found together */
      {{3, {125, 1125, 250}, 0}, "a(c)c(b)b"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    string rows = {0};
    run_work(&cases[i].work, NULL, true, &rows);
    CHECK_TEXT("work of the test's own", "rows", rows.bytes, cases[i].rows);
    string_free(&rows);
  }
}

int main(void) {
  for (uint32_t i = 0; i < MOST; i++) statements[i].line = PROGRAM_WORK;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_under_way_together_may_be_done_in_any_order),
      cmocka_unit_test(the_model_s_own_order_goes_by_the_time_then_by_who_asked_first),
      cmocka_unit_test(what_is_done_already_or_much_later_keeps_its_place),
      cmocka_unit_test(of_more_than_eight_not_every_order_is_tried_and_that_is_said),
      cmocka_unit_test(a_step_knows_which_other_might_have_been_done_before_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
