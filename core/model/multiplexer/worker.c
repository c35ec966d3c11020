#include "multiplexer/worker.h"

#include "multiplexer/server.h"

uint32_t bell_worker_events(const bell_scenario *scenario) {
  if (!scenario->has_worker) return 0;
  uint32_t worker = scenario->worker;
  return bell_scenario_events_end(scenario, worker) - bell_scenario_first_event(scenario, worker);
}

bool bell_worker_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report) {
  if (!scenario->has_worker) return true;
  uint32_t worker = scenario->worker;
  bool is_unread = (scenario->statements[worker].conduct & BELL_LEAVES_UNREAD) != 0;
  bool has_waits = strategy >= BELL_SELECT && strategy <= BELL_EPOLL_ET;
  bool has_more = scenario->writing || scenario->apart_count + scenario->descriptors > 0 ||
                  (is_unread && scenario->statements[worker].threads > 1);
  if (!has_waits) return bell_waiting_refuse(scenario, worker, BELL_PROBLEM_WORKER_WAIT, report);
  if (has_more) return bell_waiting_refuse(scenario, worker, BELL_PROBLEM_WORKER_BESIDE, report);
  bool is_told_anew = is_unread && strategy == BELL_EPOLL_ET;
  return !is_told_anew || bell_waiting_refuse(scenario, worker, BELL_PROBLEM_WORKER_UNREAD, report);
}

/* ---- the server ---- */

/* Its events are behind all others in the queue, and come into it anew when they are known. */
void server_start_worker(server *s) {
  s->given = bell_scenario_first_event(s->scenario, s->scenario->worker);
  s->arrivals.known_count -= bell_worker_events(s->scenario);
}

/* The thread that is free first takes the piece. What was given before may be done later. */
void server_give(server *s, uint32_t takes_us) {
  uint32_t worker = s->scenario->worker;
  int64_t *free_us = s->worker_free_us;
  for (uint32_t i = 1; i < s->scenario->statements[worker].threads; i++) {
    if (s->worker_free_us[i] < *free_us) free_us = &s->worker_free_us[i];
  }
  if (*free_us < s->now_us) *free_us = s->now_us;
  *free_us += takes_us;
  bell_event *events = s->scenario->events;
  uint32_t event = s->given;
  bool is_nobodys = event == s->scenario->event_count || !bell_worker_is(s->scenario, events[event].statement);
  if (is_nobodys) return; /* one that is left unread tells of the first alone */
  bell_readiness_add(&s->arrivals, (bell_ready){*free_us, s->given++, 0});
  uint32_t first = bell_scenario_first_event(s->scenario, worker);
  for (; event > first && events[event - 1].ready_us > *free_us; event--) {
    events[event].ready_us = events[event - 1].ready_us;
  }
  events[event].ready_us = *free_us;
}
