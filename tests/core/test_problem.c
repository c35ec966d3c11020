#include "support.h"

/* The number that each code may carry, so that the sentence can name it. */
static bell_problem example(bell_problem_code code) {
  if (code == BELL_PROBLEM_WORD_JAVASCRIPT) {
    static const char line[] = "setTimeout(x, 5)";
    return (bell_problem){.code = code, .word = {line, 10}, .text = {line, sizeof line - 1}, .host = BELL_BROWSER};
  }
  return (bell_problem){
      .code = code, .line = 3, .column = 9, .number = 1500, .word = {"soket", 5}, .host = BELL_BROWSER};
}

static void every_problem_is_what_is_wrong_semicolon_what_would_be_right(void **state) {
  (void)state;
  for (int code = 0; code < BELL_PROBLEM_CODES; code++) {
    bell_problem problem = example((bell_problem_code)code);
    char *sentence = problem_sentence(&problem);
    const char *cure = strstr(sentence, "; ");
    if (!cure || cure == sentence || strlen(cure) < 6) fail_msg("code %d gives no cure: \"%s\"", code, sentence);
    size_t length = strlen(sentence);
    if (strchr(sentence, '\n') || sentence[length - 1] == '.' || sentence[length - 1] == ' ') {
      fail_msg("code %d is not one line without a full stop: \"%s\"", code, sentence);
    }
    free(sentence);
  }
}

static void no_two_codes_share_a_sentence(void **state) {
  (void)state;
  char *sentences[BELL_PROBLEM_CODES];
  for (int code = 0; code < BELL_PROBLEM_CODES; code++) {
    bell_problem problem = example((bell_problem_code)code);
    sentences[code] = problem_sentence(&problem);
    for (int earlier = 0; earlier < code; earlier++) {
      if (strcmp(sentences[earlier], sentences[code]) == 0) {
        fail_msg("codes %d and %d both say \"%s\"", earlier, code, sentences[code]);
      }
    }
  }
  for (int code = 0; code < BELL_PROBLEM_CODES; code++) free(sentences[code]);
}

/* A problem without a word in the text (something is missing) has no word to name. */
static void every_problem_can_be_told_without_a_word(void **state) {
  (void)state;
  for (int code = 0; code < BELL_PROBLEM_CODES; code++) {
    if (code == BELL_PROBLEM_WORD_JAVASCRIPT) continue; /* which is about its word */
    bell_problem problem = {.code = (bell_problem_code)code, .line = 1, .column = 1};
    char *sentence = problem_sentence(&problem);
    if (!strstr(sentence, "; ")) fail_msg("code %d gives no cure: \"%s\"", code, sentence);
    free(sentence);
  }
}

