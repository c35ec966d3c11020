#include "arguments.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static const char sockets[] =
    "  socket A \"slow report\" ready 6\n"
    "  socket B \"chat ping\"   ready 1 4 takes 0.5\n"
    "  socket C \"photo\" size 4 KB in 2 parts ready 2 3 closes 5\n"
    "    read up to 1 KB\n"
    "  socket D ready 4 fd 1500 buffer 16 KB reads 4 KB every 10\n"
    "    write 64 KB\n"
    "    stop watching\n"
    "  timer  T every 10 until 50\n"
    "  pipe   P ready 2 closes 5\n"
    "\n"
    "and, where no handler writes:\n"
    "  listener L ready 1 1 1 descriptors 2\n"
    "    keep spare\n"
    "  timeout every 5 \"housekeeping\" takes 1\n"
    "  signal CHLD ready 3\n"
    "\n"
    "and, with select, poll or epoll, where none of the last three stands:\n"
    "  socket E ready 1 takes 5\n"
    "    hand over\n"
    "  worker W\n"
    "\n"
    "and, with select, poll, threads or io_uring:\n"
    "  file   F \"config\" reads 3 takes 2\n"
    "    ignore end\n";

static const struct {
  const char *name;
  const char *usage;
  const char *does;
  const char *example; /* a scenario */
  const bell_lesson *lesson;
} commands[COMMANDS] = {
    {"multiplex",
     "doorbell multiplex --strategy=NAME [--format=FORMAT] [--maxevents=N] [--drain=no|N] [--cores=N] FILE\n",
     "lesson 4: one thread serves many sockets\n", sockets, &bell_multiplexer_lesson},
    {"live",
     "doorbell live --strategy=NAME [--scale=MS] [--tcp] [the options of multiplex] FILE\n"
     "       doorbell live --measure\n",
     "lesson 4 on real sockets and this machine's kernel, with real times\n", sockets, &bell_multiplexer_lesson},
    {"loop", "doorbell loop [--host=HOST] [--orders] [--format=FORMAT] FILE\n",
     "lesson 5: an event loop runs the callbacks of what is ready\n",
     "  promise onResolve ready 2\n"
     "  timer   onTimeout ready 2\n"
     "    microtask cleanUp\n",
     &bell_loop_lesson},
};

/* ---- mistakes ---------------------------------------------------------------------------------------------------- */

static void exit_usage(void) {
  fputs("\nTry 'doorbell --help'.\n", stderr);
  exit(EXIT_USAGE);
}

static void fail_usage(const char *what, const char *word) {
  fprintf(stderr, "doorbell: %s%s", what, word);
  exit_usage();
}

static const char *strategy_name(unsigned i) { return bell_strategy_name((bell_strategy)i); }
static bell_host host_of(unsigned i) { return (bell_host)(bell_loop_lesson.first_host + i); } /* of --host */
static const char *host_name(unsigned i) { return bell_host_name(host_of(i)); }
static const char *format_name(unsigned i) { return output_format_name((output_format)i); }
static const char *command_name(unsigned i) { return commands[i].name; }

/* ---- the words of the options ------------------------------------------------------------------------------------ */

/* The index of a word among `count` names. */
static unsigned choose(const char *word, const char *(*name)(unsigned), unsigned count, const char *option) {
  for (unsigned i = 0; i < count; i++) {
    if (strcmp(word, name(i)) == 0) return i;
  }
  fprintf(stderr, "doorbell: --%s=%s is unknown; it is one of:", option, word);
  for (unsigned i = 0; i < count; i++) fprintf(stderr, " %s", name(i));
  exit_usage();
  return 0;
}

/* A whole number from 1 to `most`. */
static uint32_t read_count(const char *word, long most, const char *option) {
  char *end = NULL;
  long count = strtol(word, &end, 10);
  if (end == word || *end != '\0' || count < 1 || count > most) {
    fprintf(stderr, "doorbell: --%s=%s is no whole number from 1 to %ld", option, word, most);
    exit_usage();
  }
  return (uint32_t)count;
}

