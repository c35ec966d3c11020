#include "support.h"

static void check_says(const char *text, const bell_trace *trace, uint32_t k, const char *expected) {
  char *sentence = reason_sentence(trace, k);
  CHECK_TEXT(text, "reason", sentence, expected);
  free(sentence);
}

/* One step of one scenario, and what its sentence must tell. */
typedef struct told {
  const char *text;
  int how; /* a bell_strategy, LOOP or NODE */
  uint32_t step;
  bell_reason reason;
  const char *facts[6]; /* names and times */
} told;

enum { LOOP = BELL_STRATEGIES, NODE };

static void run_as(run *r, const char *text, int how) {
  if (how >= LOOP) run_loop(r, text, how == LOOP ? BELL_BROWSER : BELL_NODE);
  else if (how < SIMPLE_STRATEGIES) run_multiplexer(r, text, (bell_strategy)how);
  else run_waiting(r, text, (bell_strategy)how, (bell_waiting_options){0});
}

static const char lesson_4[] =
    "socket Alpha \"slow report\" ready 6\n"
    "socket Beta \"chat ping\" ready 1\n"
    "socket Gamma \"image tile\" ready 3\n";

static const char busy[] =
    "socket Alpha ready 0 takes 9\n"
    "socket Beta ready 2.5 7\n"
    "socket Gamma ready 2.5 takes 2\n";

/* Two at once, one of them with more to read; and one that comes while the thread is busy. */
static const char answers[] =
    "socket Alpha ready 2 2\n"
    "socket Beta ready 2 takes 3\n"
    "socket Gamma ready 4\n";

/* One more than there are cores. */
static const char crowd[] =
    "socket Alpha ready 0 takes 9\n"
    "socket Beta ready 0 takes 9\n"
    "socket Gamma ready 1 takes 9\n"
    "socket Delta ready 1 takes 9\n"
    "socket Epsilon ready 2\n";

static const char all_at_once[] =
    "socket Alpha ready 0 takes 9\n"
    "socket Beta ready 0 takes 9\n"
    "socket Gamma ready 0 takes 9\n"
    "socket Delta ready 0 takes 9\n"
    "socket Epsilon ready 0 takes 9\n";

/* Alpha's second message waits until 4 ms for its own thread, and then until 9 ms for a core. */
static const char own_thread_busy[] =
    "socket Alpha ready 0 0 takes 4\n"
    "socket Beta ready 0 takes 9\n"
    "socket Gamma ready 0 takes 9\n"
    "socket Delta ready 0 takes 9\n"
    "socket Epsilon ready 1 takes 9\n";

static const char left_open[] =
    "socket Alpha ready 1 closes 3\n"
    "  ignore end\n"
    "socket Beta ready 5\n";

static const char silent[] =
    "socket Alpha never\n"
    "socket Beta ready 1\n";

static const char lesson_5[] =
    "promise Alpha ready 2\n"
    "timer Beta ready 2\n"
    "socket Gamma ready 4\n";

static const char nested[] =
    "script Main takes 4\n"
    "  microtask First\n"
    "  microtask Second\n"
    "    timer Later after 6\n"
    "promise Alpha ready 20\n"
    "promise Beta ready 20\n"
    "timer Gamma ready 30 30\n"
    "script Busy ready 40 takes 5\n"
    "timer Delta ready 41.5\n"
    "timer Epsilon ready 41.5\n"
    "timer Zeta ready 42\n";

static const char frames[] =
    "script Main\n"
    "  frame Alpha\n"
    "  frame Beta\n"
    "timer Early ready 10\n"
    "timer Busy ready 20 takes 20\n"
    "  frame Gamma\n";

static const char of_node[] =
    "script Main\n"
    "  microtask Micro\n"
    "    tick Again\n"
    "  microtask Next\n"
    "  tick Tick\n"
    "  immediate Soon\n"
    "  immediate Later\n"
    "timer Alpha ready 4\n"
    "socket Beta ready 4\n"
    "socket Gamma ready 4\n"
    "promise Delta ready 9\n"
    "socket Epsilon ready 10\n";

/* Late at 8 ms: the list of 4 ms goes first, with a timer that is due after Gamma. */
static const char late_list[] =
    "timer Alpha ready 4\n"
    "timer Gamma ready 6\n"
    "socket Busy ready 3 takes 5\n"
    "  timer Beta after 4\n";

