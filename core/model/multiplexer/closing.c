#include "multiplexer/closing.h"

#include "multiplexer/early.h"
#include "multiplexer/file.h"
#include "multiplexer/kevent.h"
#include "multiplexer/listener.h"
#include "multiplexer/pipe.h"
#include "multiplexer/timer.h"
#include "multiplexer/turns.h"

/* ---- who spins -------------------------------------------------------------------------------------------------- */

/* Does it never sleep again, once one is at its end? */
static bool spins_at_waits(bell_strategy strategy) {
  if (BELL_HAS_BYTES && strategy == BELL_KQUEUE) return true;
  return strategy == BELL_READINESS || strategy == BELL_SELECT || strategy == BELL_POLL || strategy == BELL_EPOLL ||
         strategy == BELL_IO_URING;
}

/* Or when all others have ended? */
static bool spins_at_last(bell_strategy strategy) { return strategy == BELL_BLOCKING || strategy == BELL_THREADS; }

bool bell_closing_spins(bell_strategy strategy) { return spins_at_waits(strategy) || spins_at_last(strategy); }

/* May anybody keep the thread from sleeping? */
static bool may_spin(const bell_scenario *scenario, bell_strategy strategy) {
  if (!scenario->closing || !bell_closing_spins(strategy)) return false;
  bool may_starve = BELL_HAS_BYTES && scenario->descriptors > 0;
  bool may_find_room = BELL_HAS_BYTES && scenario->writing && bell_closing_tells_of_room(strategy);
  if (may_starve || may_find_room) return true;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    bool watches = bell_closing_watches(scenario, i) && bell_closing_tells_of_room(strategy);
    if (watches || bell_closing_is_ignored(scenario, i) || bell_timer_is_left_unread(scenario, strategy, i))
      return true;
  }
  return false;
}

void bell_closing_start(bell_trace *trace, uint32_t rows, bell_arena *arena) {
  if (!may_spin(trace->scenario, trace->strategy)) return;
  trace->spinning = bell_arena_take(arena, rows, sizeof *trace->spinning);
#ifndef DOORBELL_WITHOUT_BYTES
  if (trace->scenario->timer_count > 0) trace->unread = bell_arena_take(arena, rows, sizeof *trace->unread);
#endif
}

/* A row behind all steps. */
static void add_row(bell_trace *trace, uint32_t event, int64_t time_us, bell_reason reason, bell_queue queue) {
  uint32_t k = trace->step_count++;
  trace->steps[k] = (bell_step){.time_us = time_us,
                                .event = event,
                                .other = BELL_NONE,
                                .queued_at = k,
                                .reason = (uint8_t)reason,
                                .queue = (uint8_t)queue};
  if (BELL_HAS_BYTES && trace->handled_us != NULL) trace->handled_us[k] = time_us;
  if (trace->answers == NULL) return;
  trace->answers[k] = (bell_answers){0};
  if (trace->strategy == BELL_THREADS) trace->answers[k].end_us = time_us;
}

bool bell_closing_has_interest(bell_strategy strategy) {
  if (bell_strategy_is_kqueue(strategy)) return true;
  return strategy == BELL_READINESS || (strategy >= BELL_SELECT && strategy <= BELL_EPOLL_ET);
}

bool bell_closing_tells_of_room(bell_strategy strategy) {
  return spins_at_waits(strategy) && bell_closing_has_interest(strategy);
}

/* `those` becomes all of them, by exclusive or: if it is one, that one. */
static uint32_t count_watched(const bell_scenario *scenario, uint32_t *those) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (!bell_closing_watches(scenario, i)) continue;
    count++;
    *those ^= i;
  }
  return count;
}

/* Who spins behind a step, if those did before it; of those that are watched for writing all, by exclusive or. */
static bell_spinning behind(bell_trace *trace, uint32_t k, bell_spinning before, uint32_t *watched) {
  if (!bell_trace_is_end(trace, k)) return before;
  uint32_t socket = bell_trace_event(trace, k)->statement;
  bool is_watched = before.writable > 0 && bell_closing_watches(trace->scenario, socket);
  if (is_watched) before.writable--; /* it is closed; or else it is at its end, and counts as such */
  if (is_watched) *watched ^= socket;
  if (is_watched && before.writable == 1) trace->first_awake.writable = *watched;
  if (!bell_trace_is_ignored_end(trace, k)) return before;
  if (before.ended++ == 0) trace->first_awake.ended = socket;
  return before;
}

