/* For whoever writes a scenario: what is wrong with it and what would be right, in English and as text, and how a line
 * is written. A module of its own, for most who look at a scenario do not write.
 *
 * JavaScript says how many kinds the module has (`teller`), copies a row of its table of problems to `problem`, and the
 * line that it is about to `line`, as far as there is `room`; `elsewhere` says whether it is wrong at all; then
 * `sentence` and `cure` say where what they have to say stands, ended by a NUL, until something else is asked for. */
#include "scenario/cure.h"
#include "scenario/scenario.h"
#include "scenario/usage.h"

#define EXPORT(name) __attribute__((export_name(name)))

enum { ANSWER_MAX = BELL_LINE_MAX + 2048 };

static bell_problem told;
static char line_bytes[BELL_LINE_MAX];
static char answer_bytes[ANSWER_MAX + 1];

EXPORT("problem") uint32_t problem(void) { return (uint32_t)(uintptr_t)&told; }
EXPORT("line") uint32_t line(void) { return (uint32_t)(uintptr_t)line_bytes; }
EXPORT("room") uint32_t room(void) { return BELL_LINE_MAX; }

/* How many kinds the module has whose problem it is, or who asks: a page's own has fewer, and says so for none. */
static uint32_t teller_kinds = BELL_KINDS;

EXPORT("teller") void teller(uint32_t kinds) { teller_kinds = kinds < BELL_KINDS ? kinds : BELL_KINDS; }

static bell_kind kind_here(uint32_t kind) { return kind < teller_kinds ? (bell_kind)kind : BELL_KINDS; }

/* May the clause stand at that source? */
static bool is_known_clause(void) {
  bell_clause clause = bell_word_clause(told.word);
  if (clause == BELL_CLAUSES || told.kind >= BELL_KINDS) return false;
  return (bell_word_clauses((bell_kind)told.kind, BELL_MULTIPLEXER, false) >> clause & 1) != 0;
}

/* Does lesson 4's whole module know the word that its small one does not? */
static bool is_known_elsewhere(void) {
  if (teller_kinds == BELL_KINDS || told.host != BELL_MULTIPLEXER) return false;
  if (told.code == BELL_PROBLEM_CLAUSE) return is_known_clause();
  bool may_be = told.code == BELL_PROBLEM_WORD_SOCKET || told.code == BELL_PROBLEM_HOST_SOCKETS;
  if (!may_be) return false;
  bool is_known = false;
  for (bell_kind kind = 0; kind < BELL_KINDS; kind++) {
    bool runs = (bell_words[kind].hosts >> BELL_MULTIPLEXER & 1) != 0;
    is_known = is_known || (runs && bell_slice_is(told.word, bell_words[kind].text));
  }
  return is_known;
}

/* The problem speaks of its line's copy from now on. Whatever was copied, what is read lies in it. */
static bool take_in(void) {
  size_t at = (size_t)(told.word.start - told.text.start);
  if (told.text.length > BELL_LINE_MAX) told.text.length = 0;
  if (at > told.text.length || told.word.length > told.text.length - at) told.word.length = at = 0;
  told.text.start = line_bytes;
  told.word.start = line_bytes + at;
  told.kind = (uint8_t)kind_here(told.kind);
  told.under = (uint8_t)kind_here(told.under);
  if (is_known_elsewhere()) told.code = BELL_PROBLEM_NOT_IN_PAGE;
  return (unsigned)told.code < BELL_PROBLEM_CODES && told.host < BELL_HOSTS;
}

static bell_text answer(void) { return (bell_text){.out = answer_bytes, .capacity = ANSWER_MAX}; }

/* 0 for an answer that does not fit: half a line is no cure. */
static uint32_t place_of(const bell_text *out) {
  if (out->length > ANSWER_MAX) return 0;
  answer_bytes[out->length] = '\0';
  return (uint32_t)(uintptr_t)answer_bytes;
}

EXPORT("sentence") uint32_t sentence(void) {
  if (!take_in()) return 0;
  bell_text out = answer();
  bell_problem_print(&told, &out);
  return place_of(&out);
}

/* The lines that are to take the place of the problem's; 0 where only the author knows. */
EXPORT("cure") uint32_t cure(void) {
  bell_text out = answer();
  return take_in() && bell_problem_cure(&told, &out) ? place_of(&out) : 0;
}

/* 1 where the line is right, and another module runs it: see words.h. */
EXPORT("elsewhere") uint32_t elsewhere(void) { return take_in() && told.code == BELL_PROBLEM_NOT_IN_PAGE; }

/* How a line is written that starts with a word: see usage.h. 0 when it does not fit there, or is no word. */
EXPORT("usage") uint32_t usage(uint32_t kind, uint32_t host, uint32_t under) {
  if (kind_here(kind) == BELL_KINDS || host >= BELL_HOSTS) return 0;
  bell_text out = answer();
  return bell_usage_print((bell_kind)kind, (bell_host)host, kind_here(under), &out) ? place_of(&out) : 0;
}
