#include "reason.h"

#include <string.h>

#include "promise_reason.h"

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

/* What a reason says, for a thread that slept before the step and for one that did not. A word in braces stands for a
 * fact of the step: see `print_fact`. */
typedef struct sentences {
  const char *slept;
  const char *awake;
} sentences;

#define LOOP_SLEPT "Both queues were empty, so the loop slept from {free} to {time} ms. "

#define POLL_SLEPT "The loop slept in poll from {free} to {time} ms. "

static const sentences why[BELL_REASONS] = {
    [BELL_REASON_TURN] = {"It is {me}'s turn in the list, so the thread slept at {me} from {free} to {time} ms.",
                          "It is {me}'s turn in the list."},
    [BELL_REASON_ONLY_READY] = {"Nothing was ready, so the thread slept from {free} to {time} ms, until {me} was.",
                                "Only {me} is ready, since {ready} ms."},
    [BELL_REASON_READY_LONGEST] = {NULL, /* after a sleep, all that is ready became ready just now */
                                   "{me} has been ready longest, since {ready} ms; {other} since {other ready} ms."},
    [BELL_REASON_READY_TIE] = {"Nothing was ready, so the thread slept from {free} to {time} ms. Then {me} and "
                               "{other} became ready at once; {me} comes first in the list.",
                               "{me} and {other} became ready at the same time, {ready} ms; {me} comes first in the "
                               "list."},
    [BELL_REASON_ROUND] =
        {"Nobody slept: the thread read all sockets over and over, from {free} to {time} ms, until {me} "
         "had a message.",
         "The round came to {me}, and its message was there."},
    [BELL_REASON_ANSWER_FIRST] =
        {"Nothing was ready, so the thread slept in {call} from {free} to {time} ms. It answered "
         "with {answers}, {me} first.",
         "Something was ready, so {call} answered at once, with {answers}, {me} first."},
    [BELL_REASON_ANSWER_NEXT] = {NULL, /* it takes no wait */
                                 "{me} was in the same answer of {call}, which goes by the order {order}."},
    [BELL_REASON_DRAIN] = {NULL, "{me} is read until nothing is left: edge-triggered, it would not be told again."},
    [BELL_REASON_THREAD] = {"{me}'s message woke {me}'s own thread, and a core was free.",
                            "{me}'s own thread has its message to read, and a core is free."},
    [BELL_REASON_CORE] = {NULL, "{me}'s own thread had to wait, for every core was busy."},
    [BELL_REASON_MICROTASK_FIRST] = {LOOP_SLEPT "Microtasks go before tasks: {me} runs, and the task {other} waits.",
                                     "Microtasks go before tasks: {me} runs, and the task {other} waits."},
    [BELL_REASON_MICROTASK_OLDEST] = {LOOP_SLEPT "{me} is the oldest microtask; {other} is behind it.",
                                      "{me} is the oldest microtask; {other} is behind it."},
    [BELL_REASON_MICROTASK_ONLY] = {LOOP_SLEPT "The microtask {me} is all that is queued.",
                                    "The microtask {me} is all that is queued."},
    [BELL_REASON_TASK_OLDEST] = {NULL, /* the same */
                                 "No microtask is left, so the oldest task runs: {me}, before {other}."},
    [BELL_REASON_TASK_TIE] = {LOOP_SLEPT "The tasks {me} and {other} became ready at once; {me} was created first.",
                              "No microtask is left. The tasks {me} and {other} became ready at the same time, "
                              "{ready} ms; {me} was created first."},
    [BELL_REASON_TASK_ONLY] = {LOOP_SLEPT "The task {me} is all that is queued.",
                               "No microtask is left, and {me} is the only task."},
    [BELL_REASON_FRAME] = {LOOP_SLEPT "A frame is due: {me} was asked for, and runs before it is drawn.",
                           "A frame is due: {me} was asked for, and runs before it is drawn."},
    [BELL_REASON_FRAME_NEXT] = {NULL, "{me} was asked for in time, and runs before the same frame is drawn."},
    [BELL_REASON_STARVED] =
        {NULL,
         "{me} starves: {endless} queued itself again and again, {times} times so far, and goes before it each time."},
    [BELL_REASON_STOPPED] = {NULL,
                             "{endless} goes on forever, and ran {times} times: the run was stopped here, where {me} "
                             "would come next."},
    /* Node's have no full stop: who waits comes after them. */
    [BELL_REASON_MAIN] = {NULL, "{me} is the main script: it runs first, to its end, and the loop begins after it"},
    [BELL_REASON_TICK] = {NULL, "Ticks go before microtasks, and before the loop goes on: {me} is the oldest tick"},
    [BELL_REASON_MICROTASK] = {POLL_SLEPT "{me} is the oldest microtask",
                               "No tick was left, so the oldest microtask runs, before the loop goes on: {me}"},
    [BELL_REASON_TIMERS] = {POLL_SLEPT "Timers phase: {me} is due", "Timers phase: {me} is due"},
    [BELL_REASON_TIMERS_LIST] =
        {NULL, /* after a sleep, the timers are not late */
         "Timers phase: {me} is due; {other}, due since {other ready} ms, has another delay, so "
         "it lies in another list, and Node goes through one list after the other"},
    [BELL_REASON_POLL] = {POLL_SLEPT "Poll phase: {me} is ready", "Poll phase: {me} is ready"},
    [BELL_REASON_CHECK] = {NULL, "Check phase: {me} is the oldest immediate that was queued before it began"},
};

