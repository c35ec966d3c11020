/* Promises in a scenario: what each statement does, and the rows of its jobs. That the order is that of real engines is
 * the business of tests/core/promise.test.mjs. */
#include "support.h"

/* What a scenario must give in both hosts, for it has no tasks but the first: "NAME KIND", one a line. What runs no
 * code of the program stands in parentheses. */
static void check_rows(const char *text, const char *expected) {
  for (int host = BELL_BROWSER; host <= BELL_NODE; host++) {
    run r;
    run_loop(&r, text, (bell_host)host);
    string rows = {0};
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      bool hop = bell_trace_job(&r.trace, k) >= BELL_JOB_PASS;
      string_add(&rows, hop ? "(%s %s)\n" : "%s %s\n", step_name(&r.trace, k),
                 bell_words[bell_trace_statement(&r.trace, k)->kind].text);
    }
    CHECK_TEXT(text, bell_host_name((bell_host)host), rows.bytes, expected);
    CHECK_EQUAL(text, "events", r.trace.event_count, r.trace.step_count);
    CHECK(text, r.trace.step_count <= r.reading.scenario.run_count);
    string_free(&rows);
    run_free(&r);
  }
}

static void a_reaction_is_a_row_and_its_code_runs_then(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  then a of p\n    microtask m\n  then b of p\n  resolve p\n  microtask n\n",
             "main script\na then\nb then\nn microtask\nm microtask\n");
}

static void a_derived_promise_has_the_name_of_its_callback(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  resolve p\n  then a of p\n  then b of a\n  catch c of b\n  then d of c\n",
             "main script\na then\nb then\n(c catch)\nd then\n");
}

static void throw_rejects_until_somebody_catches(void **state) {
  (void)state;
  check_rows(
      "script main\n  promise p\n  resolve p\n  then a of p\n    throw\n  then b of a\n  catch c of b\n  then d of c\n",
      "main script\na then\n(b then)\nc catch\nd then\n");
}

static void a_promise_that_never_settles_gives_no_rows(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  then a of p\n  async f\n    await p\n    microtask m\n  finally e of f\n",
             "main script\n");
}

static void only_the_first_resolve_or_reject_counts(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  promise q\n  then a of p\n  resolve p with q\n  reject p\n  resolve p\n",
             "main script\n(p resolve)\n");
  check_rows("script main\n  promise p\n  catch a of p\n  reject p\n  resolve p\n", "main script\na catch\n");
}

static void a_promise_resolved_with_itself_is_rejected(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  catch a of p\n  resolve p with p\n", "main script\na catch\n");
}

static void resolving_with_a_promise_and_returning_one_cost_two_hops(void **state) {
  (void)state;
  check_rows(
      "script main\n  promise q\n  resolve q\n  promise p\n  then a of p\n    return q\n  then b of a\n"
      "  resolve p with q\n",
      "main script\n(p resolve)\n(p resolve)\na then\n(a return)\n(a return)\nb then\n");
  check_rows(
      "script main\n  promise q\n  resolve q\n  async f\n    return q\n  then a of f\n  async g\n    await q\n"
      "  then b of g\n",
      "main script\n(f return)\ng await\n(f return)\nb then\na then\n");
}

static void a_thenable_costs_one_hop(void **state) {
  (void)state;
  check_rows(
      "script main\n  thenable t\n  promise p\n  then a of p\n    return t\n  then b of a\n  resolve p with t\n"
      "  async f\n    await t\n    return t\n  then c of f\n",
      "main script\n(p resolve)\n(f await)\na then\nf await\n(a return)\n(f return)\nb then\nc then\n");
}

static void finally_costs_three_hops(void **state) {
  (void)state;
  check_rows("script main\n  promise p\n  reject p\n  finally e of p\n    microtask m\n  catch c of e\n",
             "main script\ne finally\nm microtask\n(e finally)\n(e finally)\n(e finally)\nc catch\n");
  check_rows("script main\n  promise p\n  resolve p\n  finally e of p\n    throw\n  catch c of e\n",
             "main script\ne finally\nc catch\n");
}

