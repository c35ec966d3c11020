#include "live.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "live_server.h"

/* ---- memory ----------------------------------------------------------------------------------------------------- */

static size_t own_memory(const bell_scenario *scenario) {
  return bell_arena_bytes(scenario->event_count, sizeof(bell_event)) +
         bell_arena_bytes(scenario->event_count, sizeof(bell_step)) +
         bell_arena_bytes(scenario->event_count, sizeof(bell_answers)) +
         bell_arena_bytes(scenario->event_count, sizeof(bell_measured)) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_connection)) +
         bell_arena_bytes(scenario->statement_count, sizeof(live_inbox)) +
         3 * bell_arena_bytes(scenario->statement_count, sizeof(uint32_t));
}

/* The steps are more than what the peers' queue gives back after sorting. */
size_t live_memory(const bell_scenario *scenario) {
  return bell_readiness_memory(scenario->event_count, 0) + own_memory(scenario);
}

static uint32_t *first_events(const bell_scenario *scenario, bell_arena *arena) {
  uint32_t *first = bell_arena_take(arena, scenario->statement_count, sizeof *first);
  for (uint32_t i = 0; first != NULL && i < scenario->statement_count; i++) {
    first[i] = scenario->statements[i].first_event;
  }
  return first;
}

static bool take_memory(live_peers *p, live_server *s, bell_trace *trace, bell_arena *arena) {
  const bell_scenario *scenario = s->scenario;
  if (!bell_readiness_start(&p->queue, scenario, 0, arena)) return false;
  p->events = bell_arena_take(arena, scenario->event_count, sizeof *p->events);
  p->connections = s->connections = bell_arena_take(arena, scenario->statement_count, sizeof *p->connections);
  p->next = first_events(scenario, arena);
  p->due = first_events(scenario, arena);
  s->next = first_events(scenario, arena);
  s->inboxes = bell_arena_take(arena, scenario->statement_count, sizeof *s->inboxes);
  trace->steps = bell_arena_take(arena, scenario->event_count, sizeof *trace->steps);
  trace->answers = bell_arena_take(arena, scenario->event_count, sizeof *trace->answers);
  trace->measured = bell_arena_take(arena, scenario->event_count, sizeof *trace->measured);
  if (p->events == NULL || p->connections == NULL || p->next == NULL || p->due == NULL || s->next == NULL ||
      s->inboxes == NULL || trace->steps == NULL || trace->answers == NULL || trace->measured == NULL) {
    return false;
  }
  if (scenario->event_count > 0) memcpy(p->events, scenario->events, scenario->event_count * sizeof *p->events);
  memset(s->inboxes, 0, scenario->statement_count * sizeof *s->inboxes);
  trace->events = p->events;
  return true;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

static void (*const strategies[BELL_STRATEGIES])(live_server *) = {
    [BELL_BLOCKING] = live_blocking, [BELL_BUSY_POLL] = live_busy_poll, [BELL_SELECT] = live_select,
    [BELL_POLL] = live_poll,         [BELL_EPOLL] = live_epoll,         [BELL_EPOLL_ET] = live_epoll_et,
    [BELL_THREADS] = live_threads,   [BELL_IO_URING] = live_io_uring};

/* SIGINT goes to the peers, which wait for it; SIGUSR1 is how the server tells them that it has ended. */
static void serve(live_server *s, bell_strategy strategy) {
  sigset_t signals;
  sigset_t before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  if (live_peers_start(s->peers)) {
    strategies[strategy](s);
    live_peers_stop(s->peers);
    if (s->peers->interrupted && s->outcome->status == LIVE_DONE) s->outcome->status = LIVE_INTERRUPTED;
  } else {
    live_fail(s, "the peers' thread", errno);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool is_blocking(bell_strategy strategy) {
  return strategy == BELL_BLOCKING || strategy == BELL_THREADS || strategy == BELL_IO_URING;
}

live_outcome live_run(bell_trace *trace, const bell_scenario *scenario, bell_strategy strategy, live_options options,
                      bell_arena *arena) {
  live_outcome outcome = {.status = LIVE_DONE};
  *trace = (bell_trace){.scenario = scenario, .strategy = strategy, .event_count = scenario->event_count};
  live_peers peers = {.scenario = scenario, .may_oversleep = strategy == BELL_EPOLL_ET && options.waiting.no_drain};
  atomic_uint open = scenario->statement_count;
  live_server server = {.scenario = scenario,
                        .options = bell_waiting_with_defaults(options.waiting),
                        .trace = trace,
                        .peers = &peers,
                        .open = &open,
                        .batch = BELL_NONE,
                        .outcome = &outcome};
  if (!take_memory(&peers, &server, trace, arena)) {
    live_fail(&server, "memory", ENOMEM);
    return outcome;
  }
  if (strategies[strategy] == NULL) {
    live_fail(&server, "this strategy is no call of a kernel", 0);
    return outcome;
  }
  live_manner manner = {.tcp = options.tcp, .blocking = is_blocking(strategy)};
  if (live_connect(peers.connections, scenario->statement_count, manner, outcome.problem, sizeof outcome.problem)) {
    serve(&server, strategy);
    live_disconnect(peers.connections, scenario->statement_count);
  } else {
    outcome.status = LIVE_FAILED;
  }
  return outcome;
}