static const told cases[] = {
    /* Blocking: whose turn it is, how long it slept there, who was ignored and since when. */
    {lesson_4, BELL_BLOCKING, 0, BELL_REASON_TURN, {"Alpha", "turn", "slept", "from 0 to 6 ms", "Beta", "since 1 ms"}},
    {lesson_4, BELL_BLOCKING, 1, BELL_REASON_TURN, {"Beta", "since 1 ms", "5 ms", "Gamma", "since 3 ms"}},
    {lesson_4, BELL_BLOCKING, 2, BELL_REASON_TURN, {"Gamma", "turn", "since 3 ms"}},
    /* Readiness. */
    {lesson_4, BELL_READINESS, 0, BELL_REASON_ONLY_READY, {"Beta", "slept", "from 0 to 1 ms"}},
    {lesson_4, BELL_READINESS, 2, BELL_REASON_ONLY_READY, {"Alpha", "slept", "from 3 to 6 ms"}},
    {busy, BELL_READINESS, 0, BELL_REASON_ONLY_READY, {"Alpha", "0 ms"}},
    {busy, BELL_READINESS, 1, BELL_REASON_READY_TIE, {"Beta", "Gamma", "2.5 ms", "first"}},
    {busy, BELL_READINESS, 2, BELL_REASON_READY_LONGEST, {"Gamma", "2.5 ms", "Beta", "7 ms", "longest"}},
    {busy, BELL_READINESS, 3, BELL_REASON_ONLY_READY, {"Beta", "since 7 ms"}},
    {"socket Alpha ready 3\nsocket Beta ready 3",
     BELL_READINESS,
     0,
     BELL_REASON_READY_TIE,
     {"Alpha", "Beta", "slept", "from 0 to 3 ms", "first"}},
    /* The real ways of waiting: with which call, how many it answered with, in which order. */
    {answers, BELL_BUSY_POLL, 0, BELL_REASON_ROUND, {"Alpha", "Nobody slept", "from 0 to 2 ms"}},
    {answers, BELL_BUSY_POLL, 1, BELL_REASON_ROUND, {"Beta", "round"}},
    {answers, BELL_BUSY_POLL, 3, BELL_REASON_ROUND, {"Alpha", "round", "since 2 ms", "3 ms"}},
    {answers, BELL_SELECT, 0, BELL_REASON_ANSWER_FIRST, {"Alpha", "select", "slept", "from 0 to 2 ms", "2 sockets"}},
    {answers, BELL_SELECT, 1, BELL_REASON_ANSWER_NEXT, {"Beta", "same answer of select", "descriptors"}},
    {answers, BELL_SELECT, 2, BELL_REASON_ANSWER_FIRST, {"Alpha", "at once", "2 sockets", "since 2 ms", "3 ms"}},
    {answers, BELL_POLL, 0, BELL_REASON_ANSWER_FIRST, {"Alpha", "poll", "from 0 to 2 ms", "2 sockets"}},
    {answers, BELL_POLL, 3, BELL_REASON_ANSWER_NEXT, {"Gamma", "same answer of poll", "descriptors", "since 4 ms"}},
    {answers, BELL_EPOLL, 0, BELL_REASON_ANSWER_FIRST, {"Alpha", "epoll_wait", "from 0 to 2 ms", "2 sockets"}},
    {answers, BELL_EPOLL, 1, BELL_REASON_ANSWER_NEXT, {"Beta", "same answer of epoll_wait", "became ready"}},
    {answers, BELL_EPOLL_ET, 1, BELL_REASON_DRAIN, {"Alpha", "edge-triggered", "read until"}},
    {answers,
     BELL_EPOLL_ET,
     3,
     BELL_REASON_ANSWER_FIRST,
     {"Gamma", "epoll_wait", "at once", "1 socket,", "since 4 ms"}},
    {answers,
     BELL_IO_URING,
     0,
     BELL_REASON_ANSWER_FIRST,
     {"Alpha", "io_uring_enter", "from 0 to 2 ms", "2 completions"}},
    {answers, BELL_IO_URING, 1, BELL_REASON_ANSWER_NEXT, {"Beta", "same answer of io_uring_enter", "completion"}},
    {answers, BELL_THREADS, 0, BELL_REASON_THREAD, {"Alpha", "own thread", "core"}},
    {crowd, BELL_THREADS, 1, BELL_REASON_THREAD, {"Beta", "own thread", "core"}},
    {crowd,
     BELL_THREADS,
     4,
     BELL_REASON_SLICE,
     {"Epsilon", "Every core", "Alpha's thread", "3 ms", "since 2 ms", "1 ms"}},
    {"socket Alpha ready 0 takes 2\nsocket Beta ready 0 takes 2\nsocket Gamma ready 0 takes 2\n"
     "socket Delta ready 0 takes 2\nsocket Epsilon ready 1",
     BELL_THREADS,
     4,
     BELL_REASON_CORE,
     {"Epsilon", "wait", "core", "since 1 ms", "1 ms"}},
    /* Connections that end. */
    {left_open, BELL_EPOLL, 1, BELL_REASON_ANSWER_FIRST, {"Alpha", "read gives 0", "does not close Alpha", "for ever"}},
    {left_open, BELL_READINESS, 2, BELL_REASON_ONLY_READY, {"could not sleep from 3 to 5 ms", "Alpha is at its end"}},
    {"socket Alpha ready 0 closes 0\n  ignore end\nsocket Beta ready 0",
     BELL_READINESS,
     2,
     BELL_REASON_ONLY_READY,
     {"Of what is new Beta comes first", "Alpha is at its end and was not closed"}},
    {left_open,
     BELL_EPOLL,
     3,
     BELL_REASON_SPINS,
     {"for ever", "Alpha is at its end", "in 10 ms", "close a socket when"}},
    {silent, BELL_BLOCKING, 0, BELL_REASON_STARVED, {"Beta never gets its turn", "sleeps at Alpha", "ready at 1 ms"}},
    {all_at_once, BELL_THREADS, 4, BELL_REASON_SLICE, {"Epsilon", "Alpha's thread", "3 ms"}},
    {"socket Alpha ready 0 takes 2\nsocket Beta ready 0 takes 2\nsocket Gamma ready 0 takes 2\n"
     "socket Delta ready 0 takes 2\nsocket Epsilon ready 0",
     BELL_THREADS,
     4,
     BELL_REASON_CORE,
     {"Epsilon", "wait", "core", "since 0 ms", "2 ms"}},
    {"socket Alpha ready 0 0 takes 9", BELL_THREADS, 1, BELL_REASON_THREAD, {"Alpha", "since 0 ms", "9 ms"}},
    /* Alpha was reported at 0 ms, and so has a place before Beta's, though its second message is the younger one. */
    {"socket Alpha ready 0 2 takes 4\nsocket Beta ready 1",
     BELL_EPOLL,
     2,
     BELL_REASON_ANSWER_NEXT,
     {"Beta", "behind Alpha", "reported", "keeps that place"}},
    {"socket Alpha ready 0 1 takes 2", BELL_EPOLL_ET, 1, BELL_REASON_DRAIN, {"reports what comes, not what is left"}},
    {"socket Alpha ready 0 takes 50\nsocket Gamma ready 51\nsocket Beta ready 1",
     BELL_BLOCKING,
     2,
     BELL_REASON_TURN,
     {"since 1 ms", "waited 50 ms", "slept 1 ms at Gamma", "busy for 49 ms"}},
    /* The event loop. */
    {lesson_5, LOOP, 0, BELL_REASON_MICROTASK_FIRST, {"Alpha", "Beta", "slept", "from 0 to 2 ms", "icrotask", "task"}},
    {lesson_5, LOOP, 1, BELL_REASON_TASK_ONLY, {"Beta", "icrotask"}},
    {lesson_5, LOOP, 2, BELL_REASON_TASK_ONLY, {"Gamma", "slept", "from 2 to 4 ms"}},
    {nested, LOOP, 0, BELL_REASON_TASK_ONLY, {"Main"}},
    {nested, LOOP, 1, BELL_REASON_MICROTASK_OLDEST, {"First", "Second", "Main", "icrotask"}},
    {nested, LOOP, 2, BELL_REASON_MICROTASK_ONLY, {"Second", "Main", "icrotask"}},
    {nested, LOOP, 3, BELL_REASON_TASK_ONLY, {"Later", "Second", "slept", "from 4 to 10 ms"}},
    {nested, LOOP, 4, BELL_REASON_MICROTASK_OLDEST, {"Alpha", "Beta", "slept", "from 10 to 20 ms"}},
    {nested, LOOP, 5, BELL_REASON_MICROTASK_ONLY, {"Beta"}},
    {nested, LOOP, 6, BELL_REASON_TASK_TIE, {"Gamma", "next", "slept", "from 20 to 30 ms", "first"}},
    {nested, LOOP, 9, BELL_REASON_TASK_TIE, {"Delta", "Epsilon", "41.5 ms", "first", "3.5 ms"}},
    {nested, LOOP, 10, BELL_REASON_TASK_OLDEST, {"Epsilon", "Zeta", "oldest", "icrotask", "3.5 ms"}},
    {nested, LOOP, 11, BELL_REASON_TASK_ONLY, {"Zeta", "42 ms", "3 ms"}},
    {"script Main takes 1\n  microtask Micro\ntimer Task ready 0.25",
     LOOP,
     1,
     BELL_REASON_MICROTASK_FIRST,
     {"Micro", "Task", "Main"}},
    {"promise Alpha ready 1\npromise Beta ready 1\ntimer Gamma ready 1",
     LOOP,
     1,
     BELL_REASON_MICROTASK_FIRST,
     {"Beta", "Gamma"}},
    /* Frames, and what never ends. */
    {frames,
     LOOP,
     2,
     BELL_REASON_FRAME,
     {"Alpha", "frame is due", "slept", "from 10 to 16.667 ms", "Main asked for it"}},
    {frames, LOOP, 3, BELL_REASON_FRAME_NEXT, {"Beta", "same frame", "Main asked for it"}},
    {frames, LOOP, 5, BELL_REASON_FRAME, {"Gamma", "frame is due", "Busy asked for it, due at 33.333 ms", "6.667 ms"}},
    {"script Main\n  microtask Again forever\ntimer Alpha ready 0",
     LOOP,
     1002,
     BELL_REASON_STARVED,
     {"Alpha starves", "Again queued itself", "1001 times", "since 0 ms"}},
    {"script Main\n  microtask Again forever\ntimer Alpha ready 7",
     LOOP,
     1002,
     BELL_REASON_STARVED,
     {"Alpha starves", "Again", "at 7 ms", "never gets its turn"}},
    {"script Main\n  timer Again after 1 forever", LOOP, 1002, BELL_REASON_STOPPED, {"Again", "forever", "1001 times"}},
    {"script Main takes 2\n  promise P\n  reject P\n  immediate Next",
     NODE,
     1,
     BELL_REASON_ENDED,
     {"P was rejected", "nobody handles", "ends the process", "status 1", "Next would have come"}},
    /* No guarantee. */
    {"timer Alpha ready 2\nsocket Beta ready 2",
     LOOP,
     0,
     BELL_REASON_TASK_TIE,
     {"slept", "No guarantee: Alpha", "of timers", "Beta", "of networking"}},
    {"timer Alpha ready 2 2\nsocket Beta ready 2",
     LOOP,
     0,
     BELL_REASON_TASK_TIE,
     {"No guarantee: Alpha", "another source"}},
    {"timer Alpha ready 2\nscript Main ready 1\n  timer Beta after 1",
     LOOP,
     1,
     BELL_REASON_TASK_TIE,
     {"No guarantee: Alpha and Beta", "set first"}},
    {"timer Alpha ready 2\nsocket Beta ready 2.5", LOOP, 0, BELL_REASON_TASK_ONLY, {"No guarantee: Alpha", "late"}},
    /* Node's loop. */
    {of_node, NODE, 0, BELL_REASON_MAIN, {"main script", "first"}},
    {of_node, NODE, 1, BELL_REASON_TICK, {"Tick", "the microtask Micro waits", "Main queued Tick"}},
    {of_node, NODE, 2, BELL_REASON_MICROTASK, {"Micro", "No tick waited", "Next is behind", "Main queued Micro"}},
    {of_node,
     NODE,
     3,
     BELL_REASON_MICROTASK,
     {"Next", "Once begun", "emptied before all else", "the tick Again waits"}},
    {of_node, NODE, 5, BELL_REASON_CHECK, {"Check phase", "Soon", "Later", "Main queued Soon"}},
    {of_node, NODE, 7, BELL_REASON_POLL, {"Poll phase", "Beta", "slept", "from 0 to 4 ms", "Gamma"}},
    {of_node, NODE, 8, BELL_REASON_POLL, {"No guarantee: Gamma", "the one before it", "Alpha may run first"}},
    {of_node, NODE, 9, BELL_REASON_TIMERS, {"Timers phase", "Alpha", "due"}},
    {"script Main\n  timer Alpha after 2", NODE, 1, BELL_REASON_TIMERS, {"Alpha", "slept in poll", "from 0 to 2 ms"}},
    {of_node, NODE, 10, BELL_REASON_MICROTASK, {"Delta", "slept", "from 4 to 9 ms", "No tick waited", "is the oldest"}},
    {of_node, NODE, 11, BELL_REASON_POLL, {"Poll phase", "Epsilon", "slept", "from 9 to 10 ms"}},
    {late_list, NODE, 1, BELL_REASON_TIMERS, {"Alpha", "Gamma"}},
    {late_list, NODE, 2, BELL_REASON_TIMERS_LIST, {"Beta", "Gamma", "since 6 ms", "list"}},
    {"timer Beta ready 2\ntimer Alpha ready 1 takes 2\ntimer Gamma ready 1\n  timer Delta after 1",
     NODE,
     2,
     BELL_REASON_TIMERS,
     {"Beta", "1 ms", "slept", "from 3 to 4 ms", "since 2 ms"}},
    {"promise Alpha ready 5", LOOP, 0, BELL_REASON_MICROTASK_ONLY, {"Alpha", "slept", "from 0 to 5 ms"}},
};