static void an_async_function_runs_at_once_up_to_its_first_await(void **state) {
  (void)state;
  check_rows("script main\n  async f\n    microtask a\n    await\n    microtask c\n  microtask b\n",
             "main script\na microtask\nf await\nb microtask\nc microtask\n");
}

static void a_function_calls_another_and_goes_on_when_that_one_waits(void **state) {
  (void)state;
  static const char text[] =
      "script main\n"
      "  async f\n"
      "    async g\n"
      "      microtask a\n"
      "      async h\n"
      "        await\n"
      "        microtask d\n"
      "    microtask b\n"
      "    await g\n"
      "    microtask e\n"
      "  microtask c\n"
      "  then x of f\n";
  check_rows(
      text, "main script\na microtask\nh await\nb microtask\nf await\nc microtask\nd microtask\ne microtask\nx then\n");
}

static void a_rejected_await_ends_its_function(void **state) {
  (void)state;
  check_rows(
      "script main\n  promise p\n  reject p\n  async f\n    async g\n      await p\n      microtask never\n    await "
      "g\n"
      "    microtask never\n  catch c of f\n",
      "main script\ng await\nf await\nc catch\n");
}

static void a_return_or_a_throw_in_a_function_ends_it_alone(void **state) {
  (void)state;
  check_rows(
      "script main\n  async f\n    async g\n      throw\n    catch c of g\n    microtask m\n    return\n  then a of "
      "f\n",
      "main script\nc catch\nm microtask\na then\n");
}

/* As const in JavaScript. */
static void a_name_means_the_nearest_thing_made_before(void **state) {
  (void)state;
  check_rows(
      "script main\n  promise p\n  resolve p\n  microtask m\n    promise p\n    then inner of p\n    microtask n\n"
      "      then innermost of p\n    resolve p\n  then outer of p\n",
      "main script\nm microtask\nouter then\nn microtask\ninner then\ninnermost then\n");
  check_rows("script main\n  promise p\n  resolve p\n  then p of p\n    then q of p\n  then p of p\n",
             "main script\np then\nq then\np then\n");
}

static void a_promise_may_be_settled_by_a_timer(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  promise q\n  then a of p\n  catch b of q\n"
      "  resolve p after 2\n  reject q after 1\n";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  string rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes,
             "0 task main script\n1 task q reject\n1 microtask b catch\n2 task p resolve\n2 microtask a then\n");
  string_free(&rows);
  run_free(&r);
  run_loop(&r, text, BELL_NODE);
  rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes,
             "0 main main script\n1 timers q reject\n1 microtask b catch\n2 timers p resolve\n2 microtask a then\n");
  string_free(&rows);
  run_free(&r);
}

static void ticks_go_before_the_jobs_of_promises(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  then a of p\n    tick k\n  then b of p\n  resolve p\n  tick j\n";
  run r;
  run_loop(&r, text, BELL_NODE);
  string rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes,
             "0 main main script\n0 tick j tick\n0 microtask a then\n0 microtask b then\n0 tick k tick\n");
  string_free(&rows);
  run_free(&r);
}

static void a_callback_takes_its_time_and_a_hop_takes_none(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  resolve p\n  finally e of p takes 2\n  catch c of p takes 4\n"
      "  then a of c takes 1\n";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  string rows = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", rows.bytes,
             "0 task main script\n0 microtask e finally\n2 microtask c catch\n2 microtask e finally\n"
             "2 microtask e finally\n2 microtask a then\n3 microtask e finally\n");
  CHECK_EQUAL(text, "end", bell_trace_totals(&r.trace).end_us, 3000);
  string_free(&rows);
  run_free(&r);
}

/* ---- rejections that nobody handles ----------------------------------------------------------------------------- */

