#include "loop/loop_reason.h"

#include <string.h>

#include "loop/promise_reason.h"
#include "trace/sentence.h"

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

static const char loop_slept[] = "Both queues were empty, so the loop slept from {free} to {time} ms. ";
static const char poll_slept[] = "The loop slept in poll from {free} to {time} ms. ";

static const char *const why[BELL_REASONS] = {
    [BELL_REASON_MICROTASK_FIRST] = "Microtasks go before tasks: {job} runs, and {waiting} waits.",
    [BELL_REASON_MICROTASK_OLDEST] = "{job} is the oldest microtask; {other} is behind it.",
    [BELL_REASON_MICROTASK_ONLY] = "{job} was the only microtask, and no task waited.",
    [BELL_REASON_TASK_OLDEST] = "No microtask waited, so the oldest task runs: {job}, before {other}.",
    [BELL_REASON_TASK_TIE] =
        "No microtask waited, and the tasks {job} and {other} became ready at the same time, {ready} ms: "
        "{job} was created first.",
    [BELL_REASON_TASK_ONLY] = "No microtask waited, and {job} was the only task.",
    [BELL_REASON_FRAME] = "A frame is due, and {job} runs before it is drawn.",
    [BELL_REASON_FRAME_NEXT] = "{job} runs before the same frame is drawn.",
    [BELL_REASON_STARVED] = "{job} starves: {endless} queued itself {times} times so far, and went first each time.",
    [BELL_REASON_STOPPED] =
        "{endless} goes on forever, and ran {times} times: the run was stopped here, where {job} would come next.",
    [BELL_REASON_ENDED] = "{fatal} was rejected, and nobody handles that: Node ends the process here, with status 1.",
    /* Node's have no full stop: who waits comes after them. */
    [BELL_REASON_MAIN] = "{job} is the main script: it runs first, to its end, and the loop begins after it",
    [BELL_REASON_TICK] = "Ticks run before microtasks, and before the loop goes on: {job} is the oldest tick",
    [BELL_REASON_MICROTASK] = "No tick waited, so microtasks run before the loop goes on: {job} is the oldest",
    [BELL_REASON_TIMERS] = "Timers phase: {job} is due",
    [BELL_REASON_TIMERS_LIST] =
        "Timers phase: {job} is due. {other} has been due since {other ready} ms, but its delay "
        "is another, so it lies in another list: Node ends one list before the next",
    [BELL_REASON_POLL] = "Poll phase: {job} is ready",
    [BELL_REASON_CHECK] = "Check phase: {job} is the oldest immediate from before the phase began",
};

/* Instead, right after a microtask of the same checkpoint. */
static const char tick_after_microtasks[] = "No microtask was left, so ticks go next: {job} is the oldest tick";
static const char microtask_after_another[] =
    "Once begun, the microtask queue is emptied before all else: {job} is the oldest microtask";

/* Where another might have come: the first where that one is named; or in Node; or for sockets. */
static const char *const no_guarantee[BELL_NO_GUARANTEES][2] = {
    [BELL_NO_GUARANTEE_SOURCES] = {"No guarantee: {job} is a task of {source}, {other} one of {other source}, and a "
                                   "browser may take either first.",
                                   "No guarantee: {job} is a task of {source}. A task of another source waits too, and "
                                   "a browser may take that first."},
    [BELL_NO_GUARANTEE_TIMERS] = {"No guarantee: {job} and {other} have both ended. HTML keeps their order, unless "
                                  "the one that was set first has the longer delay.",
                                  "No guarantee: {job} and another timer have both ended. HTML keeps their order, "
                                  "unless the one that was set first has the longer delay."},
    [BELL_NO_GUARANTEE_LATE] = {"No guarantee: {job} runs in the {queue} phase, but {other} becomes ready within 1 ms. "
                                "If the loop is a little late, {other} runs first.",
                                "No guarantee: {job} comes first, but another is ready less than 1 ms later. A browser "
                                "that is late may take that first."},
    [BELL_NO_GUARANTEE_FRAME] = {NULL,
                                 "No guarantee: whether {job} comes now hangs on when a frame is drawn, and HTML "
                                 "leaves that to the browser."},
    [BELL_NO_GUARANTEE_EDGE] =
        {"No guarantee: {job} became ready together with the one before it. But poll may find the first alone: then "
         "{other} may run first.",
         "No guarantee: Node counts in whole milliseconds. If a new one begins just before {job} is set, {job} is due "
         "1 ms later: then {other} runs first."},
};

