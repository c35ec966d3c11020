#include "scenario/problem.h"

#include "scenario/javascript.h"
#include "scenario/scenario.h"

/* What is wrong, and what would be right. In the gaps: the word in question, and the problem's number, as it is or in
 * ms; the bound that was passed; the statement's kind, what may come behind it, and what may stand in its place; what
 * to write instead. */
static const char *const messages[BELL_PROBLEM_CODES] = {
    [BELL_PROBLEM_BYTES] = "this is not UTF-8; save the file as UTF-8",
    [BELL_PROBLEM_CONTROL] = "a control character (number {number}); delete it",
    [BELL_PROBLEM_TAB_INDENT] = "a tab in the indentation; indent with spaces",
    [BELL_PROBLEM_LINE_LONG] = "a line of {number} bytes; at most {bound} fit",
    [BELL_PROBLEM_WORD] = "{word} is not a statement; {place} a line starts with {statements}",
    [BELL_PROBLEM_WORD_SOCKET] = "{word} is not a statement; in lesson 4 a line starts with {statements}",
    [BELL_PROBLEM_WORD_JAVASCRIPT] = "{word} is JavaScript; write here: {cure}",
    [BELL_PROBLEM_WORD_LOG] = "{word} is JavaScript; leave it out, for every callback has its row here",
    [BELL_PROBLEM_NAME_MISSING] = "the name is missing; write one, such as A or \"door A\"",
    [BELL_PROBLEM_NAME_EMPTY] = "the name is empty; put at least one character between the quotes",
    [BELL_PROBLEM_NAME_TWICE] =
        "{word} stands on line {number} already; give each its own name, or one several times: ready 1 4",
    [BELL_PROBLEM_QUOTE_OPEN] = "this quote is never closed; end it on the same line",
    [BELL_PROBLEM_QUOTE_ESCAPE] = "a backslash that escapes nothing; write \\\\ for a backslash and \\\" for a quote",
    [BELL_PROBLEM_QUOTE_GLUED] = "no space beside the quotes; put one there",
    [BELL_PROBLEM_CLAUSE] = "{word} has no place here; {followers}",
    [BELL_PROBLEM_CLAUSE_TWICE] = "a second {word}; write it once",
    [BELL_PROBLEM_CLAUSE_WRONG] = "{word} does not belong to {kind} {place}; {followers}",
    [BELL_PROBLEM_CLAUSE_BESIDE] =
        "{word} does not go with what stands before it; write ready or never, and closes or resets if it ends",
    [BELL_PROBLEM_TIME_MISSING] = "a time is missing; write milliseconds, such as 6 or 0.5",
    [BELL_PROBLEM_TIME] = "{word} is not a time; write milliseconds from 0 up, such as 6 or 0.5",
    [BELL_PROBLEM_TIME_FINE] = "{word} is finer than a microsecond; write at most three decimals",
    [BELL_PROBLEM_TIME_LARGE] = "{word} is too large; a time is at most {bound} ms",
    [BELL_PROBLEM_DURATION_LARGE] = "{word} is too long; takes and after are at most {bound} ms",
    [BELL_PROBLEM_TIME_BACK] = "{word} is before {ms}; the times of one source do not go back",
    [BELL_PROBLEM_TIME_ONE] = "a second time, {word}; {kind} is ready once",
    [BELL_PROBLEM_READY_MISSING] = "it never becomes ready; add ready and a time, such as ready 2",
    [BELL_PROBLEM_AFTER_MISSING] = "the timer has no delay; add after and a time, such as after 3",
    [BELL_PROBLEM_INDENT_FIRST] =
        "nothing stands above for this line to belong to; start with a source, such as script main, at the left edge",
    [BELL_PROBLEM_INDENT_UNEVEN] = "this line is level with none above; indent it as its siblings",
    [BELL_PROBLEM_INDENT_DEEP] = "nested deeper than {bound}; use fewer levels",
    [BELL_PROBLEM_INDENT_SOURCE] = "{word} is a source; start it at the left edge",
    [BELL_PROBLEM_ACTION_LOOSE] = "{word} is what a callback does; indent it under a source",
    [BELL_PROBLEM_HOST_SOCKETS] = "{word} is of lesson 5; in lesson 4 a line starts with {statements}",
    [BELL_PROBLEM_HOST_ACTIONS] =
        "{word} is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with "
        "{statements}",
    [BELL_PROBLEM_NO_END] = "there is no end to ignore; add closes and a time to the source's line, such as closes 5",
    [BELL_PROBLEM_SIZE] = "{word} is not a size; write a whole number and bytes, KB or MB, such as 4 KB, up to 16 MB",
    [BELL_PROBLEM_SIZE_MISSING] = "these are parts of no size; add size and an amount, such as size 4 KB",
    [BELL_PROBLEM_NO_SIZE] =
        "the messages have no size to read a piece of; add size to the source's line, such as size 4 KB",
    [BELL_PROBLEM_PARTS] =
        "{word} is not a number of parts; write one from 1 to {bound} and the word parts: in 3 parts",
    [BELL_PROBLEM_PARTS_MANY] = "a message has fewer bytes than parts; write fewer parts, or a larger size",
    [BELL_PROBLEM_PARTS_READY] =
        "each part of a message has a time of its own, and the last message lacks {number}; write more times after "
        "ready, or let the connection end",
    [BELL_PROBLEM_EVERY] = "no time would pass from one to the next; write more than 0, such as 10",
    [BELL_PROBLEM_UNTIL_MISSING] = "the timer never ends; add until and a time, such as until 50",
    [BELL_PROBLEM_TIMER_BESIDE] = "{word} does not go with what stands before it; write ready 5, or every 10 until 50",
    [BELL_PROBLEM_READS] = "this is not what a peer reads; write reads 4 KB every 10, or reads never",
    [BELL_PROBLEM_AND] = "{word} is not what becomes of a rest; write and wait, or and forget, or nothing",
    [BELL_PROBLEM_ANSWERS] = "more than 1024 MB is written here; write less, or let fewer messages come",
    [BELL_PROBLEM_NO_WRITE] =
        "nothing is written here, so nobody watches; add write and a size above, such as write 64 KB",
    [BELL_PROBLEM_WATCHING] =
        "watch write, stop watching, and wait, and forget do not go together; leave all of them out but one",
    [BELL_PROBLEM_EARLY] =
        "{kind} ends a wait for many, which this strategy has not; use select, poll, epoll, epoll-et "
        "or io_uring",
    [BELL_PROBLEM_EARLY_WRITES] = "{kind} does not go with handlers that write yet; leave one of them out",
    [BELL_PROBLEM_FD] =
        "{word} is no high descriptor; write one from {number} to {bound}, each socket's above the last",
    [BELL_PROBLEM_DESCRIPTORS] = "{word} is not a number of descriptors; write one from 1 to {bound}: descriptors 2",
    [BELL_PROBLEM_THREADS] = "{word} is not a number of threads; write one from 1 to {bound}: threads 4",
    [BELL_PROBLEM_DESCRIPTORS_ONE] =
        "descriptors are the whole program's, and two listeners would take of them; leave this one out, or its bound",
    [BELL_PROBLEM_DESCRIPTORS_WAIT] =
        "what becomes of a listener that is out of descriptors is not shown with this strategy; use select, poll, "
        "epoll or epoll-et, or leave descriptors out",
    [BELL_PROBLEM_DESCRIPTORS_WRITES] =
        "descriptors do not go with handlers that write, or with fd; leave one of them out",
    [BELL_PROBLEM_WORKER_MISSING] = "nobody is there to hand over to; add a line worker W at the left edge",
    [BELL_PROBLEM_WORKER_WAIT] =
        "a worker wakes a wait for many, which is not shown with this strategy; use select, poll, epoll or epoll-et",
    [BELL_PROBLEM_WORKER_BESIDE] =
        "a worker is shown beside plain handlers alone; leave out what writes, timeouts, signals and descriptors; and "
        "a pool's eventfd that is left unread is the same trap as one thread's: leave out threads",
    [BELL_PROBLEM_WORKER_UNREAD] =
        "edge-triggered, each write to an eventfd is told, read or not, so this is no trap there, and not shown; leave "
        "out leave unread, or use poll or epoll",
    [BELL_PROBLEM_FILE_READS] = "a file is read in a number of reads; write one from 1 to {bound}, such as reads 3",
    [BELL_PROBLEM_FILE_EPOLL] =
        "epoll_ctl fails with EPERM for a regular file, which is always ready; let another thread wait for the disk: "
        "use threads or io_uring",
    [BELL_PROBLEM_PIPE] =
        "this is the end of a pipe that is read, and nobody can write to it; leave {word} out, or write "
        "socket in the place of pipe",
    [BELL_PROBLEM_TURNS] =
        "when no descriptor is left, a server whose own list remembers its listener would spin, and one whose list "
        "forgets it would never come back to it; leave descriptors out, or the bound of the drain",
    [BELL_PROBLEM_NO_BOUND] =
        "a spare is for when no descriptor is left; add descriptors and a number to the listener's line, such as "
        "descriptors 2",
    [BELL_PROBLEM_NOT_IN_PAGE] =
        "the part of the page that runs {word} has not come; try again with a network, or run doorbell multiplex",
    [BELL_PROBLEM_HOST_NODE] = "{word} is of Node's loop; in a browser a line {place} starts with {statements}",
    [BELL_PROBLEM_HOST_BROWSER] = "{word} is of a browser; in Node a line {place} starts with {statements}",
    [BELL_PROBLEM_HOST_SCRIPT] = "Node runs one script, at 0, before all else; make this one a timer or a socket",
    [BELL_PROBLEM_PROMISE_UNKNOWN] =
        "no promise {word} is made before this line; make it above, at this depth or further out",
    [BELL_PROBLEM_PROMISE_SOURCE] =
        "{word} at the left edge is a source; here write promise {word}, and below it resolve {word} after {ms}",
    [BELL_PROBLEM_PROMISE_CLAUSE] = "{word} is no promise; name one that is made above, or write {kind} alone",
    [BELL_PROBLEM_PROMISE_OF_MISSING] = "it reacts to no promise; add of and its name, such as of p",
    [BELL_PROBLEM_PROMISE_THENABLE] =
        "{word} is a thenable, to which nothing reacts; await it, return it, or resolve a promise with it",
    [BELL_PROBLEM_PROMISE_SETTLES] =
        "{word} is settled by its function; resolve and reject take what a promise statement made",
    [BELL_PROBLEM_PROMISE_OFTEN] = "{word} would happen several times here; put it under something that runs once",
    [BELL_PROBLEM_PROMISE_PLACE] =
        "{word} is in no function here; indent it under async, or return and throw under then, catch or finally",
    [BELL_PROBLEM_PROMISE_OVER] = "{word} would never run, for its function ends above; put it before that line",
    [BELL_PROBLEM_PROMISE_BARE] = "the line above runs no code, so {word} is nothing that it does; make them level",
    [BELL_PROBLEM_LISTENER] = ("{word} is no event to listen for; write listener " BELL_UNHANDLED_REJECTION),
    [BELL_PROBLEM_HANDLER] = "{word} is nothing to {kind}; write {kind} {event}",
    [BELL_PROBLEM_SELECT] = "its descriptor would be {number}, and a set of select ends at 1023; use poll or epoll",
    [BELL_PROBLEM_EVENTS] = "from here on there are more than {bound} messages and callbacks; use fewer",
    [BELL_PROBLEM_MEMORY] = "there is not enough memory for this text; make it shorter",
};