/* "NAME@STEP", one after the other. */
static void check_unhandled(const char *text, const char *expected) {
  for (int host = BELL_BROWSER; host <= BELL_NODE; host++) {
    string heard = {0};
    string_add(&heard, "%slistener unhandledRejection\n", text);
    run r;
    run_loop(&r, heard.bytes, (bell_host)host);
    string_free(&heard);
    string told = {0};
    string_add(&told, "%s", "");
    for (uint32_t i = 0; i < r.trace.unhandled_count; i++) {
      const bell_rejection *rejection = &r.trace.unhandled[i];
      string_add(&told, "%s%s@%u", i > 0 ? " " : "", bell_scenario_name(&r.reading.scenario, rejection->statement),
                 rejection->step);
    }
    CHECK_TEXT(text, "unhandled", told.bytes, expected);
    string_free(&told);
    run_free(&r);
  }
}

static void a_rejection_is_told_when_no_microtask_is_left(void **state) {
  (void)state;
  check_unhandled("script main\n  promise p\n  reject p\n  microtask m\n    catch c of p\n", "");
  check_unhandled("script main\n  promise p\n  reject p\n  microtask m\n  timer t after 1\n    catch c of p\n", "p@1");
  check_unhandled("script main\n  promise p\n  reject p after 1\n  then a of p\n  finally e of p\n", "a@6 e@6");
  check_unhandled("script main\n  async f\n    throw\n  async g\n    await f\n", "g@1");
  check_unhandled("script main\n  promise p\n  resolve p\n  then a of p\n", "");
  check_unhandled("script main\n  promise q\n  reject q\npromise p ready 100\n", "q@0");
  check_unhandled("script main\n  promise q\n  reject q\n  microtask m forever\n", "");
}

/* In Node: the rows, and what the last one says. */
static void check_rows_in_node(const char *text, const char *rows, const char *last_reason) {
  run r;
  run_loop(&r, text, BELL_NODE);
  string told = rows_of(&r.trace);
  CHECK_TEXT(text, "rows", told.bytes, rows);
  char *reason = reason_sentence(&r.trace, r.trace.step_count - 1);
  CHECK_TEXT(text, "the last row's reason", reason, last_reason);
  free(reason);
  string_free(&told);
  run_free(&r);
}

#define ENDS " was rejected, and nobody handles that: Node ends the process here, with status 1."

static void a_rejection_that_nobody_handles_ends_a_node_process(void **state) {
  (void)state;
  check_rows_in_node("script main\n  promise p\n  reject p\n  timer t after 2\n",
                     "0 main main script\n0 ended t timer\n", "p" ENDS " t would have come next.");
  check_rows_in_node("script main\n  promise p\n  reject p\n", "0 main main script\n0 ended main script\n", "p" ENDS);
  /* When ticks and microtasks are over, not before; and as the last callback is over. */
  check_rows_in_node("script main takes 3\n  promise p\n  reject p\n  microtask m\n    tick n\n  immediate i\n",
                     "0 main main script\n3 microtask m microtask\n3 tick n tick\n3 ended i immediate\n",
                     "p" ENDS " i would have come next.");
  /* The loop does not sleep before. */
  check_rows_in_node("script main\n  promise p\n  reject p after 2\ntimer t ready 9\n",
                     "0 main main script\n2 timers p reject\n2 ended t timer\n", "p" ENDS " t would have come next.");
  /* The first of several; the others are never told. */
  check_rows_in_node("script main\n  promise p\n  promise q\n  reject q\n  reject p\n",
                     "0 main main script\n0 ended main script\n", "q" ENDS);
}

