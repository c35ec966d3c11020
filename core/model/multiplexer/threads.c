#include "multiplexer/server.h"

/* `list` has, for each thread, the step of the message under way, or how the thread came to the message that it
 * has not begun; `come` is what is left to do of it, in microseconds, SPINS for what never ends; `link` chains the
 * line of those that want a core. */
enum { WOKEN = UINT32_MAX - 1, AWAKE = UINT32_MAX - 2, SPINS = UINT32_MAX };

typedef struct core {
  uint32_t thread;  /* BELL_NONE when it is idle */
  uint32_t before;  /* the thread that made room on it at this moment, if one did */
  int64_t since_us; /* when its thread got it */
  int64_t end_us;   /* when the thread's message will have been handled, unless it is interrupted */
} core;

typedef struct crew {
  server *s;
  core cores[BELL_CORES_MAX];
  uint32_t first; /* of the line */
  uint32_t last;
  uint32_t waiting;  /* how many stand in it */
  uint32_t fresh;    /* of these, those that joined it at this moment */
  uint32_t spinning; /* threads that will never have done */
} crew;

static void join_line(crew *c, uint32_t thread) {
  if (c->waiting++ == 0) {
    c->first = thread;
  } else {
    c->s->link[c->last] = thread;
  }
  c->last = thread;
  c->fresh++;
}

static uint32_t leave_line(crew *c) {
  uint32_t thread = c->first;
  c->first = c->s->link[thread];
  c->waiting--;
  if (c->fresh > c->waiting) c->fresh = c->waiting;
  return thread;
}

/* The thread asks for its next message. False when it will have to sleep until the message comes, or for good. */
static bool finds_next(server *s, uint32_t thread) {
  uint32_t event = s->next[thread];
  if (event == bell_scenario_events_end(s->scenario, thread)) return false;
  int64_t ready_us = s->scenario->events[event].ready_us;
  bool is_there = ready_us <= s->now_us;
  if (!is_there) bell_readiness_add(&s->arrivals, (bell_ready){ready_us, event, 0});
  s->come[thread] = bell_scenario_takes_us(s->scenario, event, thread);
  bool spins = bell_scenario_is_end(s->scenario, event) && bell_closing_is_ignored(s->scenario, thread);
  if (spins) s->come[thread] = SPINS;
  s->list[thread] = is_there ? AWAKE : WOKEN;
  return is_there;
}

/* ---- what happens at a moment, in this order -------------------------------------------------------------------- */

/* Threads that slept are woken by their message, or by room for what they write. */
static void wake(crew *c) {
  const bell_ready *first;
  while ((first = bell_readiness_first(&c->s->arrivals)) != NULL && first->ready_us <= c->s->now_us) {
    uint32_t event = bell_readiness_take(&c->s->arrivals).event;
    bool is_room = server_is_of_room(c->s, event);
    join_line(c, is_room ? event - c->s->scenario->event_count : server_socket_of(c->s, event));
  }
}

/* Threads that have handled their message, and have written their answer, keep the core if the next is there. One that
 * finds no room for all of it sleeps in write, and its step is under way. */
static void finish(crew *c) {
  server *s = c->s;
  for (core *of = c->cores; of < c->cores + s->options.cores; of++) {
    if (of->thread == BELL_NONE || of->end_us > s->now_us) continue;
    uint32_t step = s->list[of->thread];
    s->trace->answers[step].end_us = s->now_us;
    bool is_in_write = server_has_writing(s) && !server_write_as_thread(s, of->thread, step);
    if (is_in_write) {
      of->thread = BELL_NONE;
      continue;
    }
    if (!finds_next(s, of->thread)) of->thread = BELL_NONE;
  }
}

/* A thread that has a core reads its message: a step. */
static void begin(crew *c, core *on, bell_reason reason) {
  server *s = c->s;
  uint32_t step = s->trace->step_count;
  uint32_t batch = s->list[on->thread] == WOKEN ? step : BELL_NONE;
  uint32_t other = reason == BELL_REASON_SLICE ? s->next[on->before] - 1 : BELL_NONE;
  server_begin(s, on->thread, batch, reason, other);
  s->list[on->thread] = step;
  if (server_read_piece(s)) s->come[on->thread] = 0;
  if (s->come[on->thread] != SPINS) return;
  s->trace->answers[step].end_us = s->now_us; /* the read; what follows is nothing */
  c->spinning++;
}

