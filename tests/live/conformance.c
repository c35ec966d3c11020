/* conformance: random scenarios, in the model and on this machine's kernel, must come out in the same order. (No order
 * is promised of threads that share a core: they are held to what is.)
 *
 *     conformance [COUNT [STRATEGY [SEED]]]
 *
 * COUNT scenarios a strategy (30), of all strategies or one. A scenario has a seed of its own, which is printed when
 * the orders differ: `conformance 1 STRATEGY SEED` runs it again. Half of the scenarios have their times well apart, so
 * that a machine has time to do what the model does in none; in the others all is ready at 0, for the rules of ties.
 *
 * In one of four scenarios handlers write. How much finds room at a time, and so when there is room again, is the
 * kernel's: there both must come to the same of each socket. Its messages are handled in order, and after each the same
 * is so, all written or something owed; rest by rest follows until nothing is owed, or for ever; what goes on for ever,
 * or sleeps for good, does. Answers are far smaller than a buffer or far larger, and no rest is compared with a moment.
 *
 * A machine that is busy with something else may send a message late, or wake a thread late, by more than what keeps
 * two times apart. Such a run says nothing about the order: it is run again, up to TRIES times, and counted aloud. A
 * scenario of which every run was late is unsettled; one in MANY may be. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "live.h"
#include "multiplexer/closing.h"
#include "multiplexer/early.h"
#include "multiplexer/file.h"
#include "multiplexer/io_multiplexer.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"
#include "scenario/parser.h"

enum {
  WORKERS = 8,           /* processes: most of a run is sleep, */
  WORKERS_THAT_SPIN = 2, /* unless an end is ignored */
  TRIES = 8,             /* of a scenario in which the machine was late */
  MANY = 20,             /* one in so many scenarios may be unsettled */
  PAUSE_US = 100000,     /* before the first new try; longer before each later one: what kept it busy may end */
  SLOT_MS = 8,           /* messages come at multiples of this */
  APART_US = 3000,       /* at least, between any two moments that matter */
  WAIT_APART_US = 21000, /* some reads of the slowest peer */
  LATE_US = 1500,        /* half of it */
  SHARED_US = 10000,     /* some slices of a core, in which the kernel lets a thread have its turn */
  TEXT_MAX = 4096,       /* bytes of a scenario */
  SOCKETS_MAX = 6,
  MESSAGES_MAX = 8,
  EXPIRATIONS_MAX = 3, /* of a timer */
  DESCRIPTORS_MAX = 3, /* that are left, where they run out */
  READS_MAX = 3,       /* of a file */
  HIGH = 1100,         /* of a descriptor that is said */
  MOMENTS_MAX = 256,
  TURN_MAX = 3, /* reads */
  THREADS_MAX = 3,
  SIZE_MAX_BYTES = 6000,
  UNREAD_MAX_BYTES = 32768, /* of a socket: TCP takes in 64 KB at first, and what comes when there is room is news */
};

/* ---- chance ----------------------------------------------------------------------------------------------------- */

/* splitmix64: the same seed gives the same numbers on every machine. */
static uint32_t below(uint64_t *state, uint32_t bound) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return (uint32_t)((z ^ z >> 31) % bound);
}

/* ---- a case: a scenario, the strategy and its options ----------------------------------------------------------- */

typedef struct test_case {
  uint64_t seed;
  bell_strategy strategy;
  live_options options;
  bool at_once;
  char text[TEXT_MAX];
} test_case;

enum { ONGOING = UINT32_MAX }; /* a connection that does not end */

/* The messages of a socket have a size, and may come in parts and be read piece by piece. (What is larger need not come
 * in one piece.) Returns how much was written. */
static int write_size(test_case *c, uint64_t *state, uint32_t times, bool may_break_off, int length, uint32_t *limit) {
  uint32_t most = UNREAD_MAX_BYTES / times < SIZE_MAX_BYTES ? UNREAD_MAX_BYTES / times : SIZE_MAX_BYTES;
  uint32_t size = 8 + below(state, most);
  uint32_t parts = 1 + below(state, times < 4 ? times : 4);
  while (times % parts != 0 && !may_break_off) parts--;
  if (below(state, 3) > 0) *limit = size / (1 + below(state, 5)) + below(state, 3);
  return snprintf(c->text + length, sizeof c->text - (size_t)length, " size %u bytes in %u parts", size, parts);
}

/* A timer in the place of a socket. Returns how much was written. */
static int write_timer(test_case *c, uint64_t *state, uint32_t i, int length) {
  bool is_periodic = !c->at_once && below(state, 2) == 0;
  uint32_t ms = c->at_once ? 0 : (1 + below(state, 2 * MESSAGES_MAX)) * SLOT_MS;
  if (is_periodic) ms = (3 + below(state, 4)) * SLOT_MS;
  char *at = c->text + length;
  size_t room = sizeof c->text - (size_t)length;
  int written = is_periodic ? snprintf(at, room, "timer %c every %u until %u", 'A' + i, ms,
                                       ms * (1 + below(state, EXPIRATIONS_MAX)))
                            : snprintf(at, room, "timer %c ready %u", 'A' + i, ms);
  uint32_t takes_ms = below(state, 3) > 0 ? 0 : c->at_once ? 1 : 3 + 2 * below(state, 12);
  return written + snprintf(at + written, room - (size_t)written, " takes %u%s\n", takes_ms,
                            below(state, 3) == 0 ? "\n  leave unread" : "");
}

