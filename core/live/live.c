#include "live.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "live_listener.h"
#include "multiplexer/closing.h"
#include "multiplexer/expand.h"
#include "multiplexer/file.h"
#include "multiplexer/listener.h"
#include "multiplexer/pipe.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"

/* ---- memory ----------------------------------------------------------------------------------------------------- */

enum { LEAST_PIECE = 1024 }; /* what comes at once of a message that does not come in one piece */

/* What does not fit into a segment, or a buffer, comes in more pieces than the model has. */
static uint32_t reads_of(const bell_scenario *scenario) {
  uint64_t reads = scenario->run_count;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    const bell_stream *stream = &scenario->streams[i];
    if (stream->parts == 0) continue;
    uint32_t first = bell_scenario_first_event(scenario, stream->statement);
    uint32_t events = bell_scenario_events_end(scenario, stream->statement) - first;
    reads += (uint64_t)events / stream->parts * (stream->size / LEAST_PIECE);
  }
  return reads < UINT32_MAX / 2 ? (uint32_t)reads : UINT32_MAX / 2;
}

enum { LEAST_WRITE = 256 }; /* what finds room at once, if it is not all */

/* Nor need there be room for as much at a time as in the model. */
static uint32_t writes_of(const bell_scenario *scenario) {
  uint64_t writes = 0;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    const bell_stream *stream = &scenario->streams[i];
    uint32_t first = bell_scenario_first_event(scenario, stream->statement);
    uint32_t events = bell_scenario_events_end(scenario, stream->statement) - first;
    writes += (uint64_t)events * (stream->answer / LEAST_WRITE + (stream->answer > 0));
  }
  return writes < UINT32_MAX / 4 ? (uint32_t)writes : UINT32_MAX / 4;
}

/* Threads may all be about to write one down when the last one has its place. */
static uint32_t rows_of(const bell_scenario *scenario) {
  bool has_bytes = bell_scenario_has_bytes(scenario);
  return reads_of(scenario) + writes_of(scenario) + bell_closing_rows(scenario) +
         (has_bytes ? scenario->statement_count : 0);
}

/* What a read of the socket's messages takes. Of a timer it takes a number, as of those that have no size a record. */
static uint32_t piece_of(const bell_stream *stream) {
  if (stream->parts == 0) return 0;
  return stream->limit < stream->size ? stream->limit : stream->size;
}

static size_t bytes_memory(const bell_scenario *scenario) {
  if (!bell_scenario_has_bytes(scenario)) return 0;
  size_t bytes = bell_arena_bytes(rows_of(scenario), sizeof(bell_taken)) +
                 bell_arena_bytes(scenario->statement_count, sizeof(uint32_t));
  for (uint32_t i = 0; i < scenario->stream_count; i++) bytes += bell_arena_bytes(piece_of(&scenario->streams[i]), 1);
  return bytes;
}

static bool take_bytes_memory(live_peers *p, live_server *s, bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = s->scenario;
  if (!bell_scenario_has_bytes(scenario)) return true;
  trace->taken = bell_arena_take(arena, rows_of(scenario), sizeof *trace->taken);
  p->sent = bell_arena_take(arena, scenario->statement_count, sizeof *p->sent);
  if (trace->taken == NULL || p->sent == NULL) return false;
  memset(trace->taken, 0, rows_of(scenario) * sizeof *trace->taken);
  memset(p->sent, 0, scenario->statement_count * sizeof *p->sent);
  bool good = true;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    const bell_stream *stream = &scenario->streams[i];
    unsigned char *piece = bell_arena_take(arena, piece_of(stream), 1);
    s->inboxes[stream->statement].piece = piece;
    good = good && piece != NULL;
  }
  return good;
}

static size_t writing_memory(const bell_scenario *scenario) {
  if (!scenario->writing) return 0;
  return bell_arena_bytes(rows_of(scenario), sizeof(bell_written) + 2 * sizeof(int64_t)) +
         bell_arena_bytes(rows_of(scenario), sizeof(uint32_t)) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_outbox)) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_reading));
}