/* Instead, where another task might have come: the first where that task is named. */
static const char *const no_guarantee[BELL_NO_GUARANTEES][2] = {
    [BELL_NO_GUARANTEE_SOURCES] = {"No guarantee: {me} is a task of {source}, {other} one of {other source}, and a "
                                   "browser may take either first.",
                                   "No guarantee: {me} has been ready longest, but a task of another source waits too, "
                                   "and a browser may take that "
                                   "first."},
    [BELL_NO_GUARANTEE_TIMERS] = {"No guarantee: {me} and {other} end within 1 ms, and HTML keeps their order only "
                                  "where the one that was set first "
                                  "has no longer a delay.",
                                  "No guarantee: {me} and another timer end within 1 ms, and HTML keeps their order "
                                  "only where the one that was set "
                                  "first has no longer a delay."},
    [BELL_NO_GUARANTEE_LATE] =
        {NULL,
         "No guarantee: {me} comes first, but less than 1 ms later another would be ready, and a browser that is "
         "late may take that first."},
};

/* A tie within one socket. */
static const sentences tie_of_one = {
    "Nothing was ready, so the thread slept from {free} to {time} ms. Then two messages of {me} came at once; they go "
    "in "
    "their order.",
    "Two messages of {me} became ready at the same time, {ready} ms; they go in their order."};

static const char turn_slept_over[] =
    " Its message has been ready since {ready} ms: it waited {late} ms, for the thread slept at {sleeper} until "
    "{woken} ms.";
static const char turn_slept_and_busy[] =
    " Its message has been ready since {ready} ms: it waited {late} ms, for the thread slept at {sleeper} until "
    "{woken} ms, "
    "and then was busy with others.";
static const char turn_late[] =
    " Its message has been ready since {ready} ms: it waited {late} ms, for the thread was busy with others.";
static const char turn_ignored[] = " {other} has been ready since {other ready} ms, and nobody looked.";
static const char turn_other[] = " {other} became ready too, and must wait for its turn.";
static const char turn_again[] =
    " Its next message is ready too, since {other ready} ms, and must wait for the next turn.";
static const char queued_by[] = " {parent} queued it.";
static const char set_by[] = " {parent} set it, for {ready} ms.";
static const char timer_outlasted[] =
    "{me} came due while others ran, so libuv's timer was set to its least, 1 ms, and the loop slept in poll from "
    "{free} to {time} ms. Timers phase: {me} is due";
static const char behind[] = "; {other} is behind it";
static const char asked_by[] = " {parent} asked for it.";
static const char asked_by_late[] = " {parent} asked for it, for {ready} ms: it waited {late} ms for the thread.";
static const char starved_since[] = " It has been ready since {ready} ms.";
static const char starved_until[] = " It would be ready at {ready} ms, but the loop never gets there.";
static const char message_late[] = " Its message has been ready since {ready} ms: it waited {late} ms.";
static const char source_late[] = " It has been ready since {ready} ms: it waited {late} ms for the thread.";
static const char queued_by_late[] = " {parent} queued it at {ready} ms: it waited {late} ms for the thread.";
static const char set_by_late[] = " {parent} set it, for {ready} ms: it waited {late} ms for the thread.";

/* ---- filling them in -------------------------------------------------------------------------------------------- */

static const char *name_of(const bell_trace *trace, uint32_t event) {
  return bell_scenario_name(trace->scenario, trace->events[event].statement);
}

/* Of a promise's job that runs no code, it is the job that runs, not what it is named after. */
static void print_step(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_scenario_print_name(name_of(trace, trace->steps[k].event), out);
  if (bell_trace_job(trace, k) >= BELL_JOB_PASS) bell_text_string(out, "'s job");
}

static void print_name(const bell_trace *trace, uint32_t statement, bell_text *out) {
  bell_scenario_print_name(bell_scenario_name(trace->scenario, statement), out);
}

