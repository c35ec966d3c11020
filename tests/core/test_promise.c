#include "promise/promise.h"

#include "support.h"

/* ---- a program -------------------------------------------------------------------------------------------------- */

/* Handlers and labels are letters. A handler does one thing: it ends as `ends` says. That of an async function, which
 * is the rest of it, then settles the function's promise, or awaits once more. */
typedef struct program {
  bell_promises promises;
  void *memory;
  bell_completion ends[128];
  bell_resolvers function[128]; /* the promise of the async function with this rest */
  bell_value awaits[128];       /* what the rest awaits before it ends; a plain 0 for nothing */
  string log;
} program;

static const bell_value undefined = {BELL_VALUE_PLAIN, 0};
static bell_value promise_value(uint32_t promise) { return (bell_value){BELL_VALUE_PROMISE, promise}; }
static const bell_value thenable = {BELL_VALUE_THENABLE, 't'};     /* calls back at once */
static const bell_value mute = {BELL_VALUE_THENABLE, 'm'};         /* never calls back */
static const bell_value broken = {BELL_VALUE_THENABLE, 'b'};       /* throws */
static const bell_value eager_broken = {BELL_VALUE_THENABLE, 'e'}; /* calls back, then throws */
static const bell_value babbling = {BELL_VALUE_THENABLE, 'w'};     /* calls back with t, then plainly */
static bell_resolvers of(uint32_t promise) { return (bell_resolvers){.promise = promise}; }

enum { PROMISES = 64, REACTIONS = 64 };

static program start(void) {
  program g = {0};
  size_t bytes = bell_promise_memory(PROMISES, REACTIONS);
  g.memory = malloc(bytes);
  assert_non_null(g.memory);
  bell_arena arena = {.base = g.memory, .capacity = bytes};
  assert_true(bell_promise_start(&g.promises, PROMISES, REACTIONS, &arena));
  for (int c = 0; c < 128; c++) g.function[c].promise = BELL_NO_PROMISE;
  return g;
}

static void stop(program *g) {
  string_free(&g->log);
  free(g->memory);
}

static uint32_t pending(program *g) { return bell_promise_create(&g->promises, 'p'); }

static uint32_t fulfilled(program *g) {
  uint32_t promise = pending(g);
  bell_promise_resolve(&g->promises, of(promise), undefined, 0);
  return promise;
}

static uint32_t rejected(program *g) {
  uint32_t promise = pending(g);
  bell_promise_reject(&g->promises, of(promise), 7);
  return promise;
}

static uint32_t then(program *g, uint32_t promise, char f) {
  return bell_promise_then(&g->promises, promise, (uint32_t)f, BELL_NO_HANDLER, (uint32_t)f);
}

static uint32_t catch (program *g, uint32_t promise, char f) {
  return bell_promise_then(&g->promises, promise, BELL_NO_HANDLER, (uint32_t)f, (uint32_t)f);
}

static uint32_t finally(program *g, uint32_t promise, char f) {
  return bell_promise_finally(&g->promises, promise, (uint32_t)f, (uint32_t)f);
}

/* Calls async function h() { await value; } with the rest h; its promise. */
static uint32_t async_await(program *g, bell_value value, char h) {
  uint32_t promise = pending(g);
  g->function[(int)h] = of(promise);
  bell_promise_await(&g->promises, value, (uint32_t)h, (uint32_t)h);
  return promise;
}

static void thenables_then(program *g, const bell_job *job) {
  char who = (char)job->argument.tag;
  if (who == 'w') bell_promise_resolve(&g->promises, job->resolvers, thenable, 'w');
  if (who == 't' || who == 'e' || who == 'w') bell_promise_resolve(&g->promises, job->resolvers, undefined, 0);
}

