/* The module of lesson 5. */
#include "face.h"
#include "loop/orders.h"

const bell_lesson *const bell_face_lesson = &bell_loop_lesson;

/* Runs the scenario that was parsed, as its host does it. */
EXPORT("loop") uint32_t loop(void) { return bell_face_run((bell_lesson_options){0}); }

static bell_orders found;

/* {"orders":[[0,2,1],...],"complete":true,"runs":2}. An order is the statements whose callbacks ran. */
static void print_orders(uint32_t unused, bell_text *out) {
  (void)unused;
  bell_text_string(out, "{\"orders\":[");
  for (uint32_t i = 0; i < found.count; i++) {
    bell_text_string(out, i == 0 ? "[" : ",[");
    for (uint32_t k = 0; k < found.lengths[i]; k++) {
      if (k > 0) bell_text_string(out, ",");
      bell_text_number(out, bell_orders_at(&found, i)[k]);
    }
    bell_text_string(out, "]");
  }
  bell_text_string(out, found.complete ? "],\"complete\":true,\"runs\":" : "],\"complete\":false,\"runs\":");
  bell_text_number(out, found.runs);
  bell_text_string(out, "}");
}

/* Finds all orders of the scenario that was parsed: see orders.h. Returns them as JSON; there is no trace then. */
EXPORT("orders") uint32_t orders(uint32_t late_us) {
  if (!bell_face_is_parsed()) return 0;
  if (!bell_face_start_run(bell_orders_memory(&bell_self.scenario))) return 0;
  if (!bell_orders_find(&found, &bell_self.scenario, late_us, &bell_self.memory)) return bell_face_fail_memory();
  return bell_face_sentence(print_orders, 0);
}

static const bell_face_member unhandled_members[] = {MEMBER(bell_rejection, statement), MEMBER(bell_rejection, step)};

static const char *job_word(uint32_t i) { return bell_job_name((bell_job_kind)i); }

/* What a statement's `after_us` or `with` is, which lie in one place: "after", "with", or "" when it has neither. */
static const char *form_word(uint32_t kind) {
  bell_clause form = (bell_clause)bell_words[kind].form;
  return form == 0 ? "" : bell_clause_name(form);
}

void bell_face_describe_own(bell_text *out) {
  bell_face_write_table("unhandled", bell_self.trace.unhandled, bell_self.trace.unhandled_count, sizeof(bell_rejection),
                        unhandled_members, COUNT(unhandled_members), out);
  bell_face_write_words("jobs", job_word, BELL_JOB_KINDS, out);
  bell_face_write_words("forms", form_word, BELL_KINDS, out);
  bell_face_write_number("first_hop", BELL_JOB_PASS, out);
}

/* 1 and what the step does as a promise's job (see bell_step), with 128 more when it is about a rejection. */
EXPORT("job") uint32_t job(uint32_t step) {
  if (step >= bell_self.trace.step_count) return bell_face_fail("There is no such step.");
  bell_job_kind kind = bell_trace_job(&bell_self.trace, step);
  bool rejected = kind != BELL_JOB_MICROTASK && bell_self.trace.steps[step].rejected;
  return 1 + (uint32_t)kind + (rejected ? 0x80 : 0);
}