static void with_a_listener_or_a_handler_in_time_node_goes_on(void **state) {
  (void)state;
  check_rows_in_node("listener unhandledRejection\nscript main\n  promise p\n  reject p\n  immediate i\n",
                     "0 main main script\n0 check i immediate\n",
                     "Check phase: i is the oldest immediate from before the phase began. main queued i.");
  check_rows_in_node(
      "script main\n  promise p\n  reject p\n  tick n\n    catch c of p\n",
      "0 main main script\n0 tick n tick\n0 microtask c catch\n",
      "No tick waited, so microtasks run before the loop goes on: c is the oldest. p was rejected, and c "
      "reacts to that. n queued c.");
}

static void a_rejection_is_said_to_be_told_after_the_last_step_before_it(void **state) {
  (void)state;
  static const char text[] = "script main\n  promise p\n  reject p\n  timer t after 2\n    catch c of p\n";
  static const char heard[] =
      "listener unhandledRejection\nscript main\n  promise p\n  reject p\n  timer t after 2\n    catch c of p\n";
  static const struct {
    const char *text;
    bell_host host;
    const char *told;
    const char *late;
  } runs[] = {
      {text, BELL_BROWSER, " Then nobody has handled the rejection of p: that is told as unhandledrejection.",
       " p was rejected, and c reacts to that. That is late: the rejection was told at 0 ms. "},
      {heard, BELL_NODE, " Then nobody has handled the rejection of p: that is told as unhandledRejection.",
       " p was rejected, and c reacts to that. That is late: the rejection was told at 0 ms. "},
  };
  for (size_t i = 0; i < COUNT_OF(runs); i++) {
    run r;
    run_loop(&r, runs[i].text, runs[i].host);
    char *first = reason_sentence(&r.trace, 0);
    char *last = reason_sentence(&r.trace, 2);
    CHECK_CONTAINS(runs[i].text, "the first reason", first, runs[i].told);
    CHECK_CONTAINS(runs[i].text, "the last reason", last, runs[i].late);
    free(first);
    free(last);
    run_free(&r);
  }
}

/* Another one was told meanwhile. */
static void a_rejection_that_is_handled_in_time_is_not_late(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise a\n  catch c of a\n  promise b\n  reject b\n  timer t after 2\n    reject a\n";
  run r;
  run_loop(&r, text, BELL_BROWSER);
  CHECK_EQUAL(text, "rejections told", r.trace.unhandled_count, 1);
  char *reason = reason_sentence(&r.trace, 2);
  CHECK_CONTAINS(text, "reason", reason, "a was rejected, and c reacts to that.");
  CHECK(text, strstr(reason, "late") == NULL);
  free(reason);
  run_free(&r);
}

/* ---- why -------------------------------------------------------------------------------------------------------- */

static void each_hop_says_what_it_is_for(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  promise q\n  resolve q with p\n  then onP of p\n  then next of onP\n  async f\n"
      "    await p\n  finally end of f\n    throw\n  reject p\n";
  static const char *const reasons[] = {
      "No microtask waited, and main was the only task.",
      "q's job is the oldest microtask; onP's job is behind it. A hop: q was resolved with the promise p, so this job "
      "calls p's then (ECMAScript 27.2.2.2). main queued q's job.",
      "onP's job is the oldest microtask; f's await is behind it. A hop: p was rejected, but onP does not react to "
      "that: this job runs no code and passes it on to onP's own promise (ECMAScript 27.2.2.1). main queued onP's "
      "job.",
      "f's await is the oldest microtask; q's job is behind it. f awaited p, which was rejected: await throws, and f "
      "is rejected. main queued f's await.",
      "q's job is the oldest microtask; next's job is behind it. A hop: p was rejected, and now q is too. q's job "
      "queued q's job.",
      "next's job is the oldest microtask; end is behind it. A hop: onP was rejected, but next does not react to that: "
      "this job runs no code and passes it on to next's own promise (ECMAScript 27.2.2.1). onP's job queued next's "
      "job.",
      "end was the only microtask, and no task waited. f was rejected, and end runs either way. f queued end. Then "
      "nobody has handled the rejection of q and of next and of end: that is told as unhandledrejection.",
  };
  run r;
  run_loop(&r, text, BELL_BROWSER);
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(reasons));
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    char *reason = reason_sentence(&r.trace, k);
    CHECK_TEXT(text, "reason", reason, reasons[k]);
    free(reason);
  }
  run_free(&r);
}

