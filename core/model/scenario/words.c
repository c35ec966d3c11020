#include "scenario/words.h"

enum {
  ALL = 1 << BELL_MULTIPLEXER | 1 << BELL_BROWSER | 1 << BELL_NODE,
  LOOPS = 1 << BELL_BROWSER | 1 << BELL_NODE,
  BROWSER = 1 << BELL_BROWSER,
  NODE = 1 << BELL_NODE,

  READY = 1 << BELL_CLAUSE_READY,
  TAKES = 1 << BELL_CLAUSE_TAKES,
  AFTER = 1 << BELL_CLAUSE_AFTER,
  FOREVER = 1 << BELL_CLAUSE_FOREVER,
  OF = 1 << BELL_CLAUSE_OF,
  WITH = 1 << BELL_CLAUSE_WITH,
  /* of a connection, and what comes on it: lesson 4's */
  LIFE = 1 << BELL_CLAUSE_NEVER | 1 << BELL_CLAUSE_CLOSES | 1 << BELL_CLAUSE_RESETS,
  BYTES = BELL_HAS_BYTES << BELL_CLAUSE_SIZE | BELL_HAS_BYTES << BELL_CLAUSE_IN | BELL_HAS_BYTES << BELL_CLAUSE_BUFFER |
          BELL_HAS_BYTES << BELL_CLAUSE_READS,
  TIMES = BELL_HAS_BYTES << BELL_CLAUSE_EVERY | BELL_HAS_BYTES << BELL_CLAUSE_UNTIL,
  SILENCE = 1 << BELL_CLAUSE_NEVER,
  NUMBER = BELL_HAS_BYTES << BELL_CLAUSE_FD,

  NO_TASK = BELL_TASK_SOURCES,
};

#define SOURCE .places = BELL_AT_EDGE, .edge_clauses = READY | TAKES
#define RINGS SOURCE, .needs = READY
#define QUEUED .places = BELL_IN_CALLBACK, .clauses = TAKES | FOREVER
#define REACTION \
  .places = BELL_IN_CALLBACK, .clauses = TAKES | OF, .needs = OF, .making = BELL_MAKES_FUNCTION, .task_source = NO_TASK
#define MAKER .places = BELL_IN_CALLBACK, .naming = BELL_NAMES_ITSELF, .promises = 1, .task_source = NO_TASK
#define SETTLER .naming = BELL_NAMES_SETTLED, .making = BELL_MAKES_NOTHING
#define HANDLERS .hosts = 1 << BELL_MULTIPLEXER, .places = BELL_IN_HANDLER, .task_source = NO_TASK
#define READERS .hosts = 1 << BELL_MULTIPLEXER, .places = BELL_IN_HANDLER | BELL_IN_PIPE, .task_source = NO_TASK
#define ENDER .making = BELL_MAKES_NOTHING, .task_source = NO_TASK

/* A lesson's own module has no need of the other one's: of lesson 5's the words, to say so. */
#ifdef DOORBELL_LOOPS_ALONE
#define LESSON_4(...) \
  { .text = "" }
#else
#define LESSON_4(...) \
  { __VA_ARGS__ }
#endif
#ifdef DOORBELL_SOCKETS_ALONE
#define LESSON_5(word, ...) \
  { .text = word }
#else
#define LESSON_5(...) \
  { __VA_ARGS__ }
#endif

