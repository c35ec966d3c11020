#include "multiplexer/multiplexer_reason.h"

#include "multiplexer/bytes_reason.h"
#include "multiplexer/closing_reason.h"
#include "multiplexer/early_reason.h"
#include "multiplexer/file.h"
#include "multiplexer/kevent_reason.h"
#include "multiplexer/listener.h"
#include "multiplexer/listener_reason.h"
#include "multiplexer/timer_reason.h"
#include "multiplexer/turns_reason.h"
#include "multiplexer/waiting.h"
#include "multiplexer/worker_reason.h"
#include "multiplexer/writing_reason.h"
#include "trace/sentence.h"

/* ---- the sentences ---------------------------------------------------------------------------------------------- */

static const sentence_pair why[BELL_REASONS] = {
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
    [BELL_REASON_ROUND] = {"Nobody slept: the thread asked one after another, from {free} to {time} ms, until {me} "
                           "had {news}.",
                           "The round came to {me}, and its {thing} was there."},
    [BELL_REASON_ANSWER_FIRST] = {"{nothing}, so the thread slept in {call} from {free} to {time} ms. It answered with "
                                  "{answers}, {me} first.",
                                  "{something}, so {call} answered at once, with {answers}, {me} first."},
    [BELL_REASON_ANSWER_NEXT] = {NULL, "{me} was in the same answer of {call}, {place}."},
    [BELL_REASON_DRAIN] = {NULL,
                           "{me} is read until nothing is left: edge-triggered, {call} reports what comes, not "
                           "what is left over."},
    [BELL_REASON_THREAD] = {"{me}'s {thing} woke {me}'s own thread, and a core was free.",
                            "{me}'s own thread has {news}, and a core to run on."},
    [BELL_REASON_CORE] = {NULL, "{me}'s own thread had to wait until a core was free."},
    [BELL_REASON_SLICE] =
        {NULL,
         "Every core was busy, so {other}'s thread, which has had its slice of {slice} ms, makes room "
         "for {me}'s."},
};

/* On a real kernel nobody asked whether a core was free. */
static const sentence_pair thread_of_kernel = {"{me}'s {thing} woke {me}'s own thread.",
                                               "{me}'s own thread found its {thing} there."};

/* Of a listener nothing is read. */
static const sentence_pair drain_of_listener = {
    NULL,
    "{me} accepts until nobody is left in its queue: edge-triggered, {call} reports who comes, not who is left over."};

/* A file has nothing to wait for. */
static const sentence_pair round_of_file = {NULL, "The round came to {me}: a file is always ready."};

/* A tie within one socket. */
static const sentence_pair tie_of_one = {
    "Nothing was ready, so the thread slept from {free} to {time} ms. Then two {things} of {me} came at once; they go "
    "in their order.",
    "Two {things} of {me} became ready at the same time, {ready} ms; they go in their order."};

/* A tie of its last message with its end. */
static const sentence_pair tie_with_end = {
    "Nothing was ready, so the thread slept from {free} to {time} ms. Then {me} had {news}, and its end with it; the "
    "end goes last.",
    "{me} has had {news}, and its end, since the same time, {ready} ms; the end goes last."};

/* A tie with room. */
static const sentence_pair tie_with_room = {
    "Nothing was ready, so the thread slept from {free} to {time} ms. Then {me} had {news}, and {other} room to write; "
    "here what comes goes before room.",
    "{me} has had {news}, and {other} room to write, since the same time, {ready} ms; here what comes goes before "
    "room."};

static const char turn_late[] =
    " Its {thing} has been ready since {ready} ms: it waited {late} ms, for the thread {did}.";
static const char turn_ignored[] = " {other} has been ready since {other ready} ms, and nobody looked.";
static const char turn_data[] = " {other} has had data to read since {other ready} ms, and must wait for its turn.";
static const char turn_other[] = " {other} became ready too, and must wait for its turn.";
static const char turn_again[] =
    " Behind it {other} is ready too, since {other ready} ms, and must wait for the next turn.";
static const char room_late[] = " There has been room since {ready} ms: it waited {late} ms.";
static const char message_late[] = " Its {thing} has been ready since {ready} ms: it waited {late} ms.";

/* ---- in which order answers stand -------------------------------------------------------------------------------- */

/* How each real way of waiting waits, and what it waits for. */
typedef struct manner {
  const char *call;
  const char *nothing;
  const char *something;
  const char *place; /* why an answer stands behind the one before it; of epoll see place_in_list */
} manner;