/* Is it closed by the time that a run spins? It has said something. */
static bool is_closed(const bell_scenario *scenario, uint32_t socket) {
  uint32_t last = bell_scenario_events_end(scenario, socket) - 1;
  return bell_scenario_is_end(scenario, last) && !bell_closing_is_ignored(scenario, socket);
}

/* The last event of the first socket that stays open, watched for writing; `other` when nothing is ever said on it. */
static uint32_t event_of_watched(const bell_scenario *scenario, uint32_t other) {
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (!bell_closing_watches(scenario, i) || bell_closing_is_silent(scenario, i)) continue;
    if (!is_closed(scenario, i)) return bell_scenario_events_end(scenario, i) - 1;
  }
  return other;
}

/* How many are watched for writing with nothing to write, before row k: where handlers write, a run has kept how many
 * spin in all. */
static uint32_t writable_before(const bell_trace *trace, uint32_t k, bell_spinning spinning) {
  bool is_kept = BELL_HAS_BYTES && trace->written != NULL;
  bool is_told = bell_closing_tells_of_room(trace->strategy);
  uint32_t others = spinning.ended + bell_trace_unread(trace, k);
  if (is_kept) return is_told ? trace->spinning[k].writable - others : 0;
  return spinning.writable;
}

/* Before a row. */
static void keep_unread(bell_trace *trace, uint32_t row, uint32_t unread) {
#ifndef DOORBELL_WITHOUT_BYTES
  if (trace->unread != NULL) trace->unread[row] = unread;
#else
  (void)trace, (void)row, (void)unread;
#endif
}

/* Of those the one, or another socket that is watched: its last event. `other` when nothing is ever said on it. */
static uint32_t event_that_spins(const bell_trace *trace, uint32_t watched, uint32_t other) {
  bool is_known = BELL_HAS_BYTES && trace->written != NULL;
  if (!is_known) return event_of_watched(trace->scenario, other);
  if (trace->watched == NULL) return other;
  uint32_t socket = trace->watched[trace->step_count];
  bool is_one = watched == 1 && !bell_closing_is_silent(trace->scenario, socket);
  return is_one ? bell_scenario_events_end(trace->scenario, socket) - 1 : other;
}

void bell_closing_finish(bell_trace *trace) {
  if (trace->spinning == NULL) return;
  bool at_waits = spins_at_waits(trace->strategy);
  bool has_interest = bell_closing_tells_of_room(trace->strategy);
  uint32_t watched = 0;
  uint32_t watched_count = count_watched(trace->scenario, &watched);
  bell_spinning spinning = {.writable = has_interest ? watched_count : 0};
  trace->first_awake.writable = watched;
  uint32_t unread = 0;
  uint32_t last = BELL_NONE;
  int64_t end_us = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    keep_unread(trace, k, at_waits ? unread : 0);
    spinning.writable = writable_before(trace, k, spinning);
    trace->spinning[k] = at_waits ? spinning : (bell_spinning){0};
    if (bell_trace_end_us(trace, k) > end_us) end_us = bell_trace_end_us(trace, k);
    bool is_unread = bell_timer_is_unread(trace, k);
    bool is_it = bell_trace_is_ignored_end(trace, k) || is_unread || spinning.ended + unread == 0;
    if (is_it && !bell_trace_is_write(trace, k)) last = trace->steps[k].event;
    spinning = behind(trace, k, spinning, &watched);
    if (is_unread && unread++ == 0) trace->first_awake.unread = bell_trace_event(trace, k)->statement;
  }
  if (trace->step_count > 0 && bell_trace_is_stop(trace, trace->step_count - 1)) return; /* it sleeps for good */
  keep_unread(trace, trace->step_count, unread);
  spinning.writable = writable_before(trace, trace->step_count, spinning);
  trace->spinning[trace->step_count] = spinning;
  bool goes_on = bell_closing_spins(trace->strategy) && bell_trace_awake(trace, trace->step_count) > 0;
  if (!goes_on || trace->step_count == 0) return;
  if (bell_trace_starved(trace, trace->step_count) > 0) last = trace->accepting[trace->step_count].waits;
  else if (spinning.ended + unread == 0) last = event_that_spins(trace, spinning.writable, last);
  end_us = bell_trace_spun_from_us(trace, trace->step_count, end_us);
  add_row(trace, last, end_us + BELL_SPIN_WATCHED_US, BELL_REASON_SPINS, BELL_QUEUE_STOPPED);
}