static void a_reason_names_who_ran_who_waited_and_since_when(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_as(&r, cases[i].text, cases[i].how);
    CHECK(cases[i].text, cases[i].step < r.trace.step_count);
    CHECK_EQUAL(cases[i].text, "reason", r.trace.steps[cases[i].step].reason, cases[i].reason);
    char *sentence = reason_sentence(&r.trace, cases[i].step);
    for (size_t f = 0; f < COUNT_OF(cases[i].facts) && cases[i].facts[f]; f++) {
      CHECK_CONTAINS(cases[i].text, "reason", sentence, cases[i].facts[f]);
    }
    free(sentence);
    run_free(&r);
  }
}

static void every_reason_is_among_them_after_a_sleep_and_without(void **state) {
  (void)state;
  bool seen[BELL_REASONS][2] = {
      /* After a sleep, all that is ready became ready just now: nobody has been ready longer. */
      [BELL_REASON_READY_LONGEST] = {false, true},
      [BELL_REASON_TASK_OLDEST] = {false, true},
      [BELL_REASON_TIMERS_LIST] = {false, true},
      /* Node sleeps in poll alone, and only when no immediate waits. */
      [BELL_REASON_MAIN] = {false, true},
      [BELL_REASON_TICK] = {false, true},
      [BELL_REASON_CHECK] = {false, true},
      /* They come after others, at the same time. */
      [BELL_REASON_FRAME_NEXT] = {false, true},
      [BELL_REASON_STARVED] = {false, true},
      [BELL_REASON_SPINS] = {false, true}, /* which is why it is there: nobody sleeps */
      [BELL_REASON_STOPPED] = {false, true},
      [BELL_REASON_ENDED] = {false, true},
      /* They take no wait, or they waited for something else than a message. */
      [BELL_REASON_ANSWER_NEXT] = {false, true},
      [BELL_REASON_DRAIN] = {false, true},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_as(&r, cases[i].text, cases[i].how);
    bool is_round = cases[i].reason == BELL_REASON_ROUND; /* nobody slept, but asked and asked */
    bool slept = is_round ? bell_trace_free_us(&r.trace, cases[i].step) < r.trace.steps[cases[i].step].time_us
                          : bell_trace_slept(&r.trace, cases[i].step);
    seen[cases[i].reason][slept] = true;
    run_free(&r);
  }
  for (int reason = 0; reason <= BELL_REASON_ENDED; reason++) { /* the rest: test_program_reason.c */
    for (int slept = 0; slept < 2; slept++) {
      if (!seen[reason][slept]) fail_msg("no case for reason %d %s a sleep", reason, slept ? "after" : "without");
    }
  }
}