/* The answers of a socket's handler: some that fit into its buffer, or one that does not, even if it is twice as large
 * as it should be. A message that comes in the meantime finds something owed. (The kernel counts some hundreds of bytes
 * besides for each write: of a buffer of 16 KB answers of 100 bytes take no more than 22.) */
static const char *const answers[] = {"100 bytes", "150 KB", "200 KB"};
enum { READS_NEVER = 1 }; /* one that reads all leaves nothing to make a reset of, where it is a socket pair */
static const char *const peers[] = {"", " reads never", " reads 48 KB every 4", " reads 64 KB every 7"};
static const char *const manners[] = {"", "", "\n  stop watching", " and forget", " and wait"};

static int write_writing(test_case *c, uint64_t *state, int length) {
  c->options.tcp = false; /* there the other side has a buffer, too */
  return snprintf(c->text + length, sizeof c->text - (size_t)length, "  write %s%s\n", answers[below(state, 3)],
                  manners[below(state, 5)]);
}

/* What makes a listener of a socket's line that has times; where descriptors may run out, they do in one of two. */
static int write_bound(test_case *c, uint64_t *state, int length) {
  bool has_answers = c->strategy >= BELL_SELECT && c->strategy <= BELL_EPOLL_ET;
  if (!has_answers || below(state, 2) == 0) return 0;
  return snprintf(c->text + length, sizeof c->text - (size_t)length, " descriptors %u%s",
                  1 + below(state, DESCRIPTORS_MAX), below(state, 3) == 0 ? "\n  keep spare" : "");
}

/* A worker beside the loop. Returns how much was written. */
static int write_worker(test_case *c, uint64_t *state, int length) {
  uint32_t threads = below(state, 2) == 0 ? 1 : 2 + below(state, THREADS_MAX - 1);
  bool may_be_unread = c->strategy != BELL_EPOLL_ET && threads == 1;
  return snprintf(c->text + length, sizeof c->text - (size_t)length, "worker W threads %u takes %u\n%s", threads,
                  below(state, 2) == 0 ? 0 : 3 + 2 * below(state, 6),
                  may_be_unread && below(state, 4) == 0 ? "  leave unread\n" : "");
}

/* A file, in the place of a socket. Where all is ready at 0 its thread waits for no disk, nor does io_uring ever. */
static int write_file(test_case *c, uint64_t *state, uint32_t i, int length) {
  bool never_waits = c->strategy == BELL_IO_URING || (c->at_once && c->strategy == BELL_THREADS);
  uint32_t takes_ms = never_waits ? 0 : c->at_once ? 1 : 3 + 2 * below(state, 6);
  return snprintf(c->text + length, sizeof c->text - (size_t)length, "file %c reads %u takes %u%s\n", 'A' + i,
                  1 + below(state, READS_MAX), below(state, 3) == 0 ? 0 : takes_ms,
                  below(state, 3) == 0 ? "\n  ignore end" : "");
}

/* One line a socket; message m belongs to socket owner[m], in order of time. The connection ends at `ends`. */
static void write_scenario(test_case *c, uint64_t *state, uint32_t sockets, const uint32_t *owner, const uint32_t *ms,
                           uint32_t messages, const uint32_t *ends) {
  bool watches = below(state, 6) == 0;
  bool is_sized = below(state, 2) == 0;
  bool writes = below(state, 4) == 0;
  bool has_timers = below(state, 3) == 0 && !writes;
  bool has_files = below(state, 4) == 0 && !writes && c->strategy != BELL_EPOLL && c->strategy != BELL_EPOLL_ET;
  uint32_t listener = writes || below(state, 3) > 0 ? sockets : below(state, sockets);
  if (writes) is_sized = watches = false;
  bool may_work = c->strategy >= BELL_SELECT && c->strategy <= BELL_EPOLL_ET && !c->at_once && !writes;
  bool has_worker = may_work && below(state, 2) == 0;
  bool is_worker_first = below(state, 2) == 0;
  int length = 0;
  if (has_worker && is_worker_first) length += write_worker(c, state, length);
  for (uint32_t i = 0; i < sockets; i++) {
    if (has_timers && below(state, 3) == 0) {
      length += write_timer(c, state, i, length);
      continue;
    }
    if (has_files && below(state, 3) == 0) {
      length += write_file(c, state, i, length);
      continue;
    }
    bool has_one = false;
    bool is_listener = i == listener;
    bool is_pipe = !is_listener && !writes && !watches && below(state, 4) == 0;
    const char *kind = is_listener ? "listener" : is_pipe ? "pipe" : "socket";
    bool is_ending = ends[i] != ONGOING && !is_listener;
    uint32_t times = 0;
    for (uint32_t m = 0; m < messages; m++) {
      bool is_after_end = is_ending && ms[m] > ends[i];
      if (owner[m] != i || is_after_end) continue;
      if (!has_one) {
        length += snprintf(c->text + length, sizeof c->text - (size_t)length, "%s %c ready", kind, 'A' + i);
      }
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, " %u", ms[m]);
      has_one = true;
      times++;
    }
    bool never_speaks = !has_one && (is_ending || below(state, 4) == 0);
    if (!has_one && !never_speaks) continue;
    if (never_speaks && is_listener) kind = "socket";
    if (never_speaks)
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, "%s %c never", kind, 'A' + i);
    bool hands_over = has_worker && has_one && !is_listener && below(state, 3) > 0;
    if (hands_over || below(state, 3) == 0) {
      uint32_t takes_ms = c->at_once ? 1 + below(state, 2) : 3 + 2 * below(state, 12);
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, " takes %u", takes_ms);
    }
    if (is_listener && has_one) {
      if (!has_worker) length += write_bound(c, state, length);
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, "\n");
      continue;
    }
    uint32_t limit = 0;
    bool is_written_to = writes && below(state, 3) > 0;
    uint32_t peer = is_written_to ? below(state, 4) : 0;
    if (is_written_to) {
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, " buffer 48 KB%s", peers[peer]);
    }
    bool may_reset = !is_pipe && (!is_written_to || peer == READS_NEVER);
    bool is_high = c->strategy != BELL_SELECT && !is_pipe && below(state, 8) == 0 && listener == sockets;
    if (is_high) length += snprintf(c->text + length, sizeof c->text - (size_t)length, " fd %u", HIGH + 100 * i);
    if (has_one && is_sized && below(state, 4) > 0) length += write_size(c, state, times, is_ending, length, &limit);
    if (is_ending) {
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, " %s %u%s",
                         below(state, 3) == 0 && may_reset ? "resets" : "closes", ends[i],
                         below(state, 3) == 0 ? "\n  ignore end" : "");
    }
    bool is_watched = watches && below(state, 2) == 0;
    length += snprintf(c->text + length, sizeof c->text - (size_t)length, is_watched ? "\n  watch write\n" : "\n");
    if (hands_over) length += snprintf(c->text + length, sizeof c->text - (size_t)length, "  hand over\n");
    if (is_written_to) length += write_writing(c, state, length);
    if (limit > 0)
      length += snprintf(c->text + length, sizeof c->text - (size_t)length, "  read up to %u bytes\n", limit);
  }
  if (has_worker && !is_worker_first) write_worker(c, state, length);
}

