#include <string.h>

#include "loop/promise_reason.h"
#include "trace/reason.h"
#include "trace/sentence.h"

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

#define LOOP_SLEPT "Both queues were empty, so the loop slept from {free} to {time} ms. "
#define POLL_SLEPT "The loop slept in poll from {free} to {time} ms. "

static const sentences why[BELL_REASONS] = {
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

/* Instead, where another might have come: the first where that task is named; or in Node; or for sockets. */
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
        {"No guarantee: {me} runs in the {queue} phase, but {other} becomes ready within 1 ms, and would have run "
         "first, were the loop a little late.",
         "No guarantee: {me} comes first, but less than 1 ms later another would be ready, and a browser that is "
         "late may take that first."},
    [BELL_NO_GUARANTEE_FRAME] =
        {NULL, "No guarantee: that {me} comes now depends on when a frame is drawn, which HTML leaves to the browser."},
    [BELL_NO_GUARANTEE_EDGE] =
        {"No guarantee: {me} became ready together with the socket before it. But poll may find that one alone: then "
         "{other} may run first.",
         "No guarantee: {me} is due together with the timer before it. But Node counts in whole milliseconds, and may "
         "find it due one later: then {other} runs first."},
};

/* Where the loop saw no reason for it. */
static const char other_orders[] = " No guarantee: there are allowed orders in which another is next.";
static const char queued_by[] = " {parent} queued it.";
static const char queued_by_late[] = " {parent} queued it at {ready} ms: it waited {late} ms for the thread.";
static const char set_by[] = " {parent} set it to end at {ready} ms.";
static const char set_by_late[] = " {parent} set it to end at {ready} ms: it waited {late} ms for the thread.";
static const char timer_outlasted[] =
    "{me} came due while others ran, so libuv's timer was set to its least, 1 ms, and the loop slept in poll from "
    "{free} to {time} ms. Timers phase: {me} is due";
static const char behind[] = "; {other} is behind it";
static const char asked_by[] = " {parent} asked for it.";
static const char asked_by_late[] =
    " {parent} asked for it, it was due at {ready} ms, and it waited {late} ms for the thread.";
static const char starved_since[] = " It has been ready since {ready} ms.";
static const char starved_until[] = " It would be ready at {ready} ms, but never gets its turn.";
static const char source_late[] = " It has been ready since {ready} ms: it waited {late} ms for the thread.";

/* ---- filling them in -------------------------------------------------------------------------------------------- */

static void print_other(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (sentence_other_is_same(trace, k)) bell_text_string(out, "the next ");
  sentence_print_event(trace, trace->steps[k].other, out);
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

static void print_own(const bell_trace *trace, uint32_t k, fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const bell_statement *s = bell_trace_statement(trace, k);
  if (fact_is(f, "other")) print_other(trace, k, out);
  if (fact_is(f, "of")) sentence_print_statement(trace, s->of, out);
  if (fact_is(f, "with")) sentence_print_statement(trace, s->with, out);
  if (fact_is(f, "parent")) sentence_print_step(trace, bell_trace_event(trace, k)->parent, out);
  if (fact_is(f, "source")) bell_text_string(out, source_name(trace, step->event));
  if (fact_is(f, "other source")) bell_text_string(out, source_name(trace, step->other));
  if (fact_is(f, "queue")) bell_text_string(out, bell_queue_name(step->queue));
  if (fact_is(f, "endless")) sentence_print_event(trace, step->other, out);
  if (fact_is(f, "times")) bell_text_number(out, times_run(trace, step->other));
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out) {
  sentence_print(trace, k, sentence, print_own, out);
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

/* Which of two sentences: see no_guarantee. */
static bool takes_first(const bell_trace *trace, const bell_step *step) {
  if (step->no_guarantee == BELL_NO_GUARANTEE_LATE) return trace->scenario->host == BELL_NODE;
  if (step->no_guarantee == BELL_NO_GUARANTEE_EDGE) return step->queue == BELL_QUEUE_POLL;
  if (step->no_guarantee > BELL_NO_GUARANTEE_TIMERS || step->other == BELL_NONE) return false;
  bool is_same = strcmp(source_name(trace, step->event), source_name(trace, step->other)) == 0;
  return is_same == (step->no_guarantee == BELL_NO_GUARANTEE_TIMERS);
}

/* Another might have come. */
static void print_no_guarantee(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool of_node = trace->scenario->host == BELL_NODE;
  if (bell_trace_free_us(trace, k) < step->time_us) print(trace, k, of_node ? POLL_SLEPT : LOOP_SLEPT, out);
  print(trace, k, no_guarantee[step->no_guarantee][takes_first(trace, step) ? 0 : 1], out);
}

static void print_main_part(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool slept = bell_trace_slept(trace, k);
  bool outlasted =
      slept && step->queue == BELL_QUEUE_TIMERS && bell_trace_event(trace, k)->ready_us < bell_trace_free_us(trace, k);
  const sentences *sentence = &why[step->reason];
  const char *main_part = slept && sentence->slept != NULL ? sentence->slept : sentence->awake;
  print(trace, k, outlasted ? timer_outlasted : main_part, out);
}

void bell_loop_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool is_by_orders = step->no_guarantee == BELL_NO_GUARANTEE_ORDERS;
  bool is_open = step->no_guarantee != BELL_GUARANTEED && !is_by_orders;
  if (is_open) print_no_guarantee(trace, k, out);
  else print_main_part(trace, k, out);
  if (step->reason >= BELL_REASON_MAIN && step->reason <= BELL_REASON_CHECK && !is_open) print_behind(trace, k, out);
  if (is_by_orders) print(trace, k, other_orders, out);
  if (step->reason == BELL_REASON_STARVED) {
    print(trace, k, bell_trace_latency_us(trace, k) < 0 ? starved_until : starved_since, out);
  } else if (!bell_trace_is_stop(trace, k)) {
    print_origin(trace, k, out);
  }
}
