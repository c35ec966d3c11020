/* A loop whose callbacks are no scenario's: what is cancelled does not run, and all else does as if it had never
 * been. */
#include "loop/loop.h"

#include "loop/program_open.h"
#include "loop/program_turns.h"
#include "support.h"

/* A program: its labels are letters, and `act` is what the callback of each does. */
typedef struct program {
  bell_host host;
  bell_loop *loop;
  bell_trace trace;
  uint32_t events[128];     /* what each letter's callback is, once it was asked for */
  bell_source sources[128]; /* and its source, where that is the scheduler's or of idle callbacks */
  program_turns *turns;     /* a port's messages are digits, odd ones of one port, even ones of another */
  int64_t now_us;
  int64_t takes_us; /* for which the callback holds the thread */
} program;

static bell_source port_of(char label) { return BELL_TASKS_PORTS + (bell_source)label % 2; }

static void set_timer(program *p, char label, int64_t after_us) {
  p->events[(int)label] = bell_loop_set_timer(p->loop, (uint32_t)label, after_us);
}

/* What it is and how it may go. */
typedef struct way {
  void (*act)(program *p, char label);
  bell_choices *choices;
  bool has_times;
  bool has_checkpoints; /* a dot where one is reached, and a plus before an immediate that bell_loop_goes_again */
  bool is_module;
} way;

/* Runs it, from `m` at 0 and `s` at 1 ms on: "LABEL TIME" of each step, in order. */
static void run_program(bell_host host, way how, string *rows) {
  program p = {.host = host};
  bell_loop_room room = {.events = 64, .known = 2, .later = 32, .delays = 4, .asks_late = true};
  size_t memory = bell_loop_memory(host, room);
  void *base = malloc(memory);
  bell_arena arena = {.base = base, .capacity = memory};
  program_turns turns = {.trace = &p.trace};
  p.turns = &turns;
  bell_loop_open open = {.choices = how.choices, .next_source = program_turns_source, .context = &turns};
  p.loop = bell_loop_start(&p.trace, host, room, open, &arena);
  assert_non_null(p.loop);
  bell_source script = host == BELL_NODE ? BELL_MAIN : BELL_TASKS_NETWORKING;
  bell_loop_know(p.loop, how.is_module ? BELL_MICROTASKS : script, 'm', 0);
  if (how.is_module) bell_loop_begin_in_poll(p.loop);
  bell_loop_know(p.loop, BELL_TASKS_NETWORKING, 's', 1000);
  for (;;) {
    if (!bell_loop_has_between(p.loop)) program_turns_next(&turns, p.now_us);
    const bell_step *step = bell_loop_take_first(p.loop);
    if (step == NULL) step = bell_loop_take(p.loop);
    if (step == NULL) break;
    char label = (char)p.trace.events[step->event].statement;
    if (label >= '0' && label <= '9') program_turns_run(&turns, p.loop, port_of(label));
    else if (p.sources[(int)label] > 0) program_turns_run(&turns, p.loop, p.sources[(int)label]);
    if (how.has_times && p.trace.step_count > 0) string_add(rows, ", ");
    if (how.has_checkpoints && bell_loop_goes_again(p.loop, step->event) && step->queue == BELL_QUEUE_CHECK)
      string_add(rows, "+");
    string_add(rows, "%c", label);
    if (how.has_times) string_add(rows, " %d", (int)(step->time_us / 1000));
    p.now_us = step->time_us;
    p.takes_us = 0;
    how.act(&p, label);
    bell_loop_finish(p.loop, p.takes_us);
    p.now_us += p.takes_us;
    if (how.has_checkpoints && !bell_loop_has_between(p.loop)) string_add(rows, ".");
  }
  free(base);
}

static void check_program(bell_host host, void (*act)(program *p, char label), const char *expected) {
  string rows = {0};
  string_cut(&rows, 0);
  run_program(host, (way){.act = act, .has_times = true}, &rows);
  CHECK_TEXT("a program of the test's own", "rows", rows.bytes, expected);
  string_free(&rows);
}