static size_t accepting_memory(const bell_scenario *scenario) {
  size_t bounded = scenario->descriptors > 0 ? bell_arena_bytes(rows_of(scenario), sizeof(bell_accepting)) : 0;
  if (live_count_clients(scenario) == 0) return bounded;
  return bounded + 2 * bell_arena_bytes(bell_expand_events(scenario), sizeof(int));
}

static bool take_accepting_memory(live_peers *p, live_server *s, bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = s->scenario;
  bool is_bounded = scenario->descriptors > 0;
  if (is_bounded) trace->accepting = bell_arena_take(arena, rows_of(scenario), sizeof *trace->accepting);
  if (live_count_clients(scenario) == 0) return !arena->is_too_small;
  p->clients = bell_arena_take(arena, scenario->event_count, sizeof *p->clients);
  s->accepted = bell_arena_take(arena, scenario->event_count, sizeof *s->accepted);
  return !arena->is_too_small;
}

/* Room to write is an event, too. */
static size_t events_of(const bell_scenario *scenario, uint32_t known) {
  return known + (size_t)(scenario->writing ? rows_of(scenario) : 0);
}

static bool take_writing_memory(live_peers *p, live_server *s, bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = s->scenario;
  if (!scenario->writing) return true;
  trace->written = bell_arena_take(arena, rows_of(scenario), sizeof *trace->written);
  trace->handled_us = bell_arena_take(arena, rows_of(scenario), sizeof *trace->handled_us);
  trace->since_us = bell_arena_take(arena, rows_of(scenario), sizeof *trace->since_us);
  trace->watched = bell_arena_take(arena, rows_of(scenario), sizeof *trace->watched);
  s->outboxes = bell_arena_take(arena, scenario->statement_count, sizeof *s->outboxes);
  p->readings = bell_arena_take(arena, scenario->statement_count, sizeof *p->readings);
  if (arena->is_too_small) return false;
  memset(trace->written, 0, rows_of(scenario) * sizeof *trace->written);
  memset(s->outboxes, 0, scenario->statement_count * sizeof *s->outboxes);
  memset(p->readings, 0, scenario->statement_count * sizeof *p->readings);
  return true;
}

/* By poll as much as by any other. */
static size_t spinning_memory(const bell_scenario *scenario) {
  bell_trace trace = {.scenario = scenario, .strategy = BELL_POLL};
  bell_arena arena = BELL_ARENA_TO_COUNT;
  bell_closing_start(&trace, rows_of(scenario), &arena);
  return arena.used;
}

static size_t own_memory(const bell_scenario *scenario) {
  uint32_t rows = rows_of(scenario);
  return bytes_memory(scenario) + writing_memory(scenario) + accepting_memory(scenario) +
         bell_arena_bytes(events_of(scenario, bell_expand_room(scenario)), sizeof(bell_event)) +
         bell_arena_bytes(rows, sizeof(bell_step)) + bell_arena_bytes(rows, sizeof(bell_answers)) +
         bell_arena_bytes(rows, sizeof(bell_measured)) + spinning_memory(scenario) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_connection)) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_inbox)) +
         3 * bell_arena_bytes(scenario->statement_count, sizeof(uint32_t));
}

/* As the text is read, a signal's times are among the events. */
static uint32_t signals_of(const bell_scenario *scenario) {
  return scenario->apart_count > 0 ? scenario->event_count : 0;
}

/* The steps are more than what the peers' queue gives back after sorting. */
size_t live_memory(const bell_scenario *scenario) {
  return bell_expand_memory(scenario) + bell_readiness_memory(bell_expand_events(scenario), signals_of(scenario)) +
         own_memory(scenario);
}

