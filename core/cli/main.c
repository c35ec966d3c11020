/* doorbell: a scenario in, what happens out. See `usage` below. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "live_command.h"
#include "measure.h"
#include "model.h"
#include "scenario/parser.h"

enum { EXIT_INPUT = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: doorbell multiplex --strategy=NAME [--format=FORMAT] [--maxevents=N] [--drain=no] [--cores=N] FILE\n"
    "       doorbell live --strategy=NAME [--scale=MS] [--tcp] [the same options] FILE\n"
    "       doorbell live --measure\n"
    "       doorbell loop [--host=HOST] [--orders] [--format=FORMAT] FILE\n"
    "       doorbell --help | --version\n"
    "\n"
    "Reads a scenario from FILE (- is standard input) and prints what happens, step by step.\n"
    "\n"
    "  multiplex   lesson 4: one thread serves many sockets\n"
    "  live        the same on real sockets and this machine's kernel, with real times\n"
    "  loop        lesson 5: an event loop runs the callbacks of what is ready\n"
    "\n"
    "  --strategy  blocking   wait at each socket in turn\n"
    "              readiness  wait for all sockets at once, take what has been ready longest\n"
    "              busy-poll, select, poll, epoll, epoll-et, threads, io_uring\n"
    "                         the real ways of waiting\n"
    "  --maxevents            epoll, epoll-et, io_uring: answers a wait at most (64)\n"
    "  --drain     no         epoll-et: read once, and lose what is left over\n"
    "  --cores                threads: how many run at a time (4)\n"
    "  --scale                live: real milliseconds for one of the scenario's (1)\n"
    "  --tcp                  live: TCP on 127.0.0.1 instead of socket pairs\n"
    "  --host      browser    (the default) microtasks, then one task\n"
    "              node       phases: timers, poll, check; ticks and microtasks after every callback\n"
    "  --orders               loop: every order in which the callbacks may run, one a line\n"
    "  --format    tsv        (the default) tab-separated values, for programs\n"
    "              json       rows with their reasons, and totals\n"
    "              table      for people, with reasons\n"
    "\n"
    "A scenario says what becomes ready and when, in milliseconds:\n"
    "  socket A \"slow report\" ready 6\n"
    "  socket B \"chat ping\"   ready 1 4 takes 0.5\n"
    "\n"
    "Exit status: 0 done; 1 the scenario has a mistake or cannot be read; 2 wrong usage;\n"
    "130 live was interrupted.\n";

typedef enum command { MULTIPLEX, LIVE, LOOP, COMMANDS } command;

/* What the command line asks for. */
typedef struct request {
  command command;
  live_request live; /* of its strategy, options of waiting and format, multiplex and loop have their part too */
  bool measure;
  bool orders;
  bell_host host; /* of loop */
  const char *path;
} request;

/* ---- the command line ------------------------------------------------------------------------------------------- */

static void fail_usage(const char *what, const char *word) {
  fprintf(stderr, "doorbell: %s%s\nTry 'doorbell --help'.\n", what, word);
  exit(EXIT_USAGE);
}

static const char *strategy_name(unsigned i) { return bell_strategy_name((bell_strategy)i); }
static const char *host_name(unsigned i) { return bell_host_name((bell_host)(BELL_BROWSER + i)); }
static const char *format_name(unsigned i) { return output_format_name((output_format)i); }

/* The index of a word among `count` names. */
static unsigned choose(const char *word, const char *(*name)(unsigned), unsigned count, const char *option) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(word, name(i)) == 0) return i;
  }
  fprintf(stderr, "doorbell: --%s=%s is unknown; it is one of:", option, word);
  for (unsigned i = 0; i < count; i++) fprintf(stderr, " %s", name(i));
  fputs("\nTry 'doorbell --help'.\n", stderr);
  exit(EXIT_USAGE);
}

