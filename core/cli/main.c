/* doorbell: a scenario in, what happens out. See `usage` below. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "event_loop.h"
#include "input.h"
#include "io_multiplexer.h"
#include "output.h"
#include "waiting.h"

enum { EXIT_INPUT = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: doorbell multiplex --strategy=NAME [--format=FORMAT] [--maxevents=N] [--drain=no] [--cores=N] FILE\n"
    "       doorbell loop [--host=HOST] [--format=FORMAT] FILE\n"
    "       doorbell --help | --version\n"
    "\n"
    "Reads a scenario from FILE (- is standard input) and prints what happens, step by step.\n"
    "\n"
    "  multiplex   lesson 4: one thread serves many sockets\n"
    "  loop        lesson 5: an event loop runs the callbacks of what is ready\n"
    "\n"
    "  --strategy  blocking   wait at each socket in turn\n"
    "              readiness  wait for all sockets at once, take what has been ready longest\n"
    "              busy-poll, select, poll, epoll, epoll-et, threads, io_uring\n"
    "                         the real ways of waiting\n"
    "  --maxevents            epoll, epoll-et, io_uring: answers a wait at most (64)\n"
    "  --drain     no         epoll-et: read once, and lose what is left over\n"
    "  --cores                threads: how many run at a time (4)\n"
    "  --host      browser    (the default) microtasks, then one task\n"
    "  --format    tsv        (the default) tab-separated values, for programs\n"
    "              json       rows with their reasons, and totals\n"
    "              table      for people, with reasons\n"
    "\n"
    "A scenario says what becomes ready and when, in milliseconds:\n"
    "  socket A \"slow report\" ready 6\n"
    "  socket B \"chat ping\"   ready 1 4 takes 0.5\n"
    "\n"
    "Exit status: 0 done; 1 the scenario has a mistake or cannot be read; 2 wrong usage.\n";

/* What the command line asks for. */
typedef struct request {
  bell_host host;
  bell_strategy strategy;
  bell_waiting_options options;
  output_format format;
  const char *path;
} request;

/* ---- the command line ------------------------------------------------------------------------------------------- */

static void fail_usage(const char *what, const char *word) {
  fprintf(stderr, "doorbell: %s%s\nTry 'doorbell --help'.\n", what, word);
  exit(EXIT_USAGE);
}

static const char *strategy_name(unsigned i) { return bell_strategy_name((bell_strategy)i); }
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

/* The options into the request; what is left of the arguments begins at optind. Every getopt stops at the first word
 * that is no option, so the command's name must be gone by now. */
static void read_options(int argc, char **argv, request *r, const char **host) {
  static const struct option options[] = {{"strategy", required_argument, NULL, 's'},
                                          {"host", required_argument, NULL, 'o'},
                                          {"maxevents", required_argument, NULL, 'm'},
                                          {"drain", required_argument, NULL, 'd'},
                                          {"cores", required_argument, NULL, 'c'},
                                          {"format", required_argument, NULL, 'f'},
                                          {"help", no_argument, NULL, 'h'},
                                          {"version", no_argument, NULL, 'v'},
                                          {NULL, 0, NULL, 0}};
  int option;
  while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
    if (option == 'h') answer_and_exit(usage);
    if (option == 'v') answer_and_exit("doorbell " DOORBELL_VERSION "\n");
    if (option == '?') fail_usage("wrong usage", "");
    if (option == 's') r->strategy = (bell_strategy)choose(optarg, strategy_name, BELL_STRATEGIES, "strategy");
    if (option == 'f') r->format = (output_format)choose(optarg, format_name, OUTPUT_FORMATS, "format");
    if (option == 'o') *host = optarg;
    if (option == 'm') r->options.maxevents = read_count(optarg, 1000000, "maxevents");
    if (option == 'c') r->options.cores = read_count(optarg, BELL_CORES_MAX, "cores");
    if (option == 'd') r->options.no_drain = choose(optarg, yes_or_no, 2, "drain") == 1;
  }
}

