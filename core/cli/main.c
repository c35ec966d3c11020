/* doorbell: a scenario in, what happens out. See arguments.c for what may be asked. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "input.h"
#include "measure.h"
#include "model.h"
#include "scenario/parser.h"

enum { EXIT_INPUT = 1, PROBLEMS_MAX = 20 };

/* The status to exit with, after all that was to be printed on standard output. */
static int finish(int status) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  fprintf(stderr, "doorbell: the output could not be written: %s\n", strerror(errno));
  return EXIT_INPUT;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

/* What is wrong with a scenario. */
typedef struct problems {
  const char *path;
  unsigned long count;
} problems;

static void tell_problem(void *context, const bell_problem *problem) {
  problems *p = context;
  if (++p->count > PROBLEMS_MAX) return;
  char message[512];
  bell_text text = {.out = message, .capacity = sizeof message};
  bell_problem_print(problem, &text);
  int shown = (int)(text.length < sizeof message ? text.length : sizeof message);
  fprintf(stderr, "%s:%lu:%lu: %.*s\n", p->path, (unsigned long)problem->line, (unsigned long)problem->column, shown,
          message);
}

/* 1234567 as "1,234,567". */
static void print_thousands(unsigned long number) {
  unsigned long unit = 1;
  while (number / unit >= 1000) unit *= 1000;
  fprintf(stderr, "%lu", number / unit);
  while ((unit /= 1000) > 0) fprintf(stderr, ",%03lu", number / unit % 1000);
}

static void count_the_rest(const problems *p) {
  if (p->count <= PROBLEMS_MAX) return;
  fprintf(stderr, "%s: ... and ", p->path);
  print_thousands(p->count - PROBLEMS_MAX);
  fputs(" more\n", stderr);
}

static int fail_memory(const char *path) {
  fprintf(stderr, "doorbell: %s: there is not enough memory for this scenario\n", path);
  return EXIT_INPUT;
}

static bell_lesson_options options_of(const request *r) {
  return (bell_lesson_options){r->live.strategy, r->live.options.waiting};
}

static int run_model(const request *r, const bell_scenario *scenario) {
  bell_arena arena;
  bell_trace trace;
  bool good =
      model_run(r->lesson, &trace, scenario, options_of(r), &arena) && output_print(&trace, r->live.format, stdout);
  free(arena.base);
  return good ? EXIT_SUCCESS : fail_memory(r->path);
}

/* An order of what never ends would be a line of a thousand names. */
static int fail_endless(const char *path, const bell_scenario *scenario) {
  uint32_t i = 0;
  while (!scenario->statements[i].forever) i++;
  fprintf(stderr, "doorbell: %s: %s on line %lu goes on forever, so no order has an end", path,
          bell_scenario_name(scenario, i), (unsigned long)scenario->statements[i].line);
  fputs("; without --orders the run is shown until it is stopped\n", stderr);
  return EXIT_INPUT;
}

static int run_orders(const request *r, const bell_scenario *scenario) {
  if (scenario->endless) return fail_endless(r->path, scenario);
  bell_arena arena;
  bell_orders orders;
  bool good = model_orders(&orders, scenario, &arena) && output_print_orders(&orders, scenario, r->live.format, stdout);
  free(arena.base);
  return good ? EXIT_SUCCESS : fail_memory(r->path);
}

/* The text is freed as soon as it was read: what runs finds its memory there, and new memory takes time to come by. */
static int parse_and_run(const request *r, input *in) {
  bell_arena arena;
  bell_scenario_text text = bell_scenario_measure(in->text, in->length);
  if (!model_arena(&arena, bell_scenario_memory(text))) return fail_memory(r->path);
  bell_scenario scenario;
  problems found = {.path = r->path};
  bell_report report = {.tell = tell_problem, .context = &found};
  int status = EXIT_INPUT;
  bool good = bell_scenario_parse(&scenario, text, r->host, &arena, report);
  free(in->text);
  in->text = NULL;
  if (good && r->lesson->check(&scenario, options_of(r), report)) {
    if (r->command == LIVE) status = live_command(&r->live, &scenario, r->path);
    else status = r->orders ? run_orders(r, &scenario) : run_model(r, &scenario);
  }
  count_the_rest(&found);
  free(arena.base);
  return status;
}

static int measure(void) {
  char problem[256];
  if (live_measure(stdout, problem, sizeof problem)) return finish(EXIT_SUCCESS);
  fprintf(stderr, "doorbell: %s\n", problem);
  return EXIT_INPUT;
}

int main(int argc, char **argv) {
  request r = arguments_read(argc, argv);
  if (r.help) arguments_print_help(r.command, stdout);
  else if (r.version) puts("doorbell " DOORBELL_VERSION);
  if (r.help || r.version) return finish(EXIT_SUCCESS);
  if (r.measure) return measure();
  input in;
  if (!input_read(r.path, &in)) {
    fprintf(stderr, "doorbell: %s: %s\n", r.path, strerror(errno));
    return EXIT_INPUT;
  }
  int status = parse_and_run(&r, &in);
  free(in.text);
  return finish(status);
}