/* A file is no descriptor that anybody waits for. */
static const char hands_over_file[] =
    "no wait tells of a file, so its reads are nobody's to hand over; let a socket's handler hand the reading over: "
    "socket A ready 1 takes 3, and under it hand over";

enum { WORD_SHOWN = 40 }; /* bytes of a long word that a message repeats */

/* The word in quotes, cut at a character's edge when it is long. */
static void print_word(bell_slice word, bell_text *out) {
  if (word.length == 0) {
    bell_text_string(out, "this");
    return;
  }
  size_t length = word.length;
  bool quoted = word.start[0] == '"';
  if (length > WORD_SHOWN) {
    length = WORD_SHOWN;
    while (length > 0 && ((unsigned char)word.start[length] & 0xC0) == 0x80) length--;
  }
  if (!quoted) bell_text_string(out, "\"");
  bell_text_bytes(out, word.start, length);
  if (length < word.length) bell_text_string(out, "...");
  if (!quoted) bell_text_string(out, "\"");
}

static void print_bound(bell_problem_code code, bell_text *out) {
  if (code == BELL_PROBLEM_LINE_LONG) bell_text_number(out, BELL_LINE_MAX);
  if (code == BELL_PROBLEM_TIME_LARGE) bell_text_ms(out, BELL_TIME_MAX_US);
  if (code == BELL_PROBLEM_DURATION_LARGE) bell_text_ms(out, BELL_DURATION_MAX_US);
  if (code == BELL_PROBLEM_PARTS) bell_text_number(out, BELL_PARTS_MAX);
  if (code == BELL_PROBLEM_FD) bell_text_number(out, BELL_FD_MAX);
  if (code == BELL_PROBLEM_DESCRIPTORS) bell_text_number(out, BELL_DESCRIPTORS_MAX);
  if (code == BELL_PROBLEM_INDENT_DEEP) bell_text_number(out, BELL_NESTING_MAX);
  if (code == BELL_PROBLEM_THREADS) bell_text_number(out, BELL_THREADS_MAX);
  if (code == BELL_PROBLEM_EVENTS || code == BELL_PROBLEM_FILE_READS) bell_text_number(out, BELL_EVENTS_MAX);
}