static void what_goes_on_forever_starves_no_promise_before_it(void **state) {
  (void)state;
  static const char text[] =
      "script main\n  promise p\n  then a of p\n  resolve p\n  microtask m forever\ntimer t ready 1\n";
  for (int host = BELL_BROWSER; host <= BELL_NODE; host++) {
    run r;
    run_loop(&r, text, (bell_host)host);
    uint32_t last = r.trace.step_count - 1;
    CHECK_TEXT(text, "step 1", step_name(&r.trace, 1), "a");
    CHECK_TEXT(text, "the last", bell_queue_name((bell_queue)r.trace.steps[last].queue), "starved");
    CHECK_TEXT(text, "who starves", step_name(&r.trace, last), "t");
    run_free(&r);
  }
}

/* ---- random programs -------------------------------------------------------------------------------------------- */

enum { NAMES = 6, RUNS = 1000 };

/* Lines that a scenario may or may not take; those that it does not are left out. */
static void random_line(uint64_t *chance, string *text, uint32_t depth) {
  static const char *const forms[] = {"promise %c",
                                      "then %c of %c",
                                      "catch %c of %c",
                                      "finally %c of %c",
                                      "async %c",
                                      "thenable %c",
                                      "resolve %c",
                                      "resolve %c with %c",
                                      "resolve %c after 1",
                                      "reject %c",
                                      "reject %c after 2",
                                      "await %c",
                                      "await",
                                      "return %c",
                                      "return",
                                      "throw",
                                      "microtask %c",
                                      "timer %c after 1",
                                      "then %c of %c takes 1",
                                      "then %c of %c",
                                      "promise %c",
                                      "async %c",
                                      "resolve %c",
                                      "resolve %c with %c"};
  string_add(text, "%*s", (int)(2 * depth), "");
  for (const char *c = forms[random_below(chance, COUNT_OF(forms))]; *c != '\0'; c++) {
    bool is_name = c[0] == '%';
    if (is_name) string_add(text, "%c", 'a' + (char)random_below(chance, NAMES));
    else string_add_bytes(text, c, 1);
    c += is_name;
  }
  string_add(text, "\n");
}

static void random_promises(uint64_t *chance, string *text) {
  uint32_t depth = 1;
  string_cut(text, 0);
  string_add(text, "script main\n");
  for (uint32_t lines = 5 + random_below(chance, 25); lines > 0; lines--) {
    size_t before = text->length;
    random_line(chance, text, depth);
    reading r = read_text(text->bytes, BELL_BROWSER);
    if (!r.good) string_cut(text, before);
    else depth = 1 + random_below(chance, depth + 1);
    if (!r.good && depth > 1) depth--;
    reading_free(&r);
  }
}

static void check_same_statements(const char *text, const bell_scenario *a, const bell_scenario *b) {
  CHECK_EQUAL(text, "statement_count", b->statement_count, a->statement_count);
  CHECK_EQUAL(text, "promise_count", b->promise_count, a->promise_count);
  CHECK_EQUAL(text, "run_count", b->run_count, a->run_count);
  for (uint32_t i = 0; i < a->statement_count; i++) {
    const bell_statement *x = &a->statements[i];
    const bell_statement *y = &b->statements[i];
    CHECK_TEXT(text, "name", bell_scenario_name(b, i), bell_scenario_name(a, i));
    CHECK_EQUAL(text, "kind", y->kind, x->kind);
    CHECK_EQUAL(text, "of", y->of, x->of);
    CHECK_EQUAL(text, "with, after, function", y->with, x->with);
    CHECK_EQUAL(text, "takes", y->takes_us, x->takes_us);
    CHECK_EQUAL(text, "end", y->end, x->end);
  }
}