/* The rest of an async function: a reason is thrown by its `await`, and nobody in it catches that. */
static void run_rest(program *g, const bell_job *job) {
  bell_resolvers function = g->function[job->handler];
  bell_completion end = g->ends[job->handler];
  bell_value next = g->awaits[job->handler];
  g->awaits[job->handler] = undefined;
  if (function.promise == BELL_NO_PROMISE) return;
  if (job->rejected) bell_promise_reject(&g->promises, function, job->argument.tag);
  else if (next.kind != BELL_VALUE_PLAIN) bell_promise_await(&g->promises, next, job->handler, job->label);
  else if (end.threw) bell_promise_reject(&g->promises, function, end.value.tag);
  else bell_promise_resolve(&g->promises, function, end.value, end.label);
}

/* Runs all jobs. The log: "f" a handler was called, "f!" with a reason, and the jobs that call nobody by their
 * names. */
static void run_jobs(program *g) {
  static const char *const names[] = {[BELL_JOB_PASS] = ".pass",
                                      [BELL_JOB_THEN] = ".then",
                                      [BELL_JOB_FOLLOW] = ".follow",
                                      [BELL_JOB_RESTORE] = ".restore"};
  bell_job job;
  while (bell_promise_take(&g->promises, &job)) {
    bell_completion done = {0};
    if (job.kind == BELL_JOB_THEN && job.argument.kind == BELL_VALUE_THENABLE) {
      thenables_then(g, &job);
      done.threw = job.argument.tag == 'b' || job.argument.tag == 'e';
    } else if (job.handler != BELL_NO_HANDLER) {
      if (job.kind == BELL_JOB_HANDLER && g->function[job.handler].promise != BELL_NO_PROMISE) run_rest(g, &job);
      else done = g->ends[job.handler];
    }
    const char *name = names[job.kind] == NULL ? job.rejected ? "!" : "" : names[job.kind];
    string_add(&g->log, "%s%c%s", g->log.length > 0 ? " " : "", (char)job.label, name);
    bell_promise_finish(&g->promises, &job, done);
  }
}

static void check_log(program *g, const char *expected) {
  run_jobs(g);
  CHECK_TEXT(expected, "jobs", g->log.length > 0 ? g->log.bytes : "", expected);
  assert_int_equal(g->promises.reaction_count, 0);
  stop(g);
}

/* ---- then and catch --------------------------------------------------------------------------------------------- */

static void a_plain_value_takes_one_job_to_each_reaction_in_their_order(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  then(&g, p, 'f');
  then(&g, p, 'g');
  bell_promise_microtask(&g.promises, 'm');
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  then(&g, p, 'h');
  check_log(&g, "m f g h");
}

static void links_of_a_chain_take_one_job_each_and_chains_alternate(void **state) {
  (void)state;
  program g = start();
  then(&g, then(&g, then(&g, fulfilled(&g), 'a'), 'b'), 'c');
  then(&g, then(&g, then(&g, fulfilled(&g), 'x'), 'y'), 'z');
  check_log(&g, "a x b y c z");
}

static void a_reaction_without_a_handler_passes_on_and_takes_its_turn(void **state) {
  (void)state;
  program g = start();
  then(&g, catch (&g, then(&g, rejected(&g), 'a'), 'b'), 'c');
  then(&g, catch (&g, fulfilled(&g), 'x'), 'y');
  check_log(&g, "a.pass x.pass b! y c");
}

static void a_handler_that_throws_rejects_and_a_catch_that_returns_fulfils(void **state) {
  (void)state;
  program g = start();
  g.ends['a'] = (bell_completion){.threw = true};
  then(&g, catch (&g, then(&g, fulfilled(&g), 'a'), 'b'), 'c');
  check_log(&g, "a b! c");
}

static void a_returned_promise_costs_two_jobs_more(void **state) {
  (void)state;
  program g = start();
  g.ends['f'] = (bell_completion){.value = promise_value(fulfilled(&g)), .label = 'r'};
  then(&g, then(&g, fulfilled(&g), 'f'), 'g');
  then(&g, then(&g, then(&g, then(&g, fulfilled(&g), '1'), '2'), '3'), '4');
  check_log(&g, "f 1 r.then 2 r.follow 3 g 4");
}

