#include "scenario/cure.h"

#include "scenario/javascript.h"

static bool is_space(char c) { return c == ' ' || c == '\t'; }

static const char *end_of(bell_slice slice) { return slice.start + slice.length; }

static void print_up_to(const bell_problem *problem, const char *end, bell_text *out) {
  bell_text_bytes(out, problem->text.start, (size_t)(end - problem->text.start));
}

/* The line with something else in the place of some bytes of it. */
static bool replace(const bell_problem *problem, bell_slice old, const char *new, bell_text *out) {
  print_up_to(problem, old.start, out);
  bell_text_string(out, new);
  bell_text_bytes(out, end_of(old), (size_t)(end_of(problem->text) - end_of(old)));
  return true;
}

static bool insert(const bell_problem *problem, const char *new, bell_text *out) {
  return replace(problem, (bell_slice){problem->word.start, 0}, new, out);
}

/* Behind the last word before the place, where a comment may stand. */
static bool add(const bell_problem *problem, const char *new, bell_text *out) {
  const char *at = problem->word.start;
  while (at > problem->text.start && is_space(at[-1])) at--;
  return replace(problem, (bell_slice){at, 0}, new, out);
}

/* ---- indentation ------------------------------------------------------------------------------------------------ */

static bell_slice indentation(const bell_problem *problem) {
  bell_slice spaces = {problem->text.start, 0};
  while (spaces.length < problem->text.length && is_space(spaces.start[spaces.length])) spaces.length++;
  return spaces;
}

static void print_indentation(const bell_problem *problem, bell_text *out) {
  bell_slice spaces = indentation(problem);
  for (size_t i = 0; i < spaces.length; i++) bell_text_string(out, spaces.start[i] == '\t' ? "  " : " ");
}

static bool expand_tabs(const bell_problem *problem, bell_text *out) {
  bell_slice spaces = indentation(problem);
  print_indentation(problem, out);
  bell_text_bytes(out, end_of(spaces), problem->text.length - spaces.length);
  return true;
}

/* Nothing stands above: a source comes first. */
static bool put_under_script(const bell_problem *problem, bell_text *out) {
  bell_slice spaces = indentation(problem);
  bell_slice word = {end_of(spaces), 0};
  while (end_of(word) < end_of(problem->text) && !is_space(*end_of(word))) word.length++;
  bell_kind kind = bell_word_kind(word);
  if (kind == BELL_KINDS || (bell_words[kind].places & BELL_AT_EDGE) != 0) return replace(problem, spaces, "", out);
  return replace(problem, spaces, "script main\n  ", out);
}

/* ---- clauses ---------------------------------------------------------------------------------------------------- */

/* The word in question, and all behind it up to the next clause or the end. */
static bell_slice clause_of(const bell_problem *problem) {
  const char *end = end_of(problem->text);
  const char *at = end_of(problem->word);
  for (;;) {
    while (at < end && is_space(*at)) at++;
    bell_slice word = {at, 0};
    while (at < end && !is_space(*at) && *at != '#' && *at != '"') at++;
    word.length = (size_t)(at - word.start);
    bool is_end = word.length == 0 || bell_word_clause(word) != BELL_CLAUSES;
    if (is_end) return (bell_slice){problem->word.start, (size_t)(word.start - problem->word.start)};
  }
}

/* A source says `ready` where a callback's timer says `after`. Of a second line that is to be there once nothing is
 * left. */
static bool mend_clause(const bell_problem *problem, bell_text *out) {
  if (problem->word.length == 0) return false;
  bool is_line = problem->word.start == end_of(indentation(problem));
  if (is_line && problem->code == BELL_PROBLEM_CLAUSE_TWICE) return true;
  bool is_timer = problem->kind == BELL_TIMER && problem->code == BELL_PROBLEM_CLAUSE_WRONG;
  bool says_ready = bell_word_clause(problem->word) == BELL_CLAUSE_READY;
  bool says_after = bell_word_clause(problem->word) == BELL_CLAUSE_AFTER;
  if (is_timer && says_ready) return replace(problem, problem->word, "after", out);
  if (is_timer && says_after) return replace(problem, problem->word, "ready", out);
  return replace(problem, clause_of(problem), "", out);
}

