#include "multiplexer/file.h"

#include "multiplexer/waiting.h"

bool bell_file_check(const bell_scenario *scenario, bell_strategy strategy, bell_report report) {
  bool is_taken = !scenario->has_files || (strategy != BELL_EPOLL && strategy != BELL_EPOLL_ET);
  if (is_taken) return true;
  uint32_t first = 0;
  while (!bell_file_is(scenario, first)) first++;
  return bell_waiting_refuse(scenario, first, BELL_PROBLEM_FILE_EPOLL, report);
}

const char *bell_file_why_it_waits(const bell_trace *trace, uint32_t k) {
  uint32_t source = bell_trace_event(trace, k)->statement;
  bool waits = bell_file_is(trace->scenario, source) &&
               bell_scenario_takes_us(trace->scenario, trace->steps[k].event, source) > 0;
  return waits ? " The read waits for the disk, whatever O_NONBLOCK says, and all others with it." : "";
}