static void read_strategy(const char *word, request *r) {
  r->live.strategy = (bell_strategy)choose(word, strategy_name, BELL_STRATEGIES, "strategy");
}
static void read_maxevents(const char *word, request *r) {
  r->live.options.waiting.maxevents = read_count(word, 1000000, "maxevents");
}
static void read_drain(const char *word, request *r) {
  bell_waiting_options *options = &r->live.options.waiting;
  bool is_number = word[0] >= '0' && word[0] <= '9';
  if (is_number) options->reads_a_turn = read_count(word, BELL_TURN_MAX, "drain") & BELL_TURN_MAX;
  options->no_drain = strcmp(word, "no") == 0;
  bool is_known = is_number || options->no_drain || strcmp(word, "yes") == 0;
  if (!is_known) fail_usage("--drain is yes, no, or how many reads at most, not ", word);
}
static void read_cores(const char *word, request *r) {
  r->live.options.waiting.cores = read_count(word, BELL_CORES_MAX, "cores");
}
static void read_scale(const char *word, request *r) {
  char *end = NULL;
  r->live.scale = strtod(word, &end);
  if (end == word || *end != '\0' || !(r->live.scale > 0 && r->live.scale <= 1e6)) {
    fail_usage("--scale is a number above 0, of milliseconds, not ", word);
  }
}
static void read_host(const char *word, request *r) {
  r->host = host_of(choose(word, host_name, bell_loop_lesson.host_count, "host"));
}
static void read_format(const char *word, request *r) {
  r->live.format = (output_format)choose(word, format_name, OUTPUT_FORMATS, "format");
}
static void read_tcp(const char *word, request *r) {
  (void)word;
  r->live.options.tcp = true;
}
static void read_measure(const char *word, request *r) {
  (void)word;
  r->measure = true;
}
static void read_orders(const char *word, request *r) {
  (void)word;
  r->orders = true;
}
static void read_help(const char *word, request *r) {
  (void)word;
  r->help = true;
}
static void read_version(const char *word, request *r) {
  (void)word;
  r->version = true;
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

#define BIT(i) (1U << (i))

enum {
  ALL_COMMANDS = BIT(COMMANDS) - 1,
  OF_LESSON_4 = BIT(MULTIPLEX) | BIT(LIVE),
  ALL_STRATEGIES = BIT(BELL_STRATEGIES) - 1,
  TELLS_ONCE = BIT(BELL_EPOLL_ET) | BIT(BELL_KQUEUE_CLEAR),
  ANSWERS_MANY = BIT(BELL_EPOLL) | BIT(BELL_IO_URING) | BIT(BELL_KQUEUE) | TELLS_ONCE,
};

/* In the order of the help. */
static const struct row {
  const char *name;
  bool has_word;
  void (*read)(const char *word, request *r);
  unsigned commands;   /* that it goes with: BIT of each */
  unsigned strategies; /* the same */
  const char *help;
} rows[] = {
    {"strategy", true, read_strategy, OF_LESSON_4, ALL_STRATEGIES,
     "  --strategy  blocking   wait at each socket in turn\n"
     "              readiness  wait for all sockets at once, take what has been ready longest (not live)\n"
     "              busy-poll, select, poll, epoll, epoll-et, threads, io_uring\n"
     "                         the real ways of waiting\n"
     "              kqueue, kqueue-clear\n"
     "                         the same on FreeBSD and macOS, by default and with EV_CLEAR (not live)\n"},
    {"maxevents", true, read_maxevents, OF_LESSON_4, ANSWERS_MANY,
     "  --maxevents            epoll, epoll-et, io_uring, kqueue, kqueue-clear: answers a wait at most (64)\n"},
    {"drain", true, read_drain, OF_LESSON_4, TELLS_ONCE,
     "  --drain     yes        (the default) epoll-et, kqueue-clear: read a socket until a read would block\n"
     "              no         read it once, and lose what is left over\n"
     "              N          read it N times at most, then the others; remember it in a list of its own\n"},
    {"cores", true, read_cores, OF_LESSON_4, BIT(BELL_THREADS),
     "  --cores                threads: how many run at a time (4)\n"},
    {"scale", true, read_scale, BIT(LIVE), ALL_STRATEGIES,
     "  --scale                live: real milliseconds for one of the scenario's (1)\n"},
    {"tcp", false, read_tcp, BIT(LIVE), ALL_STRATEGIES,
     "  --tcp                  live: TCP on 127.0.0.1 instead of socket pairs\n"},
    {"measure", false, read_measure, BIT(LIVE), ALL_STRATEGIES,
     "  --measure              live: no scenario, but what the calls cost on this machine\n"},
    {"host", true, read_host, BIT(LOOP), ALL_STRATEGIES,
     "  --host      browser    (the default) microtasks, then one task\n"
     "              node       phases: timers, poll, check; ticks and microtasks after every callback\n"},
    {"orders", false, read_orders, BIT(LOOP), ALL_STRATEGIES,
     "  --orders               loop: every order in which the callbacks may run, one a line\n"},
    {"format", true, read_format, ALL_COMMANDS, ALL_STRATEGIES,
     "  --format    tsv        (the default) tab-separated values, for programs\n"
     "              json       rows with their reasons, and totals\n"
     "              table      for people, with reasons\n"},
    {"help", false, read_help, ALL_COMMANDS, ALL_STRATEGIES, ""},
    {"version", false, read_version, ALL_COMMANDS, ALL_STRATEGIES, ""},
};

enum { ROWS = sizeof rows / sizeof *rows };

static const char *row_name(unsigned i) { return rows[i].name; }

/* "a, b and c" */
static void print_names(unsigned bits, const char *(*name)(unsigned)) {
  const char *before = "";
  for (unsigned i = 0; bits >> i > 0; i++) {
    if ((bits & BIT(i)) == 0) continue;
    bool is_last = bits >> i == 1;
    fprintf(stderr, "%s%s", before[0] != '\0' && is_last ? " and " : before, name(i));
    before = ", ";
  }
}

static void fail_unfit(unsigned row, unsigned fit, unsigned unfit, const char *(*name)(unsigned)) {
  fprintf(stderr, "doorbell: --%s goes with ", rows[row].name);
  print_names(fit, name);
  fprintf(stderr, ", not with %s", name(unfit));
  exit_usage();
}

/* Not all that the model knows is here. */
static void check_live(bell_strategy strategy) {
  if (strategy == BELL_READINESS) {
    fail_usage("readiness is no call of a kernel; epoll comes nearest, then poll and select", "");
  }
  if (!bell_strategy_is_kqueue(strategy)) return;
  const char *nearest = bell_strategy_name(strategy == BELL_KQUEUE ? BELL_EPOLL : BELL_EPOLL_ET);
  fprintf(stderr, "doorbell: kqueue is FreeBSD's and macOS's, and live runs on Linux: %s comes nearest; %s", nearest,
          "multiplex shows kqueue in the model");
  exit_usage();
}

/* An option that would be passed over is a mistake. `given` has a BIT for each that was given. */
static void check_options(const request *r, unsigned given) {
  for (unsigned i = 0; i < ROWS; i++) {
    bool is_given = (given & BIT(i)) != 0;
    if (is_given && (rows[i].commands & BIT(r->command)) == 0) {
      fail_unfit(i, rows[i].commands, r->command, command_name);
    }
    if (is_given && r->measure && rows[i].read != read_measure)
      fail_usage("--measure goes alone, without --", row_name(i));
  }
  if (r->command == LOOP || r->measure) return;
  if (r->live.strategy == BELL_STRATEGIES) fail_usage("--strategy=NAME is needed: poll, epoll, ...", "");
  if (r->command == LIVE) check_live(r->live.strategy);
  for (unsigned i = 0; i < ROWS; i++) {
    bool is_unfit = (given & BIT(i)) != 0 && (rows[i].strategies & BIT(r->live.strategy)) == 0;
    if (is_unfit) fail_unfit(i, rows[i].strategies, r->live.strategy, strategy_name);
  }
}

/* ---- the command line -------------------------------------------------------------------------------------------- */

static void fail_option(int option, const char *word) {
  bool is_known = optopt > 0 && optopt <= ROWS;
  if (option == ':') fail_usage("a value is missing after ", word);
  fail_usage(is_known ? "no value belongs in " : "unknown option: ", word);
}

/* The options into the request; what is left of the arguments begins at optind. Every getopt stops at the first word
 * that is no option, so the command's name must be gone by now. Returns a BIT for each row that was given. */
static unsigned read_options(int argc, char **argv, request *r) {
  struct option options[ROWS + 1] = {{0}};
  for (int i = 0; i < ROWS; i++) {
    options[i] = (struct option){rows[i].name, rows[i].has_word ? required_argument : no_argument, NULL, i + 1};
  }
  unsigned given = 0;
  opterr = 0; /* what is wrong is said here */
  for (int option; (option = getopt_long(argc, argv, ":", options, NULL)) != -1;) {
    if (option < 1 || option > ROWS) fail_option(option, argv[optind - 1]);
    rows[option - 1].read(optarg, r);
    given |= BIT(option - 1);
  }
  return given;
}

static command read_command(const char *word) {
  for (int i = 0; i < COMMANDS; i++) {
    if (strcmp(word, commands[i].name) == 0) return (command)i;
  }
  if (word[0] != '\0') fail_usage("unknown command: ", word);
  return COMMANDS;
}

request arguments_read(int argc, char **argv) {
  request r = {.live = {.strategy = BELL_STRATEGIES, .format = OUTPUT_TSV}};
  const char *word = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
  int skip = word[0] == '\0' ? 0 : 1;
  r.command = read_command(word);
  r.lesson = r.command == COMMANDS ? NULL : commands[r.command].lesson;
  if (r.lesson != NULL) r.host = r.lesson->first_host;
  unsigned given = read_options(argc - skip, argv + skip, &r);
  if (r.help || r.version) return r;
  if (r.command == COMMANDS) fail_usage("say first what to run: multiplex, live or loop", "");
  check_options(&r, given);
  int files = r.measure ? 0 : 1;
  if (optind + files + skip != argc) {
    fail_usage(r.measure ? "--measure reads no FILE" : "name one FILE, or - for standard input, after ",
               r.measure ? "" : word);
  }
  if (r.live.scale == 0) r.live.scale = 1;
  r.path = argv[optind + skip];
  return r;
}

/* ---- help -------------------------------------------------------------------------------------------------------- */

void arguments_print_help(command of, FILE *out) {
  unsigned shown = of == COMMANDS ? ALL_COMMANDS : BIT(of);
  const char *before = "usage: ";
  for (unsigned i = 0; i < COMMANDS; i++) {
    if ((shown & BIT(i)) != 0) fprintf(out, "%s%s", before, commands[i].usage);
    if ((shown & BIT(i)) != 0) before = "       ";
  }
  if (of == COMMANDS) fputs("       doorbell [COMMAND] --help | --version\n", out);
  fputs("\nReads a scenario from FILE (- is standard input) and prints what happens, step by step.\n\n", out);
  for (unsigned i = 0; i < COMMANDS; i++) {
    if ((shown & BIT(i)) != 0) fprintf(out, "  %-10s  %s", commands[i].name, commands[i].does);
  }
  fputs("\n", out);
  for (unsigned i = 0; i < ROWS; i++) {
    if ((shown & rows[i].commands) != 0) fputs(rows[i].help, out);
  }
  fprintf(out, "\nA scenario says what becomes ready and when, in milliseconds:\n%s\n",
          commands[of == COMMANDS ? MULTIPLEX : of].example);
  fputs("Exit status: 0 done; 1 the scenario has a mistake or cannot be read; 2 wrong usage", out);
  fputs((shown & BIT(LIVE)) != 0 ? ";\n130 live was interrupted.\n" : ".\n", out);
}