static bool cut_decimals(const bell_problem *problem, bell_text *out) {
  bell_slice rest = problem->word;
  while (rest.length > 0 && *rest.start != '.') rest = (bell_slice){rest.start + 1, rest.length - 1};
  return replace(problem, (bell_slice){rest.start + 4, rest.length - 4}, "", out);
}

/* A promise in this callback, in the place of a source of that name. */
static bool make_promise(const bell_problem *problem, bell_text *out) {
  print_indentation(problem, out);
  bell_text_string(out, "promise ");
  bell_text_bytes(out, problem->word.start, problem->word.length);
  bell_text_string(out, "\n");
  if (bell_words[problem->kind].naming != BELL_NAMES_SETTLED) {
    print_indentation(problem, out);
    bell_text_string(out, "resolve ");
    bell_text_bytes(out, problem->word.start, problem->word.length);
    bell_text_string(out, " after ");
    bell_text_ms(out, problem->number);
    bell_text_string(out, "\n");
  }
  bell_text_bytes(out, problem->text.start, problem->text.length);
  return true;
}

/* ---- each problem ----------------------------------------------------------------------------------------------- */

bool bell_problem_cure(const bell_problem *problem, bell_text *out) {
  switch (problem->code) {
  case BELL_PROBLEM_CONTROL: {
    size_t bytes = ((unsigned char)*problem->word.start & 0x80) != 0 ? 2 : 1;
    return replace(problem, (bell_slice){problem->word.start, bytes}, "", out);
  }
  case BELL_PROBLEM_TAB_INDENT:
    return expand_tabs(problem, out);
  case BELL_PROBLEM_WORD_JAVASCRIPT:
    javascript_print(problem, false, out);
    return true;
  case BELL_PROBLEM_WORD_LOG:
    return true;
  case BELL_PROBLEM_QUOTE_OPEN:
    return replace(problem, (bell_slice){end_of(problem->text), 0}, "\"", out);
  case BELL_PROBLEM_QUOTE_ESCAPE:
    return insert(problem, "\\", out);
  case BELL_PROBLEM_QUOTE_GLUED:
    return insert(problem, " ", out);
  case BELL_PROBLEM_CLAUSE:
  case BELL_PROBLEM_CLAUSE_TWICE:
  case BELL_PROBLEM_CLAUSE_BESIDE:
  case BELL_PROBLEM_TIMER_BESIDE:
  case BELL_PROBLEM_CLAUSE_WRONG:
    return mend_clause(problem, out);
  case BELL_PROBLEM_TIME_FINE:
    return cut_decimals(problem, out);
  case BELL_PROBLEM_TIME_ONE:
  case BELL_PROBLEM_PROMISE_CLAUSE:
    return replace(problem, problem->word, "", out);
  case BELL_PROBLEM_READY_MISSING:
    return add(problem, " ready 2", out);
  case BELL_PROBLEM_AFTER_MISSING:
    return add(problem, " after 3", out);
  case BELL_PROBLEM_INDENT_FIRST:
  case BELL_PROBLEM_ACTION_LOOSE:
    return put_under_script(problem, out);
  case BELL_PROBLEM_INDENT_SOURCE:
    return replace(problem, indentation(problem), "", out);
  case BELL_PROBLEM_LISTENER:
    return replace(problem, problem->word, BELL_UNHANDLED_REJECTION, out);
  case BELL_PROBLEM_UNTIL_MISSING:
    return add(problem, " until 50", out);
  case BELL_PROBLEM_SIZE_MISSING:
    return add(problem, " size 4 KB", out);
  case BELL_PROBLEM_HANDLER:
    if (bell_words[problem->kind].naming == BELL_NAMES_AMOUNT) return false;
    return replace(problem, problem->word, bell_words[problem->kind].event, out);
  case BELL_PROBLEM_PROMISE_SOURCE:
    return make_promise(problem, out);
  default:
    return false;
  }
}
