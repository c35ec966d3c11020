/* The module of the playground: a loop (loop.h) whose callbacks are a program's, which JavaScript runs.
 *
 *     start(host, events)                  a new run; it has room for so many callbacks
 *     know(...)                            what will happen, before the first step
 *     while (step = take()):               the next callback; 0 at the end
 *       ... queue(...), set_timer(...)     what it asks for; pass(us) where it held the thread before
 *       finish(us)                         and for how long it did so after that
 *
 * and then, for each step, `about` and `reason`. Where no order is guaranteed, `choose(late_us)` before the first
 * start, and `choose_otherwise()` before each further one, have the same program go every way that it may: see
 * choices.h.
 *
 * What is asked for is written down as a scenario's statements (bell_scenario.source_name), one for each, with a kind
 * and a name: so the trace, its columns and its reasons are the lessons' own. A name is written once, and given by its
 * place; `row` makes a statement that is no callback, for others to be `of` it. Each call returns a number from 1 on,
 * or 0 when there is no room. As in face.c, no call, in any order and with any number, traps or leaves its block. */
#include <string.h>

#include "face.h"
#include "loop/loop.h"
#include "loop/program_open.h"
#include "loop/program_reason.h"
#include "loop/program_turns.h"
#include "loop/program_work.h"

enum {
  EVENTS_MAX = 1000000,
  NAME_BYTES = 1 << 20,
  DELAYS_MAX = 1 << 14, /* and what is expected at a time */
};

static struct {
  bell_loop *loop; /* NULL before the first start */
  char *names;
  uint32_t names_used;
  uint32_t room;     /* for statements */
  bell_step *step;   /* the one that runs; NULL between two */
  int64_t passed_us; /* of it */
  int64_t free_us;   /* when the last one was over */
  program_job job;   /* of the step whose reason is asked for next */
  program_turns turns;
  uint32_t port_names[BELL_PORTS]; /* where in `names` */
} play;

static void print_reason(const bell_trace *trace, uint32_t k, bell_text *out) {
  program_reason_print(trace, k, &play.job, out);
}

static const bell_lesson play_lesson = {.print_reason = print_reason};
const bell_lesson *const bell_face_lesson = &play_lesson;

/* They outlive a run. */
static bell_choices choices;
static bool is_choosing;

/* HTML's own names, for those that no statement has. */
static const char *const source_names[BELL_TASK_SOURCES] = {
    [BELL_TASKS_MESSAGES] = "posted messages",
    [BELL_TASKS_DOM] = "DOM manipulation",
    [BELL_TASKS_BLOCKING] = "user-blocking tasks",
    [BELL_TASKS_VISIBLE] = "user-visible tasks",
    [BELL_TASKS_BACKGROUND] = "background tasks",
    [BELL_TASKS_BLOCKING_YIELD] = "user-blocking continuations",
    [BELL_TASKS_VISIBLE_YIELD] = "user-visible continuations",
    [BELL_TASKS_BACKGROUND_YIELD] = "background continuations",
    [BELL_TASKS_IDLE] = "idle callbacks",
    [BELL_TASKS_IDLE_TIMEOUT] = "idle callbacks that timed out",
    [BELL_TASKS_PORTS] = "message ports", /* and those behind it; see name_port */
};

static const char *source_word(uint32_t source) {
  const char *name = source_names[source];
  if (name != NULL) return name;
  return source > BELL_TASKS_PORTS ? "" : bell_task_source_name((bell_task_source)source);
}

/* A statement's `line` is as program_reason.h says; its `payload` the name of its port. The scheduler is one source to
 * a sentence that says what a browser may take first: among its own tasks it may not choose. */
static const char *source_name(const bell_statement *s) {
  if (s->payload > 0) return play.names + s->payload;
  uint32_t source = s->line == 0 ? bell_words[s->kind].task_source : s->line - 1;
  if (program_turns_priority(source) > 0) return "the scheduler";
  return source < BELL_TASK_SOURCES ? source_word(source) : "";
}

/* ---- a run ------------------------------------------------------------------------------------------------------ */