/* A timeout, signals, or both. Signals come between messages. */
static void write_early(test_case *c, uint64_t *state) {
  size_t length = strlen(c->text);
  bool has_timeout = below(state, 3) > 0;
  if (has_timeout) {
    length += (size_t)snprintf(c->text + length, sizeof c->text - length, "timeout %s%u takes %u\n",
                               below(state, 2) == 0 ? "every " : "", 20 + 4 * below(state, 6), 3 * below(state, 2));
  }
  for (uint32_t signals = has_timeout ? below(state, 3) : 1; signals > 0; signals--) {
    uint32_t ms = (1 + below(state, 2 * MESSAGES_MAX)) * SLOT_MS + SLOT_MS / 2;
    length += (size_t)snprintf(c->text + length, sizeof c->text - length, "signal S%u ready %u\n", signals, ms);
  }
}

static void invent(test_case *c, uint64_t *state) {
  uint32_t owner[4 * MESSAGES_MAX];
  uint32_t ms[4 * MESSAGES_MAX];
  uint32_t sockets = 1 + below(state, SOCKETS_MAX);
  uint32_t messages = 1 + below(state, c->at_once ? 4 * MESSAGES_MAX : MESSAGES_MAX);
  uint32_t ends[SOCKETS_MAX];
  uint32_t slot = below(state, 2);
  bool may_end = below(state, 2) == 0;
  for (uint32_t i = 0; i < sockets; i++) ends[i] = ONGOING;
  for (uint32_t m = 0; m < messages; m++) {
    uint32_t ending = may_end ? below(state, 3 * sockets) : sockets;
    if (ending < sockets && ends[ending] == ONGOING) {
      ends[ending] = c->at_once ? 0 : slot * SLOT_MS;
      slot += 1 + below(state, 2);
    }
    owner[m] = below(state, sockets);
    ms[m] = c->at_once ? 0 : slot * SLOT_MS;
    slot += 1 + below(state, 2);
  }
  write_scenario(c, state, sockets, owner, ms, messages, ends);
  bool is_told_once = c->strategy == BELL_EPOLL_ET && strstr(c->text, " descriptors ") != NULL;
  bool may_be_stuck =
      c->options.waiting.no_drain || is_told_once; /* then the housekeeping goes on until it is left alone */
  bool ends_early = !c->at_once && !may_be_stuck && bell_early_may_end(c->strategy) && below(state, 3) == 0 &&
                    strstr(c->text, "  write ") == NULL && strstr(c->text, "worker ") == NULL;
  if (ends_early) write_early(c, state);
}

/* ---- one run of it, in the model or live ------------------------------------------------------------------------ */

typedef struct result {
  bell_trace trace;
  bell_arena arena;
} result;

static bell_arena new_arena(size_t capacity) {
  bell_arena arena = {.base = malloc(capacity + 1), .capacity = capacity};
  if (arena.base == NULL) abort();
  return arena;
}

static void ignore(void *context, const bell_problem *problem) {
  (void)context;
  (void)problem;
}