/* The status to exit with, after all that was to be printed on standard output. */
static int finish(int status) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  fprintf(stderr, "doorbell: the output could not be written: %s\n", strerror(errno));
  return EXIT_INPUT;
}

static void answer_and_exit(const char *answer) {
  fputs(answer, stdout);
  exit(finish(EXIT_SUCCESS));
}

static const char *yes_or_no(unsigned i) { return i == 0 ? "yes" : "no"; }

/* A whole number from 1 to `most`. */
static uint32_t read_count(const char *word, long most, const char *option) {
  char *end = NULL;
  long count = strtol(word, &end, 10);
  if (end == word || *end != '\0' || count < 1 || count > most) {
    fprintf(stderr, "doorbell: --%s=%s is no whole number from 1 to %ld\nTry 'doorbell --help'.\n", option, word, most);
    exit(EXIT_USAGE);
  }
  return (uint32_t)count;
}

/* A number above 0. */
static double read_scale(const char *word) {
  char *end = NULL;
  double scale = strtod(word, &end);
  if (end == word || *end != '\0' || !(scale > 0 && scale <= 1e6)) {
    fail_usage("--scale is a number above 0, of milliseconds, not ", word);
  }
  return scale;
}

static bell_host read_host(const char *word) {
  return (bell_host)(BELL_BROWSER + choose(word, host_name, BELL_HOSTS - BELL_BROWSER, "host"));
}

static void read_option(int option, request *r) {
  live_request *live = &r->live;
  bell_waiting_options *waiting = &live->options.waiting;
  if (option == 'h') answer_and_exit(usage);
  if (option == 'v') answer_and_exit("doorbell " DOORBELL_VERSION "\n");
  if (option == '?') fail_usage("wrong usage", "");
  if (option == 's') live->strategy = (bell_strategy)choose(optarg, strategy_name, BELL_STRATEGIES, "strategy");
  if (option == 'f') live->format = (output_format)choose(optarg, format_name, OUTPUT_FORMATS, "format");
  if (option == 'o') r->host = read_host(optarg);
  if (option == 'm') waiting->maxevents = read_count(optarg, 1000000, "maxevents");
  if (option == 'c') waiting->cores = read_count(optarg, BELL_CORES_MAX, "cores");
  if (option == 'd') waiting->no_drain = choose(optarg, yes_or_no, 2, "drain") == 1;
  if (option == 'l') live->scale = read_scale(optarg);
  if (option == 't') live->options.tcp = true;
  if (option == 'e') r->measure = true;
  if (option == 'r') r->orders = true;
}

/* The options into the request; what is left of the arguments begins at optind. Every getopt stops at the first word
 * that is no option, so the command's name must be gone by now. */
static void read_options(int argc, char **argv, request *r) {
  static const struct option options[] = {{"strategy", required_argument, NULL, 's'},
                                          {"host", required_argument, NULL, 'o'},
                                          {"maxevents", required_argument, NULL, 'm'},
                                          {"drain", required_argument, NULL, 'd'},
                                          {"cores", required_argument, NULL, 'c'},
                                          {"format", required_argument, NULL, 'f'},
                                          {"scale", required_argument, NULL, 'l'},
                                          {"tcp", no_argument, NULL, 't'},
                                          {"measure", no_argument, NULL, 'e'},
                                          {"orders", no_argument, NULL, 'r'},
                                          {"help", no_argument, NULL, 'h'},
                                          {"version", no_argument, NULL, 'v'},
                                          {NULL, 0, NULL, 0}};
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) read_option(option, r);
}

static command read_command(const char *word) {
  static const char *const names[COMMANDS] = {"multiplex", "live", "loop"};
  for (int i = 0; i < COMMANDS; i++) {
    if (strcmp(word, names[i]) == 0) return (command)i;
  }
  fail_usage(word[0] == '\0' ? "say first what to run: multiplex, live or loop" : "unknown command: ", word);
  return COMMANDS;
}