static void nobody_is_named_who_does_not_wait(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int how;
    uint32_t step;
    const char *absent;
  } absences[] = {
      {lesson_4, BELL_BLOCKING, 2, "Beta"},
      {lesson_4, BELL_READINESS, 0, "Alpha"},
      {lesson_4, BELL_READINESS, 0, "Gamma"},
      {busy, BELL_READINESS, 3, "Gamma"},
      {lesson_5, LOOP, 0, "Gamma"},
      {lesson_5, LOOP, 1, "slept"},
      {lesson_5, LOOP, 1, "Alpha"},
      /* Its thread was busy with the message before: it was not woken, and it could not run from 0 ms on. */
      {"socket Alpha ready 0 0 takes 9", BELL_THREADS, 1, "woke"},
      {own_thread_busy, BELL_THREADS, 5, "from 0 ms"},
  };
  for (size_t i = 0; i < COUNT_OF(absences); i++) {
    run r;
    run_as(&r, absences[i].text, absences[i].how);
    char *sentence = reason_sentence(&r.trace, absences[i].step);
    if (strstr(sentence, absences[i].absent)) {
      fail_msg("step %u says \"%s\", which should not name %s; the scenario:\n%s", absences[i].step, sentence,
               absences[i].absent, absences[i].text);
    }
    free(sentence);
    run_free(&r);
  }
}