static const manner manners[BELL_STRATEGIES] = {
    [BELL_SELECT] = {"select", "Nothing was ready", "Something was ready", "which goes by the order of descriptors"},
    [BELL_POLL] = {"poll", "Nothing was ready", "Something was ready", "which goes by the order of descriptors"},
    [BELL_EPOLL] = {"epoll_wait", "Nothing was ready", "Something was ready", NULL},
    [BELL_EPOLL_ET] = {"epoll_wait", "Nothing new had come", "Something new had come", NULL},
    [BELL_IO_URING] = {"io_uring_enter", "Nothing was complete", "Something was complete",
                       "which goes by the order of completion"},
#ifndef DOORBELL_WITHOUT_BYTES
    [BELL_KQUEUE] = {"kevent", "Nothing was ready", "Something was ready", NULL},
    [BELL_KQUEUE_CLEAR] = {"kevent", "Nothing new had come", "Something new had come", NULL},
#endif
};

/* The step before which the wait's answer put its socket, and this one's behind it: it may have been read many
 * times. */
static uint32_t step_before(const bell_trace *trace, uint32_t k) {
  uint32_t before = k - 1;
  while (before > 0 && trace->steps[before].reason == BELL_REASON_DRAIN) before--;
  return before;
}

/* The kernel's list is not in the order of readiness where a socket has its place from an earlier report or message. */
static const char *place_in_list(const bell_trace *trace, uint32_t k) {
  uint32_t before = trace->steps[step_before(trace, k)].event;
  int64_t before_us = trace->events[before].ready_us;
  int64_t ready_us = bell_trace_event(trace, k)->ready_us;
  if (before_us < ready_us) return "behind {before}, which became ready first";
  bool is_room = bell_trace_is_write(trace, k) && before < trace->scenario->event_count;
  if (before_us == ready_us && is_room) {
    return "behind {before}: both became ready at the same time, and here what comes goes before room";
  }
  if (before_us == ready_us && before < trace->steps[k].event) {
    return "behind {before}: both became ready at the same time, and {before} comes first in the scenario";
  }
  if (trace->strategy == BELL_EPOLL) {
    return "behind {before}: what is reported goes to the end of the kernel's list at once, and keeps that place";
  }
  if (BELL_HAS_BYTES && trace->strategy == BELL_KQUEUE) {
    return "behind {before}: an event that is told goes to the end of the kernel's queue at once, and keeps that place";
  }
  return "behind {before}: their places go by the messages that put them on the kernel's list, not by those that are "
         "read now";
}

static void print_answers(const bell_trace *trace, uint32_t count, bell_text *out) {
  bell_text_number(out, count);
  bell_text_string(out, " ");
  const char *word = trace->strategy == BELL_IO_URING ? "completion" : closing_descriptor_word(trace);
  bell_text_string(out, bell_strategy_is_kqueue(trace->strategy) ? "event" : word);
  if (count != 1) bell_text_string(out, "s");
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out);

static void print_place(const bell_trace *trace, uint32_t k, bell_text *out) {
  const char *place = manners[trace->strategy].place;
  print(trace, k, place != NULL ? place : place_in_list(trace, k), out);
}

/* ---- why a message waited for its turn --------------------------------------------------------------------------- */

enum { SLEEPS_MAX = 100 }; /* of those that are looked at, so that a page of reasons is printed in a moment */

/* What a blocking thread did while a message was ready and waited. */
typedef struct delay {
  uint32_t sleeps; /* SLEEPS_MAX: that many at least, and the times are not known */
  int64_t asleep_us;
  int64_t in_write_us; /* asleep there */
  int64_t busy_us;
} delay;

static int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }

/* How long the thread slept in write since then, of the last SLEEPS_MAX steps. */
static int64_t in_write_us(const bell_trace *trace, uint32_t k, int64_t since_us) {
  int64_t sum_us = 0;
  for (uint32_t back = 0; k > 0 && back < SLEEPS_MAX && bell_trace_end_us(trace, k - 1) > since_us; back++) {
    k--;
    int64_t from_us = bell_trace_end_us(trace, k) - writing_waited_us(trace, k);
    sum_us += bell_trace_end_us(trace, k) - later(from_us, since_us);
  }
  return sum_us;
}