/* Options that go with another command. */
static void check_options(const request *r) {
  bool has_strategy = r->live.strategy != BELL_STRATEGIES;
  bool of_live = r->live.scale > 0 || r->live.options.tcp || r->measure;
  if (r->command != LIVE && of_live) fail_usage("--scale, --tcp and --measure go with live", "");
  if (r->command == LOOP && has_strategy) fail_usage("--strategy goes with multiplex and live", "");
  if (r->command != LOOP && (r->host != BELL_MULTIPLEXER || r->orders)) {
    fail_usage("--host and --orders go with loop", "");
  }
  if (r->command != LOOP && !has_strategy && !r->measure) fail_usage("--strategy=NAME is needed: poll, epoll, ...", "");
  if (r->command == LIVE && r->live.strategy == BELL_READINESS) {
    fail_usage("readiness is no call of a kernel; epoll comes nearest, then poll and select", "");
  }
}

static request read_arguments(int argc, char **argv) {
  request r = {.live = {.strategy = BELL_STRATEGIES, .format = OUTPUT_TSV}};
  const char *word = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
  int skip = word[0] == '\0' ? 0 : 1;
  read_options(argc - skip, argv + skip, &r);
  r.command = read_command(word);
  int files = r.measure ? 0 : 1;
  if (optind + files + skip != argc) {
    fail_usage(r.measure ? "--measure reads no FILE" : "name one FILE, or - for standard input, after ",
               r.measure ? "" : word);
  }
  check_options(&r);
  if (r.command == LOOP && r.host == BELL_MULTIPLEXER) r.host = BELL_BROWSER;
  if (r.live.scale == 0) r.live.scale = 1;
  r.path = argv[optind + skip];
  return r;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

static void tell_problem(void *context, const bell_problem *problem) {
  char message[512];
  bell_text text = {.out = message, .capacity = sizeof message};
  bell_problem_print(problem, &text);
  int shown = (int)(text.length < sizeof message ? text.length : sizeof message);
  fprintf(stderr, "%s:%lu:%lu: %.*s\n", (const char *)context, (unsigned long)problem->line,
          (unsigned long)problem->column, shown, message);
}

static int fail_memory(const char *path) {
  fprintf(stderr, "doorbell: %s: there is not enough memory for this scenario\n", path);
  return EXIT_INPUT;
}

static int run_model(const request *r, const bell_scenario *scenario) {
  bell_arena arena;
  bell_trace trace;
  bool ran = r->command == LOOP ? model_loop(&trace, scenario, &arena)
                                : model_multiplex(&trace, scenario, r->live.strategy, r->live.options.waiting, &arena);
  bool good = ran && output_print(&trace, r->live.format, stdout);
  free(arena.base);
  return good ? EXIT_SUCCESS : fail_memory(r->path);
}

static int run_orders(const request *r, const bell_scenario *scenario) {
  bell_arena arena;
  bell_orders orders;
  bool good = model_orders(&orders, scenario, &arena) && output_print_orders(&orders, scenario, r->live.format, stdout);
  free(arena.base);
  return good ? EXIT_SUCCESS : fail_memory(r->path);
}

static int parse_and_run(const request *r, const input *in) {
  bell_arena arena;
  if (!model_arena(&arena, bell_scenario_memory(in->text, in->length))) return fail_memory(r->path);
  bell_scenario scenario;
  bell_report report = {.tell = tell_problem, .context = (void *)r->path};
  int status = EXIT_INPUT;
  if (bell_scenario_parse(&scenario, in->text, in->length, r->host, &arena, report) &&
      (r->command == LOOP || bell_waiting_check(&scenario, r->live.strategy, report))) {
    if (r->command == LIVE) status = live_command(&r->live, &scenario, r->path);
    else status = r->orders ? run_orders(r, &scenario) : run_model(r, &scenario);
  }
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
  request r = read_arguments(argc, argv);
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