/* Who becomes ready as the guard turns to another has not been ignored; it waits for its turn. */
static void nobody_is_called_ignored_who_became_ready_just_now(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool ignored;
  } waits[] = {{"socket Alpha ready 2\nsocket Beta ready 2", false},
               {"socket Alpha ready 2\nsocket Beta ready 1", true}};
  for (size_t i = 0; i < COUNT_OF(waits); i++) {
    run r;
    run_multiplexer(&r, waits[i].text, BELL_BLOCKING);
    char *sentence = reason_sentence(&r.trace, 0);
    CHECK_CONTAINS(waits[i].text, "reason", sentence, "Beta");
    CHECK_EQUAL(waits[i].text, "ignored", strstr(sentence, "nobody looked") != NULL, waits[i].ignored);
    free(sentence);
    run_free(&r);
  }
}

/* A timer that a callback set, and a microtask, wait for the thread as any other does. */
static void whatever_waited_for_the_thread_says_how_long(void **state) {
  (void)state;
  static const char text[] = "script main takes 10\n  timer late after 3\n  microtask also";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  check_says(text, &r.trace, 0, "No microtask waited, and main was the only task.");
  check_says(
      text, &r.trace, 1,
      "Microtasks go before tasks: also runs, and the task late waits. main queued also at 0 ms, and it waited 10 ms "
      "for the thread.");
  check_says(
      text, &r.trace, 2,
      "No microtask waited, and late was the only task. main set late to end at 3 ms, and it waited 7 ms for the "
      "thread.");
  run_free(&r);
}

