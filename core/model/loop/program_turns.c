#include "loop/program_turns.h"

#include "loop/event_loop.h"
#include "loop/program_open.h"

enum { IDLE_PERIOD_US = 50000 };

/* In Chromium, where 0 is what all else has. */
static const int8_t priorities[BELL_TASK_SOURCES] = {
    [BELL_TASKS_BLOCKING_YIELD] = 3,    [BELL_TASKS_BLOCKING] = 2,    [BELL_TASKS_VISIBLE_YIELD] = 1,
    [BELL_TASKS_BACKGROUND_YIELD] = -1, [BELL_TASKS_BACKGROUND] = -2, [BELL_TASKS_IDLE] = -3,
};

static program_port *port_of(program_turns *turns, bell_source source) {
  bell_source port = source - BELL_TASKS_PORTS;
  return port < BELL_PORTS ? &turns->ports[port] : NULL;
}

void program_turns_pass_on(program_turns *turns, bell_source source) {
  if (turns->ran == port_of(turns, source)) turns->ran = NULL;
}

void program_turns_expect(program_turns *turns, bell_source source) {
  program_port *port = port_of(turns, source);
  if (port != NULL) port->waiting++;
}

/* When a period that begins now would end. */
static int64_t idle_deadline_us(const event_loop *b) {
  int64_t end_us = b->loop.now_us + IDLE_PERIOD_US;
  const timer_list *list = timer_lists_first(&b->loop.timers);
  if (list != NULL && list->expiry_us < end_us) end_us = list->expiry_us;
  uint32_t frame = event_loop_first(b, BELL_TASKS_RENDERING);
  if (frame != BELL_NONE && loop_ready_us(&b->loop, frame) < end_us) end_us = loop_ready_us(&b->loop, frame);
  return end_us;
}

bool program_turns_is_in_idle_period(const program_turns *turns, const bell_loop *loop) {
  return turns->idle_count > 0 && loop->now_us < turns->idle_end_us;
}

/* The first idle callback was taken. */
static void run_idle(program_turns *turns, const bell_loop *loop) {
  if (program_turns_is_in_idle_period(turns, loop)) {
    turns->idle_count--;
    return;
  }
  const event_loop *b = (const event_loop *)loop;
  turns->idle_count = 0;
  for (uint32_t i = event_loop_first(b, BELL_TASKS_IDLE); i != BELL_NONE; i = loop_behind(loop, i)) turns->idle_count++;
  turns->idle_end_us = idle_deadline_us(b);
}

void program_turns_cancel(program_turns *turns, const bell_loop *loop, uint32_t event) {
  uint32_t i = event_loop_first((const event_loop *)loop, BELL_TASKS_IDLE);
  for (uint32_t n = 0; n < turns->idle_count; n++, i = loop_behind(loop, i)) {
    if (i != event) continue;
    turns->idle_count--;
    return;
  }
}

void program_turns_run(program_turns *turns, const bell_loop *loop, bell_source source) {
  if (source == BELL_TASKS_IDLE) run_idle(turns, loop);
  program_port *port = port_of(turns, source);
  turns->ran = port;
  if (port == NULL) return;
  port->waiting--;
  if (port->queued == 0) return;
  port->queued--;
  if (--port->rounds[port->first].tasks > 0) return;
  port->first = (port->first + 1) % PROGRAM_ROUNDS;
  port->count--;
}

void program_turns_next(program_turns *turns, int64_t us) {
  program_port *port = turns->ran;
  turns->ran = NULL;
  if (port == NULL || port->waiting == port->queued) return;
  if (port->count < PROGRAM_ROUNDS) {
    program_round round = {us, turns->trace->event_count, ++turns->rounds, 0};
    port->rounds[(port->first + port->count++) % PROGRAM_ROUNDS] = round;
  }
  port->rounds[(port->first + port->count - 1) % PROGRAM_ROUNDS].tasks += port->waiting - port->queued;
  port->queued = port->waiting;
}

/* Since when a source's first task is queued: in a round of its port, or by itself. */
static program_round since(const program_turns *turns, bell_source source, uint32_t task) {
  bell_source port = source - BELL_TASKS_PORTS;
  bool is_of_round = port < BELL_PORTS && turns->ports[port].queued > 0;
  if (is_of_round) return turns->ports[port].rounds[turns->ports[port].first];
  return (program_round){turns->trace->events[task].ready_us, task, UINT32_MAX, 1};
}

static bool goes_before(const event_loop *b, const program_turns *turns, bell_source one, bell_source other) {
  if (priorities[one] != priorities[other]) return priorities[one] > priorities[other];
  program_round its = since(turns, one, event_loop_first(b, one));
  program_round others = since(turns, other, event_loop_first(b, other));
  if (its.since_us != others.since_us) return its.since_us < others.since_us;
  return its.since_event != others.since_event ? its.since_event < others.since_event : its.number < others.number;
}

int program_turns_priority(bell_source source) {
  bool is_of_scheduler = source >= BELL_TASKS_BLOCKING && source <= BELL_TASKS_BACKGROUND_YIELD;
  /* Its own are even numbers, and what goes on the odd ones above: user-visible tasks have 0 among all sources. */
  static const int8_t effective[] = {4, 2, 0, 5, 3, 1};
  return is_of_scheduler ? 1 + effective[source - BELL_TASKS_BLOCKING] : 0;
}

bell_source program_turns_source(const void *turns, const bell_loop *loop, bell_source oldest, uint32_t *may) {
  const event_loop *b = (const event_loop *)loop;
  bell_source next = oldest;
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) {
    if (event_loop_has_task(b, s) && goes_before(b, turns, s, next)) next = s;
  }
  *may = program_open_sources(turns, loop);
  return next;
}