static bool is_earlier(const bell_trace *trace, uint32_t event, uint32_t than) {
  return than == BELL_NONE || trace->events[event].ready_us < trace->events[than].ready_us;
}

static void starve(bell_trace *trace, uint32_t first) {
  if (first == BELL_NONE) return;
  int64_t free_us = bell_trace_free_us(trace, trace->step_count);
  int64_t ready_us = trace->events[first].ready_us;
  if (trace->spinning != NULL) trace->spinning[trace->step_count] = (bell_spinning){0};
  keep_unread(trace, trace->step_count, 0);
  add_row(trace, first, ready_us > free_us ? ready_us : free_us, BELL_REASON_STARVED, BELL_QUEUE_STARVED);
}

void bell_closing_starve(bell_trace *trace, const uint8_t *handled) {
  uint32_t first = BELL_NONE;
  for (uint32_t e = 0; e < trace->event_count; e++) {
    if (!handled[e] && is_earlier(trace, e, first)) first = e;
  }
  starve(trace, first);
}

void bell_closing_starve_behind(bell_trace *trace, const uint32_t *next) {
  uint32_t first = BELL_NONE;
  for (uint32_t e = 0; e < trace->scenario->event_count; e++) {
    bool is_left = e >= next[trace->events[e].statement];
    if (is_left && is_earlier(trace, e, first)) first = e;
  }
  starve(trace, first);
}

/* ---- what is reported, and read --------------------------------------------------------------------------------- */

/* When the kernel looked at the socket: at the beginning of the answer that the step came from. */
static int64_t reported_at_us(const bell_trace *trace, uint32_t k) {
  uint32_t wait = trace->steps[k].queued_at;
  return wait == BELL_NONE ? trace->steps[k].time_us : trace->steps[wait].time_us;
}

enum { IN = 0x1, OUT = 0x4, ERR = 0x8, HUP = 0x10, RDHUP = 0x2000 }; /* as Linux has them, poll(2)'s and epoll's */

/* Is that the one that keeps the thread from sleeping, for it is watched for writing? */
static bool is_watched(const bell_trace *trace, uint32_t k, uint32_t socket) {
  return trace->watched != NULL && trace->watched[k] == socket;
}

/* Was there something to read but the end, when its wait answered? What is read until a read would block began so. */
static unsigned reported_of_pipe(const bell_trace *trace, uint32_t k, bool is_over) {
  bool has_data = !bell_trace_is_end(trace, k) || trace->steps[k].reason == BELL_REASON_DRAIN;
  return (has_data ? IN : 0U) | (is_over ? HUP : 0U);
}