static bell_arena parse(const char *text, bell_scenario *scenario) {
  bell_scenario_text measured = bell_scenario_measure(text, strlen(text));
  bell_arena arena = new_arena(bell_scenario_memory(measured));
  if (!bell_scenario_parse(scenario, measured, BELL_MULTIPLEXER, &arena, (bell_report){.tell = ignore})) {
    fprintf(stderr, "the test made a scenario that cannot be read:\n%s", text);
    abort();
  }
  return arena;
}

static result run_model(const test_case *c, const bell_scenario *scenario) {
  bool beginners = c->strategy <= BELL_READINESS && !bell_scenario_has_bytes(scenario);
  size_t bytes = beginners ? bell_multiplexer_memory(scenario) : bell_waiting_memory(scenario, c->strategy);
  result r = {.arena = new_arena(bytes)};
  bool good = beginners ? bell_multiplexer_run(&r.trace, scenario, c->strategy, &r.arena)
                        : bell_waiting_run(&r.trace, scenario, c->strategy, c->options.waiting, &r.arena);
  if (!good) abort();
  return r;
}

/* ---- is a scenario fit: are its moments apart? ------------------------------------------------------------------ */

static int by_time(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a;
  int64_t right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

/* Would a wait that was answered have timed out a moment later? Does the run end a moment before the housekeeping? */
static bool misses_a_timeout(const bell_trace *trace) {
  const bell_scenario *scenario = trace->scenario;
  int64_t due_us = scenario->timeout_us;
  for (uint32_t k = 0; scenario->timeout_us > 0 && k < trace->step_count; k++) {
    int64_t time_us = trace->steps[k].time_us;
    int64_t end_us = scenario->keeps_time ? due_us : bell_trace_free_us(trace, k) + scenario->timeout_us;
    bool is_close = time_us - end_us < APART_US && end_us - time_us < APART_US;
    if (trace->steps[k].reason == BELL_REASON_TIMEOUT) due_us = time_us + scenario->timeout_us;
    else if (is_close) return true;
  }
  int64_t left_us = trace->step_count == 0 ? 0 : due_us - bell_trace_end_us(trace, trace->step_count - 1);
  return scenario->keeps_time && left_us < APART_US;
}

/* How long a write waits for room is the kernel's own, by a few of its peer's reads. Does another message come while it
 * waits, or soon after? A write that sleeps for good leaves what others owe as it is. Does a peer of theirs read just
 * then? */
static bool leaves_a_wait_to_chance(const bell_trace *trace) {
  const bell_scenario *scenario = trace->scenario;
  for (uint32_t k = 0; trace->written != NULL && k < trace->step_count; k++) {
    if (bell_trace_is_stop(trace, k)) continue;
    int64_t from_us = trace->steps[k].time_us;
    int64_t until_us = bell_trace_end_us(trace, k);
    bool waits = until_us - from_us > bell_trace_statement(trace, k)->takes_us;
    for (uint32_t e = 0; waits && e < scenario->event_count; e++) {
      int64_t ready_us = scenario->events[e].ready_us;
      if (e != trace->steps[k].event && ready_us >= from_us && ready_us < until_us + WAIT_APART_US) return true;
    }
    for (uint32_t i = 0; trace->steps[k].is_asleep && i < scenario->stream_count; i++) {
      uint32_t every_us = scenario->streams[i].every_us;
      int64_t since_us = every_us > 0 ? from_us % every_us : APART_US;
      if (since_us < APART_US || (every_us > 0 && every_us - since_us < APART_US)) return true;
    }
  }
  return false;
}

/* A file's events are there before the run: nobody waits for one. A thread of its own reads it as soon as it can, and
 * so beside what another is about to do just then: of its events the first matters. */
static bool is_there_before(const bell_trace *trace, uint32_t event, bell_strategy strategy) {
  uint32_t statement = trace->events[event].statement;
  bool is_first = bell_scenario_first_event(trace->scenario, statement) == event;
  return bell_file_is(trace->scenario, statement) && !(strategy == BELL_THREADS && is_first);
}

/* The moments that matter are when a message comes, and when a thread is free again and looks for the next one. */
static bool is_apart(const bell_trace *trace, bell_strategy strategy) {
  int64_t moments[MOMENTS_MAX];
  size_t count = 0;
  uint32_t known = trace->scenario->writing ? trace->scenario->event_count : trace->event_count;
  if (misses_a_timeout(trace) || leaves_a_wait_to_chance(trace)) return false;
  for (uint32_t e = 0; e < known && count < MOMENTS_MAX; e++) {
    bool matters = trace->events[e].ready_us != BELL_NOT_GIVEN && !is_there_before(trace, e, strategy);
    if (matters) moments[count++] = trace->events[e].ready_us;
  }
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (count == MOMENTS_MAX) return false;
    if (bell_trace_is_write(trace, k)) continue;
    bool is_busy = bell_trace_statement(trace, k)->takes_us > 0 && !bell_trace_is_piece(trace, k) &&
                   !bell_trace_is_given(trace, k);
    if (is_busy) moments[count++] = bell_trace_end_us(trace, k);
  }
  qsort(moments, count, sizeof *moments, by_time);
  for (size_t i = 1; i < count; i++) {
    if (moments[i] - moments[i - 1] < APART_US) return false;
  }
  return true;
}

