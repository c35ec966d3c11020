#include "multiplexer/server.h"

/* Which core a thread gets that may run from `ready_us` on: the first that is free by then, else the one that is free
 * soonest. */
static uint32_t choose_core(const int64_t *free_us, uint32_t cores, int64_t ready_us) {
  uint32_t best = 0;
  for (uint32_t core = 0; core < cores; core++) {
    if (free_us[core] <= ready_us) return core;
    if (free_us[core] < free_us[best]) best = core;
  }
  return best;
}

/* The threads that could run stand in the readiness queue, each for its socket's next message. `list` tells of each
 * whether it will have slept. */
static void await(server *s, uint32_t socket, int64_t free_us) {
  uint32_t event = s->next[socket];
  if (event == bell_scenario_events_end(s->scenario, socket)) return;
  int64_t ready_us = s->scenario->events[event].ready_us;
  s->list[socket] = ready_us > free_us;
  if (ready_us < free_us) ready_us = free_us;
  bell_readiness_add(&s->arrivals, (bell_ready){ready_us, event, s->scenario->statements[socket].takes_us});
}

void bell_threads(server *s) {
  int64_t free_us[BELL_CORES_MAX] = {0}; /* when each core is free */
  for (uint32_t socket = 0; socket < server_sockets(s); socket++) {
    s->next[socket] = s->scenario->statements[socket].first_event;
    await(s, socket, 0);
  }
  while (bell_readiness_first(&s->arrivals) != NULL) {
    bell_ready ready = bell_readiness_take(&s->arrivals);
    uint32_t socket = s->scenario->events[ready.event].statement;
    uint32_t core = choose_core(free_us, s->options.cores, ready.ready_us);
    bool had_to_wait = free_us[core] > ready.ready_us;
    s->now_us = had_to_wait ? free_us[core] : ready.ready_us;
    uint32_t woken = s->list[socket] ? s->trace->step_count : BELL_NONE;
    server_handle(s, socket, woken, had_to_wait ? BELL_REASON_CORE : BELL_REASON_THREAD, BELL_NONE);
    s->trace->steps[s->trace->step_count - 1].core = (uint8_t)core;
    free_us[core] = s->now_us;
    await(s, socket, s->now_us);
  }
}