/* In Node, once begun, the microtask queue is emptied before the next tick. */
static void a_tick_that_a_microtask_queues_waits_for_all_microtasks(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  microtask onResolve\n    tick lateTick\n  microtask afterwards\n  tick onTick\n";
  static const char *const reasons[] = {
      "main is the main script: it runs first, to its end, and the loop begins after it.",
      "Ticks run before microtasks, and before the loop goes on: onTick is the oldest tick; the microtask onResolve "
      "waits. main queued onTick.",
      "No tick waited, so microtasks run before the loop goes on: onResolve is the oldest; afterwards is behind it. "
      "main queued onResolve.",
      "Once begun, the microtask queue is emptied before all else: afterwards is the oldest microtask; the tick "
      "lateTick waits. main queued afterwards.",
      "No microtask was left, so ticks go next: lateTick is the oldest tick. onResolve queued lateTick.",
  };
  run r;
  run_loop(&r, text, BELL_NODE);
  for (uint32_t k = 0; k < COUNT_OF(reasons); k++) check_says(text, &r.trace, k, reasons[k]);
  run_free(&r);
}

static void a_microtask_of_node_says_that_it_goes_before_the_phases(void **state) {
  (void)state;
  static const char text[] = "promise onResolve ready 2\ntimer onTimeout ready 2\n";
  run r;
  run_loop(&r, text, BELL_NODE);
  check_says(
      text, &r.trace, 0,
      "The loop slept in poll from 0 to 2 ms. No tick waited, so microtasks run before the loop goes on: onResolve "
      "is the oldest; the timer onTimeout waits.");
  run_free(&r);
}

