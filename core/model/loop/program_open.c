#include "loop/program_open.h"

#include "loop/event_loop.h"

/* Does another source have a task, and is it the scheduler's, of a higher priority than `least`? */
static bool waits_before(const event_loop *b, bell_source source, int least) {
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) {
    if (s != source && event_loop_has_task(b, s) && program_turns_priority(s) >= least) return true;
  }
  return false;
}

/* May the first task of this source go next? It has one. */
static bool may_go(const program_turns *turns, const event_loop *b, bell_source source) {
  if (source == BELL_TASKS_IDLE) {
    return program_turns_is_in_idle_period(turns, &b->loop) || !waits_before(b, source, 0);
  }
  int priority = program_turns_priority(source);
  return priority == 0 || !waits_before(b, source, priority + 1);
}

static uint32_t sources_that_may_go(const program_turns *turns, const event_loop *b) {
  uint32_t may = 0;
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) {
    if (event_loop_has_task(b, s) && may_go(turns, b, s)) may |= event_loop_bit(s);
  }
  return may;
}

uint32_t program_open_instead(const program_turns *turns, const bell_loop *loop, bell_source source) {
  const event_loop *b = (const event_loop *)loop;
  uint32_t may = sources_that_may_go(turns, b);
  bell_ready oldest = {LOOP_NEVER_US, BELL_NONE, 0};
  for (bell_source s = BELL_TASKS_TIMERS; s < BELL_TASK_SOURCES; s++) {
    if ((may & event_loop_bit(s)) == 0) continue;
    if (program_turns_priority(source) > 0 && program_turns_priority(s) > 0) continue;
    uint32_t event = event_loop_first(b, s);
    bell_ready task = {loop_ready_us(loop, event), event, 0};
    if (bell_ready_is_before(task, oldest)) oldest = task;
  }
  return oldest.event;
}

bool program_open_may_be_put_off(const bell_loop *loop) {
  return event_loop_next_ready_us((const event_loop *)loop) != LOOP_NEVER_US;
}

uint32_t program_open_sources(const program_turns *turns, const bell_loop *loop) {
  const event_loop *b = (const event_loop *)loop;
  uint32_t may = sources_that_may_go(turns, b);
  bool may_wait = may == event_loop_bit(BELL_TASKS_IDLE) && program_open_may_be_put_off(loop);
  return may_wait && bell_choose(loop->open.choices, 2) == 1 ? 0 : may;
}