EXPORT("start") uint32_t start(uint32_t host, uint32_t events) {
  memset(&bell_self, 0, sizeof bell_self);
  memset(&play, 0, sizeof play);
  bool is_loop = host == BELL_BROWSER || host == BELL_NODE;
  if (!is_loop || events == 0 || events > EVENTS_MAX) return bell_face_fail("There is no such host, or no such room.");
  uint32_t some = events < DELAYS_MAX ? events : DELAYS_MAX;
  bell_loop_room room = {.events = events, .known = some, .later = some, .delays = some, .asks_late = true};
  bell_loop_open open = {
      .choices = is_choosing ? &choices : NULL,
      .next_source = program_turns_source,
      .context = &play.turns,
  };
  play.turns.trace = &bell_self.trace;
  play.room = 2 * events;
  size_t bytes = bell_arena_sum(bell_loop_memory((bell_host)host, room), bell_arena_bytes(NAME_BYTES, 1));
  if (!bell_face_reserve(bell_arena_sum(bytes, bell_arena_bytes(play.room, sizeof(bell_statement))))) {
    return bell_face_fail_memory();
  }
  play.names = bell_arena_take(&bell_self.memory, NAME_BYTES, 1);
  play.names[0] = '\0';
  play.names_used = 1;
  bell_self.scenario = (bell_scenario){
      .statements = bell_arena_take(&bell_self.memory, play.room, sizeof(bell_statement)),
      .strings = play.names,
      .host = (bell_host)host,
      .source_name = source_name,
  };
  bell_self.trace.scenario = &bell_self.scenario;
  play.loop = bell_loop_start(&bell_self.trace, (bell_host)host, room, open, &bell_self.memory);
  return play.loop != NULL || bell_face_fail_memory();
}

/* From now on runs go one way after another; the loop may be so late. */
EXPORT("choose") uint32_t choose(uint32_t late_us) {
  choices = (bell_choices){.late_us = late_us};
  is_choosing = true;
  return 1;
}

/* 0 when the runs so far went every way. */
EXPORT("choose_otherwise") uint32_t choose_otherwise(void) { return is_choosing && bell_choose_otherwise(&choices); }

/* Were there more ways in the last run than can be followed? */
EXPORT("has_more_ways") uint32_t has_more_ways(void) { return choices.more; }

static bool is_running(void) { return play.loop != NULL && play.step != NULL; }

/* ---- names and statements --------------------------------------------------------------------------------------- */

/* Where to write a name of `length` bytes; its NUL is there. */
EXPORT("name") uint32_t name(uint32_t length) {
  if (play.names == NULL || length >= NAME_BYTES - play.names_used) return bell_face_fail("There are too many names.");
  char *place = play.names + play.names_used;
  place[length] = '\0';
  play.names_used += length + 1;
  return (uint32_t)(uintptr_t)place;
}

/* A new statement, `of` another one or of 0; BELL_NONE when there is no room. */
static uint32_t add(uint32_t kind, uint32_t named, uint32_t of, double after_us) {
  bell_scenario *scenario = &bell_self.scenario;
  uint32_t place = named - (uint32_t)(uintptr_t)play.names;
  bool fits = play.loop != NULL && kind < BELL_KINDS && place < play.names_used && of <= scenario->statement_count;
  if (!fits || scenario->statement_count == play.room) return BELL_NONE;
  scenario->statements[scenario->statement_count] = (bell_statement){
      .name = place,
      .of = of == 0 ? BELL_NONE : of - 1,
      .depth = 1,
      .kind = (uint8_t)kind,
      .after_us = after_us < UINT32_MAX ? (uint32_t)after_us : UINT32_MAX,
  };
  return scenario->statement_count++;
}

/* Such an amount of time as a run can reckon with. */
static bool is_time(double us) { return us >= 0 && us <= (double)BELL_TIME_MAX_US; }

/* An event's number, from 1 on; without an event its statement, the last one, is none. */
static uint32_t asked(uint32_t event) {
  if (event != BELL_NONE) return event + 1;
  bell_self.scenario.statement_count--;
  return bell_face_fail("There is no room for another callback.");
}

EXPORT("row") uint32_t row(uint32_t kind, uint32_t named) {
  uint32_t statement = add(kind, named, 0, 0);
  return statement == BELL_NONE ? bell_face_fail("There is no room for another row.") : statement + 1;
}

/* ---- what is asked for ------------------------------------------------------------------------------------------ */

