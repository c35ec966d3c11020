/* A loop whose callbacks are no scenario's: what is cancelled does not run, and all else does as if it had never
 * been. */
#include "loop/loop.h"

#include "support.h"

/* A program: its labels are letters, and `act` is what the callback of each does. */
typedef struct program {
  bell_host host;
  bell_loop *loop;
  bell_trace trace;
  uint32_t events[128]; /* what each letter's callback is, once it was asked for */
} program;

static void set_timer(program *p, char label, int64_t after_us) {
  p->events[(int)label] = bell_loop_set_timer(p->loop, (uint32_t)label, after_us);
}

/* Runs it, from `m` at 0 and `s` at 1 ms on: "LABEL TIME" of each step, in order. */
static void check_program(bell_host host, void (*act)(program *p, char label), const char *expected) {
  program p = {.host = host};
  bell_loop_room room = {.events = 16, .known = 2, .later = 0, .delays = 4};
  size_t memory = bell_loop_memory(host, room);
  void *base = malloc(memory);
  bell_arena arena = {.base = base, .capacity = memory};
  p.loop = bell_loop_start(&p.trace, host, room, (bell_loop_open){0}, &arena);
  assert_non_null(p.loop);
  bell_loop_know(p.loop, host == BELL_NODE ? BELL_MAIN : BELL_TASKS_NETWORKING, 'm', 0);
  bell_loop_know(p.loop, BELL_TASKS_NETWORKING, 's', 1000);
  string rows = {0};
  string_cut(&rows, 0);
  for (const bell_step *step; (step = bell_loop_take(p.loop)) != NULL;) {
    char label = (char)p.trace.events[step->event].statement;
    string_add(&rows, "%s%c %d", p.trace.step_count > 0 ? ", " : "", label, (int)(step->time_us / 1000));
    act(&p, label);
    bell_loop_finish(p.loop, 0);
  }
  CHECK_TEXT("a program of the test's own", "rows", rows.bytes, expected);
  string_free(&rows);
  free(base);
}

/* Timers of one delay lie in one list, which is looked at when the first ends. */
static void cancel_the_first(program *p, char label) {
  if (label == 'm') set_timer(p, 'a', 2000);
  if (label == 's') set_timer(p, 'b', 2000);
  if (label == 's') assert_true(bell_loop_cancel(p->loop, p->events['a']));
  if (label == 'b') assert_false(bell_loop_cancel(p->loop, p->events['a']));
  if (label == 'b') assert_false(bell_loop_cancel(p->loop, p->events['b']));
}

static void the_timers_behind_one_that_is_cancelled_run_at_their_time(void **state) {
  (void)state;
  check_program(BELL_BROWSER, cancel_the_first, "m 0, s 1, b 3");
  check_program(BELL_NODE, cancel_the_first, "m 0, s 1, b 3");
}

static void cancel_the_only_one(program *p, char label) {
  if (label == 'm') set_timer(p, 'a', 2000);
  if (label == 's') assert_true(bell_loop_cancel(p->loop, p->events['a']));
}

static void a_loop_whose_last_timer_is_cancelled_ends(void **state) {
  (void)state;
  check_program(BELL_BROWSER, cancel_the_only_one, "m 0, s 1");
  check_program(BELL_NODE, cancel_the_only_one, "m 0, s 1");
}

static void cancel_what_has_a_turn(program *p, char label) {
  if (label != 'm') return;
  for (uint32_t name = 'x'; name <= 'z'; name++) {
    p->events[name] =
        p->host == BELL_NODE ? bell_loop_queue(p->loop, BELL_IMMEDIATES, name) : bell_loop_ask_frame(p->loop, name);
  }
  assert_true(bell_loop_cancel(p->loop, p->events['z']));
  assert_false(bell_loop_cancel(p->loop, p->events['z']));
}

static void frames_and_immediates_can_be_cancelled_too(void **state) {
  (void)state;
  check_program(BELL_BROWSER, cancel_what_has_a_turn, "m 0, s 1, x 16, y 16");
  check_program(BELL_NODE, cancel_what_has_a_turn, "m 0, x 0, y 0, s 1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_timers_behind_one_that_is_cancelled_run_at_their_time),
      cmocka_unit_test(a_loop_whose_last_timer_is_cancelled_ends),
      cmocka_unit_test(frames_and_immediates_can_be_cancelled_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
