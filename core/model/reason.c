#include "reason.h"

#include <string.h>

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

/* What a reason says, for a thread that slept before the step and for one that did not. A word in braces stands for a
 * fact of the step: see `print_fact`. */
typedef struct sentences {
  const char *slept;
  const char *awake;
} sentences;

#define LOOP_SLEPT "Both queues were empty, so the loop slept from {free} to {time} ms. "

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
};

static const char turn_late[] = " Its message has been ready since {ready} ms: it waited {late} ms.";
static const char turn_ignored[] = " {other} has been ready since {other ready} ms, and nobody looked.";
static const char microtask_parent[] = " {parent} queued it.";
static const char timer_parent[] = " {parent} set it, for {ready} ms.";
static const char task_late[] = " It has been ready since {ready} ms: it waited {late} ms for the thread.";

/* ---- filling them in -------------------------------------------------------------------------------------------- */

static const char *name_of(const bell_trace *trace, uint32_t event) {
  return bell_scenario_name(trace->scenario, trace->events[event].statement);
}

/* The event that had to wait. When it is of the same source as this one, the name alone would not tell them apart. */
static void print_other(const bell_trace *trace, const bell_step *step, bell_text *out) {
  if (trace->events[step->other].statement == trace->events[step->event].statement) {
    bell_text_string(out, trace->scenario->host == BELL_MULTIPLEXER ? "the next message of " : "the next ");
  }
  bell_scenario_print_name(name_of(trace, step->other), out);
}

static bool is(const char *fact, size_t length, const char *expected) {
  return strlen(expected) == length && memcmp(fact, expected, length) == 0;
}

static void print_fact(const bell_trace *trace, uint32_t k, const char *fact, size_t length, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const bell_event *event = bell_trace_event(trace, k);
  if (is(fact, length, "me")) bell_scenario_print_name(name_of(trace, step->event), out);
  if (is(fact, length, "other")) print_other(trace, step, out);
  if (is(fact, length, "parent")) bell_scenario_print_name(name_of(trace, trace->steps[event->parent].event), out);
  if (is(fact, length, "ready")) bell_text_ms(out, event->ready_us);
  if (is(fact, length, "other ready")) bell_text_ms(out, trace->events[step->other].ready_us);
  if (is(fact, length, "free")) bell_text_ms(out, bell_trace_free_us(trace, k));
  if (is(fact, length, "time")) bell_text_ms(out, step->time_us);
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

void bell_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const bell_event *event = bell_trace_event(trace, k);
  bool slept = bell_trace_free_us(trace, k) < step->time_us;
  bool late = bell_trace_latency_us(trace, k) > 0;
  print(trace, k, slept ? why[step->reason].slept : why[step->reason].awake, out);
  if (step->reason == BELL_REASON_TURN) {
    if (late) print(trace, k, turn_late, out);
    if (step->other != BELL_NONE) print(trace, k, turn_ignored, out);
  } else if (event->parent != BELL_NONE) {
    print(trace, k, bell_trace_statement(trace, k)->kind == BELL_MICROTASK ? microtask_parent : timer_parent, out);
  } else if (late && step->queue != BELL_QUEUE_NONE) {
    print(trace, k, task_late, out);
  }
}