static bell_source source_of(uint32_t kind, uint32_t given) {
  if (given > 0) return given - 1;
  if (kind == BELL_TICK) return BELL_TICKS;
  if (kind == BELL_IMMEDIATE) return BELL_IMMEDIATES;
  if (kind == BELL_SCRIPT && bell_self.scenario.host == BELL_NODE) return BELL_MAIN;
  return bell_words[kind].task_source;
}

/* What happens at a time of its own: as it is known before the first step, or as it comes up. */
EXPORT("know") uint32_t know(uint32_t kind, uint32_t named, double ready_us) {
  uint32_t label = is_time(ready_us) ? add(kind, named, 0, 0) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no such callback, or no room for it.");
  bell_self.scenario.statements[label].depth = 0;
  if (kind == BELL_PROMISE) bell_loop_begin_in_poll(play.loop); /* a module */
  return asked(bell_loop_know(play.loop, source_of(kind, 0), label, (int64_t)ready_us));
}

/* From now on a source, 1 + a bell_task_source, is that of a port of this name. */
EXPORT("name_port") uint32_t name_port(uint32_t source, uint32_t named) {
  uint32_t port = source - 1 - BELL_TASKS_PORTS;
  uint32_t place = named - (uint32_t)(uintptr_t)play.names;
  if (port >= BELL_PORTS || place >= play.names_used) return bell_face_fail("There is no such port, or no such name.");
  play.port_names[port] = place;
  program_turns_pass_on(&play.turns, source - 1);
  return 1;
}

/* `source`: 1 + a bell_task_source; 0 where that goes by its kind. */
EXPORT("expect") uint32_t expect(uint32_t kind, uint32_t named, double after_us, uint32_t source) {
  bool is_good = is_running() && is_time(after_us) && source <= BELL_TASK_SOURCES;
  uint32_t label = is_good ? add(kind, named, 0, after_us) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no such callback, or no room for it.");
  uint32_t port = source - 1 - BELL_TASKS_PORTS;
  bell_self.scenario.statements[label].line = source;
  if (port < BELL_PORTS) bell_self.scenario.statements[label].payload = play.port_names[port];
  int64_t ready_us = play.step->time_us + play.passed_us + (int64_t)after_us;
  uint32_t event = asked(bell_loop_expect(play.loop, source_of(kind, source), label, ready_us));
  if (event > 0 && source > 0) program_turns_expect(&play.turns, source - 1);
  return event;
}

/* A thread beside Node's loop does it, and is done after that time. */
EXPORT("work") uint32_t work(uint32_t named, double after_us) {
  bool is_good = is_running() && is_time(after_us) && bell_self.scenario.host == BELL_NODE;
  uint32_t label = is_good ? add(BELL_SOCKET, named, 0, 0) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no thread for it, or no room for another callback.");
  bell_self.scenario.statements[label].line = PROGRAM_WORK;
  int64_t done_us = play.step->time_us + play.passed_us + (int64_t)after_us;
  uint32_t event = asked(bell_loop_expect(play.loop, source_of(BELL_SOCKET, 0), label, done_us));
  if (event > 0) program_work_order(play.loop, event - 1);
  return event;
}

/* A microtask, a tick, an immediate, a frame. */
EXPORT("queue") uint32_t queue(uint32_t kind, uint32_t named, uint32_t of) {
  uint32_t label = is_running() ? add(kind, named, of, 0) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no room for another callback.");
  if (kind == BELL_FRAME) return asked(bell_loop_ask_frame(play.loop, label));
  return asked(bell_loop_queue(play.loop, source_of(kind, 0), label));
}

EXPORT("set_timer") uint32_t set_timer(uint32_t named, double after_us, uint32_t again) {
  uint32_t label = is_running() && is_time(after_us) ? add(BELL_TIMER, named, 0, after_us) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no room for another timer.");
  return asked((again == 0 ? bell_loop_set_timer : bell_loop_repeat)(play.loop, label, (int64_t)after_us));
}

/* 0 when it has run already, or was cancelled. */
EXPORT("cancel") uint32_t cancel(uint32_t event) {
  if (play.loop == NULL || event - 1 >= bell_self.trace.event_count) return 0;
  program_turns_cancel(&play.turns, play.loop, event - 1);
  return bell_loop_cancel(play.loop, event - 1);
}

