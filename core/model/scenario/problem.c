#include "scenario/problem.h"

#include "scenario/javascript.h"
#include "scenario/scenario.h"

/* What is wrong, and what would be right. In the gaps: the word in question, and the problem's number, as it is or in ms;
 * the bound that was passed; the statement's kind, what may come behind it, and what may stand in its place; what to
 * write instead. */
static const char *const messages[BELL_PROBLEM_CODES] = {
    [BELL_PROBLEM_BYTES] = "this is not UTF-8; save the file as UTF-8",
    [BELL_PROBLEM_CONTROL] = "a control character (number {number}); delete it",
    [BELL_PROBLEM_TAB_INDENT] = "a tab in the indentation; indent with spaces",
    [BELL_PROBLEM_LINE_LONG] = "a line of {number} bytes; at most {max} fit",
    [BELL_PROBLEM_WORD] = "{word} is not a statement; {place} a line starts with {words}",
    [BELL_PROBLEM_WORD_SOCKET] = "{word} is not a statement; in lesson 4 every line starts with socket",
    [BELL_PROBLEM_WORD_JAVASCRIPT] = "{word} is JavaScript's word; write here: {cure}",
    [BELL_PROBLEM_WORD_LOG] = "{word} has no place here; leave it out, for every callback has a row of its own",
    [BELL_PROBLEM_NAME_MISSING] = "the name is missing; write one, such as A or \"door A\"",
    [BELL_PROBLEM_NAME_EMPTY] = "the name is empty; put at least one character between the quotes",
    [BELL_PROBLEM_NAME_TWICE] =
        "{word} stands on line {number} already; give each socket a name of its own, or one "
        "socket several times: ready 1 4",
    [BELL_PROBLEM_QUOTE_OPEN] = "this quote is never closed; end it with a quote on the same line",
    [BELL_PROBLEM_QUOTE_ESCAPE] = "a backslash that escapes nothing; write \\\\ for a backslash and \\\" for a quote",
    [BELL_PROBLEM_QUOTE_GLUED] = "no space beside the quotes; put one there",
    [BELL_PROBLEM_CLAUSE] = "{word} has no place here; {takes}",
    [BELL_PROBLEM_CLAUSE_TWICE] = "a second {word}; write it once",
    [BELL_PROBLEM_CLAUSE_WRONG] = "{word} does not belong to {kind} {place}; {takes}",
    [BELL_PROBLEM_TIME_MISSING] = "a time is missing; write milliseconds, such as 6 or 0.5",
    [BELL_PROBLEM_TIME] = "{word} is not a time; write milliseconds from 0 up, such as 6 or 0.5",
    [BELL_PROBLEM_TIME_FINE] = "{word} is finer than a microsecond; write at most three decimals",
    [BELL_PROBLEM_TIME_LARGE] = "{word} is too large; a time is at most {max} ms",
    [BELL_PROBLEM_DURATION_LARGE] = "{word} is too long; takes and after are at most {max} ms",
    [BELL_PROBLEM_TIME_BACK] = "{word} is before {ms}; the times of one source do not go back",
    [BELL_PROBLEM_TIME_ONE] = "a second time, {word}; {kind} is ready once",
    [BELL_PROBLEM_READY_MISSING] = "it never becomes ready; add ready and a time, such as ready 2",
    [BELL_PROBLEM_AFTER_MISSING] = "the timer has no delay; add after and a time, such as after 3",
    [BELL_PROBLEM_INDENT_FIRST] = "nothing stands above for this line to belong to; start with a source at the left edge, such as script main",
    [BELL_PROBLEM_INDENT_UNEVEN] = "this line is level with none above; indent it as its siblings",
    [BELL_PROBLEM_INDENT_DEEP] = "nested deeper than {max}; use fewer levels",
    [BELL_PROBLEM_INDENT_SOURCE] = "{word} is a source; start it at the left edge",
    [BELL_PROBLEM_ACTION_LOOSE] = "{word} is what a callback does; indent it under a source",
    [BELL_PROBLEM_HOST_SOCKETS] = "{word} is of lesson 5; in lesson 4 every line is a socket",
    [BELL_PROBLEM_HOST_ACTIONS] = "{word} is indented; in lesson 4 every line is a socket, at the left edge",
    [BELL_PROBLEM_HOST_NODE] = "{word} is Node's alone; in a browser a line {place} starts with {words}",
    [BELL_PROBLEM_HOST_BROWSER] = "{word} is a browser's alone; in Node a line {place} starts with {words}",
    [BELL_PROBLEM_HOST_SCRIPT] = "Node runs one script, at 0, before all else; make this one a timer or a socket",
    [BELL_PROBLEM_PROMISE_UNKNOWN] =
        "no promise {word} is made before this line; make it above, at this depth or further out",
    [BELL_PROBLEM_PROMISE_SOURCE] =
        "{word} at the left edge is a source, which only its own callback follows; here write promise {word}, and below "
        "it resolve {word} after {ms}",
    [BELL_PROBLEM_PROMISE_CLAUSE] =
        "{word} is no promise, and {kind} takes no such clause; name a promise that is made above, or write {kind} alone",
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
    [BELL_PROBLEM_LISTENER] = "{word} is no event to listen for; write listener " BELL_UNHANDLED_REJECTION,
    [BELL_PROBLEM_SELECT] = "its descriptor would be 1024, and select takes none above 1023; use poll or epoll",
    [BELL_PROBLEM_EVENTS] = "from here on there are more than {max} messages and callbacks; use fewer",
    [BELL_PROBLEM_MEMORY] = "there is not enough memory for this text; make it shorter",
};

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
  if (code == BELL_PROBLEM_INDENT_DEEP) bell_text_number(out, BELL_NESTING_MAX);
  if (code == BELL_PROBLEM_EVENTS) bell_text_number(out, BELL_EVENTS_MAX);
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
static void print_words(const bell_problem *problem, bell_text *out) {
  list l = {.out = out};
  bell_kind under = BELL_KINDS;
  if (problem->is_indented) under = problem->under == BELL_KINDS ? BELL_SCRIPT : (bell_kind)problem->under;
  for (bell_kind kind = 0; kind < BELL_KINDS; kind++) {
    if (bell_word_fits(kind, (bell_host)problem->host, under)) list_add(&l, bell_words[kind].text);
  }
  list_end(&l);
}