/* "one, two or three": each item is printed when the next is known. */
typedef struct list {
  bell_text *out;
  const char *last;
  unsigned count;
} list;

static void list_add(list *l, const char *item) {
  if (l->count > 1) bell_text_string(l->out, ", ");
  if (l->count > 0) bell_text_string(l->out, l->last);
  l->last = item;
  l->count++;
}

static void list_end(list *l) {
  if (l->count > 1) bell_text_string(l->out, " or ");
  if (l->count > 0) bell_text_string(l->out, l->last);
}

/* The words that may stand in the place of the statement's. */
static void print_statements(const bell_problem *problem, bell_text *out) {
  list l = {.out = out};
  bell_kind under = BELL_KINDS;
  if (problem->is_indented) under = problem->under == BELL_KINDS ? BELL_SCRIPT : (bell_kind)problem->under;
  bool is_lesson_4 = problem->is_indented && problem->host == BELL_MULTIPLEXER;
  bool has_own =
      BELL_HAS_BYTES && (problem->under == BELL_TIMER || problem->under == BELL_ACCEPTING ||
                         problem->under == BELL_WORKER || problem->under == BELL_PIPE || problem->under == BELL_FILE);
  if (is_lesson_4) under = has_own ? (bell_kind)problem->under : BELL_SOCKET;
  for (bell_kind kind = 0; kind < BELL_KINDS; kind++) {
    if (bell_word_fits(kind, (bell_host)problem->host, under)) list_add(&l, bell_words[kind].text);
  }
  list_end(&l);
}