/* A task of the scheduler's that has not run is of another of its sources from now on: 1 + a bell_task_source. */
EXPORT("move") uint32_t move(uint32_t event, uint32_t source) {
  if (play.loop == NULL || event - 1 >= bell_self.trace.event_count) return 0;
  bell_statement *s = &bell_self.scenario.statements[bell_self.trace.events[event - 1].statement];
  bool is_good = s->line > 0 && program_turns_priority(s->line - 1) > 0 && source <= BELL_TASK_SOURCES &&
                 program_turns_priority(source - 1) > 0;
  if (!is_good) return bell_face_fail("Only tasks of the scheduler have a priority.");
  s->line = source;
  bell_loop_move(play.loop, event - 1, source - 1);
  return 1;
}

/* ---- the next callback ------------------------------------------------------------------------------------------ */

/* A step's event, from 1 on. */
static uint32_t begin(bell_step *step) {
  play.step = step;
  play.passed_us = 0;
  return step == NULL ? 0 : step->event + 1;
}

static bool has_room(void) { return bell_self.trace.step_count < bell_self.trace.event_count; }

/* What is open at a step that was just taken, and whether it goes before another by its priority, which may change. */
static void note_open(bell_step *step) {
  bell_source source = program_reason_source(&bell_self.trace, step->event);
  bool may_be_later = source == BELL_TASKS_IDLE && program_open_may_be_put_off(play.loop);
  if (may_be_later && step->no_guarantee == BELL_GUARANTEED) step->no_guarantee = BELL_NO_GUARANTEE_ORDERS & 7U;
  if (step->no_guarantee == BELL_NO_GUARANTEE_SOURCES)
    step->other = program_open_instead(&play.turns, play.loop, source);
  int other = program_turns_priority(program_reason_source(&bell_self.trace, step->other));
  int own = program_turns_priority(source);
  if (other > 0 && other < own) step->job = (uint8_t)own & 7U;
}

/* What else a thread might have done before. */
static void note_work(bell_step *step) {
  uint32_t other = program_work_beside(play.loop, step->event);
  if (other == BELL_NONE) return;
  step->no_guarantee = BELL_NO_GUARANTEE_SOURCES;
  step->other = other;
}

static bell_step *next_step(bool *skips) {
  bell_step *first = bell_loop_take_first(play.loop);
  *skips = first != NULL;
  return first == NULL ? bell_loop_take(play.loop) : first;
}

EXPORT("take") uint32_t take(void) {
  if (play.loop == NULL) return 0;
  if (!bell_loop_has_between(play.loop)) program_turns_next(&play.turns, play.free_us);
  bool skips = false;
  bell_step *step = next_step(&skips);
  if (step == NULL) return begin(NULL);
  bell_source source = program_reason_source(&bell_self.trace, step->event);
  if (source < BELL_TASK_SOURCES) program_turns_run(&play.turns, play.loop, source);
  if (step->queue == BELL_QUEUE_TASK) note_open(step);
  if (step->queue == BELL_QUEUE_POLL) note_work(step);
  if (skips) step->job = PROGRAM_SKIPS;
  if (step->queue == BELL_QUEUE_CHECK && bell_loop_goes_again(play.loop, step->event)) step->job |= PROGRAM_GOES_AGAIN;
  return begin(step);
}

/* Did poll's callback, which runs now, come though ticks or microtasks waited? */
EXPORT("comes_first") uint32_t comes_first(void) {
  return play.step != NULL && play.step->queue == BELL_QUEUE_POLL && (play.step->job & PROGRAM_SKIPS) != 0;
}

/* When the idle period ends that has begun, in microseconds. */
EXPORT("idle_end") double idle_end(void) { return (double)play.turns.idle_end_us; }

/* What no queue has: in Node, a process event; in a browser, the next listener of an event, or the end of a task.
 * `why` is an index. */
EXPORT("call") uint32_t call(uint32_t named, uint32_t why) {
  static const bell_reason reasons[] = {BELL_REASON_BEFORE_EXIT, BELL_REASON_EXIT,   BELL_REASON_REJECTIONS,
                                        BELL_REASON_LISTENER,    BELL_REASON_THROWN, BELL_REASON_SETTLES};
  bool can_call = play.loop != NULL && !is_running() && why < sizeof reasons / sizeof *reasons;
  uint32_t label = can_call ? add(BELL_SCRIPT, named, 0, 0) : BELL_NONE;
  if (label == BELL_NONE) return bell_face_fail("There is no such call, or no room for another callback.");
  return begin(bell_loop_call(play.loop, label, reasons[why]));
}