/* Where the loop saw no reason for it. */
static const char other_orders[] = " No guarantee: in other allowed orders another comes here.";
static const char timer_outlasted[] =
    "{job} came due while others ran, so libuv's timer was set to its least, 1 ms, and the loop slept in poll from "
    "{free} to {time} ms. Timers phase: {job} is due";
static const char ended_before[] = " {job} would have come next.";
static const char starved_until[] = " {job} would be ready at {ready} ms, but never gets its turn";

/* Where a callback came from; then, where it had to wait, since when, and the last for how long. */
static const char source_since[] = " {It} has been ready since {ready} ms";
static const char asked_by[] = " {parent} asked for it";
static const char due_at[] = ", due at {ready} ms";
static const char queued_by[] = " {parent} queued {it}";
static const char queued_at[] = " at {ready} ms";
static const char set_by[] = " {parent} set {it} to end at {ready} ms";
static const char waited[] = ", and it waited {late} ms{for the thread}";

/* A timer that got another delay than it was set for. */
static const char least_of_node[] =
    " {parent} asked for {asked} ms, but Node's timers wait 1 ms at least: {it} ended at {ready} ms";
static const char least_when_nested[] =
    " {parent} asked for {asked} ms, but HTML makes a timer that is nested more than "
    "five deep wait 4 ms at least: {it} ended at {ready} ms";
static const char cut[] = " {parent} asked for {asked} ms, of which whole milliseconds count: {it} ended at {ready} ms";

enum { LONG_NAME = 24 /* bytes */ };

/* ---- facts ------------------------------------------------------------------------------------------------------ */

static const bell_statement *statement_of(const bell_trace *trace, uint32_t event) {
  return &trace->scenario->statements[trace->events[event].statement];
}

/* Did a microtask run just before, with no sleep in between? */
static bool follows_a_microtask(const bell_trace *trace, uint32_t k) {
  return k > 0 && trace->steps[k - 1].queue == BELL_QUEUE_MICROTASK && !bell_trace_slept(trace, k);
}

/* libuv's timer may wake the loop later than the timer came due. */
static bool is_outlasted(const bell_trace *trace, uint32_t k) {
  return bell_trace_slept(trace, k) && bell_trace_latency_us(trace, k) > 0;
}

static bool is_timer(const bell_statement *s) {
  return s->kind == BELL_TIMER || s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER;
}

/* The queue of Node in which an event waits. */
static bell_queue queue_of(const bell_statement *s) {
  if (is_timer(s)) return BELL_QUEUE_TIMERS;
  if (s->kind == BELL_SOCKET) return BELL_QUEUE_POLL;
  if (s->kind == BELL_IMMEDIATE) return BELL_QUEUE_CHECK;
  return s->kind == BELL_TICK ? BELL_QUEUE_TICK : BELL_QUEUE_MICROTASK;
}

static bool is_phase(bell_queue queue) { return queue >= BELL_QUEUE_TIMERS && queue <= BELL_QUEUE_CHECK; }

/* Who waits in Node; of a microtask that is the last one, whoever the loop goes on with. BELL_NONE when nobody does. */
static uint32_t waiting(const bell_trace *trace, uint32_t k) {
  const bell_step *step = &trace->steps[k];
  if (step->other != BELL_NONE || step->reason != BELL_REASON_MICROTASK) return step->other;
  if (k + 1 == trace->step_count || !is_phase(trace->steps[k + 1].queue)) return BELL_NONE;
  const bell_event *next = bell_trace_event(trace, k + 1);
  return next->ready_us <= step->time_us && next->parent != k ? step[1].event : BELL_NONE;
}

/* HTML's task source. */
static const char *source_name(const bell_trace *trace, uint32_t event) {
  const bell_statement *s = statement_of(trace, event);
  if (trace->scenario->source_name != NULL) return trace->scenario->source_name(s);
  return bell_task_source_name((bell_task_source)bell_words[s->kind].task_source);
}

/* How often the statement of an event ran. */
static uint32_t times_run(const bell_trace *trace, uint32_t event) {
  uint32_t times = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    times += !bell_trace_is_stop(trace, k) && bell_trace_event(trace, k)->statement == trace->events[event].statement;
  }
  return times;
}

/* The delay that a timer was set for; a source's, in Node, counts from 0. */
static int64_t asked_us(const bell_trace *trace, uint32_t event) {
  if (event < trace->scenario->event_count) return trace->scenario->events[event].ready_us;
  return statement_of(trace, event)->after_us;
}

