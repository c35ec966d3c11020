/* The face of a scenario, for the modules of the lessons: its text comes in, is read, and is run. */
#include <string.h>

#include "face.h"
#include "scenario/parser.h"

/* Room for a text of `length` bytes: where to write it, or 0. What was there before is gone. */
EXPORT("text") uint32_t text(uint32_t length) {
  memset(&bell_self, 0, sizeof bell_self);
  if (!bell_face_reserve(bell_arena_bytes(length, 1))) return bell_face_fail_memory();
  bell_self.text = bell_arena_take(&bell_self.memory, length, 1);
  bell_self.length = length;
  return (uint32_t)(uintptr_t)bell_self.text;
}

static void tell(void *context, const bell_problem *problem) {
  (void)context;
  if (bell_self.problem_count < BELL_FACE_PROBLEMS_MAX) bell_self.problems[bell_self.problem_count] = *problem;
  bell_self.problem_count++;
}

const bell_report bell_face_report = {.tell = tell};

/* Reads the text for `host`; what an earlier run left behind it is dropped. */
EXPORT("parse") uint32_t parse(uint32_t host) {
  if (host >= BELL_HOSTS) return bell_face_fail("There is no such host.");
  if (bell_self.text == NULL) return bell_face_fail("No scenario: ask for room with text(length), and write it there.");
  bell_self.memory.used = bell_arena_bytes(bell_self.length, 1);
  bell_self.scenario = (bell_scenario){0};
  bell_self.trace = (bell_trace){0};
  bell_self.problem_count = 0;
  bell_scenario_text measured = bell_scenario_measure(bell_self.text, bell_self.length);
  if (!bell_face_reserve(bell_scenario_memory(measured))) return bell_face_fail_memory();
  bool good = bell_scenario_parse(&bell_self.scenario, measured, (bell_host)host, &bell_self.memory, bell_face_report);
  if (!good) bell_self.scenario = (bell_scenario){0};
  bell_self.parsed_end = bell_self.memory.used;
  return good || bell_face_fail("The scenario has mistakes.");
}

bool bell_face_is_parsed(void) {
  bool is_parsed = bell_self.scenario.strings != NULL;
  return (is_parsed && bell_lesson_has_host(bell_face_lesson, bell_self.scenario.host)) ||
         bell_face_fail("No scenario was parsed for this lesson: call parse(host) first.");
}

bool bell_face_start_run(size_t bytes) {
  bell_self.memory.used = bell_self.parsed_end;
  bell_self.trace = (bell_trace){0};
  return bell_face_reserve(bytes) || bell_face_fail_memory();
}

bool bell_face_run(bell_lesson_options options) {
  const bell_scenario *scenario = &bell_self.scenario;
  return bell_face_is_parsed() && bell_face_start_run(bell_face_lesson->memory(scenario, options)) &&
         (bell_face_lesson->run(&bell_self.trace, scenario, options, &bell_self.memory) || bell_face_fail_memory());
}

/* When a step ends, in microseconds; 0 for one that does not exist, as that before the first. */
EXPORT("end") double end(uint32_t step) {
  return step < bell_self.trace.step_count ? (double)bell_trace_end_us(&bell_self.trace, step) : 0;
}