/* Its 40th byte is the first of a character that has two. */
static void a_long_word_is_cut_between_two_characters(void **state) {
  (void)state;
  static const char word[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xC3\xA9\xC3\xA9";
  bell_problem problem = {.code = BELL_PROBLEM_TIME, .word = {word, sizeof word - 1}, .host = BELL_BROWSER};
  char *sentence = problem_sentence(&problem);
  assert_memory_equal(sentence, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\" is", 46);
  free(sentence);
}

static void a_problem_names_the_facts_that_help(void **state) {
  (void)state;
  static const struct {
    bell_problem_code code;
    const char *fact;
  } cases[] = {
      {BELL_PROBLEM_WORD, "soket"},  /* the word in question */
      {BELL_PROBLEM_WORD, "socket"}, /* a word that would be right */
      {BELL_PROBLEM_WORD, "promise"},
      {BELL_PROBLEM_NAME_TWICE, "line 1500"}, /* where the first is */
      {BELL_PROBLEM_NAME_TWICE, "soket"},
      {BELL_PROBLEM_LINE_LONG, "65536"}, /* the bounds */
      {BELL_PROBLEM_INDENT_DEEP, "256"},
      {BELL_PROBLEM_TIME, "soket"},
      {BELL_PROBLEM_TIME_FINE, "three decimals"},
      {BELL_PROBLEM_TIME_LARGE, "1000000000"},
      {BELL_PROBLEM_DURATION_LARGE, "400000"},
      {BELL_PROBLEM_TIME_BACK, "1.5"}, /* 1500 us, as the text would say it */
      {BELL_PROBLEM_READY_MISSING, "ready"},
      {BELL_PROBLEM_AFTER_MISSING, "after"},
      {BELL_PROBLEM_TAB_INDENT, "space"},
      {BELL_PROBLEM_HOST_SOCKETS, "socket"},
      {BELL_PROBLEM_HOST_NODE, "Node"},
      {BELL_PROBLEM_BYTES, "UTF-8"},
      {BELL_PROBLEM_LISTENER, "listener unhandledRejection"},
      {BELL_PROBLEM_SELECT, "1023"},
      {BELL_PROBLEM_SELECT, "epoll"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    bell_problem problem = example(cases[i].code);
    char *sentence = problem_sentence(&problem);
    /* Grouping digits is the writer's choice. */
    string plain = {0};
    string_cut(&plain, 0);
    for (const char *c = sentence; *c; c++) {
      if (*c != ',' || c[1] < '0' || c[1] > '9') string_add_bytes(&plain, c, 1);
    }
    if (!strstr(plain.bytes, cases[i].fact)) {
      fail_msg("code %d: \"%s\" does not say \"%s\"", (int)cases[i].code, sentence, cases[i].fact);
    }
    string_free(&plain);
    free(sentence);
  }
}

/* ---- the sentence for a text, and its cure ----------------------------------------------------------------------- */

/* What is told of the first problem of a text, and its line when it is cured; NULL: there is none. */
typedef struct advice {
  const char *text;
  bell_host host;
  const char *sentence;
  const char *cure;
} advice;

#define SCRIPT "script main\n"

static const advice javascript[] = {
    {SCRIPT "  setTimeout onTimeout 5", BELL_BROWSER,
     "\"setTimeout\" is JavaScript; write here: timer onTimeout after 5", "  timer onTimeout after 5"},
    {SCRIPT "  setTimeout(onTimeout, 5)", BELL_NODE,
     "\"setTimeout\" is JavaScript; write here: timer onTimeout after 5", "  timer onTimeout after 5"},
    {SCRIPT "  window.setTimeout(() => console.log(\"late\"), 2.5);", BELL_BROWSER,
     "\"window.setTimeout\" is JavaScript; write here: timer late after 2.5", "  timer late after 2.5"},
    {SCRIPT "  setTimeout(onTimeout)", BELL_BROWSER,
     "\"setTimeout\" is JavaScript; write here: timer onTimeout after 0", "  timer onTimeout after 0"},
    {"setTimeout onTimeout 5", BELL_BROWSER, "\"setTimeout\" is JavaScript; write here: timer onTimeout ready 5",
     "timer onTimeout ready 5"},
    {SCRIPT "  setInterval(poll, 10)", BELL_BROWSER,
     "\"setInterval\" is JavaScript; write here: timer poll after 10 forever", "  timer poll after 10 forever"},
    {SCRIPT "  setImmediate(soon)", BELL_NODE, "\"setImmediate\" is JavaScript; write here: immediate soon",
     "  immediate soon"},
    {SCRIPT "  setImmediate(soon)", BELL_BROWSER, "\"setImmediate\" is JavaScript; write here: timer soon after 0",
     "  timer soon after 0"},
    {SCRIPT "  nextTick soon", BELL_NODE, "\"nextTick\" is JavaScript; write here: tick soon", "  tick soon"},
    {SCRIPT "  process.nextTick(soon)", BELL_NODE, "\"process.nextTick\" is JavaScript; write here: tick soon",
     "  tick soon"},
    {SCRIPT "  process.nextTick(soon)", BELL_BROWSER, "\"process.nextTick\" is JavaScript; write here: microtask soon",
     "  microtask soon"},
    {SCRIPT "  queueMicrotask(m)", BELL_BROWSER, "\"queueMicrotask\" is JavaScript; write here: microtask m",
     "  microtask m"},
    {"queueMicrotask(m)", BELL_BROWSER,
     "\"queueMicrotask\" is JavaScript; write here: script main, and indented under it: microtask m",
     "script main\n  microtask m"},
    {SCRIPT "  Promise.resolve().then(m)", BELL_BROWSER, "\"Promise.resolve\" is JavaScript; write here: microtask m",
     "  microtask m"},
    {SCRIPT "  requestAnimationFrame(draw)", BELL_BROWSER,
     "\"requestAnimationFrame\" is JavaScript; write here: frame draw", "  frame draw"},
    {SCRIPT "  requestAnimationFrame(draw)", BELL_NODE,
     "\"requestAnimationFrame\" is JavaScript; write here: timer draw after 16", "  timer draw after 16"},
    {SCRIPT "  fetch page", BELL_BROWSER,
     "\"fetch\" is JavaScript; write here: promise page, and below it: resolve page after 4",
     "  promise page\n  resolve page after 4"},
    {"fetch(\"page.html\")", BELL_NODE, "\"fetch\" is JavaScript; write here: socket page.html ready 4",
     "socket page.html ready 4"},
    {"click onClick", BELL_BROWSER, "\"click\" is JavaScript; write here: input onClick ready 4",
     "input onClick ready 4"},
    {"click onClick 7", BELL_NODE, "\"click\" is JavaScript; write here: socket onClick ready 7",
     "socket onClick ready 7"},
    {SCRIPT "  button.addEventListener(\"click\", onClick)", BELL_BROWSER,
     "\"button.addEventListener\" is JavaScript; write here: input onClick ready 4", "input onClick ready 4"},
    {SCRIPT "  promise p\n  p.then(show)", BELL_BROWSER, "\"p.then\" is JavaScript; write here: then show of p",
     "  then show of p"},
    {SCRIPT "  promise p\n  p.catch(() => console.log(\"oh\"))", BELL_NODE,
     "\"p.catch\" is JavaScript; write here: catch oh of p", "  catch oh of p"},
    {SCRIPT "  promise p\n  .then(show)", BELL_BROWSER, "\".then\" is JavaScript; write here: then show of p",
     "  then show of p"},
    {SCRIPT "  console.log(\"hi\")", BELL_BROWSER,
     "\"console.log\" is JavaScript; leave it out, for every callback has its row here", ""},
};

static const advice clauses[] = {
    {"socket A ready: 1", BELL_MULTIPLEXER,
     "\"ready:\" has no place here; socket may be followed by a \"payload in quotes\", ready, takes, never, closes, "
     "resets, size, in, buffer, reads or fd",
     "socket A "},
    {"socket A after 1", BELL_MULTIPLEXER,
     "\"after\" does not belong to socket at the left edge; socket may be followed by a \"payload in quotes\", ready, "
     "takes, never, closes, resets, size, in, buffer, reads or fd",
     "socket A "},
    {"socket A ready 1 fd 3", BELL_MULTIPLEXER,
     "\"3\" is no high descriptor; write one from 1024 to 65535, each socket's above the last", NULL},
    {"socket A ready 1 closes 2 resets 3", BELL_MULTIPLEXER,
     "\"resets\" does not go with what stands before it; write ready or never, and closes or resets if it ends",
     "socket A ready 1 closes 2 "},
    {"socket A ready 1 closes 2\n  ignore it", BELL_MULTIPLEXER, "\"it\" is nothing to ignore; write ignore end",
     "  ignore end"},
    {"socket A ready 1\n  ignore end", BELL_MULTIPLEXER,
     "there is no end to ignore; add closes and a time to the source's line, such as closes 5", NULL},
    {"socket A ready 1\n  wait", BELL_MULTIPLEXER,
     "\"wait\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with "
     "ignore, watch, read, write, stop or hand",
     NULL},
    {"timer T ready 1\n  wait", BELL_MULTIPLEXER,
     "\"wait\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with leave",
     NULL},
    {"soket A ready 1", BELL_MULTIPLEXER,
     "\"soket\" is not a statement; in lesson 4 a line starts with socket, timer, timeout, signal, listener, worker, "
     "pipe or file",
     NULL},
    {"script s", BELL_MULTIPLEXER,
     "\"script\" is of lesson 5; in lesson 4 a line starts with socket, timer, timeout, signal, listener, worker, "
     "pipe or file",
     NULL},
    {"listener L ready 1\n  ignore end", BELL_MULTIPLEXER,
     "\"ignore\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with keep",
     NULL},
    {"listener L ready 1 closes 5", BELL_MULTIPLEXER,
     "\"closes\" does not belong to listener at the left edge; listener may be followed by a \"payload in quotes\", "
     "ready, "
     "takes, never or descriptors",
     "listener L ready 1 "},
    {"listener L ready 1 descriptors few", BELL_MULTIPLEXER,
     "\"few\" is not a number of descriptors; write one from 1 to 1000000: descriptors 2", NULL},
    {"listener L ready 1\n  keep spare", BELL_MULTIPLEXER,
     "a spare is for when no descriptor is left; add descriptors and a number to the listener's line, such as "
     "descriptors 2",
     NULL},
    {"listener L ready 1 descriptors 2\n  keep it", BELL_MULTIPLEXER, "\"it\" is nothing to keep; write keep spare",
     "  keep spare"},
    {"listener L ready 1 descriptors 2\nlistener M ready 1", BELL_MULTIPLEXER,
     "descriptors are the whole program's, and two listeners would take of them; leave this one out, or its bound",
     NULL},
    {"socket A ready 1\n  hand over", BELL_MULTIPLEXER,
     "nobody is there to hand over to; add a line worker W at the left edge", NULL},
    {"socket A ready 1\n  hand it\nworker W", BELL_MULTIPLEXER, "\"it\" is nothing to hand; write hand over",
     "  hand over"},
    {"worker W\n  ignore end", BELL_MULTIPLEXER,
     "\"ignore\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with leave",
     NULL},
    {"pipe P ready 1\n  write 4 KB", BELL_MULTIPLEXER,
     "this is the end of a pipe that is read, and nobody can write to it; leave \"write\" out, or write socket in the "
     "place of pipe",
     NULL},
    {"pipe P ready 1\n  keep spare", BELL_MULTIPLEXER,
     "\"keep\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with ignore, "
     "read or hand",
     NULL},
    {"pipe P ready 1 resets 5 takes 1", BELL_MULTIPLEXER,
     "\"resets\" does not belong to pipe at the left edge; pipe may be followed by a \"payload in quotes\", ready, "
     "takes, never, closes, size or in",
     "pipe P ready 1 takes 1"},
    {"file F", BELL_MULTIPLEXER, "a file is read in a number of reads; write one from 1 to 10000000, such as reads 3",
     NULL},
    {"file F reads 2\n  read up to 1 KB", BELL_MULTIPLEXER,
     "\"read\" is indented; in lesson 4 sources stand at the left edge, and a line under this one starts with ignore",
     NULL},
    {"file F reads 2\n  hand over\nworker W", BELL_MULTIPLEXER,
     "no wait tells of a file, so its reads are nobody's to hand over; let a socket's handler hand the reading over: "
     "socket A ready 1 takes 3, and under it hand over",
     NULL},
    {"file F reads 2 ready 1", BELL_MULTIPLEXER,
     "\"ready\" does not belong to file at the left edge; file may be followed by a \"payload in quotes\", takes or "
     "reads",
     "file F reads 2 "},
    {"worker W\nworker V # two", BELL_MULTIPLEXER, "a second \"worker\"; write it once", ""},
    {"timer T every 10 # ms", BELL_MULTIPLEXER, "the timer never ends; add until and a time, such as until 50",
     "timer T every 10 until 50 # ms"},
    {"timer T ready 5 every 10 until 50", BELL_MULTIPLEXER,
     "\"every\" does not go with what stands before it; write ready 5, or every 10 until 50",
     "timer T ready 5 until 50"},
    {"timer T every 0 until 50", BELL_MULTIPLEXER,
     "no time would pass from one to the next; write more than 0, such as 10", NULL},
    {"timeout 5\ntimeout every 6 # ms", BELL_MULTIPLEXER, "a second \"timeout\"; write it once", ""},
    {"socket A ready 1\n  write 1 KB\n  write 2 KB and wait", BELL_MULTIPLEXER, "a second \"write\"; write it once",
     ""},
    {"timeout 0", BELL_MULTIPLEXER, "no time would pass from one to the next; write more than 0, such as 10", NULL},
    {"socket A ready 1 2 in 2 parts", BELL_MULTIPLEXER,
     "these are parts of no size; add size and an amount, such as size 4 KB",
     "socket A ready 1 2 size 4 KB in 2 parts"},
    {"socket A ready 1 size 4kB", BELL_MULTIPLEXER,
     "\"4kB\" is not a size; write a whole number and bytes, KB or MB, such as 4 KB, up to 16 MB", NULL},
    {"socket A ready 1 size 4 KB in 2 parts", BELL_MULTIPLEXER,
     "each part of a message has a time of its own, and the last message lacks 1; write more times after ready, or "
     "let the connection end",
     NULL},
    {"socket A ready 1 size 4 KB\n  read 1 KB", BELL_MULTIPLEXER, "\"1\" is nothing to read; write read up to 1 KB",
     NULL},
    {"socket A ready 1\n  read up to 1 KB", BELL_MULTIPLEXER,
     "the messages have no size to read a piece of; add size to the source's line, such as size 4 KB", NULL},
    {"socket A ready 1\n  stop it", BELL_MULTIPLEXER, "\"it\" is nothing to stop; write stop watching",
     "  stop watching"},
    {"socket A ready 1\n  stop watching", BELL_MULTIPLEXER,
     "nothing is written here, so nobody watches; add write and a size above, such as write 64 KB", NULL},
    {"socket A ready 1\n  write 1 KB and see", BELL_MULTIPLEXER,
     "\"see\" is not what becomes of a rest; write and wait, or and forget, or nothing", NULL},
    {"socket A ready 1\n  write 1 KB and wait\n  stop watching", BELL_MULTIPLEXER,
     "watch write, stop watching, and wait, and forget do not go together; leave all of them out but one", NULL},
    {"socket A ready 1 reads 1 KB", BELL_MULTIPLEXER,
     "this is not what a peer reads; write reads 4 KB every 10, or reads never", NULL},
    {"socket A ready 1\n  watch read", BELL_MULTIPLEXER, "\"read\" is nothing to watch; write watch write",
     "  watch write"},
    {"timer t after 3", BELL_BROWSER,
     "\"after\" does not belong to timer at the left edge; timer may be followed by a \"payload in quotes\", ready or "
     "takes",
     "timer t ready 3"},
    {SCRIPT "  timer t ready 3", BELL_BROWSER,
     "\"ready\" does not belong to timer here; timer may be followed by a \"payload in quotes\", takes, after or "
     "forever",
     "  timer t after 3"},
    {SCRIPT "  microtask m ready 3 takes 1", BELL_NODE,
     "\"ready\" does not belong to microtask here; microtask may be followed by a \"payload in quotes\", takes or "
     "forever",
     "  microtask m takes 1"},
    {SCRIPT "  promise p\n  then x forever", BELL_NODE,
     "\"forever\" does not belong to then here; then may be followed by a \"payload in quotes\", takes or of",
     "  then x "},
    {SCRIPT "  promise p\n  resolve p takes 1", BELL_BROWSER,
     "\"takes\" does not belong to resolve here; resolve may be followed by after or with", "  resolve p "},
    {SCRIPT "  async f forever", BELL_BROWSER,
     "\"forever\" does not belong to async here; nothing more may follow async", "  async f "},
    {SCRIPT "  async f\n    await forever", BELL_BROWSER,
     "\"forever\" is no promise; name one that is made above, or write await alone", "    await "},
    {SCRIPT "  timer after 3", BELL_BROWSER, "the name is missing; write one, such as A or \"door A\"", NULL},
    {SCRIPT "  thenable t \"p\"", BELL_BROWSER, "this has no place here; nothing more may follow thenable", NULL},
};

static const advice places[] = {
    {"soket A", BELL_BROWSER,
     "\"soket\" is not a statement; at the left edge a line starts with socket, timer, promise, script, input or "
     "listener",
     NULL},
    {"soket A", BELL_NODE,
     "\"soket\" is not a statement; at the left edge a line starts with socket, timer, promise, script or listener",
     NULL},
    {SCRIPT "  mikrotask m", BELL_NODE,
     "\"mikrotask\" is not a statement; here a line starts with timer, promise, microtask, tick, immediate, then, "
     "catch, "
     "finally, async, thenable, resolve or reject",
     NULL},
    {SCRIPT "  async f\n    awat", BELL_BROWSER,
     "\"awat\" is not a statement; here a line starts with timer, promise, microtask, frame, then, catch, finally, "
     "async, "
     "thenable, resolve, reject, await, return or throw",
     NULL},
    {"input i ready 1", BELL_NODE,
     "\"input\" is of a browser; in Node a line at the left edge starts with socket, timer, promise, script or "
     "listener",
     NULL},
    {"promise p ready 2\nscript s\n  then x of p", BELL_BROWSER,
     "\"p\" at the left edge is a source; here write promise \"p\", and below it resolve \"p\" after 2",
     "  promise p\n  resolve p after 2\n  then x of p"},
    {"promise p ready 2\n  reject p", BELL_BROWSER,
     "\"p\" at the left edge is a source; here write promise \"p\", and below it resolve \"p\" after 2",
     "  promise p\n  reject p"},
    {"microtask m", BELL_BROWSER, "\"microtask\" is what a callback does; indent it under a source",
     "script main\n  microtask m"},
    {"  microtask m", BELL_BROWSER,
     "nothing stands above for this line to belong to; start with a source, such as script main, at the left edge",
     "script main\n  microtask m"},
    {"  timer t ready 1", BELL_BROWSER,
     "nothing stands above for this line to belong to; start with a source, such as script main, at the left edge",
     "timer t ready 1"},
    {SCRIPT "  socket A ready 1", BELL_BROWSER, "\"socket\" is a source; start it at the left edge",
     "socket A ready 1"},
    {"listener click", BELL_NODE, "\"click\" is no event to listen for; write listener unhandledRejection",
     "listener unhandledRejection"},
    {SCRIPT "\tmicrotask m", BELL_BROWSER, "a tab in the indentation; indent with spaces", "  microtask m"},
};

/* The line that takes the place of the problem's; NULL where there is none. */
static char *cure_of(const bell_problem *problem) {
  bell_text length = {0};
  if (!bell_problem_cure(problem, &length)) {
    assert_int_equal(length.length, 0);
    return NULL;
  }
  char *bytes = malloc(length.length + 1);
  assert_non_null(bytes);
  bell_text out = {.out = bytes, .capacity = length.length};
  bell_problem_cure(problem, &out);
  bytes[length.length] = '\0';
  return bytes;
}

static void check_advice(const advice *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    reading r = read_bytes(rows[i].text, strlen(rows[i].text), rows[i].host);
    CHECK_EQUAL(rows[i].text, "problems", r.problem_count, 1);
    char *sentence = problem_sentence(&r.problems[0]);
    CHECK_TEXT(rows[i].text, "sentence", sentence, rows[i].sentence);
    char *cure = cure_of(&r.problems[0]);
    CHECK_TEXT(rows[i].text, "cure", cure ? cure : "none", rows[i].cure ? rows[i].cure : "none");
    free(cure);
    free(sentence);
    reading_free(&r);
  }
}

static void the_words_of_javascript_are_written_out_as_a_scenario_has_them(void **state) {
  (void)state;
  check_advice(javascript, COUNT_OF(javascript));
}

static void only_clauses_that_the_word_takes_there_are_offered(void **state) {
  (void)state;
  check_advice(clauses, COUNT_OF(clauses));
}

static void only_words_that_may_stand_there_are_offered(void **state) {
  (void)state;
  check_advice(places, COUNT_OF(places));
}

/* ---- any text ---- */

/* The text with its first cure in the place of the line. */
static char *cured(const reading *r, const char *cure) {
  const bell_problem *problem = &r->problems[0];
  string text = {0};
  string_cut(&text, 0);
  string_add_bytes(&text, r->text, (size_t)(problem->text.start - r->text));
  string_add(&text, "%s", cure);
  const char *rest = problem->text.start + problem->text.length;
  string_add_bytes(&text, rest, r->length - (size_t)(rest - r->text));
  return text.bytes;
}

/* A change that a learner makes by mistake: a word of JavaScript or of another place, a character too many or too
 * few. */
static char *mutated(const char *text, uint64_t *chance) {
  static const char *const words[] = {"setTimeout(f, 3)",
                                      "fetch(f)",
                                      "p.then(f)",
                                      "await forever",
                                      "ready",
                                      "after",
                                      "forever",
                                      "of",
                                      "takes 1",
                                      "\"",
                                      "\\",
                                      "\t",
                                      "#",
                                      "1.00001",
                                      "2",
                                      "promise p",
                                      "\n  ",
                                      "\n",
                                      " ",
                                      "  ",
                                      "click f",
                                      "console.log(f)",
                                      "\x7f",
                                      "queueMicrotask(f)",
                                      "then f of p",
                                      "resolve p",
                                      "tick",
                                      "frame f",
                                      "socket"};
  string out = {0};
  size_t length = strlen(text);
  size_t at = random_below(chance, (uint32_t)length + 1);
  size_t cut = random_below(chance, 3) == 0 ? random_below(chance, 6) : 0;
  string_cut(&out, 0);
  string_add_bytes(&out, text, at);
  if (random_below(chance, 4) > 0) string_add(&out, "%s", words[random_below(chance, COUNT_OF(words))]);
  if (at + cut < length) string_add_bytes(&out, text + at + cut, length - at - cut);
  return out.bytes;
}

/* A cure leaves no problem behind, or another one: never the same at the same place, and it comes to an end. */
static void every_cure_applied_leads_on(void **state) {
  (void)state;
  enum { CURES_MOST = 300 };
  uint64_t rounds = 4000;
  string text = {0};
  uint32_t applied = 0;
  for (uint64_t seed = 1; seed <= rounds; seed++) {
    uint64_t chance = seed;
    bell_host host = (bell_host)(seed % BELL_HOSTS);
    string_cut(&text, 0);
    random_scenario(&chance, host, 1 + (uint32_t)(seed % 12), &text);
    char *now = mutated(text.bytes, &chance);
    for (int cures = 0;; cures++) {
      reading r = read_bytes(now, strlen(now), host);
      char *cure = r.good ? NULL : cure_of(&r.problems[0]);
      if (!cure) {
        reading_free(&r);
        break;
      }
      char *next = cured(&r, cure);
      if (strcmp(next, now) == 0) fail_msg("seed %d: the cure changes nothing of\n%s", (int)seed, now);
      if (cures == CURES_MOST) fail_msg("seed %d: the cures do not end:\n%s", (int)seed, now);
      reading after = read_bytes(next, strlen(next), host);
      bool is_same = !after.good && after.problems[0].code == r.problems[0].code &&
                     after.problems[0].line == r.problems[0].line && after.problems[0].column == r.problems[0].column &&
                     after.problems[0].text.length >= r.problems[0].text.length;
      if (is_same) {
        char *sentence = problem_sentence(&r.problems[0]);
        fail_msg("seed %d: \"%s\" stays, after its cure, in\n%s\nthat was\n%s", (int)seed, sentence, next, now);
      }
      applied++;
      reading_free(&after);
      reading_free(&r);
      free(cure);
      free(now);
      now = next;
    }
    free(now);
  }
  assert_true(applied > rounds / 4);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_problem_is_what_is_wrong_semicolon_what_would_be_right),
      cmocka_unit_test(no_two_codes_share_a_sentence),
      cmocka_unit_test(every_problem_can_be_told_without_a_word),
      cmocka_unit_test(a_long_word_is_cut_between_two_characters),
      cmocka_unit_test(a_problem_names_the_facts_that_help),
      cmocka_unit_test(the_words_of_javascript_are_written_out_as_a_scenario_has_them),
      cmocka_unit_test(only_clauses_that_the_word_takes_there_are_offered),
      cmocka_unit_test(only_words_that_may_stand_there_are_offered),
      cmocka_unit_test(every_cure_applied_leads_on),
  };
  return cmocka_run_group_tests_name("problem", tests, NULL, NULL);
}