/* The delay that it got. */
static int64_t delay_us(const bell_trace *trace, uint32_t event) {
  return trace->events[event].ready_us - bell_trace_asked_us(trace, event);
}

/* ---- filling them in -------------------------------------------------------------------------------------------- */

static void print_other(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_same = sentence_other_is_same(trace, k);
  if (is_same && bell_trace_job(trace, k) >= BELL_JOB_PASS) {
    bell_text_string(out, "its next job");
  } else {
    if (is_same) bell_text_string(out, "the next ");
    promise_print_job(trace, trace->steps[k].other, k + 1, out);
  }
}

/* Does a thread beside Node's loop do it? Of a program's, that is all that poll looks for. */
static bool is_work(const bell_trace *trace, const bell_statement *s) {
  return trace->scenario->source_name != NULL && trace->scenario->host == BELL_NODE && s->kind == BELL_SOCKET;
}

/* One that waits somewhere else than the step's callback did, with what it is. */
static void print_waiting(const bell_trace *trace, uint32_t k, uint32_t event, bell_text *out) {
  const bell_statement *s = statement_of(trace, event);
  bool is_task = trace->scenario->host == BELL_BROWSER && s->kind != BELL_FRAME;
  if (!bell_statement_is_of_promises(s) && !is_work(trace, s)) {
    bell_text_string(out, "the ");
    bell_text_string(out, is_task ? "task" : bell_words[s->kind].text);
    bell_text_string(out, " ");
  }
  promise_print_job(trace, event, k + 1, out);
}

static void print_parent(const bell_trace *trace, uint32_t k, bell_text *out) {
  uint32_t parent = bell_trace_event(trace, k)->parent;
  if (parent == BELL_NONE) bell_text_string(out, "Its line");
  else promise_print_caller(trace, parent, out);
}

/* The name once more: "it" might be another's. A long name fills a card's place, and is said once. */
static void print_again(const bell_trace *trace, uint32_t k, const char *otherwise, bell_text *out) {
  bell_text name = {0};
  promise_print_job(trace, trace->steps[k].event, k, &name);
  if (name.length > LONG_NAME) bell_text_string(out, otherwise);
  else promise_print_job(trace, trace->steps[k].event, k, out);
}

static void print_own(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (sentence_fact_is(f, "it")) print_again(trace, k, "this one", out);
  if (sentence_fact_is(f, "It")) print_again(trace, k, "This one", out);
  if (sentence_fact_is(f, "job")) promise_print_job(trace, step->event, k, out);
  if (sentence_fact_is(f, "other")) print_other(trace, k, out);
  if (sentence_fact_is(f, "waiting")) print_waiting(trace, k, step->other, out);
  if (sentence_fact_is(f, "parent")) print_parent(trace, k, out);
  if (sentence_fact_is(f, "source")) bell_text_string(out, source_name(trace, step->event));
  if (sentence_fact_is(f, "other source")) bell_text_string(out, source_name(trace, step->other));
  if (sentence_fact_is(f, "queue")) bell_text_string(out, bell_queue_name(step->queue));
  if (sentence_fact_is(f, "endless")) sentence_print_event(trace, step->other, out);
  if (sentence_fact_is(f, "times")) bell_text_number(out, times_run(trace, step->other));
  if (sentence_fact_is(f, "asked")) bell_text_ms(out, asked_us(trace, step->event));
  /* Node's timers may be due while the loop sleeps. */
  if (sentence_fact_is(f, "for the thread") && step->queue != BELL_QUEUE_TIMERS)
    bell_text_string(out, " for the thread");
  promise_print_fact(trace, k, f, out);
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out) {
  sentence_print(trace, k, sentence, print_own, out);
}

/* ---- a reason --------------------------------------------------------------------------------------------------- */

/* What came of a timer's delay. */
static const char *timer_reason(const bell_trace *trace, uint32_t k) {
  uint32_t event = trace->steps[k].event;
  int64_t more_us = delay_us(trace, event) - asked_us(trace, event);
  if (more_us <= 0) return more_us == 0 ? set_by : cut;
  return trace->scenario->host == BELL_NODE ? least_of_node : least_when_nested;
}

