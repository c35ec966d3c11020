/* words: the words that a statement may start with, a row a word: who runs it, where it stands, what comes behind it,
 * what it makes. The parser, the printer, the messages, the models and the pages read this table; nothing of it stands
 * anywhere else. */
#ifndef BELL_WORDS_H
#define BELL_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/* Who will run the scenario: it decides which statements are allowed. */
typedef enum bell_host {
  BELL_MULTIPLEXER, /* lesson 4: sockets alone, each name once, no actions */
  BELL_BROWSER,     /* lesson 5: a browser's event loop */
  BELL_NODE,        /* lesson 5: Node's */
  BELL_HOSTS
} bell_host;

/* Most that a page runs it runs by a module that is made as small as can be, and has neither bytes nor timers, writing
 * or waits that end early: see multiplexer/bytes.h, timer.h, writing.h and early.h. What needs one of these lesson 4
 * runs by another module, which the page loads then. */
#ifdef DOORBELL_WITHOUT_BYTES
enum { BELL_HAS_BYTES = 0 };
#else
enum { BELL_HAS_BYTES = 1 };
#endif

/* And that one treats all messages as if they had a size: it needs no second way for those that have none, which takes
 * less time and memory. */
#ifdef DOORBELL_WITH_BYTES_ALONE
enum { BELL_HAS_BYTES_ALONE = 1 };
#else
enum { BELL_HAS_BYTES_ALONE = 0 };
#endif

/* A word; `resolve` and `reject` are of several kinds, by the clause behind the name. */
typedef enum bell_kind {
  BELL_SOCKET,
  BELL_TIMER,
  BELL_PROMISE,
  BELL_SCRIPT,
  BELL_INPUT,
  BELL_LISTENER,
  BELL_IGNORE,
  BELL_WATCH,
  BELL_READ,
  BELL_WRITE,
  BELL_STOP,
  BELL_MICROTASK,
  BELL_TICK,
  BELL_IMMEDIATE,
  BELL_FRAME,
  BELL_THEN,
  BELL_CATCH,
  BELL_FINALLY,
  BELL_ASYNC,
  BELL_THENABLE,
  BELL_RESOLVE,
  BELL_RESOLVE_WITH,
  BELL_RESOLVE_AFTER,
  BELL_REJECT,
  BELL_REJECT_AFTER,
  BELL_AWAIT,
  BELL_RETURN,
  BELL_THROW,
  BELL_LEAVE, /* from here on: what the small modules have not */
  BELL_TIMEOUT,
  BELL_SIGNAL,
  BELL_ACCEPTING, /* lesson 4's `listener` */
  BELL_KEEP,
  BELL_HAND,
  BELL_WORKER,
  BELL_PIPE,
  BELL_FILE,
  BELL_ALL_KINDS,
  BELL_KINDS = BELL_HAS_BYTES ? BELL_ALL_KINDS : BELL_LEAVE
} bell_kind;

/* What a listener is there for. It has one spelling, which is Node's. */
#define BELL_UNHANDLED_REJECTION "unhandledRejection"

/* What may come behind the names, in any order. */
typedef enum bell_clause {
  BELL_CLAUSE_READY,       /* one time or more */
  BELL_CLAUSE_TAKES,       /* a duration */
  BELL_CLAUSE_AFTER,       /* a duration */
  BELL_CLAUSE_FOREVER,     /* alone */
  BELL_CLAUSE_OF,          /* the name of a promise */
  BELL_CLAUSE_WITH,        /* the same */
  BELL_CLAUSE_NEVER,       /* in the place of `ready`: nothing is ever said */
  BELL_CLAUSE_CLOSES,      /* a time: the peer says that it will send no more, */
  BELL_CLAUSE_RESETS,      /* or that the connection is broken */
  BELL_CLAUSE_SIZE,        /* an amount of bytes: how large a message is */
  BELL_CLAUSE_IN,          /* a number, and `parts`: it comes piece by piece */
  BELL_CLAUSE_BUFFER,      /* an amount of bytes: what the kernel keeps of what is written, */
  BELL_CLAUSE_READS,       /* and what the peer takes of it: an amount, `every`, a duration; or `never`; of a file, in
                              how many reads it is read: a number */
  BELL_CLAUSE_AND,         /* `wait` or `forget`: what becomes of what finds no room */
  BELL_CLAUSE_EVERY,       /* a duration, in the place of `ready`: a timer expires again and again, */
  BELL_CLAUSE_UNTIL,       /* up to this time; from `every` on: what the small modules have not */
  BELL_CLAUSE_DESCRIPTORS, /* a number: how many of them are left */
  BELL_CLAUSE_FD,          /* a number: which one a socket has */
  BELL_CLAUSE_THREADS,     /* a number: how many a worker is */
  BELL_ALL_CLAUSES,
  BELL_CLAUSES = BELL_HAS_BYTES ? BELL_ALL_CLAUSES : BELL_CLAUSE_EVERY
} bell_clause;

/* Where a statement may stand: bits. */
enum {
  BELL_AT_EDGE = 1,     /* at the left edge, as a source */
  BELL_IN_CALLBACK = 2, /* indented, under whatever runs code */
  BELL_IN_FUNCTION = 4, /* indented right under then, catch, finally or async */
  BELL_IN_ASYNC = 8,    /* indented right under async */
  BELL_IN_HANDLER = 16, /* indented right under a socket of lesson 4: what its handler does other than usual */
  BELL_IN_TIMER = 32,   /* the same, under a timer, or a worker */
  BELL_IN_LISTENER = 64,
  BELL_IN_PIPE = 128,
};