static request read_arguments(int argc, char **argv) {
  request r = {.strategy = BELL_STRATEGIES, .format = OUTPUT_TSV};
  const char *host = NULL;
  const char *command = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
  int skip = command[0] == '\0' ? 0 : 1;
  read_options(argc - skip, argv + skip, &r, &host);
  if (skip == 0) fail_usage("say first what to run: multiplex or loop", "");
  bool loop = strcmp(command, "loop") == 0;
  if (!loop && strcmp(command, "multiplex") != 0) fail_usage("unknown command: ", command);
  if (optind + 1 + skip != argc) fail_usage("name one FILE, or - for standard input, after ", command);
  if (loop && r.strategy != BELL_STRATEGIES) fail_usage("--strategy goes with multiplex", "");
  if (!loop && host != NULL) fail_usage("--host goes with loop", "");
  if (!loop && r.strategy == BELL_STRATEGIES) {
    fail_usage("multiplex needs --strategy=NAME: blocking, readiness, ...", "");
  }
  if (host != NULL && strcmp(host, bell_host_name(BELL_BROWSER)) != 0) fail_usage("--host is browser, not ", host);
  r.host = loop ? BELL_BROWSER : BELL_MULTIPLEXER;
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

static bool new_arena(bell_arena *arena, size_t capacity) {
  *arena = (bell_arena){.base = malloc(capacity > 0 ? capacity : 1), .capacity = capacity};
  return arena->base != NULL;
}

static int fail_memory(const char *path) {
  fprintf(stderr, "doorbell: %s: there is not enough memory for this scenario\n", path);
  return EXIT_INPUT;
}

static bool is_beginners(bell_strategy strategy) { return strategy <= BELL_READINESS; }

static size_t run_memory(const request *r, const bell_scenario *scenario) {
  if (r->host == BELL_BROWSER) return bell_event_loop_memory(scenario);
  return is_beginners(r->strategy) ? bell_multiplexer_memory(scenario) : bell_waiting_memory(scenario);
}

static bool run_model(const request *r, bell_trace *trace, const bell_scenario *scenario, bell_arena *arena) {
  if (r->host == BELL_BROWSER) return bell_event_loop_run(trace, scenario, arena);
  if (is_beginners(r->strategy)) return bell_multiplexer_run(trace, scenario, r->strategy, arena);
  return bell_waiting_run(trace, scenario, r->strategy, r->options, arena);
}

static int run(const request *r, const bell_scenario *scenario) {
  bell_arena arena;
  if (!new_arena(&arena, run_memory(r, scenario))) return fail_memory(r->path);
  bell_trace trace;
  bool good = run_model(r, &trace, scenario, &arena) && output_print(&trace, r->format, stdout);
  free(arena.base);
  return good ? EXIT_SUCCESS : fail_memory(r->path);
}

static int parse_and_run(const request *r, const input *in) {
  bell_arena arena;
  if (!new_arena(&arena, bell_scenario_memory(in->text, in->length))) return fail_memory(r->path);
  bell_scenario scenario;
  bell_report report = {.tell = tell_problem, .context = (void *)r->path};
  int status = EXIT_INPUT;
  if (bell_scenario_parse(&scenario, in->text, in->length, r->host, &arena, report) &&
      (r->host == BELL_BROWSER || bell_waiting_check(&scenario, r->strategy, report))) {
    status = run(r, &scenario);
  }
  free(arena.base);
  return status;
}

int main(int argc, char **argv) {
  request r = read_arguments(argc, argv);
  input in;
  if (!input_read(r.path, &in)) {
    fprintf(stderr, "doorbell: %s: %s\n", r.path, strerror(errno));
    return EXIT_INPUT;
  }
  int status = parse_and_run(&r, &in);
  free(in.text);
  return finish(status);
}
