/* What a program's run says that no scenario's does: how it came to its end. */
#include "loop/program_reason.h"

#include "loop/loop.h"
#include "support.h"

/* Its labels are places in the names, which are one letter each. */
typedef struct program {
  bell_statement statements[8];
  bell_scenario scenario;
  bell_trace trace;
  bell_loop *loop;
  void *memory;
} program;

static const char *source_name(const bell_statement *s) { return s->kind == BELL_SCRIPT ? "scripts" : ""; }

static void start(program *p) {
  static const char names[] = "\0m\0t\0p\0x";
  *p = (program){.scenario = {.host = BELL_NODE, .source_name = source_name, .strings = names}};
  static const uint8_t kinds[] = {BELL_SCRIPT, BELL_TICK, BELL_PROMISE, BELL_SCRIPT};
  for (uint32_t i = 0; i < COUNT_OF(kinds); i++) {
    p->statements[i] = (bell_statement){.name = 1 + 2 * i, .kind = kinds[i], .depth = i == 1};
  }
  p->scenario.statements = p->statements;
  p->trace.scenario = &p->scenario;
  bell_loop_room room = {.events = 4, .known = 1};
  size_t size = bell_loop_memory(BELL_NODE, room);
  p->memory = malloc(size);
  bell_arena arena = {.base = p->memory, .capacity = size};
  p->loop = bell_loop_start(&p->trace, BELL_NODE, room, (bell_loop_open){0}, &arena);
  bell_loop_know(p->loop, BELL_MAIN, 0, 0);
  bell_loop_take(p->loop);
}

/* The reason of the last step. */
static void check(program *p, const char *expected) {
  char bytes[256] = {0};
  bell_text out = {.out = bytes, .capacity = sizeof bytes - 1};
  program_reason_print(&p->trace, p->trace.step_count - 1, &out);
  CHECK_TEXT("a program of the test's own", "reason", bytes, expected);
  free(p->memory);
}

static void a_program_that_was_stopped_says_who_starves(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_queue(p.loop, BELL_TICKS, 1);
  bell_loop_finish(p.loop, 0);
  bell_loop_stop(p.loop, 0);
  check(&p, "After 1 callbacks the run was stopped. t would come next.");

  start(&p);
  uint32_t tick = bell_loop_queue(p.loop, BELL_TICKS, 1);
  bell_loop_queue(p.loop, BELL_IMMEDIATES, 3);
  bell_loop_finish(p.loop, 0);
  bell_loop_take(p.loop);
  bell_loop_finish(p.loop, 0);
  bell_loop_stop(p.loop, tick);
  check(&p,
        "After 2 callbacks the run was stopped. x starves: what goes before it has no end; the last of that was t.");
}

static void the_end_of_a_process_says_whose_doing_it_was(void **state) {
  (void)state;
  static const struct {
    bell_reason reason;
    const char *sentence;
  } ends[] = {
      {BELL_REASON_ENDED_THREW, "m threw, and nobody caught it: Node ends the process here, with status 1."},
      {BELL_REASON_ENDED_EXIT, "m called process.exit: Node ends the process here."},
      {BELL_REASON_ENDED, "p was rejected, and nobody handles that: Node ends the process here, with status 1."},
  };
  for (size_t i = 0; i < COUNT_OF(ends); i++) {
    program p;
    start(&p);
    bell_loop_finish(p.loop, 0);
    bell_rejection rejection = {.statement = 2};
    p.trace.unhandled = &rejection;
    p.trace.unhandled_count = 1;
    bell_loop_end(p.loop, ends[i].reason, 0, 0, NULL);
    check(&p, ends[i].sentence);
  }
}

static void what_node_calls_itself_says_so(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_BEFORE_EXIT);
  bell_loop_finish(p.loop, 0);
  check(&p, "Nothing is to come any more. Node tells that as beforeExit: x may ask for more.");

  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_EXIT);
  bell_loop_finish(p.loop, 0);
  check(&p, "The process ends. Node tells that as exit: x runs, and nothing that it asks for will.");
}

static void all_else_is_said_as_a_scenario_says_it(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_finish(p.loop, 0);
  check(&p, "m is the main script: it runs first, to its end, and the loop begins after it.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_program_that_was_stopped_says_who_starves),
      cmocka_unit_test(the_end_of_a_process_says_whose_doing_it_was),
      cmocka_unit_test(what_node_calls_itself_says_so),
      cmocka_unit_test(all_else_is_said_as_a_scenario_says_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