static void a_returned_promise_that_is_rejected_rejects_as_late(void **state) {
  (void)state;
  program g = start();
  g.ends['f'] = (bell_completion){.value = promise_value(rejected(&g)), .label = 'r'};
  catch (&g, then(&g, fulfilled(&g), 'f'), 'g');
  check_log(&g, "f r.then r.follow g!");
}

static void a_returned_promise_that_settles_later_costs_two_jobs_after_all(void **state) {
  (void)state;
  program g = start();
  uint32_t q = pending(&g);
  g.ends['f'] = (bell_completion){.value = promise_value(q), .label = 'r'};
  then(&g, then(&g, fulfilled(&g), 'f'), 'g');
  run_jobs(&g);
  bell_promise_microtask(&g.promises, '|');
  bell_promise_resolve(&g.promises, of(q), undefined, 0);
  check_log(&g, "f r.then | r.follow g");
}

/* ---- resolving -------------------------------------------------------------------------------------------------- */

static void resolving_with_a_promise_costs_two_jobs(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  then(&g, p, 'g');
  bell_promise_resolve(&g.promises, of(p), promise_value(fulfilled(&g)), 'p');
  check_log(&g, "p.then p.follow g");
}

static void resolving_with_a_thenable_costs_one_job(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  then(&g, p, 'g');
  bell_promise_resolve(&g.promises, of(p), thenable, 'p');
  check_log(&g, "p.then g");
}

static void a_thenable_may_never_call_back(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  bell_promise_resolve(&g.promises, of(p), mute, 'p');
  run_jobs(&g);
  assert_int_equal(g.promises.all[p].state, BELL_PENDING);
  check_log(&g, "p.then");
}

static void a_thenable_that_throws_rejects_unless_it_has_called_back(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  uint32_t q = pending(&g);
  catch (&g, p, 'c');
  catch (&g, q, 'd');
  bell_promise_resolve(&g.promises, of(p), broken, 'p');
  bell_promise_resolve(&g.promises, of(q), eager_broken, 'q');
  check_log(&g, "p.then q.then c! d.pass");
}

static void a_thenable_that_gives_another_thenable_is_followed_and_its_second_call_is_ignored(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  then(&g, p, 'g');
  bell_promise_resolve(&g.promises, of(p), babbling, 'p');
  check_log(&g, "p.then w.then g");
}

static void only_the_first_call_counts(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  bell_promise_reject(&g.promises, of(p), 1);
  assert_int_equal(g.promises.all[p].state, BELL_FULFILLED);
  uint32_t q = rejected(&g);
  bell_promise_resolve(&g.promises, of(q), undefined, 0);
  assert_int_equal(g.promises.all[q].state, BELL_REJECTED);
  stop(&g);
}

static void a_promise_that_follows_another_cannot_be_settled_by_its_own_functions(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  uint32_t q = pending(&g);
  bell_promise_resolve(&g.promises, of(p), promise_value(q), 'p');
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  run_jobs(&g); /* now p has a second pair of functions, which q will call */
  bell_promise_reject(&g.promises, of(p), 1);
  assert_int_equal(g.promises.all[p].state, BELL_PENDING);
  bell_promise_resolve(&g.promises, of(q), undefined, 0);
  check_log(&g, "p.then p.follow");
}

static void a_promise_resolved_with_itself_is_rejected_with_a_type_error(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  bell_promise_resolve(&g.promises, of(p), promise_value(p), 'p');
  assert_int_equal(g.promises.all[p].state, BELL_REJECTED);
  assert_int_equal(g.promises.all[p].result, BELL_TYPE_ERROR);
  check_log(&g, "");
}

