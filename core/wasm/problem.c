/* What is wrong with a scenario, in English: a module of its own, for most texts have no mistake.
 *
 * JavaScript copies a row of the lesson's table of problems to `problem`, and the line that it is about to `line`, as
 * far as there is `room`; then `sentence` says where the sentence stands, ended by a NUL, until the next one is asked
 * for. */
#include "scenario/problem.h"
#include "scenario/scenario.h"

#define EXPORT(name) __attribute__((export_name(name)))

enum { SENTENCE_MAX = 2048 };

static bell_problem told;
static char line_bytes[BELL_LINE_MAX];
static char sentence_bytes[SENTENCE_MAX + 1];

EXPORT("problem") uint32_t problem(void) { return (uint32_t)(uintptr_t)&told; }
EXPORT("line") uint32_t line(void) { return (uint32_t)(uintptr_t)line_bytes; }
EXPORT("room") uint32_t room(void) { return BELL_LINE_MAX; }

/* Whatever was copied, what is read lies in the line. */
EXPORT("sentence") uint32_t sentence(void) {
  size_t at = (size_t)(told.word.start - told.text.start);
  if (told.text.length > BELL_LINE_MAX) told.text.length = 0;
  if (at > told.text.length || told.word.length > told.text.length - at) told.word.length = at = 0;
  told.text.start = line_bytes;
  told.word.start = line_bytes + at;
  if ((unsigned)told.code >= BELL_PROBLEM_CODES || told.kind > BELL_KINDS || told.under > BELL_KINDS) return 0;
  bell_text out = {.out = sentence_bytes, .capacity = SENTENCE_MAX};
  bell_problem_print(&told, &out);
  sentence_bytes[out.length < SENTENCE_MAX ? out.length : SENTENCE_MAX] = '\0';
  return (uint32_t)(uintptr_t)sentence_bytes;
}