/* The names that come right behind the word. */
typedef enum bell_naming {
  BELL_NAMES_CALLBACK, /* its own, and a payload if there is one */
  BELL_NAMES_ITSELF,   /* its own; at the left edge, with a payload as well */
  BELL_NAMES_SETTLED,  /* that of the promise which it settles */
  BELL_NAMES_VALUE,    /* that of a promise, or none */
  BELL_NAMES_EVENT,    /* that of its `event` */
  BELL_NAMES_AMOUNT,   /* the words of its `event`, and an amount of bytes */
  BELL_NAMES_NOTHING,
  BELL_NAMES_ITS_TIME, /* its word is its name; then a duration, or `every` and one, and a payload if there is one */
} bell_naming;

/* What an action is to promises. */
typedef enum bell_making {
  BELL_MAKES_CALLBACK, /* nothing: a callback is queued */
  BELL_MAKES_PROMISE,  /* it makes a promise that resolve and reject settle */
  BELL_MAKES_FUNCTION, /* it makes a function, whose own promise its end settles; its code is indented under it */
  BELL_MAKES_THENABLE, /* it makes an object that has a then, but is no promise */
  BELL_MAKES_NOTHING,  /* it does something with a promise that was made before */
} bell_making;

/* HTML's task sources: https://html.spec.whatwg.org/#generic-task-sources. Rendering is named as if it were one. Those
 * behind it are no statement's: a program has them, and names them. */
typedef enum bell_task_source {
  BELL_TASKS_TIMERS,
  BELL_TASKS_NETWORKING,
  BELL_TASKS_USER,
  BELL_TASKS_RENDERING,
  BELL_TASKS_MESSAGES, /* posted messages */
  BELL_TASKS_DOM,      /* DOM manipulation: what is told of rejections */
  BELL_TASKS_BLOCKING, /* scheduler.postTask, by priority; */
  BELL_TASKS_VISIBLE,
  BELL_TASKS_BACKGROUND,
  BELL_TASKS_BLOCKING_YIELD, /* and what goes on after scheduler.yield, by the priority of its task */
  BELL_TASKS_VISIBLE_YIELD,
  BELL_TASKS_BACKGROUND_YIELD,
  BELL_TASKS_IDLE,         /* requestIdleCallback */
  BELL_TASKS_IDLE_TIMEOUT, /* and when its timeout is over */
  BELL_TASKS_PORTS,        /* the first of those that message ports have, each its own while messages wait for it */
  BELL_TASK_SOURCES = BELL_TASKS_PORTS + 14 /* none: it is never a task */
} bell_task_source;

enum { BELL_PORTS = BELL_TASK_SOURCES - BELL_TASKS_PORTS };

/* A bit a bell_clause. */
#ifdef DOORBELL_WITHOUT_BYTES
typedef uint16_t bell_clauses;
#else
typedef uint32_t bell_clauses;
#endif

typedef struct bell_word {
  const char *text;          /* as a scenario has it: "socket" */
  uint8_t hosts;             /* a bit a bell_host: who runs it */
  uint8_t places;            /* see above; 0 for a kind that another becomes by its clause, `form` */
  bell_clauses edge_clauses; /* what it takes at the left edge, */
  bell_clauses clauses;      /* and indented; */
  bell_clauses needs;  /* those of them that it cannot be without: `ready` of a script is 0 unless it says otherwise */
  uint8_t naming;      /* a bell_naming */
  uint8_t form;        /* of `after` and `with`, whose values lie in one place (bell_statement), the one that it has;
                           0 when it has neither */
  uint8_t making;      /* a bell_making */
  uint8_t promises;    /* how many promises or thenables it makes at most, */
  uint8_t jobs;        /* and how many jobs it gives: see promise.h for each */
  uint8_t task_source; /* a bell_task_source */
  bool is_once;        /* at the left edge: ready at one time only */
  const char *event;   /* what a listener is there for, or a handler ignores, watches or does: there is one */
} bell_word;

extern const bell_word bell_words[BELL_KINDS];

/* What may come behind the names of a statement that stands there: a bit a bell_clause. */
unsigned bell_word_clauses(bell_kind kind, bell_host host, bool is_indented);

static inline const char *bell_kind_name(bell_kind kind) { return bell_words[kind].text; }
const char *bell_host_name(bell_host host);                 /* "multiplexer" */
const char *bell_clause_name(bell_clause clause);           /* "ready" */
const char *bell_task_source_name(bell_task_source source); /* "user interaction"; "" for none */

/* The kind that starts with this word; the first, where there are several. BELL_KINDS when there is none. */
bell_kind bell_word_kind(bell_slice word);

/* The clause of this word; BELL_CLAUSES when there is none. */
bell_clause bell_word_clause(bell_slice word);

/* The kind that a kind becomes by a clause behind it: resolve, by `after`, becomes BELL_RESOLVE_AFTER. */
bell_kind bell_word_form(bell_kind kind, bell_clause clause);

/* May a statement of this kind stand there, and does the host run it? `under` is the kind of the statement that it is
 * indented under; BELL_KINDS at the left edge. */
bool bell_word_fits(bell_kind kind, bell_host host, bell_kind under);

#endif
