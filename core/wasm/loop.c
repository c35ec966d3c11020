/* The module of lesson 5. */
#include "event_loop.h"
#include "face.h"

/* Runs the scenario that was parsed, as its host does it. */
EXPORT("loop") uint32_t loop(void) {
  if (!bell_face_is_parsed(false)) return 0;
  if (!bell_face_start_run(bell_event_loop_memory(&bell_self.scenario))) return 0;
  return bell_event_loop_run(&bell_self.trace, &bell_self.scenario, &bell_self.memory) || bell_face_fail_memory();
}