/* Are turns bounded, and the scenario has what is not shown with that? */
static bool has_no_turns(const test_case *c) {
  return c->options.waiting.reads_a_turn > 0 && strstr(c->text, " descriptors ") != NULL;
}

/* How an edge-triggered server reads. */
typedef enum reading { UNTIL_IT_WOULD_BLOCK, ONCE, IN_TURNS, READINGS } reading;

static const char *const readings[READINGS] = {"", "no-drain", "turns"};

/* The case of a seed: invented again until its moments are apart. */
static test_case case_of(uint64_t seed, bell_strategy strategy, reading how) {
  uint64_t state = seed;
  test_case c = {.seed = seed, .strategy = strategy, .at_once = below(&state, 2) == 0};
  c.options.tcp = below(&state, 4) == 0;
  c.options.waiting.maxevents = below(&state, 5); /* 0 is the default */
  c.options.waiting.cores = 1 + below(&state, live_cores() < 4 ? live_cores() : 4);
  c.options.waiting.no_drain = how == ONCE;
  if (how == IN_TURNS) c.options.waiting.reads_a_turn = (1 + below(&state, TURN_MAX)) & 3;
  for (bool fit = false; !fit;) {
    invent(&c, &state);
    if (has_no_turns(&c)) continue;
    bell_scenario scenario;
    bell_arena arena = parse(c.text, &scenario);
    result model = run_model(&c, &scenario);
    fit = c.at_once || is_apart(&model.trace, strategy);
    free(model.arena.base);
    free(arena.base);
  }
  return c;
}

/* ---- comparing -------------------------------------------------------------------------------------------------- */

typedef enum verdict {
  SAME,
  DIFFERENT,
  LATE,          /* the machine was */
  KEPT_WAITING,  /* a thread was, which may be the machine's lateness too */
  LATE_IN_ORDER, /* the machine was; all that threads promise was kept */
  CAUGHT_MIDWAY, /* an end was, while the kernel put it together */
} verdict;

static bool is_to_be_tried_again(verdict v) { return v != SAME && v != DIFFERENT; }

/* Without the last row of a run that goes on for ever. */
static bell_trace steps_of(const bell_trace *trace) {
  bell_trace steps = *trace;
  if (steps.step_count > 0 && bell_trace_is_stop(trace, steps.step_count - 1)) steps.step_count--;
  return steps;
}

/* A timer's expirations are no messages: how many a read gives depends on when it is made. */
static bool is_of_timer(const bell_trace *trace, uint32_t k) {
  return bell_timer_is(trace->scenario, bell_trace_event(trace, k)->statement);
}

static uint32_t count_messages(const bell_trace *trace) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < trace->step_count; k++) count += !bell_trace_is_piece(trace, k) && !is_of_timer(trace, k);
  return count;
}

static uint64_t count_bytes(const bell_trace *trace) {
  uint64_t count = 0;
  for (uint32_t k = 0; trace->taken != NULL && k < trace->step_count; k++) {
    if (!is_of_timer(trace, k)) count += trace->taken[k].bytes;
  }
  return count;
}

/* Threads that are ready at once, or share a core, may run in any order: pthreads(7) promises none. What is promised is
 * that each thread handles all of its messages, one after the other, and has a core for what each takes. */
static bool keeps_what_threads_promise(const bell_trace *live, const bell_trace *model) {
  if (count_messages(live) != count_messages(model) || count_bytes(live) != count_bytes(model)) return false;
  bool is_one_each = !bell_scenario_has_bytes(model->scenario); /* a read that comes later may take more at once */
  if (is_one_each && live->step_count != model->step_count) return false;
  for (uint32_t k = 0; k < live->step_count; k++) {
    const bell_statement *thread = bell_trace_statement(live, k);
    bool handles_none = bell_trace_is_end(live, k) || bell_trace_is_piece(live, k);
    int64_t took_us = bell_trace_end_us(live, k) - live->steps[k].time_us;
    if (!handles_none && took_us + 1 < thread->takes_us) return false; /* both were cut to whole microseconds */
    for (uint32_t earlier = 0; earlier < k; earlier++) {
      if (bell_trace_statement(live, earlier) != thread) continue;
      bool may_be_same = bell_trace_is_piece(live, earlier);
      if (live->steps[earlier].event + !may_be_same > live->steps[k].event) return false;
      if (bell_trace_end_us(live, earlier) > live->steps[k].time_us) return false;
    }
  }
  return true;
}

static uint32_t step_of(const bell_trace *trace, uint32_t event) {
  uint32_t k = 0;
  while (trace->steps[k].event != event) k++;
  return k;
}

/* Did a message wait in vain for a core that was to be shared with a long one? In the model its thread begins while the
 * long one is under way, long before that ends. */
static bool was_kept_waiting(const bell_trace *live, const bell_trace *model) {
  if (bell_scenario_has_bytes(model->scenario)) return false; /* its reads need not be the same */
  for (uint32_t k = 0; k < model->step_count; k++) {
    for (uint32_t earlier = 0; earlier < k; earlier++) {
      if (bell_trace_end_us(model, earlier) < model->steps[k].time_us + SHARED_US) continue;
      uint32_t longer = step_of(live, model->steps[earlier].event);
      uint32_t waiting = step_of(live, model->steps[k].event);
      if (live->steps[waiting].time_us > bell_trace_end_us(live, longer)) return true;
    }
  }
  return false;
}

