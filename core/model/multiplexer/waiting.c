#include "multiplexer/waiting.h"

#include <string.h>

#include "multiplexer/closing.h"
#include "multiplexer/expand.h"
#include "multiplexer/file.h"
#include "multiplexer/listener.h"
#include "multiplexer/server.h"
#include "multiplexer/timer.h"

enum { DEFAULT_MAXEVENTS = 64, DEFAULT_CORES = 4 };

bell_waiting_options bell_waiting_with_defaults(bell_waiting_options options) {
  if (options.maxevents == 0) options.maxevents = DEFAULT_MAXEVENTS;
  if (options.cores == 0) options.cores = DEFAULT_CORES;
  if (options.cores > BELL_CORES_MAX) options.cores = BELL_CORES_MAX;
  return options;
}

bool bell_waiting_refuse(const bell_scenario *scenario, uint32_t statement, bell_problem_code code,
                         bell_report report) {
  const bell_statement *at = &scenario->statements[statement];
  bell_problem problem = {.code = code, .line = at->line, .column = 1, .kind = at->kind};
  report.tell(report.context, &problem);
  return false;
}

/* What ends a wait early needs a wait; and a time by which all has come. */
static bool check_early(const bell_scenario *scenario, bell_strategy strategy, bell_report report) {
  if (!BELL_HAS_BYTES || scenario->apart_count == 0) return true;
  bool has_waits = bell_early_may_end(strategy);
  if (has_waits && !scenario->writing) return true;
  uint32_t first = 0;
  while (!bell_early_is(scenario, first)) first++;
  bell_problem_code code = has_waits ? BELL_PROBLEM_EARLY_WRITES : BELL_PROBLEM_EARLY;
  return bell_waiting_refuse(scenario, first, code, report);
}

/* The first with a descriptor that no set of select has a place for; BELL_NONE. */
static uint32_t first_too_high(const bell_scenario *scenario) {
  uint32_t first = scenario->statement_count - scenario->apart_count > BELL_SELECT_LIMIT - BELL_FIRST_DESCRIPTOR
                       ? BELL_SELECT_LIMIT - BELL_FIRST_DESCRIPTOR
                       : BELL_NONE;
  for (uint32_t i = 0; BELL_HAS_BYTES && i < scenario->stream_count; i++) { /* the last one first */
    const bell_stream *stream = &scenario->streams[i];
    if (stream->descriptor > 0 && stream->statement < first) first = stream->statement;
  }
  return first;
}

bool bell_waiting_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report) {
  if (!check_early(scenario, strategy, report)) return false;
  if (BELL_HAS_BYTES && !bell_listener_check(scenario, strategy, report)) return false;
  if (BELL_HAS_BYTES && !bell_worker_check(scenario, strategy, report)) return false;
  if (BELL_HAS_BYTES && !bell_file_check(scenario, strategy, report)) return false;
  uint32_t first = strategy == BELL_SELECT ? first_too_high(scenario) : BELL_NONE;
  if (first == BELL_NONE) return true;
  const bell_stream *stream = bell_scenario_find_stream(scenario, first);
  bool is_said = BELL_HAS_BYTES && stream != NULL && stream->descriptor > 0;
  bell_problem too_high = {.code = BELL_PROBLEM_SELECT,
                           .line = scenario->statements[first].line,
                           .column = 1,
                           .number = is_said ? stream->descriptor : BELL_SELECT_LIMIT};
  report.tell(report.context, &too_high);
  return false;
}

/* In the strategy's own lists. */
static size_t places_of(const bell_scenario *scenario, bell_strategy strategy) {
  bool has_two = strategy == BELL_IO_URING || bell_strategy_is_kqueue(strategy) ||
                 (strategy == BELL_EPOLL_ET && scenario->writing); /* to read and to write are two things */
  size_t each = BELL_HAS_BYTES && scenario->closing && has_two ? 2 : 1;
  return each * scenario->statement_count;
}

/* Does what a read takes need to be kept? Else it is a message each. */
static bool takes_bytes(const bell_scenario *scenario) {
  if (!bell_scenario_has_bytes(scenario)) return false;
  return scenario->sized || scenario->timer_count > 0;
}

static uint32_t reads_and_writes(const bell_scenario *scenario, bell_strategy strategy) {
  if (!BELL_HAS_BYTES || !scenario->writing) return scenario->run_count;
  return scenario->run_count - scenario->writes + server_count_rooms(scenario, strategy);
}

static uint32_t rows_of(const bell_scenario *scenario, bell_strategy strategy) {
  return reads_and_writes(scenario, strategy) + bell_closing_rows(scenario);
}

/* What messages with sizes need besides. */
static void take_bytes_memory(server *s, uint32_t rows, bell_arena *arena) {
  uint32_t sockets = s->scenario->statement_count;
  if (takes_bytes(s->scenario)) {
    s->trace->taken = bell_arena_take(arena, rows, sizeof *s->trace->taken);
    s->so_far = bell_arena_take(arena, sockets, sizeof *s->so_far);
    s->within = bell_arena_take(arena, sockets, sizeof *s->within);
  }
  bool is_bounded = s->scenario->descriptors > 0;
  if (is_bounded) s->trace->accepting = bell_arena_take(arena, rows, sizeof *s->trace->accepting);
}