/* 24 bytes are short enough to be said twice, 25 are not. */
static void a_long_name_is_said_once(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  timer aTimerOfTwentyFourLetter after 2\n  microtask aMicrotaskOfTwentyFive25c";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  check_says(text, &r.trace, 1,
             "aMicrotaskOfTwentyFive25c was the only microtask, and no task waited. main queued this one.");
  check_says(text, &r.trace, 2,
             "Both queues were empty, so the loop slept from 0 to 2 ms. No microtask waited, and "
             "aTimerOfTwentyFourLetter was the only task. main set aTimerOfTwentyFourLetter to end at 2 ms.");
  run_free(&r);
}

/* Between the callbacks of one frame, the next of them waits, and no task. */
static void a_microtask_within_a_frame_names_the_callback_that_waits(void **state) {
  (void)state;
  static const char text[] = "script main\n  frame one takes 3\n    microtask m\n  frame two\ntimer t ready 17\n";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  check_says(
      text, &r.trace, 2,
      "Microtasks go before tasks: m runs, and the frame two waits. one queued m at 16.667 ms, and it waited 3 ms "
      "for the thread.");
  run_free(&r);
}

static void whoever_waits_as_a_job_is_named_as_one(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  resolve p\n  async f\n    await p\n    await p\n  async g\n    return p\n"
      "  promise q\n  resolve q with p\n  promise r\n  resolve r after 2\n";
  static const char *const begins[] = {
      "No microtask waited, and main was the only task.",
      "f's first await is the oldest microtask; g's job is behind it. ",
      "g's job is the oldest microtask; q's job is behind it. ",
      "q's job is the oldest microtask; f's second await is behind it. ",
      "f's second await is the oldest microtask; g's job is behind it. ",
      "g's job is the oldest microtask; q's job is behind it. ",
      "q's job was the only microtask, and no task waited. ",
      "Both queues were empty, so the loop slept from 0 to 2 ms. No microtask waited, and r's timer was the only task",
  };
  run r;
  run_loop(&r, text, BELL_BROWSER);
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(begins));
  for (uint32_t k = 0; k < COUNT_OF(begins); k++) {
    char *sentence = reason_sentence(&r.trace, k);
    CHECK_CONTAINS(text, "reason", sentence, begins[k]);
    CHECK(text, strncmp(sentence, begins[k], strlen(begins[k])) == 0);
    free(sentence);
  }
  run_free(&r);
}

/* One row after 0 ran, its job waits. */
static void a_hop_that_waits_is_no_longer_the_callback(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise q\n  resolve q\n  then 0 of q\n    return q\n  then 1 of q\n  then 2 of 1\n";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  check_says(text, &r.trace, 2,
             "1 is the oldest microtask; 0's job is behind it. q is fulfilled, and 1 reacts to that. main queued 1.");
  run_free(&r);
}

/* What was asked for, what it became, and why. */
static void a_delay_that_a_host_changes_says_so(void **state) {
  (void)state;
  static const char deep[] =
      "script main\n  timer one after 0\n    timer two after 0\n      timer three after 0\n"
      "        timer four after 0\n          timer five after 0\n            timer six after 0\n"
      "              timer seven after 0\n";
  static const struct {
    const char *text;
    int how;
    uint32_t step;
    const char *says;
  } delays[] = {
      {deep, LOOP, 6, " five set six to end at 0 ms."},
      {deep, LOOP, 7,
       " six asked for 0 ms, but HTML makes a timer that is nested more than five deep wait 4 ms at least: seven "
       "ended at 4 ms."},
      {"script main\n  timer t after 2.9", LOOP, 1,
       " main asked for 2.9 ms, of which whole milliseconds count: t ended at 2 ms."},
      {"script main\n  timer t after 1.5", NODE, 1,
       " main asked for 1.5 ms, of which whole milliseconds count: t ended at 1 ms."},
      {deep, NODE, 1, " main asked for 0 ms, but Node's timers wait 1 ms at least: one ended at 1 ms."},
      {deep, NODE, 2, " one asked for 0 ms, but Node's timers wait 1 ms at least: two ended at 2 ms."},
      {"timer alone ready 0", NODE, 0,
       " Its line asked for 0 ms, but Node's timers wait 1 ms at least: alone ended at 1 ms."},
      {"script main takes 3\n  timer t after 1", NODE, 1, " main set t to end at 1 ms, and it waited 2 ms."},
  };
  for (size_t i = 0; i < COUNT_OF(delays); i++) {
    run r;
    run_as(&r, delays[i].text, delays[i].how);
    char *sentence = reason_sentence(&r.trace, delays[i].step);
    CHECK_CONTAINS(delays[i].text, "reason", sentence, delays[i].says);
    free(sentence);
    run_free(&r);
  }
}