/* What may come behind the statement's names, in this place. */
static void print_followers(const bell_problem *problem, bell_text *out) {
  const bell_word *word = &bell_words[problem->kind];
  list l = {.out = out};
  unsigned clauses = bell_word_clauses((bell_kind)problem->kind, (bell_host)problem->host, problem->is_indented);
  bool has_payload = word->naming == BELL_NAMES_CALLBACK || !problem->is_indented;
  if (clauses == 0) bell_text_string(out, "nothing more may follow ");
  bell_text_string(out, word->text);
  if (clauses == 0) return;
  bell_text_string(out, " may be followed by ");
  if (has_payload) list_add(&l, "a \"payload in quotes\"");
  for (bell_clause clause = 0; clause < BELL_CLAUSES; clause++) {
    if ((clauses >> clause & 1) != 0) list_add(&l, bell_clause_name(clause));
  }
  list_end(&l);
}

/* What it may be said of; of a word that has no event, itself. */
static void print_event(bell_kind kind, bell_text *out) {
  const bell_word *word = &bell_words[kind];
  bell_text_string(out, word->event != NULL ? word->event : word->text);
  if (word->naming == BELL_NAMES_AMOUNT) bell_text_string(out, " 1 KB");
}

/* The gaps are told apart by their first letters. */
static void fill(const void *context, bell_slice gap, bell_text *out) {
  const bell_problem *problem = context;
  switch (gap.start[0]) {
  case 'w':
    print_word(problem->word, out);
    break;
  case 'n':
    bell_text_number(out, problem->number);
    break;
  case 'm':
    bell_text_ms(out, problem->number);
    break;
  case 'b':
    print_bound(problem->code, out);
    break;
  case 'k':
    bell_text_string(out, bell_words[problem->kind].text);
    break;
  case 'p':
    bell_text_string(out, problem->is_indented ? "here" : "at the left edge");
    break;
  case 's':
    print_statements(problem, out);
    break;
  case 'f':
    print_followers(problem, out);
    break;
  case 'e':
    print_event((bell_kind)problem->kind, out);
    break;
  case 'c':
    javascript_print(problem, true, out);
    break;
  default:
    break;
  }
}

void bell_problem_print(const bell_problem *problem, bell_text *out) {
  bool is_of_file = BELL_HAS_BYTES && problem->code == BELL_PROBLEM_HOST_ACTIONS && problem->under == BELL_FILE &&
                    problem->kind == BELL_HAND;
  bell_text_filled(out, is_of_file ? hands_over_file : messages[problem->code], fill, problem);
}