static uint32_t *first_events(const bell_scenario *scenario, bell_arena *arena) {
  uint32_t *first = bell_arena_take(arena, scenario->statement_count, sizeof *first);
  for (uint32_t i = 0; first != NULL && i < scenario->statement_count; i++) {
    first[i] = bell_scenario_first_event(scenario, i);
  }
  return first;
}

static bool take_memory(live_peers *p, live_server *s, bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = s->scenario;
  uint32_t rows = rows_of(scenario);
  if (!bell_readiness_start(&p->queue, scenario, scenario->signal_count, arena)) return false;
  p->events = bell_arena_take(arena, events_of(scenario, p->room), sizeof *p->events);
  p->connections = s->connections = bell_arena_take(arena, scenario->statement_count, sizeof *p->connections);
  p->next = first_events(scenario, arena);
  p->due = first_events(scenario, arena);
  s->next = first_events(scenario, arena);
  s->inboxes = bell_arena_take(arena, scenario->statement_count, sizeof *s->inboxes);
  trace->steps = bell_arena_take(arena, rows, sizeof *trace->steps);
  trace->answers = bell_arena_take(arena, rows, sizeof *trace->answers);
  trace->measured = bell_arena_take(arena, rows, sizeof *trace->measured);
  bell_closing_start(trace, rows, arena);
  if (arena->is_too_small) return false;
  p->queue.known_count -= bell_worker_events(scenario); /* they stand last: nobody knows when */
  uint32_t known = scenario->event_count + scenario->signal_count;
  if (known > 0) memcpy(p->events, scenario->events, known * sizeof *p->events);
  for (uint32_t i = scenario->event_count; i < known; i++) {
    bell_readiness_add(&p->queue, (bell_ready){scenario->events[i].ready_us, i, 0});
  }
  memset(s->inboxes, 0, scenario->statement_count * sizeof *s->inboxes);
  trace->events = p->events;
  return take_bytes_memory(p, s, trace, arena) && take_writing_memory(p, s, trace, arena) &&
         take_accepting_memory(p, s, trace, arena);
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

static void (*const strategies[BELL_STRATEGIES])(live_server *) = {
    [BELL_BLOCKING] = live_blocking, [BELL_BUSY_POLL] = live_busy_poll, [BELL_SELECT] = live_select,
    [BELL_POLL] = live_poll,         [BELL_EPOLL] = live_epoll,         [BELL_EPOLL_ET] = live_epoll_et,
    [BELL_THREADS] = live_threads,   [BELL_IO_URING] = live_io_uring};

/* A scenario's signals: who sends one has counted it. */
static void set_flag(int signal) { (void)signal; }

/* SIGUSR2 is for those, and ends waits in spite of SA_RESTART. SIGINT goes to the peers, which wait for it; SIGUSR1 is
 * how the server tells them that it has ended. */
static void serve(live_server *s, bell_strategy strategy) {
  struct sigaction handling = {.sa_handler = set_flag, .sa_flags = SA_RESTART};
  struct sigaction handled;
  sigaction(SIGUSR2, &handling, &handled);
  struct sigaction ignoring = {.sa_handler = SIG_IGN}; /* a pipe that nobody reads: pipe(7) */
  struct sigaction ignored;
  sigaction(SIGPIPE, &ignoring, &ignored);
  sigset_t signals;
  sigset_t before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  s->worker = s->scenario->has_worker ? live_worker_start(s->peers) : NULL;
  if (s->scenario->has_worker && s->worker == NULL) {
    live_fail(s, "the worker's thread", errno);
  } else if (live_peers_start(s->peers)) {
    strategies[strategy](s);
    live_peers_stop(s->peers);
    if (s->peers->is_garbled) live_fail(s, "what was written came twice, or in another order", 0);
    if (s->peers->interrupted && s->outcome->status == LIVE_DONE) s->outcome->status = LIVE_INTERRUPTED;
  } else {
    live_fail(s, "the peers' thread", errno);
  }
  live_worker_stop(s->worker);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGUSR2, &handled, NULL);
  sigaction(SIGPIPE, &ignored, NULL);
}

