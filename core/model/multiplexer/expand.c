#include "multiplexer/expand.h"

#include <string.h>

#include "multiplexer/early.h"
#include "multiplexer/file.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"

uint32_t bell_expand_count_events(const bell_scenario *scenario) {
  uint32_t count = scenario->event_count + scenario->given_max;
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    if (scenario->streams[i].parts > 0) continue;
    count += scenario->streams[i].expirations - !bell_file_is(scenario, scenario->streams[i].statement);
  }
  return count;
}

/* What is put together. */
typedef struct expansion {
  const bell_scenario *from;
  bell_scenario *to;
  bell_event *events;
  uint32_t count;             /* of the statements so far */
  uint32_t *first_events;     /* where all are descriptors, and stay in their places; else NULL, and there are */
  bell_statement *statements; /* copies of them, */
  bell_stream *streams;       /* and of these, the last one first, as they are read: */
  uint32_t streams_left;      /* so many are not there yet */
} expansion;

/* The statement's own events, to the end of those that are there. */
static void copy_events(expansion *x, uint32_t source, uint32_t at) {
  uint32_t first = x->from->statements[source].first_event;
  uint32_t count = bell_scenario_events_end(x->from, source) - first;
  for (uint32_t i = 0; i < count; i++) {
    x->events[at + i] = x->from->events[first + i];
    x->events[at + i].statement = x->count;
  }
}

/* One that is left unread has its first expiration alone. */
static void add_expirations(expansion *x, const bell_stream *timer, bell_strategy strategy, uint32_t source) {
  int64_t every_us = x->events[x->to->event_count - 1].ready_us;
  uint32_t times = bell_timer_is_left_unread(x->from, strategy, source) ? 1 : timer->expirations;
  for (uint32_t i = 1; i < times; i++) {
    x->events[x->to->event_count++] =
        (bell_event){.ready_us = every_us * (i + 1), .statement = x->count, .parent = BELL_NONE};
  }
}

/* The last is its end, of which kqueue does not tell. */
static void add_reads(expansion *x, const bell_stream *file, bell_strategy strategy, uint32_t source) {
  uint32_t reads = file->expirations - 1;
  int64_t each_us = bell_file_is_read_apart(strategy) ? x->from->statements[source].takes_us : 0;
  for (uint32_t i = 0; i <= reads; i++) {
    bool is_end = i == reads;
    if (is_end && bell_strategy_is_kqueue(strategy)) return;
    x->events[x->to->event_count++] = (bell_event){
        .ready_us = each_us * (is_end ? reads : i + 1), .statement = x->count, .parent = is_end ? BELL_END : BELL_NONE};
  }
}

/* One that is left unread tells of the first piece alone. */
static void add_pieces(expansion *x, bell_strategy strategy, uint32_t worker) {
  x->to->worker = x->count;
  uint32_t count = x->from->given_max;
  if (count > 1 && bell_timer_is_left_unread(x->from, strategy, worker)) count = 1;
  for (; count > 0; count--) {
    x->events[x->to->event_count++] =
        (bell_event){.ready_us = BELL_NOT_GIVEN, .statement = x->count, .parent = BELL_NONE};
  }
}

/* The descriptor to its new place. */
static void move(expansion *x, uint32_t source, const bell_stream *stream) {
  bell_statement *statement = &x->statements[x->count];
  *statement = x->from->statements[source];
  statement->first_event = x->to->event_count;
  statement->end = x->count + 1;
  if (stream == NULL) return;
  x->streams[--x->streams_left] = *stream;
  x->streams[x->streams_left].statement = x->count;
}

static void add_descriptor(expansion *x, uint32_t source, bell_strategy strategy) {
  const bell_stream *stream = bell_scenario_find_stream(x->from, source);
  if (x->first_events != NULL) x->first_events[source] = x->to->event_count;
  else if (x->statements != NULL) move(x, source, stream);
  copy_events(x, source, x->to->event_count);
  x->to->event_count += bell_scenario_events_end(x->from, source) - x->from->statements[source].first_event;
  if (bell_file_is(x->from, source)) add_reads(x, stream, strategy, source);
  else if (stream != NULL && stream->parts == 0) add_expirations(x, stream, strategy, source);
  if (bell_worker_is(x->from, source)) add_pieces(x, strategy, source);
  x->count++;
}

/* Equal times in the order of the file; two of one signal are alike. */
static bool is_before(bell_event a, bell_event b) {
  return a.ready_us != b.ready_us ? a.ready_us < b.ready_us : a.statement < b.statement;
}

/* Each is put behind those that are not later: first among those that are far apart, as D. L. Shell found. */
static void sort_signals(bell_event *signals, uint32_t count) {
  uint32_t gap = 1;
  while (gap < count / 3) gap = 3 * gap + 1;
  for (; gap > 0; gap /= 3) {
    for (uint32_t i = gap; i < count; i++) {
      bell_event signal = signals[i];
      uint32_t hole = i;
      for (; hole >= gap && is_before(signal, signals[hole - gap]); hole -= gap) signals[hole] = signals[hole - gap];
      signals[hole] = signal;
    }
  }
}

static void add_apart(expansion *x, uint32_t source) {
  x->statements[x->count] = x->from->statements[source];
  if (x->statements[x->count].kind == BELL_TIMEOUT) x->to->timeout_statement = x->count;
  copy_events(x, source, x->to->event_count + x->to->signal_count);
  x->to->signal_count += bell_scenario_events_end(x->from, source) - x->from->statements[source].first_event;
  x->count++;
}

static void take_memory(expansion *x, bell_arena *arena) {
  uint32_t count = x->from->statement_count;
  x->to = bell_arena_take(arena, 1, sizeof *x->to);
  x->events = bell_arena_take(arena, bell_expand_room(x->from), sizeof *x->events);
  if (x->from->apart_count == 0) {
    x->first_events = bell_arena_take(arena, count, sizeof *x->first_events);
    return;
  }
  x->statements = bell_arena_take(arena, count, sizeof *x->statements);
  x->streams = bell_arena_take(arena, x->from->stream_count, sizeof *x->streams);
}

size_t bell_expand_memory(const bell_scenario *scenario) {
  if (!bell_expand_is_needed(scenario)) return 0;
  expansion x = {.from = scenario};
  bell_arena arena = BELL_ARENA_TO_COUNT;
  take_memory(&x, &arena);
  return arena.used;
}

const bell_scenario *bell_expand_all(const bell_scenario *scenario, bell_strategy strategy, bell_arena *arena) {
  expansion x = {.from = scenario, .streams_left = scenario->stream_count};
  take_memory(&x, arena);
  if (arena->is_too_small) return NULL;
  bell_scenario *expanded = x.to;
  *expanded = *scenario;
  if (x.statements != NULL) expanded->statements = x.statements;
  if (x.statements != NULL) expanded->streams = x.streams;
  expanded->events = x.events;
  expanded->first_events = x.first_events;
  expanded->event_count = expanded->signal_count = 0;
  expanded->reads_apart = bell_file_is_read_apart(strategy);
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (!bell_early_is(scenario, i)) add_descriptor(&x, i, strategy);
  }
  expanded->statement_count = x.count;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (x.statements != NULL && bell_early_is(scenario, i)) add_apart(&x, i);
  }
  sort_signals(x.events + expanded->event_count, expanded->signal_count);
  return expanded;
}
