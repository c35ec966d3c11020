#include "live_server.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "live_listener.h"
#include "multiplexer/closing.h"
#include "multiplexer/early.h"
#include "multiplexer/listener.h"
#include "multiplexer/timer.h"

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

/* How often this thread has given up its core of its own accord, because it had to wait. */
static long sleeps_until_now(void) {
  struct rusage usage = {0};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

void live_wait_begins(live_server *s) {
  s->sleeps = sleeps_until_now();
  s->flags = atomic_load(&s->peers->signals);
}

uint32_t live_wait_ended(live_server *s) {
  uint32_t slept = (uint32_t)(sleeps_until_now() - s->sleeps);
  if (slept > 0) s->waited = true;
  return slept;
}

void live_call_ended(live_server *s, uint32_t set) {
  s->calls.waits++;
  s->calls.scanned += (uint64_t)set * (1 + live_wait_ended(s));
}

void live_answered(live_server *s, uint32_t count) {
  s->calls.returned += count;
  s->answered = count;
  s->batch = s->trace->step_count;
}

/* Is a listener all that has more to come, and accepts nothing? Then it has come. */
static uint32_t count_starved(const live_server *s) {
  if (!s->is_starved) return 0;
  uint32_t last = bell_scenario_events_end(s->scenario, bell_listener_find(s->scenario)) - 1;
  return live_now_us(s->peers) >= s->scenario->events[last].ready_us;
}

bool live_goes_on(live_server *s) {
  if (atomic_load(&s->peers->over)) return false;
  if (s->signal < s->scenario->signal_count) return true;
  uint32_t starved = count_starved(s);
  if (atomic_load(s->open) > starved) return true;
  if (atomic_load(s->spinning) + starved == 0) return false;
  int64_t now_us = live_now_us(s->peers);
  bool may_still_sleep = s->outboxes != NULL && s->since_us == 0 && atomic_load(s->ended) == 0;
  if (may_still_sleep) return true; /* the buffer is full, though nothing is owed */
  if (s->until_us == 0) s->until_us = now_us + BELL_SPIN_WATCHED_US;
  return now_us < s->until_us;
}

/* ---- waits that end early ---------------------------------------------------------------------------------------- */

static int64_t timeout_us(const live_server *s) {
  if (!s->scenario->keeps_time) return s->scenario->timeout_us;
  int64_t left_us = s->trace->due_us - live_now_us(s->peers);
  return left_us > 0 ? left_us : 0;
}

const struct timespec *live_timeout(const live_server *s, struct timespec *room) {
  if (s->scenario->timeout_us == 0) return NULL;
  int64_t us = timeout_us(s);
  *room = (struct timespec){.tv_sec = (time_t)(us / 1000000), .tv_nsec = (long)(us % 1000000) * 1000};
  return room;
}

int live_timeout_ms(const live_server *s) {
  return s->scenario->timeout_us == 0 ? -1 : (int)((timeout_us(s) + 999) / 1000);
}

static void write_down_early(live_server *s, uint32_t event, bell_reason reason) {
  uint32_t step = s->trace->step_count++;
  int64_t now_us = live_now_us(s->peers);
  s->trace->steps[step] = (bell_step){
      .time_us = now_us, .event = event, .other = BELL_NONE, .queued_at = s->batch, .reason = (uint8_t)reason};
  s->trace->answers[step] = (bell_answers){0};
  s->trace->measured[step] = (bell_measured){.end_us = now_us, .calls = s->calls, .waited = s->waited};
  live_note_descriptors(s, step);
  s->calls = (bell_calls){0};
  s->waited = false;
}

static void keep_house(live_server *s, bool is_due) {
  int64_t now_us = live_now_us(s->peers);
  uint32_t timeout = s->scenario->timeout_statement;
  uint32_t event = s->trace->event_count++;
  s->scenario->events[event] = s->peers->events[event] =
      (bell_event){.ready_us = is_due ? s->trace->due_us : now_us, .statement = timeout, .parent = BELL_NONE};
  write_down_early(s, event, BELL_REASON_TIMEOUT);
  s->trace->due_us = now_us + s->scenario->timeout_us;
  uint32_t takes_us = s->scenario->statements[timeout].takes_us;
  if (takes_us > 0 && !atomic_load(&s->peers->over)) live_sleep_until(s->peers, now_us + takes_us);
  s->trace->measured[s->trace->step_count - 1].end_us = live_now_us(s->peers);
}

void live_look_around(live_server *s, int error, bool has_timed_out) {
  if (s->scenario->apart_count == 0) return;
  if (error != 0 || has_timed_out) live_answered(s, 0);
  for (uint32_t come = atomic_load(&s->peers->signals); s->signal < come; s->signal++) {
    bool is_ending = error == EINTR && s->signal == s->flags;
    write_down_early(s, s->scenario->event_count + s->signal, is_ending ? BELL_REASON_SIGNAL : BELL_REASON_FLAG);
  }
  bool is_over = s->until_us > 0; /* what goes on is watched, but for the housekeeping */
  bool is_due = s->scenario->keeps_time && s->trace->due_us <= live_now_us(s->peers) && !is_over;
  bool has_room = s->trace->event_count < s->peers->room;
  if ((has_timed_out || is_due) && has_room) keep_house(s, is_due);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Have all of a socket's events been handled? Then `open` counts it no longer. */
static bool is_left(const live_server *s, uint32_t socket) {
  return s->next[socket] == bell_scenario_events_end(s->scenario, socket);
}

static live_read_result end(live_server *s, uint32_t socket) {
  if (!live_is_open(s, socket)) return LIVE_ENDED;
  close(live_descriptor(s, socket));
  s->connections[socket].server = -1;
  const live_outbox *outbox = s->outboxes == NULL ? NULL : &s->outboxes[socket];
  bool is_owed = outbox != NULL && outbox->owed > 0 && !outbox->is_given_up;
  if (!is_left(s, socket) || is_owed) atomic_fetch_sub(s->open, 1);
  return LIVE_ENDED;
}

bool live_is_watched(const live_server *s, uint32_t socket) {
  bool has_interest = bell_closing_has_interest(s->trace->strategy);
  if (live_is_written_to(s, socket)) return has_interest && s->outboxes[socket].is_watched;
  return has_interest && bell_closing_watches(s->scenario, socket);
}

/* Is it a timer that its handler does not read? */
static bool leaves_unread(const live_server *s, uint32_t socket) {
  return bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket);
}

/* Does its handler leave a socket open after its last event? One that is watched for writing has no reason to close it,
 * but for its end. */
static bool stays_open(const live_server *s, uint32_t socket) {
  if (bell_closing_is_ignored(s->scenario, socket) || leaves_unread(s, socket)) return true;
  uint32_t last = bell_scenario_events_end(s->scenario, socket) - 1;
  return live_is_watched(s, socket) && !bell_scenario_is_end(s->scenario, last);
}

/* Where descriptors are counted none is given back but by whom the scenario says so. */
static bool keeps_descriptor(const live_server *s, uint32_t socket) {
  uint32_t step = s->trace->step_count - 1;
  return s->scenario->descriptors > 0 && bell_listener_left_behind(s->trace, step, 0) == 0 && !stays_open(s, socket);
}

/* After the last event of a socket. */
static void leave(live_server *s, uint32_t socket) {
  if (keeps_descriptor(s, socket)) {
    atomic_fetch_sub(s->open, 1);
    return;
  }
  if (!stays_open(s, socket)) {
    end(s, socket);
  } else if (bell_closing_spins(s->trace->strategy)) {
    atomic_fetch_add(s->spinning, 1);
    if (bell_closing_is_ignored(s->scenario, socket)) atomic_fetch_add(s->ended, 1);
  }
  atomic_fetch_sub(s->open, 1);
}

/* Is the end of its connection what the scenario has next? */
static bool is_end_next(const live_server *s, uint32_t socket) {
  return !is_left(s, socket) && bell_scenario_is_end(s->scenario, s->next[socket]);
}

/* How much a read takes of a message that has a size; 0 when something else is next. */
static uint32_t piece_room(const live_server *s, uint32_t socket) {
  if (!bell_scenario_has_bytes(s->scenario) || is_left(s, socket)) return 0;
  return bell_bytes_room(s->scenario, socket, (bell_place){s->next[socket], s->inboxes[socket].so_far});
}

void *live_inbox_end(live_server *s, uint32_t socket) {
  live_inbox *inbox = &s->inboxes[socket];
  return piece_room(s, socket) > 0 ? inbox->piece : inbox->bytes + inbox->count;
}

size_t live_inbox_room(const live_server *s, uint32_t socket) {
  uint32_t room = piece_room(s, socket);
  return room > 0 ? room : sizeof(live_record) - s->inboxes[socket].count;
}

/* Are these the bytes of the message that are to come next? */
static bool is_piece(const live_server *s, uint32_t socket, uint32_t count) {
  const live_inbox *inbox = &s->inboxes[socket];
  uint32_t events = s->next[socket] - bell_scenario_first_event(s->scenario, socket);
  uint32_t sequence = events / bell_scenario_stream(s->scenario, socket)->parts;
  uint32_t i = 0;
  while (i < count && inbox->piece[i] == live_byte(sequence, inbox->so_far + i)) i++;
  return i == count;
}

/* A timer's read gives how often it has expired. */
static live_read_result take_in_expirations(live_server *s, uint32_t timer) {
  uint64_t expirations;
  memcpy(&expirations, s->inboxes[timer].bytes, sizeof expirations);
  s->result = expirations < INT32_MAX ? (int32_t)expirations : INT32_MAX;
  return LIVE_MESSAGE;
}

static live_record record_of(const live_server *s, uint32_t socket) {
  live_record record;
  memcpy(&record, s->inboxes[socket].bytes, sizeof record);
  return record;
}

live_read_result live_take_in(live_server *s, uint32_t socket, ssize_t result) {
  if (result == -EAGAIN || result == -EINTR) return LIVE_NOTHING;
  bool is_over = atomic_load(&s->peers->over);
  bool is_listener = s->connections[socket].is_listener;
  bool is_out = is_listener && result == -EMFILE;
  bool is_accepted = is_listener && result >= 0 && !is_over;
  if (is_out || is_accepted) return live_take_connection(s, socket, (int)result);
  s->result = (int32_t)result;
  if (result <= 0 && !is_over && is_end_next(s, socket)) return LIVE_END;
  if (result == 0 && !is_over && is_left(s, socket)) return LIVE_NOTHING;
  if (result <= 0 || is_over) return end(s, socket);
  bool is_sized = piece_room(s, socket) > 0;
  if (!is_sized) s->inboxes[socket].count += (uint32_t)result;
  if (!is_sized && live_inbox_room(s, socket) > 0) return LIVE_NOTHING;
  if (bell_timer_is(s->scenario, socket)) return take_in_expirations(s, socket);
  uint32_t expected = s->next[socket] - bell_scenario_first_event(s->scenario, socket);
  bool is_room = !is_sized || s->trace->step_count < s->reads;
  if (!is_room) {
    live_fail(s, "the messages come in more pieces than there is room to write down; make them smaller", 0);
    return end(s, socket);
  }
  bool is_good = is_sized ? is_piece(s, socket, (uint32_t)result) : record_of(s, socket).sequence == expected;
  if (is_good) return LIVE_MESSAGE;
  live_fail(s, "a message came twice, or one was lost", 0);
  return end(s, socket);
}

live_read_result live_read(live_server *s, uint32_t socket) {
  while (live_is_open(s, socket) && !atomic_load(&s->peers->over)) {
    ssize_t count = s->connections[socket].is_listener
                        ? live_accept(s, socket)
                        : read(live_descriptor(s, socket), live_inbox_end(s, socket), live_inbox_room(s, socket));
    int error = errno;
    s->calls.reads++;
    live_read_result result = live_take_in(s, socket, count < 0 ? -error : count);
    if (result != LIVE_NOTHING) return result;
    bool is_vain = count == 0 || (count < 0 && error != EINTR);
    if (is_vain) {
      s->calls.in_vain++;
      return LIVE_NOTHING;
    }
  }
  return end(s, socket);
}

/* ---- handling ---------------------------------------------------------------------------------------------------- */

/* What was read is read. */
static void advance(live_server *s, uint32_t socket, uint32_t step) {
  if (s->trace->taken == NULL) {
    s->next[socket]++;
    return;
  }
  bell_place place = {s->next[socket], s->inboxes[socket].so_far};
  uint32_t taken = s->result > 0 ? (uint32_t)s->result : 0;
  if (leaves_unread(s, socket)) {
    place.next++;
  } else if (bell_timer_is(s->scenario, socket)) {
    s->trace->taken[step] = bell_timer_take(s->scenario, socket, &place, place.next + taken);
  } else {
    s->trace->taken[step] = bell_bytes_take(s->scenario, socket, &place, taken);
  }
  s->next[socket] = place.next;
  s->inboxes[socket].so_far = place.so_far;
}

uint32_t live_takes_us(const live_server *s, uint32_t step) {
  if (bell_trace_is_piece(s->trace, step) || bell_trace_is_turned_away(s->trace, step)) return 0;
  uint32_t event = s->trace->steps[step].event;
  return bell_scenario_takes_us(s->scenario, event, s->scenario->events[event].statement);
}

/* What is known of writing before a step. */
static void keep_writing(live_server *s, uint32_t socket, uint32_t step, int64_t now_us) {
  s->trace->steps[step].has_room = live_is_written_to(s, socket) && (s->inboxes[socket].reported & POLLOUT) != 0;
  s->trace->handled_us[step] = now_us;
  s->trace->written[step] = (bell_written){0};
  live_keep_spinning(s, step);
  s->since_us = 0;
}

uint32_t live_write_down(live_server *s, uint32_t socket, bell_reason reason) {
  uint32_t step = live_write_down_event(s, socket, s->next[socket], reason);
  advance(s, socket, step);
  if (s->trace->accepting != NULL) s->descriptors = bell_listener_left_behind(s->trace, step, s->descriptors);
  return step;
}

uint32_t live_write_down_event(live_server *s, uint32_t socket, uint32_t event, bell_reason reason) {
  uint32_t step = s->trace->step_count++;
  int64_t now_us = live_now_us(s->peers);
  s->trace->steps[step] = (bell_step){
      .time_us = now_us, .event = event, .other = BELL_NONE, .queued_at = s->batch, .reason = (uint8_t)reason};
  s->trace->answers[step] = (bell_answers){.returned = s->answered};
  s->trace->measured[step] = (bell_measured){.end_us = now_us,
                                             .calls = s->calls,
                                             .waited = s->waited,
                                             .reported = s->inboxes[socket].reported,
                                             .result = s->result};
  if (s->outboxes != NULL) keep_writing(s, socket, step, now_us);
  live_note_descriptors(s, step);
  s->calls = (bell_calls){0};
  s->answered = 0;
  s->waited = false;
  atomic_fetch_add(&s->peers->handled, 1);
  return step;
}

/* Its peer never reads: it stays as it is, and nobody waits for more. */
static void give_up(live_server *s, uint32_t socket) {
  s->outboxes[socket].is_given_up = true;
  atomic_fetch_sub(s->open, 1);
}

void live_leave_if_done(live_server *s, uint32_t socket) {
  if (!is_left(s, socket)) return;
  bool is_never_read = (s->scenario->statements[socket].conduct & BELL_READS_NEVER) != 0;
  bool is_owed = s->outboxes != NULL && live_owes(s, socket);
  if (!is_owed) leave(s, socket);
  else if (is_never_read && bell_closing_has_interest(s->trace->strategy)) give_up(s, socket);
}

void live_finish(live_server *s, uint32_t socket, uint32_t step) {
  if (s->outboxes != NULL) s->trace->handled_us[step] = live_now_us(s->peers);
  if (live_is_written_to(s, socket)) live_answer(s, socket, step);
  bool is_asleep = s->outboxes != NULL && s->trace->steps[step].is_asleep; /* until the run was over */
  s->trace->measured[step].end_us = is_asleep ? s->trace->handled_us[step] : live_now_us(s->peers);
  s->inboxes[socket].count = 0;
  live_leave_if_done(s, socket);
}

/* One thread sleeps for as long as handling takes. To its sockets that is the same as if it were busy: it does not read
 * them. And the machine's cores are left to the peers. */
void live_handle(live_server *s, uint32_t socket, bell_reason reason) {
  uint32_t step = live_write_down(s, socket, reason);
  uint32_t takes_us = live_takes_us(s, step);
  bool is_given = s->worker != NULL && bell_trace_is_given(s->trace, step);
  if (is_given) live_worker_give(s->worker, takes_us);
  else if (takes_us > 0 && !atomic_load(&s->peers->over)) live_sleep_until(s->peers, live_now_us(s->peers) + takes_us);
  live_finish(s, socket, step);
}

void live_belongs_to_last_step(live_server *s) {
  bell_calls *last = &s->trace->measured[s->trace->step_count - 1].calls;
  last->reads += s->calls.reads;
  last->in_vain += s->calls.in_vain;
  last->waits += s->calls.waits;
  s->calls = (bell_calls){0};
}

bell_reason live_place(const live_server *s) {
  return s->trace->step_count == s->batch ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT;
}

/* A timer that is left unread is handled once; what its handler does again then is not written down. */
static live_read_result look_at(const live_server *s, uint32_t timer) {
  return is_left(s, timer) || atomic_load(&s->peers->over) ? LIVE_NOTHING : LIVE_MESSAGE;
}

live_read_result live_serve(live_server *s, uint32_t socket, uint32_t reported) {
  s->inboxes[socket].reported = (uint16_t)reported;
  bool may_write = (reported & POLLOUT) != 0 && live_owes(s, socket);
  bool is_vain = reported == POLLOUT && !may_write; /* there is room, and nothing to write */
  if (is_vain && s->since_us == 0) s->since_us = live_now_us(s->peers);
  live_read_result result = LIVE_NOTHING;
  if (reported != POLLOUT) result = leaves_unread(s, socket) ? look_at(s, socket) : live_read(s, socket);
  if (live_is_something(result)) live_handle(s, socket, live_place(s));
  if (may_write && live_owes(s, socket) && live_is_open(s, socket)) {
    live_write_rest(s, socket, live_place(s));
  }
  return result;
}

void live_fail(live_server *s, const char *what, int error) {
  s->outcome->status = LIVE_FAILED;
  snprintf(s->outcome->problem, sizeof s->outcome->problem, "%s%s%s", what, error != 0 ? ": " : "",
           error != 0 ? strerror(error) : "");
}