static void values_and_reasons_arrive(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  bell_promise_resolve(&g.promises, of(p), (bell_value){BELL_VALUE_PLAIN, 42}, 0);
  g.ends['f'] = (bell_completion){.value = promise_value(p)};
  g.ends['e'] = (bell_completion){.threw = true, .value.tag = 43};
  uint32_t kept = finally(&g, then(&g, fulfilled(&g), 'f'), 'x');
  uint32_t passed = then(&g, finally(&g, then(&g, p, 'e'), 'x'), 'g');
  run_jobs(&g);
  assert_int_equal(g.promises.all[kept].result, 42);
  assert_int_equal(g.promises.all[passed].state, BELL_REJECTED);
  assert_int_equal(g.promises.all[passed].result, 43);
  stop(&g);
}

/* ---- async functions -------------------------------------------------------------------------------------------- */

static void await_of_a_promise_or_a_plain_value_takes_one_job(void **state) {
  (void)state;
  program g = start();
  async_await(&g, promise_value(fulfilled(&g)), 'f');
  async_await(&g, undefined, 'g');
  bell_promise_microtask(&g.promises, 'm');
  check_log(&g, "f g m");
}

static void await_of_a_thenable_takes_two(void **state) {
  (void)state;
  program g = start();
  async_await(&g, thenable, 'f');
  bell_promise_microtask(&g.promises, 'm');
  check_log(&g, "f.then m f");
}

static void an_await_that_throws_rejects_the_function(void **state) {
  (void)state;
  program g = start();
  catch (&g, async_await(&g, promise_value(rejected(&g)), 'f'), 'c');
  check_log(&g, "f! c!");
}

/* Beside a ruler of plain microtasks, as the lesson tells it. */
static void return_costs_one_job_and_return_of_a_promise_three(void **state) {
  (void)state;
  program g = start();
  uint32_t q = fulfilled(&g);
  uint32_t plain = pending(&g); /* async function () { return 1 } */
  uint32_t given = pending(&g); /* async function () { return q } */
  bell_promise_resolve(&g.promises, of(plain), undefined, 0);
  bell_promise_resolve(&g.promises, of(given), promise_value(q), 'r');
  then(&g, plain, 'p');
  then(&g, given, 'g');
  then(&g, then(&g, then(&g, then(&g, q, '1'), '2'), '3'), '4');
  check_log(&g, "r.then p 1 r.follow 2 g 3 4");
}

static void return_await_is_one_job_sooner_than_return(void **state) {
  (void)state;
  program g = start();
  uint32_t q = fulfilled(&g);
  uint32_t given = pending(&g);
  bell_promise_resolve(&g.promises, of(given), promise_value(q), 'r');
  then(&g, async_await(&g, promise_value(q), 'h'), 'a');
  then(&g, given, 'g');
  check_log(&g, "r.then h r.follow a g");
}

static void each_await_takes_its_own_job(void **state) {
  (void)state;
  program g = start();
  uint32_t q = fulfilled(&g);
  g.awaits['f'] = promise_value(q);
  then(&g, async_await(&g, promise_value(q), 'f'), 'g');
  then(&g, then(&g, then(&g, q, '1'), '2'), '3');
  check_log(&g, "f 1 f 2 g 3");
}

/* ---- finally ---------------------------------------------------------------------------------------------------- */

static void finally_takes_three_jobs_more(void **state) {
  (void)state;
  program g = start();
  then(&g, finally(&g, fulfilled(&g), 'f'), 'g');
  check_log(&g, "f f.restore f.then f.follow g");
}

static void finally_gives_the_rejection_back_as_late(void **state) {
  (void)state;
  program g = start();
  catch (&g, finally(&g, rejected(&g), 'f'), 'g');
  check_log(&g, "f! f.restore f.then f.follow g!");
}

static void finally_that_throws_rejects_at_once(void **state) {
  (void)state;
  program g = start();
  g.ends['f'] = (bell_completion){.threw = true};
  catch (&g, finally(&g, fulfilled(&g), 'f'), 'g');
  check_log(&g, "f g!");
}