/* The labels of every way that it may go in a browser, each once, the loop's own first. */
static void check_ways(void (*act)(program *p, char label), const char *expected) {
  bell_choices choices = {0};
  string seen = {0};
  string_cut(&seen, 0);
  do {
    string rows = {0};
    string_add(&rows, " ");
    run_program(BELL_BROWSER, (way){.act = act, .choices = &choices}, &rows);
    string_add(&rows, ".");
    if (strstr(seen.bytes, rows.bytes) == NULL) string_add(&seen, "%s", rows.bytes);
    string_free(&rows);
  } while (bell_choose_otherwise(&choices));
  CHECK_TEXT("a program of the test's own", "ways", seen.bytes, expected);
  string_free(&seen);
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

/* A timer counts from when it is set, not from when its callback began; so does its cancelling. */
static void set_late(program *p, char label) {
  if (label == 'm') set_timer(p, 'a', 2000);
  if (label == 's') {
    bell_loop_pass(p->loop, 3000);
    set_timer(p, 'b', 2000);
    set_timer(p, 'c', 2000);
    assert_true(bell_loop_cancel(p->loop, p->events['b']));
  }
}

static void a_timer_counts_from_when_it_is_set(void **state) {
  (void)state;
  check_program(BELL_BROWSER, set_late, "m 0, s 1, a 4, c 6");
  check_program(BELL_NODE, set_late, "m 0, s 1, a 4, c 6");
}

/* An interval whose callback takes 1 ms; `s` is there to see that others are not disturbed. */
static void beat(program *p, char label) {
  if (label == 'm') set_timer(p, 'i', 2000);
  if (label != 'i' || p->trace.step_count > 4) return;
  bell_loop_pass(p->loop, 1000);
  p->events['i'] = bell_loop_repeat(p->loop, 'i', 2000);
}

static void an_interval_counts_from_its_end_in_a_browser_from_its_beginning_in_node(void **state) {
  (void)state;
  check_program(BELL_BROWSER, beat, "m 0, s 1, i 2, i 5, i 8, i 11");
  check_program(BELL_NODE, beat, "m 0, s 1, i 2, i 4, i 6, i 8");
}

static void ask(program *p, bell_source source, char label) {
  p->events[(int)label] = bell_loop_queue(p->loop, source, (uint32_t)label);
}

static void expect(program *p, bell_source source, char label, int64_t at_us) {
  p->sources[(int)label] = source;
  p->events[(int)label] = bell_loop_expect(p->loop, source, (uint32_t)label, at_us);
  assert_int_not_equal(p->events[(int)label], BELL_NONE);
}

/* The callback throws, and a listener takes that; Node's empty immediate is `n`. */
static void throw_error(program *p) {
  ask(p, BELL_IMMEDIATES, 'n');
  bell_loop_throw(p->loop);
}

static void throw_in_main(program *p, char label) {
  if (label != 'm') return;
  set_timer(p, 'a', 1000);
  p->takes_us = 2000;
  ask(p, BELL_TICKS, 't');
  throw_error(p);
}

static void throw_in_a_tick_of_main(program *p, char label) {
  if (label == 'm') {
    ask(p, BELL_TICKS, 't');
    ask(p, BELL_TICKS, 'u');
    ask(p, BELL_IMMEDIATES, 'x');
  }
  if (label == 't') throw_error(p);
}

static void throw_in_an_immediate(program *p, char label) {
  if (label == 'm') {
    ask(p, BELL_IMMEDIATES, 'x');
    ask(p, BELL_IMMEDIATES, 'y');
  }
  if (label != 'x') return;
  ask(p, BELL_TICKS, 't');
  throw_error(p);
}

/* `z` does not wait for the next round. */
static void throw_in_the_last_immediate(program *p, char label) {
  if (label == 'm') ask(p, BELL_IMMEDIATES, 'x');
  if (label != 'x') return;
  set_timer(p, 'a', 1000);
  ask(p, BELL_TICKS, 't');
  ask(p, BELL_IMMEDIATES, 'z');
  p->takes_us = 2000;
  throw_error(p);
}

static void throw_in_a_tick_of_the_last_immediate(program *p, char label) {
  if (label == 'm') ask(p, BELL_IMMEDIATES, 'x');
  if (label == 'x') {
    set_timer(p, 'a', 1000);
    ask(p, BELL_TICKS, 't');
    ask(p, BELL_TICKS, 'u');
    p->takes_us = 2000;
  }
  if (label == 't') throw_error(p);
}

static void throw_in_a_microtask(program *p, char label) {
  if (label == 'm') {
    ask(p, BELL_MICROTASKS, 'x');
    ask(p, BELL_MICROTASKS, 'y');
    ask(p, BELL_IMMEDIATES, 'z');
  }
  if (label == 'x') throw_error(p);
}

static void throw_in_the_first_timer(program *p, char label) {
  if (label == 'm') {
    set_timer(p, 'a', 2000);
    set_timer(p, 'b', 2000);
  }
  if (label != 'a') return;
  ask(p, BELL_TICKS, 't');
  throw_error(p);
}

static void throw_in_the_last_timer(program *p, char label) {
  if (label == 'm') set_timer(p, 'a', 2000);
  if (label != 'a') return;
  ask(p, BELL_TICKS, 't');
  throw_error(p);
}

static void throw_in_a_tick_of_the_last_timer(program *p, char label) {
  if (label == 'm') set_timer(p, 'a', 2000);
  if (label == 'a') {
    ask(p, BELL_TICKS, 't');
    ask(p, BELL_TICKS, 'u');
    ask(p, BELL_IMMEDIATES, 'x');
  }
  if (label == 't') throw_error(p);
}

/* There is no other timer when the pass goes on. */
static void throw_in_a_tick_that_cancels_the_last_timer(program *p, char label) {
  if (label == 'm') {
    expect(p, BELL_TASKS_NETWORKING, 'r', 2500);
    set_timer(p, 'a', 2000);
    set_timer(p, 'b', 2000);
  }
  if (label == 'a') {
    p->takes_us = 1000;
    ask(p, BELL_TICKS, 't');
    ask(p, BELL_TICKS, 'u');
  }
  if (label != 't') return;
  assert_true(bell_loop_cancel(p->loop, p->events['b']));
  throw_error(p);
}

/* What is left of the list is not due, and another list is. */
static void throw_in_a_tick_that_cancels_the_last_due(program *p, char label) {
  if (label == 'm') {
    set_timer(p, 'a', 1000);
    set_timer(p, 'b', 1000);
    set_timer(p, 'c', 2000);
    p->takes_us = 3000;
  }
  if (label == 'a') {
    set_timer(p, 'd', 1000);
    ask(p, BELL_TICKS, 't');
    ask(p, BELL_TICKS, 'u');
  }
  if (label != 't') return;
  assert_true(bell_loop_cancel(p->loop, p->events['b']));
  throw_error(p);
}

static void throw_in_poll(program *p, char label) {
  if (label == 'm') expect(p, BELL_TASKS_NETWORKING, 'r', 1000);
  if (label == 'm') expect(p, BELL_TASKS_NETWORKING, 'q', 3000);
  if (label != 's' && label != 'r' && label != 'q') return;
  ask(p, BELL_TICKS, label == 's' ? 't' : 'u');
  ask(p, BELL_IMMEDIATES, label == 's' ? 'x' : 'y');
  throw_error(p);
}

static void throw_in_a_tick_before_check(program *p, char label) {
  if (label == 'm') ask(p, BELL_IMMEDIATES, 'x');
  if (label == 'm' || label == 't') ask(p, BELL_TICKS, label == 'm' ? 't' : 'u');
  if (label == 'u') ask(p, BELL_TICKS, 'v');
  if (label == 'u') ask(p, BELL_IMMEDIATES, 'y');
  if (label == 't' || label == 'u') throw_error(p);
}

static void throw_in_the_last_timer_of_a_list(program *p, char label) {
  if (label == 'm') {
    set_timer(p, 'a', 2000);
    set_timer(p, 'b', 1000);
    p->takes_us = 3000;
  }
  if (label == 'a' || label == 'b') ask(p, BELL_TICKS, label == 'b' ? 't' : 'u');
  if (label == 'a' || label == 'b') throw_error(p);
}

/* Who of three comes first? */
static void begin_late(program *p, char label) {
  if (label != 'm') return;
  set_timer(p, 'a', 1000);
  ask(p, BELL_IMMEDIATES, 'x');
  p->takes_us = 2000;
}

static void after_a_module_comes_the_check_phase(void **state) {
  (void)state;
  string rows = {0};
  string_cut(&rows, 0);
  run_program(BELL_NODE, (way){.act = begin_late, .has_times = true, .is_module = true}, &rows);
  CHECK_TEXT("a program of the test's own", "rows", rows.bytes, "m 0, x 2, a 2, s 2");
  string_free(&rows);
  check_program(BELL_NODE, begin_late, "m 0, a 2, s 2, x 2");
}

static void check_throw(void (*act)(program *p, char label), const char *expected) {
  string rows = {0};
  string_cut(&rows, 0);
  run_program(BELL_NODE, (way){.act = act, .has_times = true, .has_checkpoints = true}, &rows);
  CHECK_TEXT("a program of the test's own", "rows", rows.bytes, expected);
  string_free(&rows);
}

/* A checkpoint is a dot: there rejections are told. */
static void after_an_error_that_was_taken_ticks_and_the_checkpoint_wait_for_the_next_callback(void **state) {
  (void)state;
  check_throw(throw_in_main, "m 0, t 2., a 2., s 2., n 2.");
  check_throw(throw_in_a_tick_of_main, "m 0, t 0, u 0., x 0., n 0., s 1.");
  check_throw(throw_in_an_immediate, "m 0., x 0, y 0, t 0., n 0., s 1.");
  check_throw(throw_in_the_last_immediate, "m 0., x 0, +z 2, t 2., +n 2., a 2., s 2.");
  check_throw(throw_in_a_tick_of_the_last_immediate, "m 0., x 0, t 2, a 2, u 2., s 2., n 2.");
  check_throw(throw_in_a_microtask, "m 0, x 0, y 0., z 0., n 0., s 1.");
  check_throw(throw_in_poll, "m 0., s 1, r 1, t 1, u 1., x 1., n 1., y 1., n 1., q 3, u 3., y 3., n 3.");
  check_throw(throw_in_a_tick_before_check, "m 0, t 0, u 0, x 0, v 0., n 0., y 0., n 0., s 1.");
}

static void a_pass_of_timers_ends_with_its_ticks_whoever_threw(void **state) {
  (void)state;
  check_throw(throw_in_the_first_timer, "m 0., s 1., a 2, b 2, t 2., n 2.");
  check_throw(throw_in_the_last_timer, "m 0., s 1., a 2, t 2., n 2.");
  check_throw(throw_in_the_last_timer_of_a_list, "m 0., b 3, t 3., a 3, u 3., s 3., n 3., n 3.");
  check_throw(throw_in_a_tick_of_the_last_timer, "m 0., s 1., a 2, t 2, u 2., x 2., n 2.");
  check_throw(throw_in_a_tick_that_cancels_the_last_timer, "m 0., s 1., a 2, t 3, u 3., r 3., n 3.");
  check_throw(throw_in_a_tick_that_cancels_the_last_due, "m 0., a 3, t 3, u 3., c 3., s 3., n 3., d 4.");
}

/* One of each source, the last first; `s` is a socket's. */
static void ask_by_priority(program *p, char label) {
  static const bell_source sources[] = {
      BELL_TASKS_IDLE,          BELL_TASKS_BACKGROUND, BELL_TASKS_BACKGROUND_YIELD, BELL_TASKS_VISIBLE,
      BELL_TASKS_VISIBLE_YIELD, BELL_TASKS_BLOCKING,   BELL_TASKS_BLOCKING_YIELD,   BELL_TASKS_MESSAGES};
  static const char letters[] = "ibBvVuUm";
  if (label != 's') return;
  for (size_t i = 0; i < COUNT_OF(sources); i++) bell_loop_expect(p->loop, sources[i], (uint32_t)letters[i], 1000);
}

static void tasks_go_by_priority_then_by_age(void **state) {
  (void)state;
  check_program(BELL_BROWSER, ask_by_priority, "m 0, s 1, U 1, u 1, V 1, v 1, m 1, B 1, b 1, i 1");
}

/* Messages: digits to the two ports, `w` to the window. */
static void post(program *p, const char *labels) {
  for (; *labels != '\0'; labels++) {
    bell_source source = *labels == 'w' ? BELL_TASKS_MESSAGES : port_of(*labels);
    assert_int_not_equal(bell_loop_expect(p->loop, source, (uint32_t)*labels, p->now_us), BELL_NONE);
    program_turns_expect(p->turns, source);
  }
}

/* One of the window's, and two of the scheduler's. */
static void ask_the_scheduler(program *p, char label) {
  if (label == 'w' && p->trace.step_count == 2) {
    uint32_t instead = program_open_instead(p->turns, p->loop, BELL_TASKS_MESSAGES);
    assert_int_equal(instead, p->events['v']); /* `b` is older, but may not go */
  }
  if (label == 'v' && p->trace.step_count == 2) {
    assert_int_equal(program_open_instead(p->turns, p->loop, BELL_TASKS_VISIBLE), p->events['w']);
  }
  if (label == 'b' && p->trace.step_count == 4) {
    assert_int_equal(program_open_instead(p->turns, p->loop, BELL_TASKS_BACKGROUND), BELL_NONE);
  }
  if (label != 's') return;
  expect(p, BELL_TASKS_BACKGROUND, 'b', 1000);
  expect(p, BELL_TASKS_MESSAGES, 'w', 1000);
  expect(p, BELL_TASKS_VISIBLE, 'v', 1000);
}

static void nothing_goes_before_a_task_of_the_scheduler_s_with_a_higher_priority_but_what_is_not_its(void **state) {
  (void)state;
  check_ways(ask_the_scheduler, " mswvb. msvwb. msvbw.");
}

/* Of three sources one each. */
static void look_at_who_might_have_gone(program *p, char label) {
  if (label == 's') {
    expect(p, BELL_TASKS_USER, 'x', 1000);
    expect(p, BELL_TASKS_MESSAGES, 'w', 1000);
    expect(p, BELL_TASKS_DOM, 'd', 1000);
  }
  if (label != 'x') return;
  assert_int_equal(program_open_instead(p->turns, p->loop, BELL_TASKS_USER), p->events['w']);
}

static void who_might_have_gone_instead_is_the_oldest_of_them(void **state) {
  (void)state;
  check_program(BELL_BROWSER, look_at_who_might_have_gone, "m 0, s 1, x 1, w 1, d 1");
}

/* The lowest first: continuations go before the tasks of the same priority. */
static void the_scheduler_s_sources_have_six_priorities(void **state) {
  (void)state;
  static const bell_source sources[] = {BELL_TASKS_BACKGROUND, BELL_TASKS_BACKGROUND_YIELD,
                                        BELL_TASKS_VISIBLE,    BELL_TASKS_VISIBLE_YIELD,
                                        BELL_TASKS_BLOCKING,   BELL_TASKS_BLOCKING_YIELD};
  for (size_t i = 0; i < COUNT_OF(sources); i++) assert_int_equal(program_turns_priority(sources[i]), 1 + i);
  assert_int_equal(program_turns_priority(BELL_TASKS_DOM), 0);
  assert_int_equal(program_turns_priority(BELL_TASKS_IDLE), 0);
}

/* Two priorities change: of a task that waits, and of one that is not ready yet. */
static void change_priorities(program *p, char label) {
  if (label == 'm') {
    expect(p, BELL_TASKS_BACKGROUND, 'a', 0);
    expect(p, BELL_TASKS_VISIBLE, 'b', 0);
    expect(p, BELL_TASKS_BACKGROUND, 'c', 0);
    expect(p, BELL_TASKS_VISIBLE, 'd', 0);
    expect(p, BELL_TASKS_BACKGROUND, 'x', 2000);
    expect(p, BELL_TASKS_VISIBLE, 'y', 2000);
    bell_loop_move(p->loop, p->events['c'], BELL_TASKS_VISIBLE);
    bell_loop_move(p->loop, p->events['x'], BELL_TASKS_BLOCKING);
  }
  if (label == 'b') bell_loop_move(p->loop, p->events['a'], BELL_TASKS_VISIBLE);
  if (label == 'b') bell_loop_move(p->loop, p->events['d'], BELL_TASKS_BACKGROUND);
}

static void a_task_whose_priority_changes_keeps_its_age(void **state) {
  (void)state;
  check_program(BELL_BROWSER, change_priorities, "m 0, b 0, a 0, c 0, d 0, s 1, x 2, y 2");
}

static void cancel_tasks(program *p, char label) {
  if (label == 'm') {
    expect(p, BELL_TASKS_VISIBLE, 'a', 0);
    expect(p, BELL_TASKS_VISIBLE, 'b', 0);
    for (int c = 'e'; c <= 'k'; c++) expect(p, BELL_TASKS_VISIBLE, (char)c, 2000 + 1000 * (c * 5 % 7));
    assert_true(bell_loop_cancel(p->loop, p->events['a']));
    assert_false(bell_loop_cancel(p->loop, p->events['a']));
    assert_true(bell_loop_cancel(p->loop, p->events['g']));
    assert_false(bell_loop_cancel(p->loop, p->events['g']));
    post(p, "1");
    assert_false(bell_loop_cancel(p->loop, p->trace.event_count - 1)); /* a message */
  }
  if (label == 's') assert_true(bell_loop_cancel(p->loop, p->events['i'])); /* the next one */
}

static void tasks_can_be_cancelled_before_they_are_ready_too(void **state) {
  (void)state;
  check_program(BELL_BROWSER, cancel_tasks, "m 0, b 0, 1 0, s 1, e 3, h 4, k 5, j 7, f 8");
}

/* The first of two idle callbacks asks for a third and posts to the window. */
static void be_idle(program *p, char label) {
  if (label == 's') expect(p, BELL_TASKS_IDLE, 'i', 1000);
  if (label == 's') expect(p, BELL_TASKS_IDLE, 'j', 1000);
  if (label != 'i') return;
  expect(p, BELL_TASKS_IDLE, 'k', p->now_us);
  expect(p, BELL_TASKS_MESSAGES, 'w', p->now_us);
}

/* The same, and a timer is to come. */
static void be_idle_before_a_timer(program *p, char label) {
  if (label == 's') expect(p, BELL_TASKS_IDLE, 'i', 1000);
  if (label == 's') set_timer(p, 't', 9000);
}

/* A task waits when the idle callback is asked for. */
static void be_busy(program *p, char label) {
  if (label != 's') return;
  expect(p, BELL_TASKS_IDLE, 'i', 1000);
  expect(p, BELL_TASKS_BACKGROUND, 'b', 1000);
}

static void an_idle_period_begins_when_no_task_waits_or_later_and_has_what_was_asked_for_before(void **state) {
  (void)state;
  check_ways(be_idle, " msiwjk. msijwk.");
  check_ways(be_idle_before_a_timer, " msit. msti.");
  check_ways(be_busy, " msbi.");
}

/* The first holds the thread until a timer has ended, or a frame is due, or for longer than a period. */
static void hold_the_period(program *p, char label, int64_t takes_us) {
  if (label == 's') {
    expect(p, BELL_TASKS_IDLE, 'i', 1000);
    expect(p, BELL_TASKS_IDLE, 'j', 1000);
    expect(p, BELL_TASKS_USER, 'u', 41000);
  }
  if (label == 'i') p->takes_us = takes_us;
}

/* As it is while `u` runs. */
static bool is_in_period;
static int64_t period_end_us;

static void look_at_the_period(program *p, char label) {
  if (label != 'u') return;
  is_in_period = program_turns_is_in_idle_period(p->turns, p->loop);
  period_end_us = p->turns->idle_end_us;
}

static void hold_to_the_end(program *p, char label) {
  hold_the_period(p, label, 50000);
  look_at_the_period(p, label);
}

static void hold_nearly_to_the_end(program *p, char label) {
  hold_the_period(p, label, 49999);
  look_at_the_period(p, label);
}

static void hold_past_a_timer(program *p, char label) {
  hold_the_period(p, label, 45000);
  if (label == 's') set_timer(p, 't', 45000);
  look_at_the_period(p, label);
}

static void hold_past_a_frame(program *p, char label) {
  hold_the_period(p, label, 41000);
  if (label == 's') bell_loop_ask_frame(p->loop, 'f');
  look_at_the_period(p, label);
}

static void an_idle_period_ends_after_50_ms_or_with_the_next_timer_or_frame(void **state) {
  (void)state;
  static const struct {
    void (*act)(program *p, char label);
    const char *rows;
    int64_t end_us;
    bool is_in;
  } periods[] = {
      {hold_nearly_to_the_end, "m 0, s 1, i 1, u 50, j 50", 51000, true},
      {hold_to_the_end, "m 0, s 1, i 1, u 51, j 51", 51000, false},
      {hold_past_a_timer, "m 0, s 1, i 1, u 46, t 46, j 46", 46000, false},
      {hold_past_a_frame, "m 0, s 1, i 1, f 42, u 42, j 42", 16667, false},
  };
  for (size_t i = 0; i < COUNT_OF(periods); i++) {
    check_program(BELL_BROWSER, periods[i].act, periods[i].rows);
    assert_int_equal(period_end_us, periods[i].end_us);
    assert_int_equal(is_in_period, periods[i].is_in);
  }
}

/* One of the period that has begun is cancelled; then the next one belongs to none. */
static void cancel_in_a_period(program *p, char label) {
  if (label == 's') {
    expect(p, BELL_TASKS_IDLE, 'i', 1000);
    expect(p, BELL_TASKS_IDLE, 'j', 1000);
  }
  if (label != 'i') return;
  expect(p, BELL_TASKS_IDLE, 'k', p->now_us);
  expect(p, BELL_TASKS_MESSAGES, 'w', p->now_us);
  program_turns_cancel(p->turns, p->loop, p->events['k']);
  assert_true(program_turns_is_in_idle_period(p->turns, p->loop));
  program_turns_cancel(p->turns, p->loop, p->events['j']);
  assert_true(bell_loop_cancel(p->loop, p->events['j']));
}

/* One is left over, and asks for another in the next period. */
static void ask_in_the_next_period(program *p, char label) {
  if (label == 's') {
    expect(p, BELL_TASKS_IDLE, 'i', 1000);
    expect(p, BELL_TASKS_IDLE, 'j', 1000);
  }
  if (label == 'i') p->takes_us = 50000;
  if (label != 'j') return;
  expect(p, BELL_TASKS_IDLE, 'k', p->now_us);
  expect(p, BELL_TASKS_MESSAGES, 'w', p->now_us);
}

static void what_is_left_over_of_an_idle_period_is_of_the_next_one(void **state) {
  (void)state;
  check_ways(ask_in_the_next_period, " msijwk.");
}

static void what_is_cancelled_in_an_idle_period_leaves_no_room_for_another(void **state) {
  (void)state;
  check_ways(cancel_in_a_period, " msiwk.");
}

static void post_to_two_ports(program *p, char label) {
  if (label == 'm') post(p, "12w345");
}

/* The first one's callback has a microtask, which posts to its own port, the other and the window. */
static void post_while_one_is_told(program *p, char label) {
  if (label == 'm') post(p, "123");
  if (label == '1') ask(p, BELL_MICROTASKS, 'x');
  if (label == 'x') post(p, "45w");
}

static void the_messages_of_a_port_are_told_one_and_then_those_that_came_meanwhile(void **state) {
  (void)state;
  check_program(BELL_BROWSER, post_to_two_ports, "m 0, 1 0, 2 0, w 0, 3 0, 5 0, 4 0, s 1");
  check_program(BELL_BROWSER, post_while_one_is_told, "m 0, 1 0, x 0, 2 0, w 0, 3 0, 5 0, 4 0, s 1");
}

static void post_while_a_round_is_told(program *p, char label) {
  if (label == 'm') post(p, "135");
  if (label == '3') post(p, "7");
  if (label == '5') post(p, "2");
}

static void a_message_that_comes_while_one_is_told_has_its_task_before_what_comes_with_the_next(void **state) {
  (void)state;
  check_program(BELL_BROWSER, post_while_a_round_is_told, "m 0, 1 0, 3 0, 5 0, 7 0, 2 0, s 1");
}

static void post_again_to_one(program *p, char label) {
  if (label == 'm') post(p, "1");
  if (label == 's') post(p, "132");
}

static void post_again_to_a_port_that_had_a_round(program *p, char label) {
  if (label == 'm') post(p, "135");
  if (label == 's') post(p, "w132");
}

static void post_when_no_port_is_told(program *p, char label) {
  if (label == 'm') post(p, "1w");
  if (label == 'w') post(p, "132");
}

static void a_port_that_has_told_all_begins_anew(void **state) {
  (void)state;
  check_program(BELL_BROWSER, post_again_to_one, "m 0, 1 0, s 1, 1 1, 2 1, 3 1");
  check_program(BELL_BROWSER, post_again_to_a_port_that_had_a_round, "m 0, 1 0, 3 0, 5 0, s 1, w 1, 1 1, 2 1, 3 1");
  check_program(BELL_BROWSER, post_when_no_port_is_told, "m 0, 1 0, w 0, 1 0, 2 0, 3 0, s 1");
}

#define FIVE(row) row row row row row

/* Each of the first twenty has an answer of its own round; the second one posts to the other port, too. */
static void post_one_round_after_another(program *p, char label) {
  if (label == 'm') post(p, FIVE("2222"));
  if (label == '2' && p->now_us == 0) post(p, p->trace.step_count == 2 ? "34" : "4");
  if (label == 's') post(p, "232");
}

static void of_more_rounds_than_are_kept_each_message_is_told_once_and_in_order(void **state) {
  (void)state;
  check_program(BELL_BROWSER, post_one_round_after_another,
                "m 0, " FIVE("2 0, 2 0, 2 0, 2 0, ") "4 0, 3 0, 4 0, 4 0, 4 0, 4 0, " FIVE(
                    "4 0, 4 0, 4 0, ") "s 1, 2 1, 3 1, 2 1");
}

/* The port has no message left, and its source goes on to another one, while the last is told. */
static void pass_a_source_on(program *p, char label) {
  if (label == 'm') post(p, "1");
  if (label != '1') return;
  program_turns_pass_on(p->turns, port_of(label));
  post(p, "3w");
}

static void a_source_that_goes_on_to_another_port_has_no_round_of_the_one_before(void **state) {
  (void)state;
  check_program(BELL_BROWSER, pass_a_source_on, "m 0, 1 0, 3 0, w 0, s 1");
}

/* While the thread is held both become ready, the one that was asked for last first. */
static void become_ready_in_another_order(program *p, char label) {
  if (label != 'm') return;
  bell_loop_expect(p->loop, BELL_TASKS_MESSAGES, 'w', 3000);
  bell_loop_expect(p->loop, BELL_TASKS_USER, 'i', 2000);
  p->takes_us = 5000;
}

static void tasks_of_other_sources_go_by_when_they_became_ready(void **state) {
  (void)state;
  check_program(BELL_BROWSER, become_ready_in_another_order, "m 0, s 5, i 5, w 5");
}

static void see_between(program *p, char label) {
  assert_false(bell_loop_has_between(p->loop));
  if (label != 'm') return;
  ask(p, BELL_MICROTASKS, 'x');
  assert_true(bell_loop_has_between(p->loop));
}

static void a_checkpoint_is_where_nothing_waits_in_between(void **state) {
  (void)state;
  check_program(BELL_BROWSER, see_between, "m 0, x 0, s 1");
  check_program(BELL_NODE, see_between, "m 0, x 0, s 1");
}

/* The host's own calls, and the end of the process: rows of the trace, each with its reason. */
static void node_calls_and_ends(void **state) {
  (void)state;
  bell_loop_room room = {.events = 4, .known = 1};
  size_t memory = bell_loop_memory(BELL_NODE, room);
  void *base = malloc(memory);
  bell_arena arena = {.base = base, .capacity = memory};
  bell_trace trace = {0};
  bell_loop *loop = bell_loop_start(&trace, BELL_NODE, room, (bell_loop_open){0}, &arena);
  bell_loop_know(loop, BELL_MAIN, 'm', 0);
  bell_loop_take(loop);
  bell_loop_finish(loop, 0);
  assert_null(bell_loop_take(loop));
  const bell_step *called = bell_loop_call(loop, 'b', BELL_REASON_BEFORE_EXIT);
  assert_int_equal(trace.events[called->event].statement, 'b');
  assert_int_equal(called->reason, BELL_REASON_BEFORE_EXIT);
  uint32_t tick = bell_loop_queue(loop, BELL_TICKS, 't');
  bell_loop_finish(loop, 0);
  const bell_step *next = bell_loop_take(loop);
  assert_int_equal(next->event, tick);
  bell_loop_end(loop, BELL_REASON_ENDED_EXIT, 500, 1, next);
  assert_int_equal(trace.step_count, 3);
  assert_int_equal(trace.steps[2].queue, BELL_QUEUE_ENDED);
  assert_int_equal(trace.steps[2].event, tick);
  assert_int_equal(trace.steps[2].other, 1);
  assert_int_equal(trace.steps[2].time_us, 500);
  free(base);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tasks_go_by_priority_then_by_age),
      cmocka_unit_test(nothing_goes_before_a_task_of_the_scheduler_s_with_a_higher_priority_but_what_is_not_its),
      cmocka_unit_test(who_might_have_gone_instead_is_the_oldest_of_them),
      cmocka_unit_test(the_scheduler_s_sources_have_six_priorities),
      cmocka_unit_test(a_task_whose_priority_changes_keeps_its_age),
      cmocka_unit_test(tasks_can_be_cancelled_before_they_are_ready_too),
      cmocka_unit_test(an_idle_period_begins_when_no_task_waits_or_later_and_has_what_was_asked_for_before),
      cmocka_unit_test(an_idle_period_ends_after_50_ms_or_with_the_next_timer_or_frame),
      cmocka_unit_test(what_is_left_over_of_an_idle_period_is_of_the_next_one),
      cmocka_unit_test(what_is_cancelled_in_an_idle_period_leaves_no_room_for_another),
      cmocka_unit_test(the_messages_of_a_port_are_told_one_and_then_those_that_came_meanwhile),
      cmocka_unit_test(a_message_that_comes_while_one_is_told_has_its_task_before_what_comes_with_the_next),
      cmocka_unit_test(a_port_that_has_told_all_begins_anew),
      cmocka_unit_test(of_more_rounds_than_are_kept_each_message_is_told_once_and_in_order),
      cmocka_unit_test(a_source_that_goes_on_to_another_port_has_no_round_of_the_one_before),
      cmocka_unit_test(tasks_of_other_sources_go_by_when_they_became_ready),
      cmocka_unit_test(a_timer_counts_from_when_it_is_set),
      cmocka_unit_test(an_interval_counts_from_its_end_in_a_browser_from_its_beginning_in_node),
      cmocka_unit_test(after_an_error_that_was_taken_ticks_and_the_checkpoint_wait_for_the_next_callback),
      cmocka_unit_test(after_a_module_comes_the_check_phase),
      cmocka_unit_test(a_pass_of_timers_ends_with_its_ticks_whoever_threw),
      cmocka_unit_test(a_checkpoint_is_where_nothing_waits_in_between),
      cmocka_unit_test(node_calls_and_ends),
      cmocka_unit_test(the_timers_behind_one_that_is_cancelled_run_at_their_time),
      cmocka_unit_test(a_loop_whose_last_timer_is_cancelled_ends),
      cmocka_unit_test(frames_and_immediates_can_be_cancelled_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