/* Are there never more threads that want a core than there are cores? */
static bool has_a_core_for_each(const bell_trace *model) {
  for (uint32_t k = 0; k < model->step_count; k++) {
    if (model->steps[k].reason != BELL_REASON_THREAD) return false;
    if (bell_trace_end_us(model, k) - model->steps[k].time_us > bell_trace_statement(model, k)->takes_us) return false;
  }
  return true;
}

/* What was reported of each socket, and what each read gave: a matter of what had come by then. */
static bool is_cell_same(const bell_trace *live, const bell_trace *model, uint32_t k,
                         void (*print)(const bell_trace *trace, uint32_t k, bell_text *out)) {
  char bytes[2][64];
  bell_text live_text = {.out = bytes[0], .capacity = sizeof *bytes};
  bell_text model_text = {.out = bytes[1], .capacity = sizeof *bytes};
  print(live, k, &live_text);
  print(model, k, &model_text);
  return live_text.length == model_text.length && memcmp(bytes[0], bytes[1], live_text.length) == 0;
}

static bool is_same_amount(const bell_trace *live, const bell_trace *model, uint32_t k) {
  if (model->taken == NULL) return live->taken == NULL || live->taken[k].missing == 0; /* a message each */
  if (live->taken == NULL) return false;
  return memcmp(&live->taken[k], &model->taken[k], sizeof *live->taken) == 0;
}

/* The first step that differs. */
static uint32_t first_difference(const bell_trace *live, const bell_trace *model) {
  uint32_t k = 0;
  while (k < live->step_count && k < model->step_count && live->steps[k].event == model->steps[k].event &&
         is_same_amount(live, model, k) && is_cell_same(live, model, k, bell_closing_print_reported) &&
         is_cell_same(live, model, k, bell_closing_print_result)) {
    k++;
  }
  return k;
}

/* Was the machine late, in sending a message or in coming to a step up to that one? */
static bool was_late(const bell_trace *live, const bell_trace *model, uint32_t step) {
  for (uint32_t e = 0; e < live->event_count && e < model->event_count; e++) {
    if (live->events[e].ready_us - model->events[e].ready_us > LATE_US) return true;
  }
  for (uint32_t k = 0; k <= step && k < live->step_count && k < model->step_count; k++) {
    if (live->steps[k].time_us - model->steps[k].time_us > LATE_US) return true;
  }
  return false;
}

/* Of an end that TCP brings, the kernel puts the conditions together one after another, while a thread on another core
 * may look: tcp_reset() sets the error first, and shuts both directions later (net/ipv4/tcp_input.c). Was a step told
 * just a part of them? Only chance tells, so it is no difference unless every run has it. */
static bool is_caught_midway(const test_case *c, const bell_trace *live, const bell_trace *model, uint32_t k) {
  if (!c->options.tcp || k >= live->step_count || k >= model->step_count) return false;
  unsigned told = bell_closing_reported(live, k);
  unsigned whole = bell_closing_reported(model, k);
  return live->steps[k].event == model->steps[k].event && bell_trace_is_end(model, k) && told != whole &&
         (told & ~whole) == 0 && is_cell_same(live, model, k, bell_closing_print_result);
}

/* ---- of what is written ------------------------------------------------------------------------------------------ */

/* The next step of a socket, behind `k`, that handles a message or its end; step_count when there is none. */
static uint32_t next_handled(const bell_trace *trace, uint32_t socket, uint32_t k) {
  for (; k < trace->step_count; k++) {
    bool is_other = bell_trace_is_write(trace, k) || bell_trace_is_stop(trace, k);
    if (!is_other && bell_trace_event(trace, k)->statement == socket) break;
  }
  return k;
}

/* Was there room again, and is something owed at the last? */
static void sum_up_writing(const bell_trace *trace, uint32_t socket, bool *had_rest, bool *is_owed) {
  *had_rest = *is_owed = false;
  for (uint32_t k = 0; k < trace->step_count; k++) {
    if (bell_trace_is_stop(trace, k) || bell_trace_event(trace, k)->statement != socket) continue;
    *had_rest = *had_rest || bell_trace_is_write(trace, k);
    *is_owed = trace->written[k].owed > 0;
  }
}

static bool has_end(const bell_trace *trace, uint32_t socket) {
  uint32_t end = bell_scenario_events_end(trace->scenario, socket);
  return end > trace->scenario->statements[socket].first_event && bell_scenario_is_end(trace->scenario, end - 1);
}

static bool is_same_writing(const bell_trace *live, const bell_trace *model, uint32_t socket) {
  uint32_t k = 0;
  uint32_t m = 0;
  for (;; k++, m++) {
    k = next_handled(live, socket, k);
    m = next_handled(model, socket, m);
    if (k == live->step_count || m == model->step_count) break;
    if (live->steps[k].event != model->steps[m].event) return false;
    bool is_end = bell_trace_is_end(model, m); /* what is lost with it depends on how far it was read */
    if (!is_end && (live->written[k].owed > 0) != (model->written[m].owed > 0)) return false;
    if (live->steps[k].is_asleep != model->steps[m].is_asleep) return false;
  }
  if (k < live->step_count || m < model->step_count) return false;
  if (has_end(model, socket)) return true;
  bool rests[2];
  bool owed[2];
  sum_up_writing(live, socket, &rests[0], &owed[0]);
  sum_up_writing(model, socket, &rests[1], &owed[1]);
  return rests[0] == rests[1] && owed[0] == owed[1];
}

