#include "live_command.h"

#include <math.h>
#include <stdlib.h>

#include "model.h"
#include "stuck.h"
#include "trace/totals.h"

enum { EXIT_INTERRUPTED = 130 }; /* 128 and SIGINT's number, as a shell says it */

static const char no_memory[] = "there is not enough memory for this scenario";

static int fail(const char *path, const char *what) {
  fprintf(stderr, "doorbell: %s: %s\n", path, what);
  return EXIT_FAILURE;
}

/* How long it will be by the model, which knows the strategy. Below 0 when there is not enough memory. */
static double model_ms(const live_request *r, const bell_scenario *scenario) {
  bell_arena arena;
  bell_trace trace;
  bell_lesson_options options = {r->strategy, r->options.waiting};
  bool good = model_run(&bell_multiplexer_lesson, &trace, scenario, options, &arena);
  double ms = good ? (double)bell_trace_totals(&trace).end_us / 1000 : -1;
  free(arena.base);
  return ms;
}

/* The largest scale of two digits that fits. */
static double fitting_scale(double ms) {
  double scale = 1000.0 * BELL_LIVE_SECONDS_MAX / ms;
  double grain = pow(10, floor(log10(scale)) - 1);
  return floor(scale / grain) * grain;
}

static bool is_short_enough(const live_request *r, const bell_scenario *scenario, const char *path) {
  double ms = model_ms(r, scenario);
  if (ms < 0) {
    fail(path, no_memory);
    return false;
  }
  if (ms * r->scale <= 1000.0 * BELL_LIVE_SECONDS_MAX) return true;
  fprintf(stderr, "doorbell: %s: this would run for %.1f s, longer than %d s; --scale=%.2g fits\n", path,
          ms * r->scale / 1000, BELL_LIVE_SECONDS_MAX, fitting_scale(ms));
  return false;
}

/* A real millisecond times `scale` for each of the scenario's. */
static void stretch(bell_scenario *scenario, double scale) {
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    scenario->statements[i].takes_us = (uint32_t)lround(scenario->statements[i].takes_us * scale);
  }
  for (uint32_t i = 0; i < scenario->stream_count; i++) {
    bell_stream *stream = &scenario->streams[i];
    uint32_t every_us = (uint32_t)lround(stream->every_us * scale);
    if (stream->every_us > 0) stream->every_us = every_us > 0 ? every_us : 1;
  }
  for (uint32_t i = 0; i < scenario->event_count; i++) {
    scenario->events[i].ready_us = llround((double)scenario->events[i].ready_us * scale);
  }
  bool has_timeout = scenario->timeout_us > 0;
  if (has_timeout) scenario->timeout_us = (uint32_t)fmax(1, round(scenario->timeout_us * scale));
}

/* Tells what was sent and never handled, socket by socket. */
static void name_stuck(const bell_trace *trace) {
  stuck found;
  if (!stuck_find(&found, trace)) return;
  for (uint32_t i = 0; i < found.count; i++) {
    uint32_t socket = found.sockets[i];
    fprintf(stderr, "doorbell: %s is stuck: %lu of its messages came, and the server was not told again\n",
            bell_scenario_name(trace->scenario, socket), (unsigned long)found.messages[socket]);
  }
  stuck_free(&found);
}

/* A machine with fewer cores than were asked for shows something else than the model. */
static void tell_cores(const live_request *r, const char *path) {
  uint32_t asked = bell_waiting_with_defaults(r->options.waiting).cores;
  if (r->strategy != BELL_THREADS || asked <= live_cores()) return;
  fprintf(
      stderr,
      "doorbell: %s: the threads ran on %lu cores, not on %lu, for this process may use no more; multiplex shows the "
      "same with --cores=%lu\n",
      path, (unsigned long)live_cores(), (unsigned long)asked, (unsigned long)live_cores());
}

static int tell(const live_request *r, const bell_trace *trace, live_outcome outcome, const char *path) {
  if (outcome.status == LIVE_FAILED) return fail(path, outcome.problem);
  if (!output_print(trace, r->format, stdout)) return fail(path, no_memory);
  tell_cores(r, path);
  if (outcome.status == LIVE_INTERRUPTED) {
    fprintf(stderr, "doorbell: interrupted; %lu of %lu messages were handled\n", (unsigned long)trace->step_count,
            (unsigned long)trace->scenario->event_count);
    return EXIT_INTERRUPTED;
  }
  name_stuck(trace);
  return EXIT_SUCCESS;
}

int live_command(const live_request *r, bell_scenario *scenario, const char *path) {
  if (!is_short_enough(r, scenario, path)) return EXIT_FAILURE;
  stretch(scenario, r->scale);
  bell_arena arena;
  if (!model_arena(&arena, live_memory(scenario))) return fail(path, no_memory);
  bell_trace trace;
  live_outcome outcome = live_run(&trace, scenario, r->strategy, r->options, &arena);
  int status = tell(r, &trace, outcome, path);
  free(arena.base);
  return status;
}
