#include "scenario/javascript.h"

typedef struct translation {
  const char *word;        /* the end of what JavaScript has before the parenthesis */
  bell_kind browser, node; /* what does the same there; BELL_KINDS: nothing */
  const char *ms;          /* its time, when the line has none */
} translation;

/* A browser has no immediates and no ticks, Node no frames and no input: what comes nearest. */
static const translation translations[] = {
    {"setTimeout", BELL_TIMER, BELL_TIMER, "0"},
    {"setInterval", BELL_TIMER, BELL_TIMER, "1"},
    {"setImmediate", BELL_TIMER, BELL_IMMEDIATE, "0"},
    {"nextTick", BELL_MICROTASK, BELL_TICK, ""},
    {"queueMicrotask", BELL_MICROTASK, BELL_MICROTASK, ""},
    {"Promise.resolve", BELL_MICROTASK, BELL_MICROTASK, ""},
    {"requestAnimationFrame", BELL_FRAME, BELL_TIMER, "16"},
    {"fetch", BELL_RESOLVE, BELL_RESOLVE, "4"},
    {"click", BELL_INPUT, BELL_SOCKET, "4"},
    {"onclick", BELL_INPUT, BELL_SOCKET, "4"},
    {"addEventListener", BELL_INPUT, BELL_SOCKET, "4"},
    {".then", BELL_THEN, BELL_THEN, ""},
    {".catch", BELL_CATCH, BELL_CATCH, ""},
    {".finally", BELL_FINALLY, BELL_FINALLY, ""},
    {"console.log", BELL_KINDS, BELL_KINDS, ""},
};
enum { TRANSLATIONS = sizeof translations / sizeof *translations };

/* ---- the learner's line ----------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A point stands in numbers, and in "page.html". */
static bool is_of_token(char c) {
  bool is_letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || ((unsigned char)c & 0x80) != 0;
  return is_letter || is_digit(c) || c == '_' || c == '$' || c == '.';
}

/* The next name or number at or after `at`; of no length at the end. */
static bell_slice next_token(const char *at, const char *end) {
  while (at < end && !is_of_token(*at)) at++;
  bell_slice token = {at, 0};
  while (at < end && is_of_token(*at)) at++;
  token.length = (size_t)(at - token.start);
  return token;
}

/* The last name in the rest of the line, and the last number: `setTimeout(() => console.log("hi"), 5)` says hi at 5.
 * What is missing stays as it is. */
static void read_rest(const bell_problem *problem, const char *at, bell_slice *name, bell_slice *ms) {
  const char *end = problem->text.start + problem->text.length;
  for (bell_slice token; (token = next_token(at, end)).length > 0; at = token.start + token.length) {
    *(is_digit(*token.start) ? ms : name) = token;
  }
}

/* ---- what JavaScript has ---------------------------------------------------------------------------------------- */

/* Whole, or behind a point. */
static bool ends_with(bell_slice word, const char *end) {
  size_t length = 0;
  while (end[length] != '\0') length++;
  if (length > word.length) return false;
  const char *tail = word.start + word.length - length;
  bool is_whole = length == word.length || end[0] == '.' || tail[-1] == '.';
  return is_whole && bell_slice_is((bell_slice){tail, length}, end);
}

static unsigned find(bell_slice word) {
  unsigned i = 0;
  while (i < TRANSLATIONS && !ends_with(word, translations[i].word)) i++;
  return i;
}

bell_problem_code javascript_problem(bell_slice *word) {
  bell_slice before = {word->start, 0};
  while (before.length < word->length && before.start[before.length] != '(') before.length++;
  unsigned i = find(before);
  if (i == TRANSLATIONS) return BELL_PROBLEM_WORD;
  *word = before;
  return translations[i].browser == BELL_KINDS ? BELL_PROBLEM_WORD_LOG : BELL_PROBLEM_WORD_JAVASCRIPT;
}

/* ---- what a scenario says instead ------------------------------------------------------------------------------- */

static void print_slice(const char *before, bell_slice slice, bell_text *out) {
  bell_text_string(out, before);
  bell_text_bytes(out, slice.start, slice.length);
}

static void print_indentation(const bell_problem *problem, bell_text *out) {
  for (const char *c = problem->text.start; *c == ' '; c++) bell_text_string(out, " ");
}

static bell_slice slice_of(const char *string) {
  bell_slice slice = {string, 0};
  while (string[slice.length] != '\0') slice.length++;
  return slice;
}

void javascript_print(const bell_problem *problem, bool in_sentence, bell_text *out) {
  const translation *t = &translations[find(problem->word)];
  bell_slice word = problem->word;
  bell_slice name = slice_of("callback");
  bell_slice ms = slice_of(t->ms);
  bell_kind kind = problem->host == BELL_NODE ? t->node : t->browser;
  read_rest(problem, word.start + word.length, &name, &ms);

  bool is_indented = problem->is_indented && (bell_words[kind].places & BELL_IN_CALLBACK) != 0;
  if (!is_indented && kind == BELL_RESOLVE) kind = BELL_SOCKET;
  bool needs_script = !is_indented && (bell_words[kind].places & BELL_AT_EDGE) == 0;
  if (is_indented && !in_sentence) print_indentation(problem, out);
  if (needs_script) bell_text_string(out, in_sentence ? "script main, and indented under it: " : "script main\n  ");
  if (kind == BELL_RESOLVE) {
    print_slice("promise ", name, out);
    bell_text_string(out, in_sentence ? ", and below it: " : "\n");
    if (!in_sentence) print_indentation(problem, out);
  }
  bell_text_string(out, bell_words[kind].text);
  print_slice(" ", name, out);
  bool is_source = !is_indented && !needs_script;
  if (is_source) print_slice(" ready ", ms, out);
  else if (kind == BELL_TIMER || kind == BELL_RESOLVE) print_slice(" after ", ms, out);
  if (!is_source && ends_with(word, "setInterval")) bell_text_string(out, " forever");
  if (t->word[0] == '.') {
    bell_slice promise = next_token(word.start, word.start + word.length - slice_of(t->word).length);
    print_slice(" of ", promise.length > 0 ? promise : slice_of("p"), out);
  }
}
