#include "scenario/scenario.h"

/* They are in the order of their sockets, the last first. */
const bell_stream *bell_scenario_find_stream(const bell_scenario *scenario, uint32_t socket) {
  uint32_t first = 0;
  uint32_t count = scenario->stream_count;
  while (count > 0) {
    uint32_t half = count / 2;
    const bell_stream *middle = &scenario->streams[first + half];
    if (middle->statement == socket) return middle;
    if (middle->statement > socket) first += half + 1;
    count = middle->statement > socket ? count - half - 1 : half;
  }
  return NULL;
}
