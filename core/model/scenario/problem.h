/* problem: what is wrong with a scenario's text, where, and what would be right.
 *
 * A problem is data; `bell_problem_print` is the only place that turns it into English. */
#ifndef BELL_PROBLEM_H
#define BELL_PROBLEM_H

#include "scenario/words.h"

typedef enum bell_problem_code {
  BELL_PROBLEM_BYTES,           /* not UTF-8 */
  BELL_PROBLEM_CONTROL,         /* a control character */
  BELL_PROBLEM_TAB_INDENT,      /* a tab in the indentation */
  BELL_PROBLEM_LINE_LONG,       /* more than BELL_LINE_MAX bytes */
  BELL_PROBLEM_WORD,            /* a statement starts with an unknown word */
  BELL_PROBLEM_WORD_SOCKET,     /* the same, in lesson 4 */
  BELL_PROBLEM_WORD_JAVASCRIPT, /* or with a word of JavaScript's: see javascript.h */
  BELL_PROBLEM_WORD_LOG,        /* or with console.log, which has nothing here to stand for it */
  BELL_PROBLEM_NAME_MISSING,
  BELL_PROBLEM_NAME_EMPTY,
  BELL_PROBLEM_NAME_TWICE,   /* lesson 4: `number` is the line of the first */
  BELL_PROBLEM_QUOTE_OPEN,   /* a quoted string that does not end on its line */
  BELL_PROBLEM_QUOTE_ESCAPE, /* a backslash before something other than a quote or a backslash */
  BELL_PROBLEM_QUOTE_GLUED,  /* no space between a quoted string and its neighbor */
  BELL_PROBLEM_CLAUSE,       /* something where a clause (`ready`, `takes`, ...) would stand */
  BELL_PROBLEM_CLAUSE_TWICE,
  BELL_PROBLEM_CLAUSE_WRONG,  /* a clause that this statement does not take */
  BELL_PROBLEM_CLAUSE_BESIDE, /* a clause that does not go with another one before it */
  BELL_PROBLEM_TIME_MISSING,
  BELL_PROBLEM_TIME,           /* not a time */
  BELL_PROBLEM_TIME_FINE,      /* more than three decimals */
  BELL_PROBLEM_TIME_LARGE,     /* more than BELL_TIME_MAX_US */
  BELL_PROBLEM_DURATION_LARGE, /* more than BELL_DURATION_MAX_US */
  BELL_PROBLEM_TIME_BACK,      /* earlier than the time before it: `number`, in us */
  BELL_PROBLEM_TIME_ONE,       /* a second time where only one may stand */
  BELL_PROBLEM_READY_MISSING,
  BELL_PROBLEM_AFTER_MISSING,
  BELL_PROBLEM_INDENT_FIRST,       /* indented, with nothing above to belong to */
  BELL_PROBLEM_INDENT_SOURCE,      /* a source that is indented */
  BELL_PROBLEM_INDENT_UNEVEN,      /* level with no statement above */
  BELL_PROBLEM_INDENT_DEEP,        /* more than BELL_NESTING_MAX */
  BELL_PROBLEM_ACTION_LOOSE,       /* an action that is not indented */
  BELL_PROBLEM_HOST_SOCKETS,       /* lesson 4: not a socket */
  BELL_PROBLEM_HOST_ACTIONS,       /* lesson 4: an action */
  BELL_PROBLEM_NO_END,             /* lesson 4: an end is ignored where none comes */
  BELL_PROBLEM_SIZE,               /* not an amount of bytes, or too large */
  BELL_PROBLEM_SIZE_MISSING,       /* parts of nothing */
  BELL_PROBLEM_NO_SIZE,            /* a handler reads a piece of a message that has no size */
  BELL_PROBLEM_PARTS,              /* not a number of parts */
  BELL_PROBLEM_PARTS_MANY,         /* more parts than the message has bytes */
  BELL_PROBLEM_PARTS_READY,        /* so many times are missing: `number` */
  BELL_PROBLEM_EVERY,              /* expirations, or timeouts, at the same time */
  BELL_PROBLEM_UNTIL_MISSING,      /* a timer without end */
  BELL_PROBLEM_TIMER_BESIDE,       /* a timer that expires both once and again */
  BELL_PROBLEM_READS,              /* not what a peer reads */
  BELL_PROBLEM_AND,                /* not what becomes of what finds no room */
  BELL_PROBLEM_ANSWERS,            /* more than BELL_ANSWERS_MAX is written to one socket */
  BELL_PROBLEM_NO_WRITE,           /* nothing is written that a handler could stop to watch for */
  BELL_PROBLEM_WATCHING,           /* a handler does several things with what finds no room */
  BELL_PROBLEM_EARLY,              /* a strategy without a wait that ends early */
  BELL_PROBLEM_EARLY_WRITES,       /* what ends one, where handlers write */
  BELL_PROBLEM_FD,                 /* no number of a descriptor; `number` is the least that it may be */
  BELL_PROBLEM_DESCRIPTORS,        /* no number of descriptors */
  BELL_PROBLEM_THREADS,            /* no number of threads */
  BELL_PROBLEM_DESCRIPTORS_ONE,    /* another listener would take of them */
  BELL_PROBLEM_DESCRIPTORS_WAIT,   /* they run out with a strategy that is not shown with it */
  BELL_PROBLEM_DESCRIPTORS_WRITES, /* or where handlers write, or descriptors are said */
  BELL_PROBLEM_WORKER_MISSING,     /* work is handed over, and there is no worker */
  BELL_PROBLEM_WORKER_WAIT,        /* a worker with a strategy that is not shown with it, */
  BELL_PROBLEM_WORKER_BESIDE,      /* or beside what it is not shown with, */
  BELL_PROBLEM_WORKER_UNREAD,      /* or that is left unread edge-triggered */
  BELL_PROBLEM_FILE_READS,         /* not in how many reads a file is read */
  BELL_PROBLEM_FILE_EPOLL,         /* a file in epoll's set */
  BELL_PROBLEM_PIPE,               /* a handler writes to the end of a pipe that it reads */
  BELL_PROBLEM_TURNS,              /* a bounded drain, where descriptors run out */
  BELL_PROBLEM_NO_BOUND,           /* a spare one is kept, and they do not run out */
  BELL_PROBLEM_NOT_IN_PAGE,        /* of a page: another module runs it: see words.h */
  BELL_PROBLEM_HOST_NODE,          /* only Node's loop has it */
  BELL_PROBLEM_HOST_BROWSER,       /* only a browser's loop has it */
  BELL_PROBLEM_HOST_SCRIPT,        /* Node: a second script, or one that is not ready at 0 */
  BELL_PROBLEM_PROMISE_UNKNOWN,    /* no promise of that name is in sight */
  BELL_PROBLEM_PROMISE_SOURCE,     /* one at the left edge is: `number` is when it is ready, in us */
  BELL_PROBLEM_PROMISE_CLAUSE,     /* the word of a clause where a promise's name may stand */
  BELL_PROBLEM_PROMISE_OF_MISSING, /* a reaction to nothing */
  BELL_PROBLEM_PROMISE_THENABLE,   /* a reaction to a thenable */
  BELL_PROBLEM_PROMISE_SETTLES,    /* resolve or reject of what settles by itself */
  BELL_PROBLEM_PROMISE_OFTEN,      /* under something that may run several times */
  BELL_PROBLEM_PROMISE_PLACE,      /* await, return or throw that is in no function */
  BELL_PROBLEM_PROMISE_OVER,       /* after a return or a throw */
  BELL_PROBLEM_PROMISE_BARE,       /* under a statement without code */
  BELL_PROBLEM_LISTENER,           /* a listener for anything but a rejection that nobody handles */
  BELL_PROBLEM_HANDLER,            /* something else is ignored or watched than there is */
  BELL_PROBLEM_SELECT,             /* select: from here on a descriptor is too high: `number` */
  BELL_PROBLEM_EVENTS,             /* more than BELL_EVENTS_MAX */
  BELL_PROBLEM_MEMORY,             /* the arena is too small */
  BELL_PROBLEM_CODES
} bell_problem_code;

typedef struct bell_problem {
  bell_problem_code code;
  uint32_t line;   /* from 1 */
  uint32_t column; /* from 1, counted in characters, not bytes */
  int64_t number;  /* what the code says it is */
  bell_slice word; /* the word of the text in question: where the problem is, of no length if there is none */
  bell_slice text; /* the whole line, without its end; both live as long as the text */
  uint8_t host;    /* a bell_host */
  uint8_t kind;    /* of the statement: a bell_kind, or BELL_KINDS when that is not known */
  uint8_t under;   /* the same, of the statement that it is indented under */
  bool is_indented;
} bell_problem;

/* Who is told of each problem, as soon as it is found. */
typedef struct bell_report {
  void (*tell)(void *context, const bell_problem *problem);
  void *context;
} bell_report;

/* "what is wrong; what would be right", without place and without a full stop. */
void bell_problem_print(const bell_problem *problem, bell_text *out);

#endif