/* From the last sleep back, until the message had not come yet. */
static delay delay_of(const bell_trace *trace, uint32_t k) {
  delay d = {0};
  int64_t since_us = bell_trace_event(trace, k)->ready_us;
  uint32_t woken = trace->steps[k].queued_at;
  while (woken != BELL_NONE && trace->steps[woken].time_us > since_us && d.sleeps < SLEEPS_MAX) {
    int64_t from_us = bell_trace_free_us(trace, woken);
    d.asleep_us += trace->steps[woken].time_us - later(from_us, since_us);
    d.sleeps++;
    woken = woken > 0 ? trace->steps[woken - 1].queued_at : BELL_NONE;
  }
  if (BELL_HAS_BYTES && trace->written != NULL) d.in_write_us = in_write_us(trace, k, since_us);
  d.busy_us = bell_trace_latency_us(trace, k) - d.asleep_us - d.in_write_us;
  return d;
}

static const char *what_it_did(delay d) {
  if (d.in_write_us > 0 && d.sleeps == 0) {
    return d.busy_us == 0 ? "slept {in write} ms in write" : "slept {in write} ms in write and was busy for {busy} ms";
  }
  if (d.in_write_us > 0) return "slept {in write} ms in write and {asleep} ms in read, and was busy for {busy} ms";
  if (d.sleeps == 0) return "was busy";
  if (d.sleeps == SLEEPS_MAX) return "went from one to the next, and slept last at {sleeper}, until {woken} ms";
  if (d.sleeps > 1) {
    return d.busy_us == 0 ? "slept {asleep} ms, last at {sleeper}"
                          : "slept {asleep} ms, last at {sleeper}, and was busy for {busy} ms";
  }
  return d.busy_us == 0 ? "slept at {sleeper} until {woken} ms"
                        : "slept {asleep} ms at {sleeper} and was busy for {busy} ms";
}

/* ---- filling them in --------------------------------------------------------------------------------------------- */

static void print_other(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (sentence_other_is_same(trace, k)) {
    uint32_t other = trace->steps[k].other;
    bool is_end = bell_scenario_is_end(trace->scenario, other);
    bell_text_string(out, is_end ? "its end" : "its next ");
    if (!is_end) bell_text_string(out, bytes_event_word(trace, other));
  } else {
    sentence_print_event(trace, trace->steps[k].other, out);
  }
}

static void print_things(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bytes_event_word(trace, trace->steps[k].event));
  bell_text_string(out, "s");
}

static void print_own(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  if (sentence_fact_is(f, "other")) print_other(trace, k, out);
  if (sentence_fact_is(f, "call")) bell_text_string(out, manners[trace->strategy].call);
  if (sentence_fact_is(f, "nothing")) bell_text_string(out, manners[trace->strategy].nothing);
  if (sentence_fact_is(f, "something")) bell_text_string(out, manners[trace->strategy].something);
  if (sentence_fact_is(f, "place")) print_place(trace, k, out);
  if (sentence_fact_is(f, "before")) sentence_print_step(trace, step_before(trace, k), out);
  if (sentence_fact_is(f, "answers")) print_answers(trace, trace->answers[k].returned, out);
  if (sentence_fact_is(f, "sleeper")) sentence_print_step(trace, step->queued_at, out);
  if (sentence_fact_is(f, "woken")) bell_text_ms(out, trace->steps[step->queued_at].time_us);
  if (sentence_fact_is(f, "did")) print(trace, k, what_it_did(delay_of(trace, k)), out);
  if (sentence_fact_is(f, "asleep")) bell_text_ms(out, delay_of(trace, k).asleep_us);
  if (sentence_fact_is(f, "in write")) bell_text_ms(out, delay_of(trace, k).in_write_us);
  if (sentence_fact_is(f, "busy")) bell_text_ms(out, delay_of(trace, k).busy_us);
  if (sentence_fact_is(f, "slice")) bell_text_ms(out, BELL_SLICE_US);
  if (sentence_fact_is(f, "things")) print_things(trace, k, out);
  closing_print_fact(trace, k, f, out);
  bytes_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) timer_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) listener_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) worker_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) early_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) kevent_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) writing_print_fact(trace, k, f, out);
  if (BELL_HAS_BYTES) turns_print_fact(trace, k, f, out);
}

static void print(const bell_trace *trace, uint32_t k, const char *sentence, bell_text *out) {
  sentence_print(trace, k, sentence, print_own, out);
}