static void finally_waits_for_the_promise_that_it_returned(void **state) {
  (void)state;
  program g = start();
  uint32_t q = pending(&g);
  g.ends['f'] = (bell_completion){.value = promise_value(q)};
  then(&g, finally(&g, fulfilled(&g), 'f'), 'g');
  run_jobs(&g);
  bell_promise_microtask(&g.promises, '|');
  bell_promise_resolve(&g.promises, of(q), undefined, 0);
  check_log(&g, "f f.then | f.restore f.follow g");
}

static void finally_whose_returned_promise_is_rejected_passes_that_on(void **state) {
  (void)state;
  program g = start();
  g.ends['f'] = (bell_completion){.value = promise_value(rejected(&g))};
  catch (&g, finally(&g, fulfilled(&g), 'f'), 'g');
  check_log(&g, "f f.pass f.then f.follow g!");
}

static void finally_that_returns_a_thenable_takes_one_more(void **state) {
  (void)state;
  program g = start();
  g.ends['f'] = (bell_completion){.value = thenable};
  then(&g, finally(&g, fulfilled(&g), 'f'), 'g');
  check_log(&g, "f f.then f.then f.restore f.follow g");
}

/* ---- rejections that nobody handles ----------------------------------------------------------------------------- */

static void a_rejection_without_a_reaction_is_told_once(void **state) {
  (void)state;
  program g = start();
  uint32_t p = rejected(&g);
  uint32_t q = rejected(&g);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), p);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), q);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), BELL_NO_PROMISE);
  uint32_t r = rejected(&g);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), r);
  stop(&g);
}

static void a_reaction_of_any_kind_handles_and_hands_the_rejection_on(void **state) {
  (void)state;
  program g = start();
  uint32_t p = rejected(&g);
  uint32_t derived = then(&g, p, 'f');
  uint32_t function = async_await(&g, promise_value(p), 'h');
  uint32_t last = finally(&g, p, 'g');
  run_jobs(&g);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), derived);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), function);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), last);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), BELL_NO_PROMISE);
  stop(&g);
}

static void a_reaction_before_the_queue_is_empty_comes_in_time(void **state) {
  (void)state;
  program g = start();
  uint32_t p = rejected(&g);
  catch (&g, p, 'c');
  assert_int_equal(bell_promise_take_unhandled(&g.promises), BELL_NO_PROMISE);
  check_log(&g, "c!");
}

static void following_a_rejected_promise_handles_it(void **state) {
  (void)state;
  program g = start();
  uint32_t p = pending(&g);
  bell_promise_resolve(&g.promises, of(p), promise_value(rejected(&g)), 'p');
  run_jobs(&g);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), p);
  assert_int_equal(bell_promise_take_unhandled(&g.promises), BELL_NO_PROMISE);
  stop(&g);
}

/* ---- the host --------------------------------------------------------------------------------------------------- */

static void note_label(void *context, uint32_t label) { string_add(context, "%c", (char)label); }

static void the_host_is_told_of_each_job_as_it_joins_the_queue(void **state) {
  (void)state;
  program g = start();
  string labels = {0};
  g.promises.queued = note_label;
  g.promises.context = &labels;
  uint32_t p = pending(&g);
  then(&g, p, 'f');
  then(&g, p, 'g');
  bell_promise_microtask(&g.promises, 'm');
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  CHECK_TEXT("p.then(f), p.then(g)", "labels", labels.bytes, "mfg");
  string_free(&labels);
  check_log(&g, "m f g");
}