/* Is the event that had to wait of the same source as the one that runs? Then its name would not tell them apart. */
static bool is_same_source(const bell_trace *trace, const bell_step *step) {
  return step->other != BELL_NONE && trace->events[step->other].statement == trace->events[step->event].statement;
}

static void print_other(const bell_trace *trace, const bell_step *step, bell_text *out) {
  bool same = is_same_source(trace, step);
  if (same && trace->scenario->host == BELL_MULTIPLEXER) {
    bell_text_string(out, "its next message");
    return;
  }
  if (same) bell_text_string(out, "the next ");
  bell_scenario_print_name(name_of(trace, step->other), out);
}

/* How each real way of waiting waits, and the order of its answers. */
static const char *const wait_call[BELL_STRATEGIES] = {[BELL_SELECT] = "select",
                                                       [BELL_POLL] = "poll",
                                                       [BELL_EPOLL] = "epoll_wait",
                                                       [BELL_EPOLL_ET] = "epoll_wait",
                                                       [BELL_IO_URING] = "io_uring_enter"};
static const char *const answer_order[BELL_STRATEGIES] = {[BELL_SELECT] = "of descriptors",
                                                          [BELL_POLL] = "of descriptors",
                                                          [BELL_EPOLL] = "in which they became ready",
                                                          [BELL_EPOLL_ET] = "in which they became ready",
                                                          [BELL_IO_URING] = "of completion"};

static void print_answers(uint32_t count, bell_text *out) {
  bell_text_number(out, count);
  bell_text_string(out, count == 1 ? " socket" : " sockets");
}

static bool is(const char *fact, size_t length, const char *expected) {
  return strlen(expected) == length && memcmp(fact, expected, length) == 0;
}

/* HTML's task sources. */
static const char *source_name(const bell_trace *trace, uint32_t event) {
  static const char *const names[BELL_KINDS] = {
      [BELL_SOCKET] = "networking",      [BELL_SCRIPT] = "networking", [BELL_TIMER] = "timers",
      [BELL_INPUT] = "user interaction", [BELL_FRAME] = "rendering",   [BELL_RESOLVE_AFTER] = "timers",
      [BELL_REJECT_AFTER] = "timers"};
  return names[trace->scenario->statements[trace->events[event].statement].kind];
}

/* How often the statement of an event ran. */
static uint32_t times_run(const bell_trace *trace, uint32_t event) {
  uint32_t times = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    times += !bell_trace_is_stop(trace, k) && bell_trace_event(trace, k)->statement == trace->events[event].statement;
  }
  return times;
}

static void print_fact(const bell_trace *trace, uint32_t k, const char *fact, size_t length, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const bell_event *event = bell_trace_event(trace, k);
  if (is(fact, length, "me")) print_step(trace, k, out);
  if (is(fact, length, "name")) print_name(trace, event->statement, out);
  if (is(fact, length, "of")) print_name(trace, bell_trace_statement(trace, k)->of, out);
  if (is(fact, length, "with")) print_name(trace, bell_trace_statement(trace, k)->with, out);
  if (is(fact, length, "other")) print_other(trace, step, out);
  if (is(fact, length, "parent")) print_step(trace, event->parent, out);
  if (is(fact, length, "ready")) bell_text_ms(out, event->ready_us);
  if (is(fact, length, "other ready")) bell_text_ms(out, trace->events[step->other].ready_us);
  if (is(fact, length, "free")) bell_text_ms(out, bell_trace_free_us(trace, k));
  if (is(fact, length, "time")) bell_text_ms(out, step->time_us);
  if (is(fact, length, "call")) bell_text_string(out, wait_call[trace->strategy]);
  if (is(fact, length, "order")) bell_text_string(out, answer_order[trace->strategy]);
  if (is(fact, length, "answers")) print_answers(trace->answers[k].returned, out);
  if (is(fact, length, "sleeper")) bell_scenario_print_name(name_of(trace, trace->steps[step->queued_at].event), out);
  if (is(fact, length, "woken")) bell_text_ms(out, trace->steps[step->queued_at].time_us);
  if (is(fact, length, "source")) bell_text_string(out, source_name(trace, step->event));
  if (is(fact, length, "other source")) bell_text_string(out, source_name(trace, step->other));
  if (is(fact, length, "endless")) bell_scenario_print_name(name_of(trace, step->other), out);
  if (is(fact, length, "times")) bell_text_number(out, times_run(trace, step->other));
  if (is(fact, length, "late")) bell_text_ms(out, bell_trace_latency_us(trace, k));
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out) {
  const char *brace;
  while ((brace = strchr(sentence, '{')) != NULL) {
    const char *end = strchr(brace, '}');
    bell_text_bytes(out, sentence, (size_t)(brace - sentence));
    print_fact(trace, k, brace + 1, (size_t)(end - brace - 1), out);
    sentence = end + 1;
  }
  bell_text_string(out, sentence);
}