static void check_round_trip(const char *text) {
  reading first = read_good(text, BELL_BROWSER);
  char *printed = scenario_text(&first.scenario);
  reading second = read_good(printed, BELL_BROWSER);
  check_same_statements(text, &first.scenario, &second.scenario);
  free(printed);
  reading_free(&second);
  reading_free(&first);
}

/* A Node process that nobody tells to go on has the same rows as one that does, up to the first rejection that is
 * told. */
static void check_end(const char *text) {
  string heard = {0};
  string_add(&heard, "%slistener unhandledRejection\n", text);
  run ended;
  run all;
  run_loop(&ended, text, BELL_NODE);
  run_loop(&all, heard.bytes, BELL_NODE);
  const bell_trace *trace = &ended.trace;
  uint32_t count = all.trace.unhandled_count == 0 ? all.trace.step_count : all.trace.unhandled[0].step + 1;
  CHECK_EQUAL(text, "steps", trace->step_count, count + (all.trace.unhandled_count > 0));
  for (uint32_t k = 0; k < count; k++) {
    CHECK_EQUAL(text, "event", trace->steps[k].event, all.trace.steps[k].event);
    CHECK_EQUAL(text, "queue", trace->steps[k].queue, all.trace.steps[k].queue);
  }
  if (count < trace->step_count) {
    const bell_step *end = &trace->steps[count];
    uint32_t next = count < all.trace.step_count ? all.trace.steps[count].event : trace->steps[count - 1].event;
    CHECK_EQUAL(text, "the last row's queue", end->queue, BELL_QUEUE_ENDED);
    CHECK_EQUAL(text, "who would have come", end->event, next);
    CHECK_EQUAL(text, "the end", end->time_us, bell_trace_end_us(trace, count - 1));
    CHECK_EQUAL(text, "told", trace->unhandled_count, 1);
    CHECK_EQUAL(text, "fatal", trace->unhandled[0].statement, all.trace.unhandled[0].statement);
  }
  string_free(&heard);
  run_free(&ended);
  run_free(&all);
}

static void random_node_processes_end_where_the_first_rejection_is_told(void **state) {
  (void)state;
  string text = {0};
  for (uint64_t seed = 1; seed <= rounds(RUNS); seed++) {
    uint64_t chance = seed;
    random_promises(&chance, &text);
    check_end(text.bytes);
  }
  string_free(&text);
}

static void random_scenarios_with_promises_survive_printing_and_parsing(void **state) {
  (void)state;
  string text = {0};
  for (uint64_t seed = 1; seed <= rounds(RUNS); seed++) {
    uint64_t chance = seed;
    random_promises(&chance, &text);
    string_add(&text, "listener unhandledRejection\n");
    check_round_trip(text.bytes);
  }
  string_free(&text);
}

/* True of every run with promises. */
static void check_run(const char *text, const bell_trace *trace) {
  uint32_t queued_before = 0;
  CHECK_EQUAL(text, "events", trace->event_count, trace->step_count);
  CHECK(text, trace->step_count <= trace->scenario->run_count);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const bell_step *step = &trace->steps[k];
    const bell_statement *s = bell_trace_statement(trace, k);
    CHECK(text, step->time_us >= bell_trace_free_us(trace, k));
    CHECK(text, bell_trace_latency_us(trace, k) >= 0);
    if (step->queue == BELL_QUEUE_MICROTASK) {
      CHECK(text, step->queued_at >= queued_before);
      queued_before = step->queued_at;
    }
    bool settles = s->kind == BELL_RESOLVE_AFTER || s->kind == BELL_REJECT_AFTER;
    bool is_job = bell_statement_is_of_promises(s) && !settles;
    CHECK_EQUAL(text, "a promise's job", bell_trace_job(trace, k) != BELL_JOB_MICROTASK, is_job);
    char *reason = reason_sentence(trace, k);
    CHECK_CONTAINS(text, "reason", reason, step_name(trace, k));
    CHECK_EQUAL(text, reason, strstr(reason, " A hop: ") != NULL, bell_trace_job(trace, k) >= BELL_JOB_PASS);
    CHECK(text, !is_job || strstr(reason, ". ") != NULL);
    free(reason);
  }
}