/* The last row of a run that spins reports what stays. */
unsigned bell_closing_reported(const bell_trace *trace, uint32_t k) {
  if (bell_early_is_step(trace, k) || bell_turns_is_from_list(trace, k)) return 0;
  if (trace->measured != NULL) return trace->measured[k].reported;
  const bell_scenario *scenario = trace->scenario;
  uint32_t socket = bell_trace_event(trace, k)->statement;
  uint32_t last = bell_scenario_events_end(scenario, socket) - 1;
  if (bell_file_is(scenario, socket)) return IN;
  bool is_over = bell_scenario_is_end(scenario, last) && trace->events[last].ready_us <= reported_at_us(trace, k);
  bool is_broken = is_over && (scenario->statements[socket].conduct & BELL_RESETS) != 0;
  bool is_stop = bell_trace_is_stop(trace, k);
  unsigned error = is_stop ? 0 : ERR; /* it was told */
  unsigned out = bell_closing_watches(scenario, socket) ? OUT : 0;
  if (bell_timer_is_left_unread(scenario, trace->strategy, socket) || bell_listener_is(scenario, socket)) return IN;
  bool is_kept = BELL_HAS_BYTES && trace->written != NULL;
  if (is_kept) out = (is_stop ? is_watched(trace, k, socket) : trace->steps[k].has_room) ? OUT : 0;
  if (is_stop && !is_over) return out;
  if (bell_trace_is_write(trace, k) && !is_over && !trace->steps[k].is_ready) return OUT;
  if (bell_pipe_is(scenario, socket)) return reported_of_pipe(trace, k, is_over);
  return IN | out | (is_over ? RDHUP : 0U) | (is_broken ? HUP | error : 0U);
}

static void print_conditions(unsigned bits, bell_text *out) {
  static const struct {
    unsigned bit;
    const char *name;
  } names[] = {{IN, "IN"}, {OUT, "OUT"}, {RDHUP, "RDHUP"}, {HUP, "HUP"}, {ERR, "ERR"}};
  const char *before = "";
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    if ((bits & names[i].bit) == 0) continue;
    bell_text_string(out, before);
    bell_text_string(out, names[i].name);
    before = "|";
  }
}

/* select(2) knows two: its exceptional conditions are none of these. */
static void print_sets(unsigned bits, bell_text *out) {
  bool is_readable = (bits & (IN | HUP)) != 0;
  if (is_readable) bell_text_string(out, "readable");
  if (is_readable && (bits & OUT) != 0) bell_text_string(out, "|");
  if ((bits & OUT) != 0) bell_text_string(out, "writable");
}

void bell_closing_print_reported(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (trace->steps[k].reason == BELL_REASON_STARVED) return;
  if (trace->steps[k].reason == BELL_REASON_SPINS && is_closed(trace->scenario, bell_trace_event(trace, k)->statement))
    return;
  switch (trace->strategy) {
  case BELL_READINESS:
  case BELL_SELECT:
    print_sets(bell_closing_reported(trace, k), out);
    break;
  case BELL_POLL:
  case BELL_EPOLL:
  case BELL_EPOLL_ET:
    print_conditions(bell_closing_reported(trace, k), out);
    break;
  default:
    if (bell_strategy_is_kqueue(trace->strategy)) bell_kevent_print(trace, k, out);
    break;
  }
}

bool bell_closing_fails(const bell_trace *trace, uint32_t k) {
  if (trace->measured != NULL) return trace->measured[k].result < 0;
  return (bell_trace_statement(trace, k)->conduct & BELL_RESETS) != 0 && !bell_trace_is_stop(trace, k);
}

void bell_closing_print_result(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (trace->steps[k].reason == BELL_REASON_STARVED) return;
  if (bell_early_is_step(trace, k)) {
    bell_early_print_result(trace, k, out);
    return;
  }
  if (bell_listener_is(trace->scenario, bell_trace_event(trace, k)->statement)) {
    bell_listener_print_result(trace, k, out);
    return;
  }
  bool is_stop = bell_trace_is_stop(trace, k);
  if (is_stop && (trace->spinning[k].ended == 0 || !bell_trace_is_end(trace, k))) return; /* it is not read */
  if (bell_timer_is_unread(trace, k) || bell_kevent_has_read(trace, k)) return;
  if (bell_trace_is_write(trace, k)) {
    bell_text_number(out, trace->written[k].bytes);
    return;
  }
  bool is_sized = BELL_HAS_BYTES && trace->taken != NULL && trace->taken[k].bytes > 0;
  if (is_sized) bell_text_number(out, trace->taken[k].bytes);
  else if (!bell_trace_is_end(trace, k)) bell_text_string(out, "message");
  else bell_text_string(out, bell_closing_fails(trace, k) ? "ECONNRESET" : "0");
}