static void arrays_grow_while_a_program_runs(void **state) {
  (void)state;
  program g = start();
  unsigned char *larger = malloc(bell_promise_memory(2 * PROMISES, 2 * REACTIONS));
  bell_arena arena = {.base = larger, .capacity = bell_promise_memory(2 * PROMISES, 2 * REACTIONS)};
  bell_arena small = {.base = larger, .capacity = 8};
  uint32_t p = pending(&g);
  then(&g, then(&g, p, 'a'), 'b');
  while (bell_promise_has_room(&g.promises)) bell_promise_microtask(&g.promises, 'm');
  assert_int_equal(bell_promise_create(&g.promises, 'p'), BELL_NO_PROMISE);
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  assert_int_equal(g.promises.all[p].state, BELL_PENDING);
  assert_false(bell_promise_grow(&g.promises, 2 * PROMISES, 2 * REACTIONS, &small));
  assert_true(bell_promise_grow(&g.promises, 2 * PROMISES, 2 * REACTIONS, &arena));
  assert_false(bell_promise_grow(&g.promises, PROMISES, REACTIONS, &arena));
  free(g.memory);
  g.memory = larger;
  bell_promise_resolve(&g.promises, of(p), undefined, 0);
  run_jobs(&g);
  CHECK_CONTAINS("grown", "jobs", g.log.bytes, "m a b");
  stop(&g);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  _Alignas(8) unsigned char memory[64];
  bell_arena arena = {.base = memory, .capacity = sizeof memory};
  bell_promises promises;
  assert_false(bell_promise_start(&promises, 8, 8, &arena));
  assert_true(bell_promise_memory(UINT32_MAX, UINT32_MAX) > UINT32_MAX);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plain_value_takes_one_job_to_each_reaction_in_their_order),
      cmocka_unit_test(links_of_a_chain_take_one_job_each_and_chains_alternate),
      cmocka_unit_test(a_reaction_without_a_handler_passes_on_and_takes_its_turn),
      cmocka_unit_test(a_handler_that_throws_rejects_and_a_catch_that_returns_fulfils),
      cmocka_unit_test(a_returned_promise_costs_two_jobs_more),
      cmocka_unit_test(a_returned_promise_that_is_rejected_rejects_as_late),
      cmocka_unit_test(a_returned_promise_that_settles_later_costs_two_jobs_after_all),
      cmocka_unit_test(resolving_with_a_promise_costs_two_jobs),
      cmocka_unit_test(resolving_with_a_thenable_costs_one_job),
      cmocka_unit_test(a_thenable_may_never_call_back),
      cmocka_unit_test(a_thenable_that_throws_rejects_unless_it_has_called_back),
      cmocka_unit_test(a_thenable_that_gives_another_thenable_is_followed_and_its_second_call_is_ignored),
      cmocka_unit_test(only_the_first_call_counts),
      cmocka_unit_test(a_promise_that_follows_another_cannot_be_settled_by_its_own_functions),
      cmocka_unit_test(a_promise_resolved_with_itself_is_rejected_with_a_type_error),
      cmocka_unit_test(values_and_reasons_arrive),
      cmocka_unit_test(await_of_a_promise_or_a_plain_value_takes_one_job),
      cmocka_unit_test(await_of_a_thenable_takes_two),
      cmocka_unit_test(an_await_that_throws_rejects_the_function),
      cmocka_unit_test(return_costs_one_job_and_return_of_a_promise_three),
      cmocka_unit_test(return_await_is_one_job_sooner_than_return),
      cmocka_unit_test(each_await_takes_its_own_job),
      cmocka_unit_test(finally_takes_three_jobs_more),
      cmocka_unit_test(finally_gives_the_rejection_back_as_late),
      cmocka_unit_test(finally_that_throws_rejects_at_once),
      cmocka_unit_test(finally_waits_for_the_promise_that_it_returned),
      cmocka_unit_test(finally_whose_returned_promise_is_rejected_passes_that_on),
      cmocka_unit_test(finally_that_returns_a_thenable_takes_one_more),
      cmocka_unit_test(a_rejection_without_a_reaction_is_told_once),
      cmocka_unit_test(a_reaction_of_any_kind_handles_and_hands_the_rejection_on),
      cmocka_unit_test(a_reaction_before_the_queue_is_empty_comes_in_time),
      cmocka_unit_test(following_a_rejected_promise_handles_it),
      cmocka_unit_test(the_host_is_told_of_each_job_as_it_joins_the_queue),
      cmocka_unit_test(arrays_grow_while_a_program_runs),
      cmocka_unit_test(an_arena_too_small_is_refused),
  };
  return cmocka_run_group_tests_name("promise", tests, NULL, NULL);
}