/* What else is to be said of a blocking thread's turn. */
static void print_turn(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool slept_over =
      step->queued_at != BELL_NONE && trace->steps[step->queued_at].time_us > bell_trace_event(trace, k)->ready_us;
  bool then_busy = slept_over && trace->steps[step->queued_at].time_us < step->time_us;
  if (bell_trace_latency_us(trace, k) > 0)
    print(trace, k, slept_over ? (then_busy ? turn_slept_and_busy : turn_slept_over) : turn_late, out);
  if (step->other == BELL_NONE) return;
  bool ignored = trace->events[step->other].ready_us < step->time_us;
  print(trace, k, is_same_source(trace, step) ? turn_again : ignored ? turn_ignored : turn_other, out);
}

static bool is_timer(const bell_statement *s) {
  return s->kind == BELL_TIMER || s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER;
}

/* What it does for promises, where a callback came from, and how long it waited. */
static void print_origin(const bell_trace *trace, uint32_t k, bell_text *out) {
  const char *of_promises = promise_reason(trace, k);
  if (of_promises != NULL) print(trace, k, of_promises, out);
  bool late = bell_trace_latency_us(trace, k) > 0;
  uint8_t kind = bell_trace_statement(trace, k)->kind;
  if (bell_trace_event(trace, k)->parent == BELL_NONE) {
    if (late) print(trace, k, source_late, out);
  } else if (is_timer(bell_trace_statement(trace, k))) {
    print(trace, k, late ? set_by_late : set_by, out);
  } else if (kind == BELL_FRAME) {
    print(trace, k, late ? asked_by_late : asked_by, out);
  } else {
    print(trace, k, late ? queued_by_late : queued_by, out);
  }
}

/* In Node: who waits, and the full stop. */
static void print_behind(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool told = trace->steps[k].reason == BELL_REASON_TIMERS_LIST;
  if (trace->steps[k].other != BELL_NONE && !told) print(trace, k, behind, out);
  bell_text_string(out, ".");
}

/* The browser might have taken another task. */
static void print_no_guarantee(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const char *const *sentence = no_guarantee[step->no_guarantee];
  bool of_timers = step->no_guarantee == BELL_NO_GUARANTEE_TIMERS;
  bool named = step->other != BELL_NONE && sentence[0] != NULL &&
               (strcmp(source_name(trace, step->event), source_name(trace, step->other)) == 0) == of_timers;
  if (bell_trace_free_us(trace, k) < step->time_us) print(trace, k, LOOP_SLEPT, out);
  print(trace, k, sentence[named ? 0 : 1], out);
}

static void print_main_part(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool asked = step->reason == BELL_REASON_ROUND && bell_trace_free_us(trace, k) < step->time_us;
  bool slept = asked || bell_trace_slept(trace, k);
  bool outlasted =
      slept && step->queue == BELL_QUEUE_TIMERS && bell_trace_event(trace, k)->ready_us < bell_trace_free_us(trace, k);
  bool one_socket = step->reason == BELL_REASON_READY_TIE && is_same_source(trace, step);
  const sentences *sentence = one_socket ? &tie_of_one : &why[step->reason];
  const char *main_part = slept && sentence->slept != NULL ? sentence->slept : sentence->awake;
  print(trace, k, outlasted ? timer_outlasted : main_part, out);
}

void bell_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool is_open =
      (step->queue == BELL_QUEUE_TASK || step->queue == BELL_QUEUE_FRAME) && step->no_guarantee != BELL_GUARANTEED;
  if (is_open) print_no_guarantee(trace, k, out);
  else print_main_part(trace, k, out);
  if (step->reason == BELL_REASON_TURN) print_turn(trace, k, out);
  bool of_waiting = step->reason >= BELL_REASON_ROUND && step->reason <= BELL_REASON_CORE;
  if (of_waiting && bell_trace_latency_us(trace, k) > 0) print(trace, k, message_late, out);
  if (step->reason >= BELL_REASON_MAIN && step->reason <= BELL_REASON_CHECK) print_behind(trace, k, out);
  if (step->reason == BELL_REASON_STARVED) {
    print(trace, k, bell_trace_latency_us(trace, k) < 0 ? starved_until : starved_since, out);
  } else if (step->queue != BELL_QUEUE_NONE && !bell_trace_is_stop(trace, k)) {
    print_origin(trace, k, out);
  }
}
