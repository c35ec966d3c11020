#include "multiplexer/waiting.h"
#include "trace/reason.h"
#include "trace/sentence.h"

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

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
                            "{me}'s own thread has its message to read, and a core to run on."},
    [BELL_REASON_CORE] = {NULL, "{me}'s own thread had to wait until a core was free."},
    [BELL_REASON_SLICE] = {NULL,
                           "Every core was busy. {other}'s thread has had one for {slice} ms or more, so it makes "
                           "room for {me}'s, and goes on later."},
};

/* On a real kernel nobody asked whether a core was free. */
static const sentences thread_of_kernel = {"{me}'s message woke {me}'s own thread.",
                                           "{me}'s own thread found its message there."};

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
static const char message_late[] = " Its message has been ready since {ready} ms: it waited {late} ms.";

/* ---- filling them in -------------------------------------------------------------------------------------------- */

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

static void print_other(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (sentence_other_is_same(trace, k)) {
    bell_text_string(out, "its next message");
  } else {
    sentence_print_event(trace, trace->steps[k].other, out);
  }
}

static void print_own(const bell_trace *trace, uint32_t k, fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (fact_is(f, "other")) print_other(trace, k, out);
  if (fact_is(f, "call")) bell_text_string(out, wait_call[trace->strategy]);
  if (fact_is(f, "order")) bell_text_string(out, answer_order[trace->strategy]);
  if (fact_is(f, "answers")) print_answers(trace->answers[k].returned, out);
  if (fact_is(f, "sleeper")) sentence_print_step(trace, step->queued_at, out);
  if (fact_is(f, "woken")) bell_text_ms(out, trace->steps[step->queued_at].time_us);
  if (fact_is(f, "slice")) bell_text_ms(out, BELL_SLICE_US);
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out) {
  sentence_print(trace, k, sentence, print_own, out);
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
  print(trace, k, sentence_other_is_same(trace, k) ? turn_again : ignored ? turn_ignored : turn_other, out);
}

void bell_multiplexer_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  bool one_socket = step->reason == BELL_REASON_READY_TIE && sentence_other_is_same(trace, k);
  bool real_thread = step->reason == BELL_REASON_THREAD && trace->measured != NULL;
  const sentences *sentence = one_socket ? &tie_of_one : real_thread ? &thread_of_kernel : &why[step->reason];
  bool waited = bell_trace_waited(trace, k) && sentence->slept != NULL;
  print(trace, k, waited ? sentence->slept : sentence->awake, out);
  if (step->reason == BELL_REASON_TURN) print_turn(trace, k, out);
  bool of_waiting = step->reason >= BELL_REASON_ROUND && step->reason <= BELL_REASON_SLICE;
  if (of_waiting && bell_trace_latency_us(trace, k) > 0) print(trace, k, message_late, out);
}