EXPORT("pass") uint32_t pass(double us) {
  if (!is_running() || !is_time(us)) return bell_face_fail("No callback runs.");
  play.passed_us += (int64_t)us;
  bell_loop_pass(play.loop, (int64_t)us);
  return 1;
}

/* Are ticks and microtasks skipped now? See bell_loop_throw. */
EXPORT("throw") uint32_t has_thrown(void) {
  if (!is_running()) return bell_face_fail("No callback runs.");
  return bell_loop_throw(play.loop);
}

EXPORT("finish") uint32_t finish(double us) {
  if (!is_running() || !is_time(us)) return bell_face_fail("No callback runs.");
  int64_t takes_us = play.passed_us + (int64_t)us;
  uint32_t label = bell_self.trace.events[play.step->event].statement;
  bell_self.scenario.statements[label].takes_us = takes_us < UINT32_MAX ? (uint32_t)takes_us : UINT32_MAX;
  play.free_us = play.step->time_us + takes_us;
  play.step = NULL;
  bell_loop_finish(play.loop, (int64_t)us);
  return 1;
}

/* Does a tick or a microtask wait, or is the checkpoint skipped? */
EXPORT("between") uint32_t between(void) { return play.loop != NULL && bell_loop_has_between(play.loop); }

/* ---- an early end ------------------------------------------------------------------------------------------------ */

static bool can_end(void) { return play.loop != NULL && !is_running() && bell_self.trace.step_count > 0; }

static uint32_t last(void) { return bell_self.trace.steps[bell_self.trace.step_count - 1].event; }

/* A limit was reached. */
EXPORT("stop") uint32_t stop(void) {
  if (!can_end()) return bell_face_fail("Nothing has run.");
  bell_loop_stop(play.loop, last());
  play.loop = NULL;
  return 1;
}

/* Node ends the process, for the callback of an event threw, called process.exit, or, with `fatal` the row of a
 * promise, left a rejection behind that nobody handles. */
EXPORT("end") uint32_t end(uint32_t event, uint32_t called_exit, uint32_t fatal) {
  if (!can_end() || event - 1 >= bell_self.trace.event_count) return bell_face_fail("Nothing has run.");
  static bell_rejection rejection;
  bell_reason reason = called_exit ? BELL_REASON_ENDED_EXIT : BELL_REASON_ENDED_THREW;
  if (fatal - 1 < bell_self.scenario.statement_count) {
    rejection = (bell_rejection){.statement = fatal - 1, .step = bell_self.trace.step_count - 1};
    bell_self.trace.unhandled = &rejection;
    bell_self.trace.unhandled_count = 1;
    reason = BELL_REASON_ENDED;
  }
  bool skips;
  const bell_step *next = has_room() ? next_step(&skips) : NULL;
  bell_loop_end(play.loop, reason, play.free_us, event - 1, next);
  play.loop = NULL;
  return 1;
}

/* ---- why --------------------------------------------------------------------------------------------------------- */

/* A name that was written; "" for what is none. */
static const char *written(uint32_t named) {
  uint32_t place = named - (uint32_t)(uintptr_t)play.names;
  return place < play.names_used ? play.names + place : "";
}

/* Before `reason` of a step: what its job of a promise is for. `kind` 0: it is none. See program_reason.h. */
EXPORT("about")
uint32_t about(uint32_t kind, uint32_t rejected, uint32_t was_settled, uint32_t of, uint32_t own, uint32_t method,
               uint32_t line, uint32_t settled_line) {
  if (play.names == NULL || kind >= PROGRAM_JOB_KINDS) return bell_face_fail("There is no such job.");
  play.job = (program_job){
      .kind = (program_job_kind)kind,
      .rejected = rejected != 0,
      .was_settled = was_settled != 0,
      .of = written(of),
      .own = written(own),
      .method = written(method),
      .line = line,
      .settled_line = settled_line,
  };
  return 1;
}

static const char *job_word(uint32_t kind) { return program_job_name((program_job_kind)kind); }

void bell_face_describe_own(bell_text *out) {
  bell_face_write_words("sources", source_word, BELL_TASK_SOURCES, out);
  bell_face_write_words("jobs", job_word, PROGRAM_JOB_KINDS, out);
}
