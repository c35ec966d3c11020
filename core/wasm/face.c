/* The face that a browser sees: what the modules share. Linear memory is one block, used from front to back:
 *
 *     text | scenario | trace | a sentence being read
 *
 * `text` starts over; `parse` reads what JavaScript wrote there (scenario.c); `multiplex` (multiplexer.c) or `loop`
 * (loop.c) runs it; in the playground (play.c) a program makes the scenario as it runs. `describe` says where the
 * result lies, column by column, so that JavaScript reads it in place and writes no layout down. An instance holds one
 * trace at a time. Each lesson has a module of its own, for a page should not carry the other's model.
 *
 * Only numbers come in, and each is checked here: no call, in any order, traps or leaves its block. A call that fails
 * returns 0, and `error` says why. */
#include "face.h"

enum { PAGE = 65536 };

extern unsigned char __heap_base; /* where the linker's own data ends; NOLINT(bugprone-reserved-identifier) its name */

bell_face bell_self;

/* ---- memory ----------------------------------------------------------------------------------------------------- */

/* Everything from the heap's base to the end of linear memory. */
static void take_all_memory(void) {
  uintptr_t base = ((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15;
  uint64_t end = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
  bell_self.memory = (bell_arena){.base = (unsigned char *)base, .capacity = (size_t)(end - base)};
}

bool bell_face_reserve(size_t bytes) {
  if (bell_self.memory.base == NULL) take_all_memory();
  if (bytes > SIZE_MAX - PAGE - bell_self.memory.used) return false;
  size_t missing = bell_self.memory.used + bytes;
  if (missing <= bell_self.memory.capacity) return true;
  size_t pages = (missing - bell_self.memory.capacity + PAGE - 1) / PAGE;
  if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) return false;
  bell_self.memory.capacity += pages * PAGE;
  return true;
}

uint32_t bell_face_fail(const char *why) {
  bell_self.error = why;
  return 0;
}

uint32_t bell_face_fail_memory(void) { return bell_face_fail("There is not enough memory for this scenario."); }

/* ---- out: sentences --------------------------------------------------------------------------------------------- */

/* Behind the trace. */
uint32_t bell_face_sentence(bell_face_print *print, uint32_t index) {
  bell_text out = {0};
  print(index, &out);
  size_t bytes = out.length + 1;
  if (!bell_face_reserve(bytes)) return bell_face_fail_memory();
  out = (bell_text){.out = (char *)bell_self.memory.base + bell_self.memory.used, .capacity = bytes};
  print(index, &out);
  out.out[out.length] = '\0';
  return (uint32_t)(uintptr_t)out.out;
}

static void print_reason(uint32_t step, bell_text *out) { bell_face_lesson->print_reason(&bell_self.trace, step, out); }

/* Why the last failing call failed; as all sentences, it ends with a NUL. */
EXPORT("error") uint32_t error(void) { return (uint32_t)(uintptr_t)(bell_self.error == NULL ? "" : bell_self.error); }

EXPORT("reason") uint32_t reason(uint32_t step) {
  if (step >= bell_self.trace.step_count) return bell_face_fail("There is no such step.");
  return bell_face_sentence(print_reason, step);
}

/* ---- out: where the columns lie --------------------------------------------------------------------------------- */

static const bell_face_member step_members[] = {MEMBER(bell_step, time_us), MEMBER(bell_step, event),
                                                MEMBER(bell_step, other),   MEMBER(bell_step, queued_at),
                                                MEMBER(bell_step, queue),   MEMBER(bell_step, no_guarantee)};

static const bell_face_member event_members[] = {MEMBER(bell_event, ready_us), MEMBER(bell_event, statement),
                                                 MEMBER(bell_event, parent)};

static const bell_face_member statement_members[] = {
    MEMBER(bell_statement, name),     MEMBER(bell_statement, payload), MEMBER(bell_statement, takes_us),
    MEMBER(bell_statement, after_us), MEMBER(bell_statement, depth),   MEMBER(bell_statement, kind),
    MEMBER(bell_statement, forever),  MEMBER(bell_statement, of),      MEMBER(bell_statement, with)};

static const bell_face_member problem_members[] = {MEMBER(bell_problem, line), MEMBER(bell_problem, column),
                                                   MEMBER(bell_problem, text.start), MEMBER(bell_problem, text.length)};

static void write_key(const char *key, bell_text *out) {
  bell_text_quoted(out, key);
  bell_text_string(out, ":");
}

void bell_face_write_number(const char *name, int64_t number, bell_text *out) {
  write_key(name, out);
  bell_text_number(out, number);
  bell_text_string(out, ",");
}

void bell_face_write_table(const char *name, const void *at, uint32_t count, size_t stride,
                           const bell_face_member *members, uint32_t member_count, bell_text *out) {
  write_key(name, out);
  bell_text_string(out, "{\"at\":");
  bell_text_number(out, (int64_t)(uintptr_t)at);
  bell_text_string(out, ",\"count\":");
  bell_text_number(out, count);
  bell_text_string(out, ",\"stride\":");
  bell_text_number(out, (int64_t)stride);
  bell_text_string(out, ",\"columns\":{");
  for (uint32_t i = 0; i < member_count; i++) {
    if (i > 0) bell_text_string(out, ",");
    write_key(members[i].name, out);
    bell_text_string(out, "[");
    bell_text_number(out, (int64_t)members[i].offset);
    bell_text_string(out, ",");
    bell_text_number(out, (int64_t)members[i].size);
    bell_text_string(out, "]");
  }
  bell_text_string(out, "}},");
}

static const char *host_word(uint32_t i) { return bell_host_name((bell_host)i); }
static const char *queue_word(uint32_t i) { return bell_queue_name((bell_queue)i); }
static const char *kind_word(uint32_t i) { return bell_words[i].text; }

void bell_face_write_words(const char *name, const char *(*word)(uint32_t), uint32_t count, bell_text *out) {
  write_key(name, out);
  for (uint32_t i = 0; i < count; i++) {
    bell_text_string(out, i == 0 ? "[" : ",");
    bell_text_quoted(out, word(i));
  }
  bell_text_string(out, "],");
}

/* A run of lesson 4 may have its statements in another order than the text, and its events are about those: see
 * multiplexer/expand.h. */
static const bell_scenario *described(void) {
  bool has_run = BELL_HAS_BYTES && bell_self.trace.scenario != NULL;
  return has_run ? bell_self.trace.scenario : &bell_self.scenario;
}

static uint32_t count_statements(void) {
  bool is_other = BELL_HAS_BYTES && described() != &bell_self.scenario;
  return described()->statement_count + (is_other ? described()->apart_count : 0);
}

/* Where handlers write, an event that came about stands behind those of the scenario, for the steps alone. */
static uint32_t count_events(void) {
#ifndef DOORBELL_WITHOUT_BYTES
  if (bell_self.trace.written != NULL) return bell_self.trace.scenario->event_count;
#endif
  return bell_self.trace.event_count;
}

static void write_description(uint32_t unused, bell_text *out) {
  (void)unused;
  uint32_t problems =
      bell_self.problem_count < BELL_FACE_PROBLEMS_MAX ? bell_self.problem_count : BELL_FACE_PROBLEMS_MAX;
  bell_text_string(out, "{");
  bell_face_write_table("steps", bell_self.trace.steps, bell_self.trace.step_count, sizeof(bell_step), step_members,
                        COUNT(step_members), out);
  bell_face_write_table("events", bell_self.trace.events, count_events(), sizeof(bell_event), event_members,
                        COUNT(event_members), out);
  bell_face_write_table("statements", described()->statements, count_statements(), sizeof(bell_statement),
                        statement_members, COUNT(statement_members), out);
  bell_face_write_table("problems", bell_self.problems, problems, sizeof(bell_problem), problem_members,
                        COUNT(problem_members), out);
  bell_face_write_words("queues", queue_word, BELL_QUEUES, out);
  bell_face_write_words("kinds", kind_word, BELL_KINDS, out);
  bell_face_write_words("hosts", host_word, BELL_HOSTS, out);
  bell_face_write_number("none", BELL_NONE, out);
  bell_face_write_number("problem_count", bell_self.problem_count, out);
  bell_face_describe_own(out);
  write_key("strings", out);
  bell_text_number(out, (int64_t)(uintptr_t)bell_self.scenario.strings);
  bell_text_string(out, "}");
}

/* Where everything of the last run lies, and the words for its codes, as JSON. */
EXPORT("describe") uint32_t describe(void) { return bell_face_sentence(write_description, 0); }
