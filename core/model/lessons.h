/* lessons: a row a lesson: what those who run one must know of it. A row stands in its lesson's own room
 * (multiplexer/multiplexer_lesson.c, loop/loop_lesson.c), and lessons.c lists them. Who runs one lesson alone, as a
 * page's module does, names its row and carries nothing of the others. */
#ifndef BELL_LESSONS_H
#define BELL_LESSONS_H

#include "multiplexer/waiting.h"
#include "trace/columns.h"

/* How to run it: each lesson reads its own part. */
typedef struct bell_lesson_options {
  bell_strategy strategy; /* lesson 4 */
  bell_waiting_options waiting;
} bell_lesson_options;

typedef struct bell_lesson {
  bell_host first_host; /* who runs it: this one as a rule, */
  uint32_t host_count;  /* and those that come next in bell_host */

  /* Can a scenario that was parsed for a host of the lesson be run so? If not, a problem is reported. */
  bool (*check)(const bell_scenario *scenario, bell_lesson_options options, bell_report report);

  /* How many bytes of arena `run` takes. */
  size_t (*memory)(const bell_scenario *scenario, bell_lesson_options options);

  /* Runs a scenario that was checked. The trace lives in the arena and reads the scenario, which must outlive it. False
   * when the arena is too small; then there is no trace. */
  bool (*run)(bell_trace *trace, const bell_scenario *scenario, bell_lesson_options options, bell_arena *arena);

  /* Why step k came next, in English: one to three short sentences, with their full stops. */
  void (*print_reason)(const bell_trace *trace, uint32_t k, bell_text *out);

  const bell_column *columns; /* of a row; at most BELL_COLUMNS_MAX */
  uint32_t column_count;
} bell_lesson;

extern const bell_lesson bell_multiplexer_lesson; /* lesson 4 */
extern const bell_lesson bell_loop_lesson;        /* lesson 5 */

static inline bool bell_lesson_has_host(const bell_lesson *lesson, bell_host host) {
  return host >= lesson->first_host && host - lesson->first_host < lesson->host_count;
}

/* The lesson of a host, among them all. */
const bell_lesson *bell_lesson_of(bell_host host);

#endif