/* When the thread that has it now will have done what is left. */
static int64_t end_of(const crew *c, const core *on) {
  uint32_t left_us = c->s->come[on->thread];
  return left_us == SPINS ? INT64_MAX : c->s->now_us + left_us;
}

/* Idle cores go to the first in line. */
static void give(crew *c) {
  server *s = c->s;
  for (core *on = c->cores; on < c->cores + s->options.cores && c->waiting > 0; on++) {
    if (on->thread != BELL_NONE) continue;
    bool waited = c->waiting > c->fresh;
    on->thread = leave_line(c);
    on->since_us = s->now_us;
    if (s->list[on->thread] >= AWAKE)
      begin(c, on, on->before != BELL_NONE ? BELL_REASON_SLICE : waited ? BELL_REASON_CORE : BELL_REASON_THREAD);
    on->end_us = end_of(c, on);
    on->before = BELL_NONE;
  }
}

/* While somebody waits, threads that have had their slice go to the end of the line, one for each that waits. If there
 * are more of them, the others begin another slice. */
static void make_room(crew *c) {
  server *s = c->s;
  uint32_t needed = c->waiting;
  if (needed == 0) return;
  for (core *of = c->cores; of < c->cores + s->options.cores; of++) {
    if (of->since_us + BELL_SLICE_US > s->now_us) continue;
    if (needed == 0) {
      of->since_us = s->now_us;
      continue;
    }
    needed--;
    bool under_way = s->list[of->thread] < AWAKE;
    bool is_left = under_way && s->come[of->thread] != SPINS;
    if (is_left) s->come[of->thread] = (uint32_t)(of->end_us - s->now_us);
    join_line(c, of->thread);
    of->before = of->thread;
    of->thread = BELL_NONE;
  }
}

/* Who kept its core goes on with its next message. */
static void go_on(crew *c) {
  server *s = c->s;
  for (core *on = c->cores; on < c->cores + s->options.cores; on++) {
    if (on->thread == BELL_NONE || s->list[on->thread] < AWAKE) continue;
    begin(c, on, BELL_REASON_THREAD);
    on->end_us = end_of(c, on);
  }
}

/* ----------------------------------------------------------------------------------------------------------------- */

static void take_earlier(int64_t *next_us, int64_t time_us) {
  if (time_us < *next_us) *next_us = time_us;
}

/* Moves the clock to when something happens next. False when nothing will, but that some spin, and take turns at it. */
static bool advance(crew *c) {
  server *s = c->s;
  uint32_t awake = c->waiting;
  const bell_ready *first = bell_readiness_first(&s->arrivals);
  int64_t next_us = first != NULL ? first->ready_us : INT64_MAX;
  for (uint32_t i = 0; i < s->options.cores; i++) {
    if (c->cores[i].thread == BELL_NONE) continue;
    awake++;
    take_earlier(&next_us, c->cores[i].end_us);
    if (c->waiting > 0) take_earlier(&next_us, c->cores[i].since_us + BELL_SLICE_US);
  }
  if (first == NULL && awake == c->spinning) return false;
  if (next_us > s->now_us) c->fresh = 0;
  if (next_us > s->now_us) s->now_us = next_us;
  return true;
}

/* A run takes as long as there are slices: of a message at most BELL_DURATION_MAX_US / BELL_SLICE_US. */
void bell_threads(server *s) {
  crew c = {.s = s};
  for (uint32_t i = 0; i < s->options.cores; i++) c.cores[i] = (core){.thread = BELL_NONE, .before = BELL_NONE};
  for (uint32_t thread = 0; thread < server_sockets(s); thread++) {
    s->next[thread] = bell_scenario_first_event(s->scenario, thread);
    if (finds_next(s, thread)) join_line(&c, thread);
  }
  do {
    wake(&c);
    finish(&c);
    give(&c);
    make_room(&c);
    give(&c);
    go_on(&c);
  } while (advance(&c));
}