/* What else is to be said of a blocking thread's turn. */
static void print_turn(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  /* On a real kernel a thread that slept here is woken a moment after its message came. */
  const char *late = bell_trace_slept(trace, k) ? message_late : turn_late;
  if (bell_trace_latency_us(trace, k) > 0) print(trace, k, late, out);
  if (step->other == BELL_NONE) return;
  bool ignored = trace->events[step->other].ready_us < step->time_us;
  const char *passed_by = bytes_may_be_begun(trace, step->other) ? turn_data : turn_ignored;
  print(trace, k, sentence_other_is_same(trace, k) ? turn_again : ignored ? passed_by : turn_other, out);
}

static const sentence_pair *sentence_of(const bell_trace *trace, uint32_t k) {
  const bell_step *step = &trace->steps[k];
  bool one_socket = step->reason == BELL_REASON_READY_TIE && sentence_other_is_same(trace, k);
  bool real_thread = step->reason == BELL_REASON_THREAD && trace->measured != NULL;
  bool is_tie = step->reason == BELL_REASON_READY_TIE;
  bool with_room =
      BELL_HAS_BYTES && is_tie && step->other >= trace->scenario->event_count && !bell_trace_is_write(trace, k);
  bool with_end = one_socket && bell_scenario_is_end(trace->scenario, step->other);
  bool is_file = bell_file_is(trace->scenario, bell_trace_event(trace, k)->statement);
  if (step->reason == BELL_REASON_ROUND && is_file) return &round_of_file;
  if (step->reason == BELL_REASON_DRAIN && bell_listener_is_step(trace, k)) return &drain_of_listener;
  if (with_room) return &tie_with_room;
  if (with_end) return &tie_with_end;
  if (one_socket) return &tie_of_one;
  return real_thread ? &thread_of_kernel : &why[step->reason];
}

static void print_why(const bell_trace *trace, uint32_t k, bell_text *out) {
  const bell_step *step = &trace->steps[k];
  const sentence_pair *sentence = sentence_of(trace, k);
  bool waited = bell_trace_waited(trace, k) && sentence->slept != NULL;
  const char *spinning = closing_why(trace, k);
  if (BELL_HAS_BYTES && writing_why(trace, k) != NULL) spinning = writing_why(trace, k);
  if (BELL_HAS_BYTES && turns_why(trace, k) != NULL) spinning = turns_why(trace, k);
  print(trace, k, spinning != NULL ? spinning : waited ? sentence->slept : sentence->awake, out);
  if (step->reason == BELL_REASON_TURN) print_turn(trace, k, out);
  bool of_waiting = (step->reason >= BELL_REASON_ROUND && step->reason <= BELL_REASON_SLICE) ||
                    (BELL_HAS_BYTES && step->reason == BELL_REASON_OWN_LIST);
  if (bell_trace_is_end(trace, k)) return; /* what it was is more to say than since when */
  if (of_waiting && bell_trace_latency_us(trace, k) > 0) {
    print(trace, k, bell_trace_is_write(trace, k) ? room_late : message_late, out);
  }
}

static void print_written(const bell_trace *trace, uint32_t k, bell_text *out) {
  print(trace, k, writing_what_was_written(trace, k), out);
  print(trace, k, writing_what_follows(trace, k), out);
}

void multiplexer_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (bell_trace_is_stop(trace, k)) {
    print(trace, k, closing_why_for_ever(trace, k), out);
    return;
  }
  if (BELL_HAS_BYTES && early_why(trace, k) != NULL) {
    print(trace, k, early_why(trace, k), out);
    print(trace, k, early_what_follows(trace, k), out);
    return;
  }
  print_why(trace, k, out);
  if (BELL_HAS_BYTES) print(trace, k, bell_file_why_it_waits(trace, k), out);
  print(trace, k, bytes_what_was_taken(trace, k), out);
  print(trace, k, bytes_what_follows(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, timer_what_was_read(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, worker_what_was_given(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, kevent_what_was_told(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, listener_what_it_took(trace, k), out);
  if (BELL_HAS_BYTES && !bell_trace_is_end(trace, k)) print_written(trace, k, out);
  if (BELL_HAS_BYTES) print(trace, k, turns_what_follows(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, early_what_is_put_off(trace, k), out);
  if (!bell_trace_is_end(trace, k)) return;
  print(trace, k, closing_what_happened(trace, k), out);
  print(trace, k, closing_what_follows(trace, k), out);
  print(trace, k, bytes_what_broke_off(trace, k), out);
  if (BELL_HAS_BYTES) print(trace, k, listener_what_it_gave_back(trace, k), out);
  if (BELL_HAS_BYTES) print_written(trace, k, out);
}
