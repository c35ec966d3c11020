#include "loop/program_turns.h"

#include "loop/event_loop.h"

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

void program_turns_run(program_turns *turns, bell_source source) {
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

bell_source program_turns_source(const void *turns, const bell_loop *loop, bell_source oldest) {
  const event_loop *b = (const event_loop *)loop;
  bell_source next = oldest;
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) {
    if (event_loop_has_task(b, s) && goes_before(b, turns, s, next)) next = s;
  }
  return next;
}