static bool was_sent_late(const bell_trace *live, const bell_trace *model) {
  bool was_late = false;
  for (uint32_t e = 0; e < model->scenario->event_count; e++) {
    was_late = was_late || live->events[e].ready_us - model->events[e].ready_us > LATE_US;
  }
  return was_late;
}

/* A peer that reads all at once makes room at once, unless the machine let it wait, or the thread that is to see it. */
static bool was_read_late(const bell_trace *live) {
  for (uint32_t k = 1; k < live->step_count; k++) {
    if (bell_trace_is_stop(live, k) || !bell_trace_is_write(live, k)) continue;
    uint32_t socket = bell_trace_event(live, k)->statement;
    const bell_stream *stream = bell_scenario_stream(live->scenario, socket);
    uint32_t before = k - 1;
    while (before > 0 && bell_trace_event(live, before)->statement != socket) before--;
    bool reads_at_once = stream->reads == 0 && stream->every_us == 0;
    if (reads_at_once && live->steps[k].time_us - bell_trace_end_us(live, before) > LATE_US) return true;
  }
  return false;
}

static bell_reason last_reason(const bell_trace *trace) {
  bool has_row = trace->step_count > 0 && bell_trace_is_stop(trace, trace->step_count - 1);
  return has_row ? (bell_reason)trace->steps[trace->step_count - 1].reason : BELL_REASONS;
}

static verdict compare_writing(const test_case *c, const bell_trace *live, const bell_trace *model) {
  bool same = last_reason(live) == last_reason(model);
  for (uint32_t socket = 0; same && socket < model->scenario->statement_count; socket++) {
    same = is_same_writing(live, model, socket);
  }
  if (same) return SAME;
  return !c->at_once && (was_sent_late(live, model) || was_read_late(live)) ? LATE : DIFFERENT;
}

static verdict compare(const test_case *c, const bell_trace *all_live, const bell_trace *all_model) {
  if (all_model->scenario->writing) return compare_writing(c, all_live, all_model);
  bell_trace steps_live = steps_of(all_live);
  bell_trace steps_model = steps_of(all_model);
  const bell_trace *live = c->strategy == BELL_THREADS ? &steps_live : all_live;
  const bell_trace *model = c->strategy == BELL_THREADS ? &steps_model : all_model;
  if (c->strategy == BELL_THREADS &&
      all_live->step_count - live->step_count != all_model->step_count - model->step_count) {
    return DIFFERENT;
  }
  if (c->strategy == BELL_THREADS) {
    if (!keeps_what_threads_promise(live, model)) return DIFFERENT;
    if (was_kept_waiting(live, model)) return c->at_once ? DIFFERENT : KEPT_WAITING;
    if (c->at_once || !has_a_core_for_each(model)) return SAME;
  }
  uint32_t k = first_difference(live, model);
  if (k == live->step_count && k == model->step_count) return SAME;
  if (is_caught_midway(c, live, model, k)) return CAUGHT_MIDWAY;
  if (c->at_once || !was_late(live, model, k)) return DIFFERENT;
  return c->strategy == BELL_THREADS ? LATE_IN_ORDER : LATE;
}

/* What a step says of what was reported, or of what the read gave, if it says it. */
static void print_cell(const bell_trace *trace, uint32_t k,
                       void (*print)(const bell_trace *trace, uint32_t k, bell_text *out)) {
  char bytes[64];
  bell_text text = {.out = bytes, .capacity = sizeof bytes};
  print(trace, k, &text);
  if (text.length > 0) fprintf(stderr, ", %.*s", (int)text.length, bytes);
}

static void print_order(const char *who, const bell_trace *trace) {
  fprintf(stderr, "%s:", who);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_event *event = bell_trace_event(trace, k);
    fprintf(stderr, " %s(%.3f, sent %.3f", bell_scenario_name(trace->scenario, event->statement),
            (double)trace->steps[k].time_us / 1000, (double)event->ready_us / 1000);
    if (trace->taken != NULL) fprintf(stderr, ", %u bytes", trace->taken[k].bytes);
    if (trace->written != NULL) fprintf(stderr, ", wrote %u owed %u", trace->written[k].bytes, trace->written[k].owed);
    print_cell(trace, k, bell_closing_print_reported);
    print_cell(trace, k, bell_closing_print_result);
    fputc(')', stderr);
  }
  fputc('\n', stderr);
}

static void print_case(const test_case *c) {
  const bell_waiting_options *waiting = &c->options.waiting;
  const char *how = readings[waiting->no_drain ? ONCE : waiting->reads_a_turn > 0 ? IN_TURNS : UNTIL_IT_WOULD_BLOCK];
  fprintf(stderr, "%s %s, maxevents %u, turns of %u, cores %u%s; again: conformance 1 %s%s%s %llu\n%s",
          bell_strategy_name(c->strategy), how, waiting->maxevents, (unsigned)waiting->reads_a_turn, waiting->cores,
          c->options.tcp ? ", tcp" : "", bell_strategy_name(c->strategy), how[0] != '\0' ? "-" : "", how,
          (unsigned long long)c->seed, c->text);
}