/* What a run keeps besides the queue of arrivals; the steps are more than that queue gives back. */
static void take_memory(server *s, uint32_t rows, bell_arena *arena) {
  uint32_t sockets = s->scenario->statement_count;
  size_t places = places_of(s->scenario, s->trace->strategy);
  s->trace->steps = bell_arena_take(arena, rows, sizeof *s->trace->steps);
  s->trace->answers = bell_arena_take(arena, rows, sizeof *s->trace->answers);
  s->next = bell_arena_take(arena, sockets, sizeof *s->next);
  s->come = bell_arena_take(arena, sockets, sizeof *s->come);
  s->list = bell_arena_take(arena, places, sizeof *s->list);
  if (s->trace->strategy != BELL_IO_URING) s->link = bell_arena_take(arena, places, sizeof *s->link);
  bell_closing_start(s->trace, rows, arena);
  if (bell_scenario_has_bytes(s->scenario)) take_bytes_memory(s, rows, arena);
  if (BELL_HAS_BYTES && s->scenario->writing) server_take_writing(s, rows, arena);
}

size_t bell_waiting_memory(const bell_scenario *scenario, bell_strategy strategy) {
  bell_trace trace = {.scenario = scenario, .strategy = strategy, .event_count = bell_expand_events(scenario)};
  server s = {.scenario = scenario, .trace = &trace};
  bell_arena arena = BELL_ARENA_TO_COUNT;
  take_memory(&s, rows_of(scenario, strategy), &arena);
  size_t before = bell_arena_sum(bell_expand_memory(scenario), bell_readiness_memory(trace.event_count, 0));
  return bell_arena_sum(before, arena.used);
}

/* Nothing has been read. */
static void start_places(server *s, uint32_t rows) {
  uint32_t sockets = s->scenario->statement_count;
  memset(s->next, 0, sockets * sizeof *s->next);
  memset(s->come, 0, sockets * sizeof *s->come);
  if (!server_has_bytes(s)) return;
  if (server_takes_bytes(s)) {
    memset(s->trace->taken, 0, rows * sizeof *s->trace->taken);
    memset(s->so_far, 0, sockets * sizeof *s->so_far);
  }
  for (uint32_t i = 0; i < sockets; i++) s->next[i] = s->come[i] = bell_scenario_first_event(s->scenario, i);
}

/* They have no answers; and a blocking thread may sleep for good. */
static void finish_beginners(server *s) {
  s->trace->answers = NULL;
  if (!s->scenario->closing || s->trace->strategy == BELL_READINESS) return;
  bell_closing_starve_behind(s->trace, s->next);
}

bool bell_waiting_run(bell_trace *trace, const bell_scenario *as_read, bell_strategy strategy,
                      bell_waiting_options options, bell_arena *arena) {
  static void (*const strategies[BELL_STRATEGIES])(server *) = {
      [BELL_BLOCKING] = BELL_HAS_BYTES ? bell_blocking_bytes : NULL,
      [BELL_READINESS] = BELL_HAS_BYTES ? bell_readiness_bytes : NULL,
      [BELL_BUSY_POLL] = bell_busy_poll,
      [BELL_SELECT] = bell_select,
      [BELL_POLL] = bell_poll,
      [BELL_EPOLL] = bell_epoll,
      [BELL_EPOLL_ET] = bell_epoll_et,
      [BELL_THREADS] = bell_threads,
      [BELL_IO_URING] = bell_io_uring,
#ifndef DOORBELL_WITHOUT_BYTES
      [BELL_KQUEUE] = bell_kqueue,
      [BELL_KQUEUE_CLEAR] = bell_kqueue,
#endif
  };
  const bell_scenario *scenario = bell_expand(as_read, strategy, arena);
  if (scenario == NULL) return false;
  *trace = (bell_trace){
      .scenario = scenario, .strategy = strategy, .events = scenario->events, .event_count = scenario->event_count};
  server s = {.scenario = scenario,
              .options = bell_waiting_with_defaults(options),
              .trace = trace,
              .has_bytes = bell_scenario_has_bytes(scenario),
              .has_interest = scenario->closing && bell_closing_has_interest(strategy),
              .is_told_again = strategy != BELL_EPOLL_ET && strategy != BELL_BUSY_POLL && strategy != BELL_THREADS &&
                               (!BELL_HAS_BYTES || strategy != BELL_KQUEUE_CLEAR)};
  /* A thread waits for its socket's messages one after another, so its queue is filled as the run goes on; and for room
   * only when it waits for none. */
  bool one_by_one = strategy == BELL_THREADS;
  uint32_t rows = rows_of(scenario, strategy);
  bool started = one_by_one ? bell_readiness_start_empty(&s.arrivals, 0, scenario->event_count, arena)
                            : bell_readiness_start(&s.arrivals, scenario, 0, arena);
  take_memory(&s, rows, arena);
  if (!started || arena->is_too_small) return false;
  /* Of all others each socket's room, and what a worker has done, come after a message of it. */
  if (BELL_HAS_BYTES && !one_by_one) bell_readiness_use_again(&s.arrivals);
  start_places(&s, rows);
  if (BELL_HAS_BYTES && scenario->writing) server_start_writing(&s, rows);
  if (s.is_told_again) server_count_watched(&s);
  if (BELL_HAS_BYTES) server_start_accepting(&s);
  if (server_may_end_early(&s)) server_start_early(&s);
  if (server_has_turns(&s)) server_start_turns(&s);
  if (BELL_HAS_BYTES && scenario->has_worker) server_start_worker(&s);
  strategies[strategy](&s);
  if (BELL_HAS_BYTES && strategy <= BELL_READINESS) finish_beginners(&s);
  if (server_has_writing(&s)) server_finish_writing(&s);
  if (BELL_HAS_BYTES && trace->accepting != NULL) server_note_descriptors(&s, trace->step_count);
  bell_closing_finish(trace);
  return true;
}