/* A run that goes on for ever has a last row, as in the model; what went on until it was left alone belongs to it. */
static void finish(live_server *s) {
  bell_trace *trace = s->trace;
  if (!s->scenario->closing || s->outcome->status != LIVE_DONE) return;
  uint32_t before = trace->step_count;
  if (s->outboxes != NULL) live_keep_spinning(s, before);
  live_note_descriptors(s, before);
  bool sleeps = before > 0 && trace->written != NULL && trace->steps[before - 1].is_asleep;
  bool sleeps_for_all = sleeps && trace->strategy != BELL_THREADS;
  if (trace->strategy == BELL_BLOCKING || sleeps_for_all) bell_closing_starve_behind(trace, s->next);
  bell_closing_finish(trace);
  if (trace->step_count == before) return;
  int64_t time_us = trace->steps[before].time_us;
  uint32_t socket = bell_trace_event(trace, before)->statement;
  bool is_unread = bell_timer_is_left_unread(s->scenario, trace->strategy, socket);
  bool is_accept = s->connections[socket].is_listener;
  bool is_it = is_unread || is_accept || live_is_watched(s, socket) ||
               bell_closing_is_ignored(s->scenario, socket); /* that spins */
  uint16_t reported = is_it ? s->inboxes[socket].reported : 0;
  trace->measured[before] = (bell_measured){.end_us = time_us, .calls = s->calls, .waited = true, .reported = reported};
}

static bool is_blocking(bell_strategy strategy) {
  return strategy == BELL_BLOCKING || strategy == BELL_THREADS || strategy == BELL_IO_URING;
}

/* Is there something that the server may never come to, and sleep? */
static bool may_oversleep(const bell_scenario *scenario, bell_strategy strategy, bell_waiting_options options) {
  bool is_never_read = false;
  for (uint32_t i = 0; scenario->writing && i < scenario->statement_count; i++) {
    is_never_read = is_never_read || (scenario->statements[i].conduct & BELL_READS_NEVER) != 0;
  }
  if (is_never_read) return true;
  bool is_told_once = strategy == BELL_EPOLL_ET && (options.no_drain || scenario->descriptors > 0);
  return is_told_once || (strategy == BELL_BLOCKING && scenario->closing);
}

static uint32_t count_speaking(const bell_scenario *scenario) {
  uint32_t count = scenario->statement_count;
  for (uint32_t i = 0; scenario->closing && i < scenario->statement_count; i++) {
    if (bell_closing_is_silent(scenario, i)) count--;
  }
  return count;
}

/* Is there a peer that reads, and resets? */
static bool is_reset_unread(const bell_scenario *scenario) {
  bool is_some = false;
  for (uint32_t i = 0; scenario->writing && i < scenario->stream_count; i++) {
    const bell_stream *stream = &scenario->streams[i];
    uint8_t conduct = scenario->statements[stream->statement].conduct;
    is_some = is_some || (stream->answer > 0 && (conduct & (BELL_RESETS | BELL_READS_NEVER)) == BELL_RESETS);
  }
  return is_some;
}

/* Those that spin from the beginning, and no event will ever come from. */
static uint32_t count_mute_and_watched(const bell_scenario *scenario, bell_strategy strategy) {
  uint32_t count = 0;
  bool may_spin = bell_closing_has_interest(strategy) && bell_closing_spins(strategy);
  for (uint32_t i = 0; may_spin && i < scenario->statement_count; i++) {
    count += bell_closing_is_silent(scenario, i) && bell_closing_watches(scenario, i);
  }
  return count;
}

/* What is slow about a disk is imitated by a sleep, of the thread that reads. */
static bool waits_for_disk(const bell_scenario *scenario) {
  bool is_some = false;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    is_some = is_some || (bell_file_is(scenario, i) && scenario->statements[i].takes_us > 0);
  }
  return is_some;
}

