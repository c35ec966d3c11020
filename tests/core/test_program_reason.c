/* What a program's run says that no scenario's does: how it came to its end, what a promise's job is for. */
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
static void check_job(program *p, program_job job, const char *expected) {
  char bytes[512] = {0};
  bell_text out = {.out = bytes, .capacity = sizeof bytes - 1};
  program_reason_print(&p->trace, p->trace.step_count - 1, &job, &out);
  CHECK_TEXT("a program of the test's own", "reason", bytes, expected);
  free(p->memory);
}

static void check(program *p, const char *expected) { check_job(p, (program_job){0}, expected); }

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
  check(&p, "Nothing is to come that keeps the process alive. Node tells that as beforeExit: x may ask for more.");

  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_EXIT);
  bell_loop_finish(p.loop, 0);
  check(&p, "The process ends. Node tells that as exit: x runs, and nothing that it asks for will.");

  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_REJECTIONS);
  bell_loop_finish(p.loop, 0);
  check(&p,
        "No tick and no microtask is left: Node now tells which rejections have no handler, or got one late, and x is "
        "called.");

  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_THROWN);
  bell_loop_finish(p.loop, 0);
  check(&p,
        "What ran before threw, and nobody caught it: Node tells that at once, and x is called before anything else "
        "runs.");
}

static void the_next_listener_of_an_event_says_why_it_comes_now(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_LISTENER);
  bell_loop_finish(p.loop, 0);
  check(&p,
        "No microtask is left of the listener before, and nothing else comes in between: x goes on with its next "
        "listener.");
}

static void the_settling_of_a_task_s_promise_says_why_it_comes_now(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_finish(p.loop, 0);
  bell_loop_call(p.loop, 3, BELL_REASON_SETTLES);
  bell_loop_finish(p.loop, 0);
  check(&p, "No microtask is left of its callback, and nothing else comes in between: the promise of x is settled.");
}

static void all_else_is_said_as_a_scenario_says_it(void **state) {
  (void)state;
  program p;
  start(&p);
  bell_loop_finish(p.loop, 0);
  check(&p, "m is the main script: it runs first, to its end, and the loop begins after it.");
}

/* Those of each clause, in programs: tests/playground/reasons.test.mjs. */
static void a_promises_job_says_what_it_is_for(void **state) {
  (void)state;
#define MAIN "m is the main script: it runs first, to its end, and the loop begins after it."
  static const struct {
    program_job job;
    const char *sentence;
  } jobs[] = {
      {{PROGRAM_JOB_HANDLER, false, false, "p (line 3)", "", "then", 4, 0},
       MAIN " p (line 3) is fulfilled, so its then from line 4 was queued."},
      {{PROGRAM_JOB_HANDLER, false, false, "a (line 3)", "", "then", 4, 0},
       MAIN " a (line 3) is fulfilled, so its then from line 4 was queued."},
      {{PROGRAM_JOB_HANDLER, true, false, "the await (line 3)", "", "catch", 4, 6},
       MAIN " The await (line 3) was rejected on line 6, so its catch from line 4 was queued."},
      {{PROGRAM_JOB_FINALLY, false, true, "", "", "finally", 4, 3},
       MAIN
       " A promise was fulfilled already when line 4 called its finally, so that was queued at once: it runs either "
       "way."},
      {{PROGRAM_JOB_THEN, false, false, "", "", "", 0, 0},
       MAIN " A hop: its promise was resolved with a thenable, so this job calls the then of that (ECMAScript "
            "27.2.2.2)."},
      {{PROGRAM_JOB_AWAIT, true, false, "an inner promise (line 2)", "f", "", 4, 0},
       MAIN " An inner promise (line 2) was rejected, so the await of f on line 4 throws."},
  };
  for (size_t i = 0; i < COUNT_OF(jobs); i++) {
    program p;
    start(&p);
    bell_loop_finish(p.loop, 0);
    check_job(&p, jobs[i].job, jobs[i].sentence);
  }
}

static void each_kind_of_job_has_a_name_and_a_sentence(void **state) {
  (void)state;
  for (int kind = PROGRAM_JOB_NONE + 1; kind < PROGRAM_JOB_KINDS; kind++) {
    program p;
    start(&p);
    bell_loop_finish(p.loop, 0);
    char bytes[512] = {0};
    bell_text out = {.out = bytes, .capacity = sizeof bytes - 1};
    program_job job = {.kind = (program_job_kind)kind, .of = "", .own = "", .method = ""};
    program_reason_print(&p.trace, 0, &job, &out);
    assert_true(out.length > strlen(MAIN));
    assert_string_not_equal(program_job_name(job.kind), "");
    free(p.memory);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_program_that_was_stopped_says_who_starves),
      cmocka_unit_test(the_end_of_a_process_says_whose_doing_it_was),
      cmocka_unit_test(what_node_calls_itself_says_so),
      cmocka_unit_test(the_next_listener_of_an_event_says_why_it_comes_now),
      cmocka_unit_test(the_settling_of_a_task_s_promise_says_why_it_comes_now),
      cmocka_unit_test(all_else_is_said_as_a_scenario_says_it),
      cmocka_unit_test(a_promises_job_says_what_it_is_for),
      cmocka_unit_test(each_kind_of_job_has_a_name_and_a_sentence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