/* What it does for promises, where a callback came from, and how long it waited. */
static void print_origin(const bell_trace *trace, uint32_t k, bell_text *out) {
  const char *of_promises = promise_reason(trace, k);
  if (of_promises != NULL) {
    print(trace, k, of_promises, out);
    promise_print_late(trace, k, out);
  }
  const bell_statement *s = bell_trace_statement(trace, k);
  bool is_source = bell_trace_event(trace, k)->parent == BELL_NONE;
  bool is_late = bell_trace_latency_us(trace, k) > 0;
  if (is_timer(s) && (!is_source || timer_reason(trace, k) != set_by)) {
    print(trace, k, timer_reason(trace, k), out);
  } else if (is_source) {
    if (!is_late) return;
    print(trace, k, source_since, out);
  } else {
    bool is_asked = s->kind == BELL_FRAME || is_work(trace, s);
    print(trace, k, is_asked ? asked_by : queued_by, out);
    if (is_late) print(trace, k, is_asked ? due_at : queued_at, out);
  }
  if (is_late) print(trace, k, waited, out);
  bell_text_string(out, ".");
}

/* In Node: who waits, and the full stop. */
static void print_behind(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  uint32_t other = step->reason == BELL_REASON_TIMERS_LIST ? BELL_NONE : waiting(trace, k);
  if (other != BELL_NONE) {
    bool is_behind = queue_of(statement_of(trace, other)) == step->queue;
    bell_text_string(out, "; ");
    if (is_behind) print_other(trace, k, out);
    else print_waiting(trace, k, other, out);
    bell_text_string(out, is_behind ? " is behind it" : " waits");
  }
  bell_text_string(out, ".");
}

/* Does HTML keep the order of these two timers? */
static bool is_in_order(const bell_trace *trace, uint32_t one, uint32_t other) {
  return one < other && delay_us(trace, one) <= delay_us(trace, other);
}

/* Which of two sentences: see no_guarantee. */
static bool takes_first(const bell_trace *trace, const bell_step *step) {
  if (step->no_guarantee == BELL_NO_GUARANTEE_LATE) return trace->scenario->host == BELL_NODE;
  if (step->no_guarantee == BELL_NO_GUARANTEE_EDGE) return step->queue == BELL_QUEUE_POLL;
  if (step->no_guarantee > BELL_NO_GUARANTEE_TIMERS || step->other == BELL_NONE) return false;
  bool is_same = strcmp(source_name(trace, step->event), source_name(trace, step->other)) == 0;
  if (step->no_guarantee == BELL_NO_GUARANTEE_TIMERS && is_in_order(trace, step->event, step->other)) return false;
  return is_same == (step->no_guarantee == BELL_NO_GUARANTEE_TIMERS);
}

static const char *main_part(const bell_trace *trace, uint32_t k) {
  bell_reason reason = trace->steps[k].reason;
  if (is_outlasted(trace, k)) return timer_outlasted;
  if (reason == BELL_REASON_TICK && follows_a_microtask(trace, k)) return tick_after_microtasks;
  if (reason == BELL_REASON_MICROTASK && follows_a_microtask(trace, k)) return microtask_after_another;
  return why[reason];
}

void loop_reason_print_origin(const bell_trace *trace, uint32_t k, bell_text *out) {
  print_origin(trace, k, out);
  promise_print_told(trace, k, out);
}

void loop_reason_print_sleep(const bell_trace *trace, uint32_t k, bell_text *out) {
  bool is_node = trace->scenario->host == BELL_NODE;
  if (bell_trace_slept(trace, k)) print(trace, k, is_node ? poll_slept : loop_slept, out);
}

void loop_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool is_by_orders = step->no_guarantee == BELL_NO_GUARANTEE_ORDERS;
  bool is_open = step->no_guarantee != BELL_GUARANTEED && !is_by_orders;
  if (is_open || !is_outlasted(trace, k)) loop_reason_print_sleep(trace, k, out);
  print(trace, k, is_open ? no_guarantee[step->no_guarantee][!takes_first(trace, step)] : main_part(trace, k), out);
  if (step->reason >= BELL_REASON_MAIN && step->reason <= BELL_REASON_CHECK && !is_open) print_behind(trace, k, out);
  if (is_by_orders) print(trace, k, other_orders, out);
  if (step->reason == BELL_REASON_STARVED) {
    print(trace, k, bell_trace_latency_us(trace, k) < 0 ? starved_until : source_since, out);
    bell_text_string(out, ".");
  } else if (step->reason == BELL_REASON_ENDED) {
    if (step->event != step->other) print(trace, k, ended_before, out);
  } else if (!bell_trace_is_stop(trace, k)) {
    loop_reason_print_origin(trace, k, out);
  }
}