/* That is said; 0 where none is. */
static uint32_t highest_descriptor(const bell_scenario *scenario) {
  uint32_t highest = 0;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    if (scenario->streams[i].descriptor > highest) highest = scenario->streams[i].descriptor;
  }
  return highest;
}

static void mark_kinds(live_connection *connections, const bell_scenario *scenario) {
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    connections[i].is_timer = bell_timer_is(scenario, i);
    connections[i].is_worker = bell_worker_is(scenario, i);
    connections[i].is_listener = bell_listener_is(scenario, i);
    connections[i].is_pipe = bell_pipe_is(scenario, i);
    const bell_stream *stream = bell_scenario_find_stream(scenario, i);
    connections[i].number = stream != NULL ? stream->descriptor : 0;
    connections[i].is_file = bell_file_is(scenario, i);
    if (connections[i].is_file && stream != NULL) connections[i].records = stream->expirations - 1;
  }
}

live_outcome live_run(bell_trace *trace, const bell_scenario *as_read, bell_strategy strategy, live_options options,
                      bell_arena *arena) {
  live_outcome outcome = {.status = LIVE_DONE};
  const bell_scenario *scenario = bell_expand(as_read, strategy, arena);
  if (scenario == NULL) return (live_outcome){LIVE_FAILED, "memory"};
  *trace = (bell_trace){
      .scenario = scenario, .strategy = strategy, .event_count = scenario->event_count + scenario->signal_count};
  live_peers peers = {.scenario = scenario,
                      .server = pthread_self(),
                      .room = bell_expand_room(as_read),
                      .resets_at_once = options.tcp,
                      .may_oversleep = may_oversleep(scenario, strategy, options.waiting)};
  atomic_uint open = count_speaking(scenario);
  atomic_uint ended = 0;
  atomic_uint spinning = count_mute_and_watched(scenario, strategy);
  live_server server = {.scenario = scenario,
                        .options = bell_waiting_with_defaults(options.waiting),
                        .trace = trace,
                        .peers = &peers,
                        .open = &open,
                        .ended = &ended,
                        .spinning = &spinning,
                        .reads = reads_of(scenario) + writes_of(scenario),
                        .batch = BELL_NONE,
                        .spare = -1,
                        .descriptors = scenario->descriptors,
                        .outcome = &outcome};
  trace->reads_a_turn = server.options.reads_a_turn;
  trace->due_us = scenario->timeout_us;
  if (!take_memory(&peers, &server, trace, arena)) {
    live_fail(&server, "memory", ENOMEM);
    return outcome;
  }
  if (!options.tcp && is_reset_unread(scenario)) {
    live_fail(&server, "a socket pair resets nothing whose peer has read it all; --tcp does", 0);
    return outcome;
  }
  if (strategies[strategy] == NULL) {
    live_fail(&server, "this strategy is no call of a kernel", 0);
    return outcome;
  }
  if (strategy == BELL_IO_URING && waits_for_disk(scenario)) {
    live_fail(&server, "io_uring finds a file in memory here, and waits for no disk; leave its takes out", 0);
    return outcome;
  }
  mark_kinds(peers.connections, scenario);
  live_manner manner = {.tcp = options.tcp,
                        .blocking = is_blocking(strategy),
                        .clients = live_count_clients(scenario),
                        .highest = highest_descriptor(scenario)};
  if (live_connect(peers.connections, scenario->statement_count, manner, outcome.problem, sizeof outcome.problem)) {
    if (server.outboxes != NULL) live_start_writing(&server);
    bool good = live_open_clients(&server, manner, live_lowest_peer(scenario->statement_count, manner));
    if (good) serve(&server, strategy);
    else live_fail(&server, "who connects could not be opened", errno);
    live_close_clients(&server);
    finish(&server);
    live_disconnect(peers.connections, scenario->statement_count);
  } else {
    outcome.status = LIVE_FAILED;
  }
  return outcome;
}
