#include "trace/trace.h"

const char *bell_queue_name(bell_queue queue) {
  static const char *const names[BELL_QUEUES] = {"",       "microtask", "task",  "frame",   "main",    "tick",
                                                 "timers", "poll",      "check", "starved", "stopped", "ended"};
  return names[queue];
}

const char *bell_strategy_name(bell_strategy strategy) {
  static const char *const names[BELL_STRATEGIES] = {
      "blocking", "readiness",    "busy-poll", "select", "poll", "epoll", "epoll-et", "threads", "io_uring",
#ifndef DOORBELL_WITHOUT_BYTES
      "kqueue",   "kqueue-clear",
#endif
  };
  return names[strategy];
}