static void a_name_that_needs_quotes_has_them(void **state) {
  (void)state;
  static const char text[] = "socket \"slow door\" ready 1\nsocket \"a\\\"b\" ready 1";
  run r;
  run_multiplexer(&r, text, BELL_READINESS);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK_CONTAINS(text, "reason", sentence, "\"slow door\"");
  CHECK_CONTAINS(text, "reason", sentence, "\"a\\\"b\"");
  free(sentence);
  run_free(&r);
}

/* A name is never read as part of the sentence. */
static void a_name_may_hold_anything_at_all(void **state) {
  (void)state;
  static const char text[] = "socket {me} ready 1\nsocket {other} ready 1\nsocket %s%n ready 1";
  run r;
  run_multiplexer(&r, text, BELL_READINESS);
  static const char *const names[][2] = {{"{me}", "{other}"}, {"{other}", "%s%n"}};
  for (uint32_t k = 0; k < 2; k++) {
    char *sentence = reason_sentence(&r.trace, k);
    CHECK_CONTAINS(text, "reason", sentence, names[k][0]);
    CHECK_CONTAINS(text, "reason", sentence, names[k][1]);
    free(sentence);
  }
  run_free(&r);
}

/* One to three sentences; with names in capitals, each starts with one. */
static void check_sentences(const char *text, int how) {
  run r;
  run_as(&r, text, how);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    char *reason = reason_sentence(&r.trace, k);
    size_t length = strlen(reason);
    CHECK(text, length > 1 && reason[length - 1] == '.' && reason[length - 2] != '.');
    CHECK(text, strstr(reason, "  ") == NULL && strchr(reason, '\n') == NULL);
    int sentences = 0;
    const char *start = reason;
    for (;;) {
      sentences++;
      if (!(*start >= 'A' && *start <= 'Z')) {
        fail_msg("step %u: \"%s\"\nhas a sentence that starts with \"%c\"; the scenario:\n%s", k, reason, *start, text);
      }
      const char *stop = strstr(start, ". ");
      if (!stop) break;
      start = stop + 2;
    }
    CHECK(reason, sentences <= 3);
    free(reason);
  }
  run_free(&r);
}

static void reasons_are_one_to_three_sentences_that_start_with_a_capital_and_end_with_a_full_stop(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) check_sentences(cases[i].text, cases[i].how);
  for (int strategy = 0; strategy < BELL_STRATEGIES; strategy++) {
    check_sentences("socket A ready 1 1 1\nsocket B ready 1 2 takes 3\nsocket C ready 0 0", strategy);
    check_sentences(
        "socket A ready 0 0 takes 9\nsocket B ready 0 takes 9\nsocket C ready 0 takes 9\n"
        "socket D ready 0 takes 9\nsocket E ready 0",
        strategy);
  }
  check_sentences("timer A ready 0 0 5 5 takes 0.5\n  microtask M\n  microtask M\n  timer T after 0\n  timer T after 0",
                  LOOP);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_reason_names_who_ran_who_waited_and_since_when),
      cmocka_unit_test(every_reason_is_among_them_after_a_sleep_and_without),
      cmocka_unit_test(nobody_is_named_who_does_not_wait),
      cmocka_unit_test(nobody_is_called_ignored_who_became_ready_just_now),
      cmocka_unit_test(whatever_waited_for_the_thread_says_how_long),
      cmocka_unit_test(a_tick_that_a_microtask_queues_waits_for_all_microtasks),
      cmocka_unit_test(a_microtask_of_node_says_that_it_goes_before_the_phases),
      cmocka_unit_test(a_long_name_is_said_once),
      cmocka_unit_test(a_microtask_within_a_frame_names_the_callback_that_waits),
      cmocka_unit_test(whoever_waits_as_a_job_is_named_as_one),
      cmocka_unit_test(a_hop_that_waits_is_no_longer_the_callback),
      cmocka_unit_test(a_delay_that_a_host_changes_says_so),
      cmocka_unit_test(a_name_that_needs_quotes_has_them),
      cmocka_unit_test(a_name_may_hold_anything_at_all),
      cmocka_unit_test(reasons_are_one_to_three_sentences_that_start_with_a_capital_and_end_with_a_full_stop),
  };
  return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