/* What may come behind the statement's names, in this place. */
static void print_takes(const bell_problem *problem, bell_text *out) {
  const bell_word *word = &bell_words[problem->kind];
  list l = {.out = out};
  unsigned clauses = problem->is_indented ? word->clauses : word->edge_clauses;
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

static void fill(const void *context, bell_slice gap, bell_text *out) {
  const bell_problem *problem = context;
  bool is_javascript = problem->code == BELL_PROBLEM_WORD_JAVASCRIPT || problem->code == BELL_PROBLEM_WORD_LOG;
  if (bell_slice_is(gap, "word")) print_word(is_javascript ? javascript_word(problem->word) : problem->word, out);
  if (bell_slice_is(gap, "number")) bell_text_number(out, problem->number);
  if (bell_slice_is(gap, "ms")) bell_text_ms(out, problem->number);
  if (bell_slice_is(gap, "max")) print_bound(problem->code, out);
  if (bell_slice_is(gap, "kind")) bell_text_string(out, bell_words[problem->kind].text);
  if (bell_slice_is(gap, "place")) bell_text_string(out, problem->is_indented ? "here" : "at the left edge");
  if (bell_slice_is(gap, "words")) print_words(problem, out);
  if (bell_slice_is(gap, "takes")) print_takes(problem, out);
  if (bell_slice_is(gap, "cure")) javascript_print(problem, true, out);
}

void bell_problem_print(const bell_problem *problem, bell_text *out) {
  bell_text_filled(out, messages[problem->code], fill, problem);
}