/* With microtasks alone, both hosts do the same. */
static void check_same_order(const char *text, const bell_trace *a, const bell_trace *b) {
  if (strstr(text, " after ") != NULL) return;
  CHECK_EQUAL(text, "steps", a->step_count, b->step_count);
  for (uint32_t k = 0; k < a->step_count; k++) {
    CHECK_EQUAL(text, "statement", bell_trace_event(a, k)->statement, bell_trace_event(b, k)->statement);
    CHECK_EQUAL(text, "job", a->steps[k].job, b->steps[k].job);
  }
}

static void random_runs_with_promises_keep_the_rules_in_both_hosts(void **state) {
  (void)state;
  string text = {0};
  for (uint64_t seed = 1; seed <= rounds(RUNS); seed++) {
    uint64_t chance = seed;
    random_promises(&chance, &text);
    string_add(&text, "listener unhandledRejection\n");
    run runs[2];
    for (int i = 0; i < 2; i++) {
      run_loop(&runs[i], text.bytes, (bell_host)(BELL_BROWSER + i));
      check_run(text.bytes, &runs[i].trace);
    }
    check_same_order(text.bytes, &runs[0].trace, &runs[1].trace);
    for (int i = 0; i < 2; i++) run_free(&runs[i]);
  }
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_reaction_is_a_row_and_its_code_runs_then),
      cmocka_unit_test(a_derived_promise_has_the_name_of_its_callback),
      cmocka_unit_test(throw_rejects_until_somebody_catches),
      cmocka_unit_test(a_promise_that_never_settles_gives_no_rows),
      cmocka_unit_test(only_the_first_resolve_or_reject_counts),
      cmocka_unit_test(a_promise_resolved_with_itself_is_rejected),
      cmocka_unit_test(resolving_with_a_promise_and_returning_one_cost_two_hops),
      cmocka_unit_test(a_thenable_costs_one_hop),
      cmocka_unit_test(finally_costs_three_hops),
      cmocka_unit_test(an_async_function_runs_at_once_up_to_its_first_await),
      cmocka_unit_test(a_function_calls_another_and_goes_on_when_that_one_waits),
      cmocka_unit_test(a_rejected_await_ends_its_function),
      cmocka_unit_test(a_return_or_a_throw_in_a_function_ends_it_alone),
      cmocka_unit_test(a_name_means_the_nearest_thing_made_before),
      cmocka_unit_test(a_promise_may_be_settled_by_a_timer),
      cmocka_unit_test(ticks_go_before_the_jobs_of_promises),
      cmocka_unit_test(a_callback_takes_its_time_and_a_hop_takes_none),
      cmocka_unit_test(a_rejection_is_told_when_no_microtask_is_left),
      cmocka_unit_test(a_rejection_that_nobody_handles_ends_a_node_process),
      cmocka_unit_test(with_a_listener_or_a_handler_in_time_node_goes_on),
      cmocka_unit_test(a_rejection_is_said_to_be_told_after_the_last_step_before_it),
      cmocka_unit_test(a_rejection_that_is_handled_in_time_is_not_late),
      cmocka_unit_test(each_hop_says_what_it_is_for),
      cmocka_unit_test(what_goes_on_forever_starves_no_promise_before_it),
      cmocka_unit_test(random_scenarios_with_promises_survive_printing_and_parsing),
      cmocka_unit_test(random_node_processes_end_where_the_first_rejection_is_told),
      cmocka_unit_test(random_runs_with_promises_keep_the_rules_in_both_hosts),
  };
  return cmocka_run_group_tests_name("promise_actions", tests, NULL, NULL);
}