static verdict try_once(const test_case *c, const bell_scenario *scenario, const bell_trace *model, bool aloud) {
  bell_arena arena = new_arena(live_memory(scenario));
  bell_trace live;
  live_outcome outcome = live_run(&live, scenario, c->strategy, c->options, &arena);
  verdict v = outcome.status == LIVE_DONE ? compare(c, &live, model) : DIFFERENT;
  if (outcome.status != LIVE_DONE) fprintf(stderr, "live: %s\n", outcome.problem);
  if (v == DIFFERENT || (is_to_be_tried_again(v) && aloud)) {
    print_order("model", model);
    print_order("live ", &live);
  }
  free(arena.base);
  return v;
}

typedef struct tally {
  uint32_t different;
  uint32_t unsettled; /* scenarios of which all runs were */
  uint32_t late;      /* runs */
} tally;

/* Runs a case, and counts what came of it. */
static void settle(const test_case *c, tally *t) {
  bell_scenario scenario;
  bell_arena arena = parse(c->text, &scenario);
  result model = run_model(c, &scenario);
  verdict v = LATE;
  for (uint32_t tries = 1; is_to_be_tried_again(v) && tries <= TRIES; tries++) {
    v = try_once(c, &scenario, &model.trace, tries == TRIES);
    if (is_to_be_tried_again(v)) {
      t->late++;
      usleep(tries * PAUSE_US);
    }
  }
  if (v == LATE_IN_ORDER) v = SAME;      /* threads need the cores of a busy machine; no order is promised of them */
  if (v == CAUGHT_MIDWAY) v = DIFFERENT; /* that was no chance */
  if (is_to_be_tried_again(v)) {
    fprintf(stderr, "late in all of %d tries, which is no proof of the order either way:\n", TRIES);
    t->unsettled++;
  }
  if (v == DIFFERENT) t->different++;
  if (v != SAME) print_case(c);
  free(model.arena.base);
  free(arena.base);
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

typedef struct plan {
  bell_strategy strategy;
  reading how;
  uint32_t count;
  uint64_t seed; /* of the first; the others follow */
} plan;

static tally run_share(const plan *p, uint32_t worker, uint32_t workers) {
  tally t = {0};
  for (uint32_t i = worker; i < p->count; i += workers) {
    test_case c = case_of(p->seed + i, p->strategy, p->how);
    settle(&c, &t);
  }
  return t;
}

/* A process each: a run's signals and descriptors are its own. It writes its tally into the pipe. */
static void start_worker(const plan *p, uint32_t worker, uint32_t workers, const int *ends) {
  fflush(NULL);
  pid_t child = fork();
  if (child < 0) abort();
  if (child > 0) return;
  close(ends[0]);
  tally t = run_share(p, worker, workers);
  _exit(write(ends[1], &t, sizeof t) == (ssize_t)sizeof t ? EXIT_SUCCESS : EXIT_FAILURE);
}

static bool run_plan(const plan *p) {
  /* These keep cores busy, and so the machine late. */
  bool busy = p->strategy == BELL_BUSY_POLL || p->strategy == BELL_THREADS;
  bool may_spin = bell_closing_spins(p->strategy);
  uint32_t workers = busy ? 1 : may_spin ? WORKERS_THAT_SPIN : WORKERS;
  int ends[2];
  if (pipe(ends) != 0) abort();
  for (uint32_t w = 0; w < workers; w++) start_worker(p, w, workers, ends);
  close(ends[1]);
  tally all = {0};
  uint32_t reports = 0;
  for (tally t; read(ends[0], &t, sizeof t) == (ssize_t)sizeof t; reports++) {
    all.different += t.different;
    all.unsettled += t.unsettled;
    all.late += t.late;
  }
  close(ends[0]);
  while (wait(NULL) > 0 || errno == EINTR) {
  }
  printf("%-10s %-8s %5u scenarios, %u different, %u unsettled, %u runs late and run again, seeds from %llu\n",
         bell_strategy_name(p->strategy), readings[p->how], p->count, all.different, all.unsettled, all.late,
         (unsigned long long)p->seed);
  return all.different == 0 && all.unsettled * MANY <= p->count && reports == workers;
}

static bool is_chosen(const plan *p, const char *chosen) {
  char name[32];
  const char *how = readings[p->how];
  snprintf(name, sizeof name, "%s%s%s", bell_strategy_name(p->strategy), how[0] != '\0' ? "-" : "", how);
  return chosen == NULL || strcmp(chosen, name) == 0;
}

int main(int argc, char **argv) {
  uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 30;
  const char *chosen = argc > 2 ? argv[2] : NULL;
  uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : (uint64_t)time(NULL) * 1000;
  bool good = true;
  for (int i = 0; i < BELL_KQUEUE + ONCE + 1; i++) { /* two more than Linux has strategies: epoll-et's other ways */
    reading how = i < BELL_KQUEUE ? UNTIL_IT_WOULD_BLOCK : (reading)(ONCE + i - BELL_KQUEUE);
    plan p = {how > 0 ? BELL_EPOLL_ET : (bell_strategy)i, how, count, seed};
    if (p.strategy != BELL_READINESS && is_chosen(&p, chosen)) good = run_plan(&p) && good;
  }
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