const bell_word bell_words[BELL_KINDS] = {
    [BELL_SOCKET] = {"socket", ALL, .places = BELL_AT_EDGE, .edge_clauses = READY | TAKES | LIFE | BYTES | NUMBER,
                     .needs = READY, .task_source = BELL_TASKS_NETWORKING},
    [BELL_TIMER] = {"timer", BELL_HAS_BYTES ? ALL : LOOPS, .places = BELL_AT_EDGE | BELL_IN_CALLBACK,
                    .edge_clauses = READY | TAKES | TIMES, .clauses = TAKES | FOREVER | AFTER, .needs = READY | AFTER,
                    .form = BELL_CLAUSE_AFTER, .task_source = BELL_TASKS_TIMERS},
    [BELL_PROMISE] =
        LESSON_5("promise", LOOPS, .places = BELL_AT_EDGE | BELL_IN_CALLBACK, .edge_clauses = READY | TAKES,
                 .needs = READY, .is_once = true, .naming = BELL_NAMES_ITSELF, .making = BELL_MAKES_PROMISE,
                 .promises = 1, .task_source = NO_TASK),
    [BELL_SCRIPT] = LESSON_5("script", LOOPS, SOURCE, .is_once = true, .task_source = BELL_TASKS_NETWORKING),
    [BELL_INPUT] = LESSON_5("input", BROWSER, RINGS, .task_source = BELL_TASKS_USER),
    [BELL_LISTENER] = LESSON_5("listener", LOOPS, .places = BELL_AT_EDGE, .naming = BELL_NAMES_EVENT,
                               .event = BELL_UNHANDLED_REJECTION, ENDER),
    [BELL_IGNORE] = LESSON_4("ignore", .event = "end", .naming = BELL_NAMES_EVENT, READERS),
    [BELL_WATCH] = LESSON_4("watch", .event = "write", .naming = BELL_NAMES_EVENT, HANDLERS),
    [BELL_READ] = LESSON_4("read", .event = BELL_HAS_BYTES ? "up to" : NULL, .naming = BELL_NAMES_AMOUNT, READERS),
    [BELL_WRITE] =
        LESSON_4("write", .naming = BELL_NAMES_AMOUNT, .clauses = BELL_HAS_BYTES << BELL_CLAUSE_AND, HANDLERS),
    [BELL_STOP] = LESSON_4("stop", .event = BELL_HAS_BYTES ? "watching" : NULL, .naming = BELL_NAMES_EVENT, HANDLERS),
    [BELL_MICROTASK] = LESSON_5("microtask", LOOPS, QUEUED, .task_source = NO_TASK),
    [BELL_TICK] = LESSON_5("tick", NODE, QUEUED, .task_source = NO_TASK),
    [BELL_IMMEDIATE] = LESSON_5("immediate", NODE, QUEUED, .task_source = NO_TASK),
    [BELL_FRAME] = LESSON_5("frame", BROWSER, QUEUED, .task_source = BELL_TASKS_RENDERING),
    [BELL_THEN] = LESSON_5("then", LOOPS, REACTION, .promises = 1, .jobs = 1),
    [BELL_CATCH] = LESSON_5("catch", LOOPS, REACTION, .promises = 1, .jobs = 1),
    [BELL_FINALLY] = LESSON_5("finally", LOOPS, REACTION, .promises = 3, .jobs = 4),
    [BELL_ASYNC] = LESSON_5("async", LOOPS, MAKER, .making = BELL_MAKES_FUNCTION),
    [BELL_THENABLE] = LESSON_5("thenable", LOOPS, MAKER, .making = BELL_MAKES_THENABLE),
    [BELL_RESOLVE] = LESSON_5("resolve", LOOPS, SETTLER, .places = BELL_IN_CALLBACK, .clauses = WITH | AFTER,
                              .task_source = NO_TASK),
    [BELL_RESOLVE_WITH] = LESSON_5("resolve", LOOPS, SETTLER, .clauses = WITH, .form = BELL_CLAUSE_WITH, .jobs = 2,
                                   .task_source = NO_TASK),
    [BELL_RESOLVE_AFTER] = LESSON_5("resolve", LOOPS, SETTLER, .clauses = AFTER, .form = BELL_CLAUSE_AFTER, .jobs = 1,
                                    .task_source = BELL_TASKS_TIMERS),
    [BELL_REJECT] =
        LESSON_5("reject", LOOPS, SETTLER, .places = BELL_IN_CALLBACK, .clauses = AFTER, .task_source = NO_TASK),
    [BELL_REJECT_AFTER] = LESSON_5("reject", LOOPS, SETTLER, .clauses = AFTER, .form = BELL_CLAUSE_AFTER, .jobs = 1,
                                   .task_source = BELL_TASKS_TIMERS),
    [BELL_AWAIT] =
        LESSON_5("await", LOOPS, ENDER, .places = BELL_IN_ASYNC, .naming = BELL_NAMES_VALUE, .promises = 1, .jobs = 2),
    [BELL_RETURN] = LESSON_5("return", LOOPS, ENDER, .places = BELL_IN_FUNCTION, .naming = BELL_NAMES_VALUE, .jobs = 2),
    [BELL_THROW] = LESSON_5("throw", LOOPS, ENDER, .places = BELL_IN_FUNCTION, .naming = BELL_NAMES_NOTHING),
#ifndef DOORBELL_WITHOUT_BYTES
    [BELL_TIMEOUT] = {"timeout", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE, .edge_clauses = TAKES,
                      .naming = BELL_NAMES_ITS_TIME, .task_source = NO_TASK},
    [BELL_SIGNAL] = {"signal", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE, .edge_clauses = READY, .needs = READY,
                     .task_source = NO_TASK},
    [BELL_LEAVE] = {"leave", 1 << BELL_MULTIPLEXER, BELL_IN_TIMER, .event = "unread", .naming = BELL_NAMES_EVENT,
                    .task_source = NO_TASK},
    [BELL_ACCEPTING] = {"listener", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE,
                        .edge_clauses = READY | TAKES | SILENCE | 1 << BELL_CLAUSE_DESCRIPTORS, .needs = READY,
                        .task_source = NO_TASK},
    [BELL_HAND] = {"hand", .event = "over", .naming = BELL_NAMES_EVENT, READERS},
    [BELL_WORKER] = {"worker", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE, .edge_clauses = TAKES | 1 << BELL_CLAUSE_THREADS,
                     .task_source = NO_TASK},
    [BELL_KEEP] = {"keep", 1 << BELL_MULTIPLEXER, BELL_IN_LISTENER, .event = "spare", .naming = BELL_NAMES_EVENT,
                   .task_source = NO_TASK},
    [BELL_PIPE] = {"pipe", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE,
                   .edge_clauses =
                       READY | TAKES | SILENCE | 1 << BELL_CLAUSE_CLOSES | 1 << BELL_CLAUSE_SIZE | 1 << BELL_CLAUSE_IN,
                   .needs = READY, .task_source = NO_TASK},
    [BELL_FILE] = {"file", 1 << BELL_MULTIPLEXER, BELL_AT_EDGE, .edge_clauses = TAKES | 1 << BELL_CLAUSE_READS,
                   .needs = 1 << BELL_CLAUSE_READS, .task_source = NO_TASK},
#endif
};

const char *bell_host_name(bell_host host) {
  static const char *const names[BELL_HOSTS] = {"multiplexer", "browser", "node"};
  return names[host];
}

static const char *const clause_names[BELL_CLAUSES] = {
    "ready",  "takes",  "after",       "forever", "of",      "with",  "never",
    "closes", "resets", "size",        "in",      "buffer",  "reads", "and",
#ifndef DOORBELL_WITHOUT_BYTES
    "every",  "until",  "descriptors", "fd",      "threads",
#endif
};

const char *bell_clause_name(bell_clause clause) { return clause_names[clause]; }

const char *bell_task_source_name(bell_task_source source) {
  static const char *const names[] = {"timers", "networking", "user interaction", "rendering"};
  return source < sizeof names / sizeof *names ? names[source] : "";
}

bell_kind bell_word_kind(bell_slice word) {
  unsigned kind = 0;
  while (kind < BELL_KINDS && !bell_slice_is(word, bell_words[kind].text)) kind++;
  return (bell_kind)kind;
}

bell_clause bell_word_clause(bell_slice word) {
  unsigned clause = 0;
  while (clause < BELL_CLAUSES && !bell_slice_is(word, clause_names[clause])) clause++;
  return (bell_clause)clause;
}

bell_kind bell_word_form(bell_kind kind, bell_clause clause) {
  while (bell_words[kind].form != clause) kind++; /* the forms of a word follow it */
  return kind;
}

unsigned bell_word_clauses(bell_kind kind, bell_host host, bool is_indented) {
  unsigned clauses = is_indented ? bell_words[kind].clauses : bell_words[kind].edge_clauses;
  return host == BELL_MULTIPLEXER ? clauses : clauses & ~(unsigned)(LIFE | BYTES | TIMES | NUMBER);
}

bool bell_word_fits(bell_kind kind, bell_host host, bell_kind under) {
  unsigned handlers = under == BELL_SOCKET ? BELL_IN_HANDLER : under == BELL_TIMER ? BELL_IN_TIMER : 0;
  if (BELL_HAS_BYTES && under == BELL_WORKER) handlers = BELL_IN_TIMER;
  if (BELL_HAS_BYTES && under == BELL_ACCEPTING) handlers = BELL_IN_LISTENER;
  if (BELL_HAS_BYTES && under == BELL_PIPE) handlers = BELL_IN_PIPE;
  if (BELL_HAS_BYTES && under == BELL_FILE) return kind == BELL_IGNORE;
  bool is_of_handler = BELL_HAS_BYTES && host == BELL_MULTIPLEXER && under != BELL_KINDS;
  if (is_of_handler) return (bell_words[kind].places & handlers) != 0;
  unsigned places = BELL_IN_CALLBACK;
  if (under == BELL_KINDS) places = BELL_AT_EDGE;
  else if (bell_words[under].making == BELL_MAKES_FUNCTION) places |= BELL_IN_FUNCTION;
  if (under == BELL_ASYNC) places |= BELL_IN_ASYNC;
  if (under == BELL_SOCKET) places |= BELL_IN_HANDLER;
  if (kind >= BELL_READ && kind <= BELL_STOP && !BELL_HAS_BYTES) return false;
  return (bell_words[kind].hosts >> host & 1) != 0 && (bell_words[kind].places & places) != 0;
}
