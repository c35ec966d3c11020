#include <ctype.h>

#include "support.h"

/* ---- texts that are right ---- */

static void check_events(const char *text, const bell_scenario *s, const int64_t *ready_us, uint32_t count) {
  CHECK_EQUAL(text, "events", s->event_count, count);
  for (uint32_t i = 0; i < count; i++) {
    CHECK_EQUAL(text, "ready_us", s->events[i].ready_us, ready_us[i]);
    CHECK_EQUAL(text, "parent", s->events[i].parent, BELL_NONE);
  }
}

static void an_empty_text_is_an_empty_scenario(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "\n",
      "\r\n\r\n",
      "   ",
      "\t",
      "  \t \n\n",
      "# nothing",
      "  # nothing\n# at all\n",
      "\xef\xbb\xbf",
      "\xef\xbb\xbf\n",
  };
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    for (int host = 0; host < BELL_HOSTS; host++) {
      reading r = read_good(texts[i], (bell_host)host);
      CHECK_EQUAL(texts[i], "statements", r.scenario.statement_count, 0);
      CHECK_EQUAL(texts[i], "events", r.scenario.event_count, 0);
      CHECK_EQUAL(texts[i], "run_count", r.scenario.run_count, 0);
      char *printed = scenario_text(&r.scenario);
      CHECK_TEXT(texts[i], "printed", printed, "");
      free(printed);
      reading_free(&r);
    }
  }
}

static void the_scenario_of_lesson_4_is_read_as_written(void **state) {
  (void)state;
  static const char text[] =
      "# lesson 4: doors, and when somebody knocks\n"
      "socket A \"slow report\" ready 6\n"
      "socket B \"chat ping\"   ready 1\n"
      "socket C \"image tile\"  ready 3 9 takes 0.5     # two messages\n";
  reading r = read_good(text, BELL_MULTIPLEXER);
  static const struct {
    const char *name;
    const char *payload;
    uint32_t first_event;
    int64_t takes_us;
    uint32_t line;
  } expected[] = {{"A", "slow report", 0, 0, 2}, {"B", "chat ping", 1, 0, 3}, {"C", "image tile", 2, 500, 4}};
  CHECK_EQUAL(text, "statements", r.scenario.statement_count, 3);
  for (uint32_t i = 0; i < 3; i++) {
    const bell_statement *statement = &r.scenario.statements[i];
    CHECK_TEXT(text, "name", bell_scenario_name(&r.scenario, i), expected[i].name);
    CHECK_TEXT(text, "payload", bell_scenario_payload(&r.scenario, i), expected[i].payload);
    CHECK_EQUAL(text, "first_event", statement->first_event, expected[i].first_event);
    CHECK_EQUAL(text, "end", statement->end, i + 1);
    CHECK_EQUAL(text, "takes_us", statement->takes_us, expected[i].takes_us);
    CHECK_EQUAL(text, "line", statement->line, expected[i].line);
    CHECK_EQUAL(text, "depth", statement->depth, 0);
    CHECK_EQUAL(text, "kind", statement->kind, BELL_SOCKET);
  }
  static const int64_t ready[] = {6000, 1000, 3000, 9000};
  check_events(text, &r.scenario, ready, 4);
  static const uint32_t owner[] = {0, 1, 2, 2};
  for (uint32_t i = 0; i < 4; i++) CHECK_EQUAL(text, "statement", r.scenario.events[i].statement, owner[i]);
  CHECK_EQUAL(text, "run_count", r.scenario.run_count, 4);
  CHECK_EQUAL(text, "host", r.scenario.host, BELL_MULTIPLEXER);
  reading_free(&r);
}

static void the_scenario_of_lesson_5_is_read_as_written(void **state) {
  (void)state;
  static const char text[] =
      "promise onResolve ready 2\n"
      "timer   onTimeout ready 2 3\n"
      "  microtask cleanUp            # indented: what the callback does\n"
      "    microtask afterwards\n"
      "\n"
      "  timer retry after 3 takes 0.25\n"
      "socket  onMessage ready 4 takes 1\n"
      "script  main                   # ready at 0\n";
  reading r = read_good(text, BELL_BROWSER);
  static const struct {
    const char *name;
    bell_kind kind;
    uint16_t depth;
    uint32_t end;
    uint32_t first_event;
    int64_t takes_us;
    int64_t after_us;
    uint32_t line;
  } expected[] = {
      {"onResolve", BELL_PROMISE, 0, 1, 0, 0, 0, 1}, {"onTimeout", BELL_TIMER, 0, 5, 1, 0, 0, 2},
      {"cleanUp", BELL_MICROTASK, 1, 4, 3, 0, 0, 3}, {"afterwards", BELL_MICROTASK, 2, 4, 3, 0, 0, 4},
      {"retry", BELL_TIMER, 1, 5, 3, 250, 3000, 6},  {"onMessage", BELL_SOCKET, 0, 6, 3, 1000, 0, 7},
      {"main", BELL_SCRIPT, 0, 7, 4, 0, 0, 8},
  };
  CHECK_EQUAL(text, "statements", r.scenario.statement_count, COUNT_OF(expected));
  for (uint32_t i = 0; i < COUNT_OF(expected); i++) {
    const bell_statement *statement = &r.scenario.statements[i];
    CHECK_TEXT(text, "name", bell_scenario_name(&r.scenario, i), expected[i].name);
    CHECK_TEXT(text, "payload", bell_scenario_payload(&r.scenario, i), "");
    CHECK_EQUAL(text, "kind", statement->kind, expected[i].kind);
    CHECK_EQUAL(text, "depth", statement->depth, expected[i].depth);
    CHECK_EQUAL(text, "end", statement->end, expected[i].end);
    CHECK_EQUAL(text, "first_event", statement->first_event, expected[i].first_event);
    CHECK_EQUAL(text, "takes_us", statement->takes_us, expected[i].takes_us);
    CHECK_EQUAL(text, "after_us", statement->after_us, expected[i].after_us);
    CHECK_EQUAL(text, "line", statement->line, expected[i].line);
  }
  static const int64_t ready[] = {2000, 2000, 3000, 4000, 0};
  check_events(text, &r.scenario, ready, COUNT_OF(ready));
  /* Five events, and three actions for each of onTimeout's two. */
  CHECK_EQUAL(text, "run_count", r.scenario.run_count, 5 + 2 * 3);
  reading_free(&r);
}

static void only_a_script_may_leave_out_ready_and_then_it_is_ready_at_0(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t ready_us;
  } cases[] = {{"script main", 0}, {"script main \"p\" takes 1", 0}, {"script main ready 3", 3000}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    reading r = read_good(cases[i].text, BELL_BROWSER);
    check_events(cases[i].text, &r.scenario, &cases[i].ready_us, 1);
    reading_free(&r);
  }
}

static void a_time_is_milliseconds_with_decimals_down_to_a_thousandth(void **state) {
  (void)state;
  static const struct {
    const char *written;
    int64_t us;
  } cases[] = {
      {"0", 0},
      {"1", 1000},
      {"0.5", 500},
      {"0.05", 50},
      {"0.005", 5},
      {"0.001", 1},
      {"0.010", 10},
      {"1.25", 1250},
      {"1.250", 1250},
      {"007", 7000},
      {"12.345", 12345},
      {"0.0", 0},
      {"399999.999", BELL_DURATION_MAX_US - 1},
      {"400000", BELL_DURATION_MAX_US},
      {"400000.000", BELL_DURATION_MAX_US},
      {"00000000000000000000000000001", 1000},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    string text = {0};
    string_add(&text, "socket A ready %s takes %s\nscript s\n timer t after %s", cases[i].written, cases[i].written,
               cases[i].written);
    reading r = read_good(text.bytes, BELL_BROWSER);
    CHECK_EQUAL(text.bytes, "ready_us", r.scenario.events[0].ready_us, cases[i].us);
    CHECK_EQUAL(text.bytes, "takes_us", r.scenario.statements[0].takes_us, cases[i].us);
    CHECK_EQUAL(text.bytes, "after_us", r.scenario.statements[2].after_us, cases[i].us);
    reading_free(&r);
    string_free(&text);
  }
}

static void a_name_is_any_run_of_characters_or_a_quoted_string(void **state) {
  (void)state;
  static const struct {
    const char *written;
    const char *name;
  } cases[] = {
      {"A", "A"},
      {"ready", "ready"}, /* a word of the language may be a name */
      {"6", "6"},
      {"back\\slash", "back\\slash"},
      {"it's;fine,{here}=", "it's;fine,{here}="},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"\xe9\x97\xa8", "\xe9\x97\xa8"},
      {"\xf0\x9f\x94\x94", "\xf0\x9f\x94\x94"},
      {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"}, /* U+10FFFF, the last one */
      {"\xed\x9f\xbf", "\xed\x9f\xbf"},         /* U+D7FF, before the surrogates */
      {"\xee\x80\x80", "\xee\x80\x80"},         /* U+E000, after them */
      {"\xc2\xa0", "\xc2\xa0"},                 /* U+00A0, after the control characters; a space is U+0020 alone */
      {"\"A\"", "A"},
      {"\"slow report\"", "slow report"},
      {"\"a # is no comment here\"", "a # is no comment here"},
      {"\"say \\\"hi\\\"\"", "say \"hi\""},
      {"\"C:\\\\tmp\\\\\"", "C:\\tmp\\"},
      {"\" \"", " "},
      {"\"a\tb\"", "a\tb"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    string text = {0};
    string_add(&text, "socket %s \"p\" ready 1", cases[i].written);
    reading r = read_good(text.bytes, BELL_MULTIPLEXER);
    CHECK_TEXT(text.bytes, "name", bell_scenario_name(&r.scenario, 0), cases[i].name);
    CHECK_TEXT(text.bytes, "payload", bell_scenario_payload(&r.scenario, 0), "p");
    reading_free(&r);
    string_free(&text);
  }
}

static void an_empty_payload_is_no_payload(void **state) {
  (void)state;
  reading r = read_good("socket A \"\" ready 1", BELL_MULTIPLEXER);
  assert_int_equal(r.scenario.statements[0].payload, 0);
  assert_string_equal(bell_scenario_payload(&r.scenario, 0), "");
  reading_free(&r);
}

/* Texts that mean the same as their neighbor to the right. */
static void spaces_comments_line_ends_and_a_byte_order_mark_do_not_matter(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *plain;
  } cases[] = {
      {"socket A ready 1", "socket A ready 1\n"},
      {"socket A ready 1\r\nsocket B ready 2\r\n", "socket A ready 1\nsocket B ready 2\n"},
      {"socket A ready 1\r\nsocket B ready 2\n", "socket A ready 1\nsocket B ready 2\n"},
      {"\xef\xbb\xbfsocket A ready 1", "socket A ready 1\n"},
      {"\xef\xbb\xbf# remark\r\nsocket A ready 1", "socket A ready 1\n"},
      {"socket\tA\t\"p q\"\t ready \t1\t2\ttakes\t1\t", "socket A \"p q\" ready 1 2 takes 1\n"},
      {"socket   A    ready   1   ", "socket A ready 1\n"},
      {"socket A ready 1 # \"open\n", "socket A ready 1\n"},
      {"socket A ready 1#glued", "socket A ready 1\n"},
      {"socket A ready 1 takes 2# glued", "socket A ready 1 takes 2\n"},
      {"socket \"A\" \"#\" ready 1 # # #", "socket A \"#\" ready 1\n"},
      {"\n\n  # indented remark\nsocket A ready 1\n\n", "socket A ready 1\n"},
      {"socket A ready 1 # caf\xc3\xa9\t\n", "socket A ready 1\n"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    reading r = read_good(cases[i].text, BELL_MULTIPLEXER);
    char *printed = scenario_text(&r.scenario);
    CHECK_TEXT(cases[i].text, "printed", printed, cases[i].plain);
    free(printed);
    reading_free(&r);
  }
}

static void the_depth_of_indentation_is_free_as_long_as_siblings_are_level(void **state) {
  (void)state;
  static const char text[] =
      "script a\n"
      " microtask b\n"
      "       microtask c\n"
      "         microtask d\n"
      "       microtask e\n"
      "# remarks and empty lines do not count\n"
      "   \n"
      " microtask f\n"
      "script g\n"
      "     microtask h\n";
  static const uint16_t depth[] = {0, 1, 2, 3, 2, 1, 0, 1};
  static const uint32_t end[] = {6, 5, 4, 4, 5, 6, 8, 8};
  reading r = read_good(text, BELL_BROWSER);
  CHECK_EQUAL(text, "statements", r.scenario.statement_count, COUNT_OF(depth));
  for (uint32_t i = 0; i < COUNT_OF(depth); i++) {
    CHECK_EQUAL(text, "depth", r.scenario.statements[i].depth, depth[i]);
    CHECK_EQUAL(text, "end", r.scenario.statements[i].end, end[i]);
  }
  reading_free(&r);
}

static void lesson_5_may_repeat_a_name(void **state) {
  (void)state;
  reading r = read_good("timer tick ready 1\ntimer tick ready 2\n  microtask tick\n", BELL_BROWSER);
  assert_int_equal(r.scenario.statement_count, 3);
  reading_free(&r);
}

static void sockets_and_timers_may_be_ready_many_times_even_at_once(void **state) {
  (void)state;
  static const char text[] = "socket s ready 1 1 1.5 4\ntimer t ready 0 0 7";
  static const int64_t ready[] = {1000, 1000, 1500, 4000, 0, 0, 7000};
  reading r = read_good(text, BELL_BROWSER);
  check_events(text, &r.scenario, ready, COUNT_OF(ready));
  reading_free(&r);
}

static void a_kind_is_named_as_the_text_writes_it(void **state) {
  (void)state;
  static const char *const names[BELL_KINDS] = {
      "socket",  "timer",     "promise", "script",    "input",  "listener", "ignore", "watch",   "read",  "write",
      "stop",    "microtask", "tick",    "immediate", "frame",  "then",     "catch",  "finally", "async", "thenable",
      "resolve", "resolve",   "resolve", "reject",    "reject", "await",    "return", "throw",   "leave", "timeout",
      "signal",  "listener",  "keep",    "hand",      "worker", "pipe",     "file"};
  for (int kind = 0; kind < BELL_KINDS; kind++) {
    assert_string_equal(bell_words[kind].text, names[kind]);
  }
}

static void each_host_has_its_name(void **state) {
  (void)state;
  assert_string_equal(bell_host_name(BELL_MULTIPLEXER), "multiplexer");
  assert_string_equal(bell_host_name(BELL_BROWSER), "browser");
  assert_string_equal(bell_host_name(BELL_NODE), "node");
}

/* ---- texts that are wrong ---- */

typedef struct wrong {
  const char *text;
  bell_host host;
  struct {
    bell_problem_code code;
    uint32_t line;
    uint32_t column;
  } problems[6];
  uint32_t count;
  int64_t number; /* of the first problem, where its code carries one */
} wrong;

static char *problems_of(const reading *r) {
  string s = {0};
  string_cut(&s, 0);
  for (size_t i = 0; i < r->problem_count && i < PROBLEMS_KEPT; i++) {
    char *sentence = problem_sentence(&r->problems[i]);
    string_add(&s, "    code %d at %u:%u: %s\n", (int)r->problems[i].code, r->problems[i].line, r->problems[i].column,
               sentence);
    free(sentence);
  }
  return s.bytes;
}

static bool as_expected(const wrong *w, const reading *r) {
  if (r->good || r->problem_count != w->count) return false;
  for (uint32_t i = 0; i < w->count; i++) {
    const bell_problem *problem = &r->problems[i];
    if (problem->code != w->problems[i].code || problem->line != w->problems[i].line ||
        problem->column != w->problems[i].column) {
      return false;
    }
  }
  return w->number == 0 || r->problems[0].number == w->number;
}

/* Goes through the whole table before it fails, so that one run shows all that is off. */
static void check_wrong(const wrong *cases, size_t count) {
  size_t failed = 0;
  for (size_t i = 0; i < count; i++) {
    const wrong *w = &cases[i];
    reading r = read_text(w->text, w->host);
    if (!as_expected(w, &r)) {
      char *found = problems_of(&r);
      print_error("the scenario\n%s\nfound%s\n%s", w->text, r.good ? " nothing wrong" : "", found);
      for (uint32_t p = 0; p < w->count; p++) {
        print_error("    should be code %d at %u:%u\n", (int)w->problems[p].code, w->problems[p].line,
                    w->problems[p].column);
      }
      free(found);
      failed++;
    }
    reading_free(&r);
  }
  assert_int_equal(failed, 0);
}

#define LESSON_4 BELL_MULTIPLEXER
#define LESSON_5 BELL_BROWSER
#define ONE(code, line, column) {{BELL_PROBLEM_##code, line, column}}, 1, 0
#define ONE_NUMBER(code, line, column, number) {{BELL_PROBLEM_##code, line, column}}, 1, number

static const wrong words[] = {
    {"soket A ready 1", LESSON_4, ONE(WORD_SOCKET, 1, 1)},
    {"Socket A ready 1", LESSON_4, ONE(WORD_SOCKET, 1, 1)}, /* words are lower case */
    {"sockets A ready 1", LESSON_4, ONE(WORD_SOCKET, 1, 1)},
    {"sock A ready 1", LESSON_4, ONE(WORD_SOCKET, 1, 1)},
    {"\"socket\" A ready 1", LESSON_4, ONE(WORD_SOCKET, 1, 1)}, /* a word is not quoted */
    {"\n\nsoket A", LESSON_5, ONE(WORD, 3, 1)},
    {"script s\n  mikrotask m", LESSON_5, ONE(WORD, 2, 3)},
    {"setTimeout onTimeout 5", LESSON_5, ONE(WORD_JAVASCRIPT, 1, 1)},
    {"script s\n  console.log(1)", LESSON_5, ONE(WORD_LOG, 2, 3)},
    {"setTimeout onTimeout 5", LESSON_4, ONE(WORD_SOCKET, 1, 1)},
};

static void a_statement_starts_with_a_known_word(void **state) {
  (void)state;
  check_wrong(words, COUNT_OF(words));
}

static const wrong names[] = {
    {"socket", LESSON_4, ONE(NAME_MISSING, 1, 7)},
    {"socket   ", LESSON_4, ONE(NAME_MISSING, 1, 10)},
    {"socket # A", LESSON_4, ONE(NAME_MISSING, 1, 8)},
    {"socket \"\" ready 1", LESSON_4, ONE(NAME_EMPTY, 1, 8)},
    {"socket A ready 1\n# A\nsocket B ready 1\nsocket A ready 2", LESSON_4, ONE_NUMBER(NAME_TWICE, 4, 8, 1)},
    {"socket A ready 1\nsocket \"A\" ready 1", LESSON_4, ONE_NUMBER(NAME_TWICE, 2, 8, 1)},
    {"socket \"a\\\\b\" ready 1\nsocket a\\b ready 1", LESSON_4, ONE_NUMBER(NAME_TWICE, 2, 8, 1)},
};

static void a_statement_has_a_name_and_in_lesson_4_its_own(void **state) {
  (void)state;
  check_wrong(names, COUNT_OF(names));
}

static const wrong quotes[] = {
    {"socket \"A ready 1", LESSON_4, ONE(QUOTE_OPEN, 1, 8)},
    {"socket A \"p ready 1\nsocket B ready 1", LESSON_4, ONE(QUOTE_OPEN, 1, 10)},
    {"socket A \"p\\\" ready 1", LESSON_4, ONE(QUOTE_OPEN, 1, 10)},
    {"socket A \"p # ready 1", LESSON_4, ONE(QUOTE_OPEN, 1, 10)},
    {"socket A \"a\\nb\" ready 1", LESSON_4, ONE(QUOTE_ESCAPE, 1, 12)},
    {"socket A \"\xc3\xa9\xc3\xa9\\t\" ready 1", LESSON_4, ONE(QUOTE_ESCAPE, 1, 13)},
    {"socket A\"p\" ready 1", LESSON_4, ONE(QUOTE_GLUED, 1, 9)},
    {"socket \"A\"ready 1", LESSON_4, ONE(QUOTE_GLUED, 1, 11)},
    {"socket \"A\"\"p\" ready 1", LESSON_4, ONE(QUOTE_GLUED, 1, 11)},
};

static void quoted_strings_end_on_their_line_and_stand_apart(void **state) {
  (void)state;
  check_wrong(quotes, COUNT_OF(quotes));
}

static const wrong clauses[] = {
    {"socket A payload ready 1", LESSON_4, ONE(CLAUSE, 1, 10)}, /* a payload is quoted */
    {"socket A 6", LESSON_4, ONE(CLAUSE, 1, 10)},
    {"socket A Ready 6", LESSON_4, ONE(CLAUSE, 1, 10)},
    {"socket A \"p\" \"q\" ready 6", LESSON_4, ONE(CLAUSE, 1, 14)},
    {"socket A ready 6 ready 7", LESSON_4, ONE(CLAUSE_TWICE, 1, 18)},
    {"socket A ready 6 takes 1 takes 1", LESSON_4, ONE(CLAUSE_TWICE, 1, 26)},
    {"socket A ready 6 after 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 18)},
    {"script s\n  microtask m ready 1", LESSON_5, ONE(CLAUSE_WRONG, 2, 15)},
    {"script s\n  microtask m after 1", LESSON_5, ONE(CLAUSE_WRONG, 2, 15)},
    {"script s\n  timer t after 1 ready 1", LESSON_5, ONE(CLAUSE_WRONG, 2, 19)},
    {"script s\n  timer t after 1 after 1", LESSON_5, ONE(CLAUSE_TWICE, 2, 19)},
    {"script s\n  microtask m forever forever", LESSON_5, ONE(CLAUSE_TWICE, 2, 23)},
    {"script s\n  microtask m forever 3", LESSON_5, ONE(CLAUSE, 2, 23)},
    {"timer t ready 1 forever", LESSON_5, ONE(CLAUSE_WRONG, 1, 17)},
    {"socket A ready 1 closes 2", LESSON_5, ONE(CLAUSE_WRONG, 1, 18)},
    {"socket A never", LESSON_5, ONE(CLAUSE_WRONG, 1, 10)},
    {"socket A ready 1 closes 2 closes 3", LESSON_4, ONE(CLAUSE_TWICE, 1, 27)},
    {"socket A ready 1 closes 2 resets 3", LESSON_4, ONE(CLAUSE_BESIDE, 1, 27)},
    {"socket A never resets 2 closes 3", LESSON_4, ONE(CLAUSE_BESIDE, 1, 25)},
    {"socket A ready 1 never", LESSON_4, ONE(CLAUSE_BESIDE, 1, 18)},
    {"socket A closes 2 never ready 1", LESSON_4, ONE(CLAUSE_BESIDE, 1, 25)},
    {"socket A never 3", LESSON_4, ONE(CLAUSE, 1, 16)},
    {"socket A closes 2", LESSON_4, ONE(READY_MISSING, 1, 18)},
    {"socket A ready 1 closes", LESSON_4, ONE(TIME_MISSING, 1, 24)},
    {"socket A ready 1 closes 2 3", LESSON_4, ONE(CLAUSE, 1, 27)},
    {"socket A ready 1 3 closes 2", LESSON_4, ONE_NUMBER(TIME_BACK, 1, 27, 3000)},
    {"socket A closes 2 ready 1 3", LESSON_4, ONE_NUMBER(TIME_BACK, 1, 17, 3000)},
    {"socket A ready 1 size 4", LESSON_4, ONE(SIZE, 1, 24)},
    {"socket A ready 1 size", LESSON_4, ONE(SIZE, 1, 22)},
    {"socket A ready 1 size 4 kB", LESSON_4, ONE(SIZE, 1, 25)},
    {"socket A ready 1 size 4KB", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 0.5 KB", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 0 KB", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 17 MB", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 16777217 bytes", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 99999999999999999999 bytes", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 size 4 KB size 4 KB", LESSON_4, ONE(CLAUSE_TWICE, 1, 28)},
    {"socket A ready 1 size 4 KB 5", LESSON_4, ONE(CLAUSE, 1, 28)},
    {"socket A ready 1 size 4 KB", LESSON_5, ONE(CLAUSE_WRONG, 1, 18)},
    {"socket A ready 1 buffer", LESSON_4, ONE(SIZE, 1, 24)},
    {"socket A ready 1 buffer 1 KB", LESSON_5, ONE(CLAUSE_WRONG, 1, 18)},
    {"socket A ready 1 reads never", LESSON_5, ONE(CLAUSE_WRONG, 1, 18)},
    {"socket A ready 1 reads", LESSON_4, ONE(SIZE, 1, 23)},
    {"socket A ready 1 reads slowly", LESSON_4, ONE(SIZE, 1, 24)},
    {"socket A ready 1 reads 4 KB", LESSON_4, ONE(READS, 1, 28)},
    {"socket A ready 1 reads 4 KB each 5", LESSON_4, ONE(READS, 1, 29)},
    {"socket A ready 1 reads 4 KB every", LESSON_4, ONE(TIME_MISSING, 1, 34)},
    {"socket A ready 1 reads 4 KB every 0", LESSON_4, ONE(READS, 1, 35)},
    {"socket A ready 1 reads 4 KB every 400000.001", LESSON_4, ONE(DURATION_LARGE, 1, 35)},
    {"socket A ready 1 2 in 2 parts", LESSON_4, ONE(SIZE_MISSING, 1, 20)},
    {"socket A ready 1 2 in 2 parts buffer 1 KB", LESSON_4, ONE(SIZE_MISSING, 1, 20)},
    {"socket A ready 1 2 size 1 KB in 2", LESSON_4, ONE(PARTS, 1, 34)},
    {"socket A ready 1 2 size 1 KB in 0 parts", LESSON_4, ONE(PARTS, 1, 33)},
    {"socket A ready 1 2 size 1 KB in 1001 parts", LESSON_4, ONE(PARTS, 1, 33)},
    {"socket A ready 1 2 size 1 KB in two parts", LESSON_4, ONE(PARTS, 1, 33)},
    {"socket A ready 1 2 size 1 byte in 2 parts", LESSON_4, ONE(PARTS_MANY, 1, 32)},
    {"socket A in 3 parts size 1 KB ready 1 2 3 4", LESSON_4, ONE_NUMBER(PARTS_READY, 1, 10, 2)},
};

static void a_statement_takes_its_own_clauses_once(void **state) {
  (void)state;
  check_wrong(clauses, COUNT_OF(clauses));
}

static const wrong times[] = {
    {"socket A ready", LESSON_4, ONE(TIME_MISSING, 1, 15)},
    {"socket A ready # 1", LESSON_4, ONE(TIME_MISSING, 1, 16)},
    {"socket A ready takes 1", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 1 takes", LESSON_4, ONE(TIME_MISSING, 1, 23)},
    {"script s\n  timer t after", LESSON_5, ONE(TIME_MISSING, 2, 16)},
    {"socket A ready -1", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready +1", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 1e3", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 0x10", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 1,5", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 1.2.3", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready .", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready .5", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 6.", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 6ms", LESSON_4, ONE(TIME, 1, 16)},
    {"socket A ready 1 soon", LESSON_4, ONE(CLAUSE, 1, 18)},
    {"socket A ready \"1\"", LESSON_4, ONE(TIME_MISSING, 1, 16)},
    {"socket A ready \xd9\xa1", LESSON_4, ONE(TIME, 1, 16)}, /* an Arabic digit one */
    {"socket A ready 1 takes -0", LESSON_4, ONE(TIME, 1, 24)},
    {"socket A ready 0.0001", LESSON_4, ONE(TIME_FINE, 1, 16)},
    {"socket A ready 1 2.0000", LESSON_4, ONE(TIME_FINE, 1, 18)},
    {"socket A ready 2000000000.0001", LESSON_4, ONE(TIME_LARGE, 1, 16)},
    {"socket A ready 1000000000.001", LESSON_4, ONE(TIME_LARGE, 1, 16)},
    {"socket A ready 1000000001", LESSON_4, ONE(TIME_LARGE, 1, 16)},
    {"socket A ready 18446744073709551617", LESSON_4, ONE(TIME_LARGE, 1, 16)}, /* 2^64 + 1 */
    {"socket A ready 1 takes 99999999999999999999999999999999999999", LESSON_4, ONE(TIME_LARGE, 1, 24)},
    {"socket A ready 1 takes 400000.001", LESSON_4, ONE(DURATION_LARGE, 1, 24)},
    {"script s\n timer t after 400001", LESSON_5, ONE(DURATION_LARGE, 2, 16)},
    {"socket A ready 3 2", LESSON_4, ONE_NUMBER(TIME_BACK, 1, 18, 3000)},
    {"socket A ready 3 3 2.999", LESSON_4, ONE_NUMBER(TIME_BACK, 1, 20, 3000)},
    {"timer t ready 1.5 1", LESSON_5, ONE_NUMBER(TIME_BACK, 1, 19, 1500)},
    {"promise p ready 1 2", LESSON_5, ONE(TIME_ONE, 1, 19)},
    {"script s ready 1 1", LESSON_5, ONE(TIME_ONE, 1, 18)},
};

static void a_time_is_written_plainly_and_does_not_go_back(void **state) {
  (void)state;
  check_wrong(times, COUNT_OF(times));
}

static const wrong durations[] = {
    {"socket A ready 1 takes 1 2", LESSON_4, ONE(CLAUSE, 1, 26)},
    {"script s\n  timer t after 1 2", LESSON_5, ONE(CLAUSE, 2, 19)},
};

static void a_duration_is_one(void **state) {
  (void)state;
  check_wrong(durations, COUNT_OF(durations));
}

static const wrong missing[] = {
    {"socket A", LESSON_4, ONE(READY_MISSING, 1, 9)},
    {"socket A \"p\"", LESSON_4, ONE(READY_MISSING, 1, 13)},
    {"socket A takes 1", LESSON_4, ONE(READY_MISSING, 1, 17)},
    {"timer t # ready 1", LESSON_5, ONE(READY_MISSING, 1, 9)},
    {"promise p", LESSON_5, ONE(READY_MISSING, 1, 10)},
    {"script s\n  timer t", LESSON_5, ONE(AFTER_MISSING, 2, 10)},
    {"script s\n  timer t takes 2", LESSON_5, ONE(AFTER_MISSING, 2, 18)},
};

static void only_a_script_may_leave_out_its_time(void **state) {
  (void)state;
  check_wrong(missing, COUNT_OF(missing));
}

static const wrong indents[] = {
    {" socket A ready 1", LESSON_4, ONE(INDENT_FIRST, 1, 2)},
    {"# nothing\n  microtask m", LESSON_5, ONE(INDENT_FIRST, 2, 3)},
    {"\xef\xbb\xbf microtask m", LESSON_5, ONE(INDENT_FIRST, 1, 2)},
    {"timer t ready 1\n  socket A ready 1", LESSON_5, ONE(INDENT_SOURCE, 2, 3)},
    {"timer t ready 1\n  script s", LESSON_5, ONE(INDENT_SOURCE, 2, 3)},
    {"script s\n    microtask a\n  microtask b", LESSON_5, ONE(INDENT_UNEVEN, 3, 3)},
    {"script s\n  microtask a\n     microtask b\n    microtask c", LESSON_5, ONE(INDENT_UNEVEN, 4, 5)},
    {"script s\n  microtask a\n     microtask b\n microtask c", LESSON_5, ONE(INDENT_UNEVEN, 4, 2)},
    {"microtask m", LESSON_5, ONE(ACTION_LOOSE, 1, 1)},
    {"script s\nmicrotask m", LESSON_5, ONE(ACTION_LOOSE, 2, 1)},
    {"script s\n\tmicrotask m", LESSON_5, ONE(TAB_INDENT, 2, 1)},
    {"script s\n  \tmicrotask m", LESSON_5, ONE(TAB_INDENT, 2, 3)},
    {"script s\n\t\tmicrotask m", LESSON_5, ONE(TAB_INDENT, 2, 1)},
};

static void sources_stand_at_column_1_and_actions_under_them(void **state) {
  (void)state;
  check_wrong(indents, COUNT_OF(indents));
}

static const wrong hosts[] = {
    {"timeout", LESSON_4, ONE(TIME_MISSING, 1, 8)},
    {"timeout 0", LESSON_4, ONE(EVERY, 1, 9)},
    {"timeout every", LESSON_4, ONE(TIME_MISSING, 1, 14)},
    {"timeout every 400001", LESSON_4, ONE(DURATION_LARGE, 1, 15)},
    {"timeout 5 takes", LESSON_4, ONE(TIME_MISSING, 1, 16)},
    {"timeout 5 ready 6", LESSON_4, ONE(CLAUSE_WRONG, 1, 11)},
    {"timeout 5 6", LESSON_4, ONE(CLAUSE, 1, 11)},
    {"timeout 5\ntimeout every 6", LESSON_4, ONE(CLAUSE_TWICE, 2, 1)},
    {"timeout 5\nsocket timeout ready 6", LESSON_4, ONE_NUMBER(NAME_TWICE, 2, 8, 1)},
    {"timeout 5\n  ignore end", LESSON_4, ONE(PROMISE_BARE, 2, 3)},
    {"timeout 0.001\nsocket A ready 1000000000", LESSON_4, ONE(EVENTS, 1, 1)},
    {"timeout 5", LESSON_5, ONE(WORD, 1, 1)},
    {"signal S", LESSON_4, ONE(READY_MISSING, 1, 9)},
    {"signal S ready 3 takes 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 18)},
    {"signal S ready 3\n  leave unread", LESSON_4, ONE(PROMISE_BARE, 2, 3)},
    {"socket A ready 1 fd", LESSON_4, ONE_NUMBER(FD, 1, 20, 1024)},
    {"socket A ready 1 fd 1023", LESSON_4, ONE_NUMBER(FD, 1, 21, 1024)},
    {"socket A ready 1 fd 65536", LESSON_4, ONE_NUMBER(FD, 1, 21, 1024)},
    {"socket A fd 1500 ready 1\nsocket B ready 1 fd 1500", LESSON_4, ONE_NUMBER(FD, 2, 21, 1501)},
    {"timer T ready 1 fd 1500", LESSON_4, ONE(CLAUSE_WRONG, 1, 17)},
    {"socket A ready 1 fd 1500", LESSON_5, ONE(CLAUSE_WRONG, 1, 18)},
    {"listener L", LESSON_4, ONE(READY_MISSING, 1, 11)},
    {"listener L ready 1 closes 2", LESSON_4, ONE(CLAUSE_WRONG, 1, 20)},
    {"listener L ready 1 never", LESSON_4, ONE(CLAUSE_BESIDE, 1, 20)},
    {"listener L ready 1 descriptors", LESSON_4, ONE(DESCRIPTORS, 1, 31)},
    {"listener L ready 1 descriptors 0", LESSON_4, ONE(DESCRIPTORS, 1, 32)},
    {"listener L ready 1 descriptors 1000001", LESSON_4, ONE(DESCRIPTORS, 1, 32)},
    {"listener L ready 1 descriptors 1 2", LESSON_4, ONE(CLAUSE, 1, 34)},
    {"listener L ready 1 descriptors 1\nlistener M never", LESSON_4, ONE(DESCRIPTORS_ONE, 2, 1)},
    {"listener L never\nsocket A ready 1\nlistener M ready 1 descriptors 1", LESSON_4, ONE(DESCRIPTORS_ONE, 3, 1)},
    {"listener L ready 1\n  keep spare", LESSON_4, ONE(NO_BOUND, 2, 3)},
    {"listener L ready 1 descriptors 1\n  keep spare\n  keep spare", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"listener L ready 1 descriptors 1\n  keep", LESSON_4, ONE(NAME_MISSING, 2, 7)},
    {"listener L ready 1 descriptors 1\n  ignore end", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 1\n  keep spare", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 1 descriptors 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 18)},
    {"socket A ready 1 takes 2\n  hand over", LESSON_4, ONE(WORKER_MISSING, 2, 1)},
    {"worker W\nsocket A ready 1\n  hand over\n  hand over", LESSON_4, ONE(CLAUSE_TWICE, 4, 3)},
    {"worker W\nsocket A ready 1\n  hand", LESSON_4, ONE(NAME_MISSING, 3, 7)},
    {"worker W\nsocket A ready 1\n  hand on", LESSON_4, ONE(HANDLER, 3, 8)},
    {"worker W ready 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 10)},
    {"worker W threads", LESSON_4, ONE(THREADS, 1, 17)},
    {"worker W threads 0", LESSON_4, ONE(THREADS, 1, 18)},
    {"worker W threads 65", LESSON_4, ONE(THREADS, 1, 18)},
    {"worker W threads 2 threads 2", LESSON_4, ONE(CLAUSE_TWICE, 1, 20)},
    {"socket A ready 1 threads 2", LESSON_4, ONE(CLAUSE_WRONG, 1, 18)},
    {"worker W\n  hand over", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"timer T ready 1\n  hand over\nworker W", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"worker W\nworker V", LESSON_4, ONE(CLAUSE_TWICE, 2, 1)},
    {"worker", LESSON_4, ONE(NAME_MISSING, 1, 7)},
    {"worker W", LESSON_5, ONE(WORD, 1, 1)},
    {"pipe P", LESSON_4, ONE(READY_MISSING, 1, 7)},
    {"pipe P ready 1 resets 2", LESSON_4, ONE(CLAUSE_WRONG, 1, 16)},
    {"pipe P ready 1 buffer 4 KB", LESSON_4, ONE(CLAUSE_WRONG, 1, 16)},
    {"pipe P ready 1 fd 1500", LESSON_4, ONE(CLAUSE_WRONG, 1, 16)},
    {"pipe P ready 2 closes 1", LESSON_4, ONE(TIME_BACK, 1, 23)},
    {"pipe P ready 1\n  write 4 KB", LESSON_4, ONE(PIPE, 2, 3)},
    {"pipe P ready 1\n  watch write", LESSON_4, ONE(PIPE, 2, 3)},
    {"pipe P ready 1\n  stop watching", LESSON_4, ONE(PIPE, 2, 3)},
    {"pipe P ready 1\n  leave unread", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"pipe P ready 1\n  ignore end", LESSON_4, ONE(NO_END, 2, 3)},
    {"pipe P ready 1\n  read up to 1 KB", LESSON_4, ONE(NO_SIZE, 2, 3)},
    {"pipe P ready 1", LESSON_5, ONE(WORD, 1, 1)},
    {"file F", LESSON_4, ONE(FILE_READS, 1, 7)},
    {"file F reads 0", LESSON_4, ONE(FILE_READS, 1, 14)},
    {"file F reads never", LESSON_4, ONE(FILE_READS, 1, 14)},
    {"file F reads", LESSON_4, ONE(FILE_READS, 1, 13)},
    {"file F reads 4 KB every 2", LESSON_4, ONE(CLAUSE, 1, 16)},
    {"file F reads 10000000 takes 1", LESSON_4, ONE(EVENTS, 1, 1)},
    {"file F ready 1 reads 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 8)},
    {"file F reads 1 closes 1", LESSON_4, ONE(CLAUSE_WRONG, 1, 16)},
    {"file F reads 1\n  hand over\nworker W", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"file F reads 1\n  write 1 KB", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"file F reads 1\n  ignore end\n  ignore end", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"file F reads 1", LESSON_5, ONE(WORD, 1, 1)},
    {"timer t", LESSON_4, ONE(READY_MISSING, 1, 8)},
    {"timer t ready 1 2", LESSON_4, ONE(TIME_ONE, 1, 17)},
    {"timer t never", LESSON_4, ONE(CLAUSE_WRONG, 1, 9)},
    {"timer t every 10", LESSON_4, ONE(UNTIL_MISSING, 1, 17)},
    {"timer t until 10", LESSON_4, ONE(READY_MISSING, 1, 17)},
    {"timer t every 0 until 10", LESSON_4, ONE(EVERY, 1, 15)},
    {"timer t every 400001 until 500000", LESSON_4, ONE(DURATION_LARGE, 1, 15)},
    {"timer t every 10 until 9.999", LESSON_4, ONE_NUMBER(TIME_BACK, 1, 24, 10000)},
    {"timer t every 10 until 50 ready 5", LESSON_4, ONE(TIMER_BESIDE, 1, 27)},
    {"timer t ready 5 every 10", LESSON_4, ONE(TIMER_BESIDE, 1, 17)},
    {"timer t ready 5 until 10", LESSON_4, ONE(TIMER_BESIDE, 1, 17)},
    {"timer t every 0.001 until 1000000000", LESSON_4, ONE(EVENTS, 1, 1)},
    {"timer t every 10 until 50", LESSON_5, ONE(CLAUSE_WRONG, 1, 9)},
    {"socket A every 10 until 50", LESSON_4, ONE(CLAUSE_WRONG, 1, 10)},
    {"timer t ready 5\n  leave", LESSON_4, ONE(NAME_MISSING, 2, 8)},
    {"timer t ready 5\n  leave it", LESSON_4, ONE(HANDLER, 2, 9)},
    {"timer t ready 5\n  leave unread\n  leave unread", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"timer t ready 5\n  ignore end", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 5\n  leave unread", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"leave unread", LESSON_4, ONE(ACTION_LOOSE, 1, 1)},
    {"script s\n  leave unread", LESSON_5, ONE(WORD, 2, 3)},
    {"promise p ready 1", LESSON_4, ONE(HOST_SOCKETS, 1, 1)},
    {"socket A ready 1\nscript s", LESSON_4, ONE(HOST_SOCKETS, 2, 1)},
    {"socket A ready 1\n  microtask m", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 1\n  timer t after 1", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 1\n  wait", LESSON_4, ONE(HOST_ACTIONS, 2, 3)},
    {"socket A ready 1 closes 2\n  ignore end\n    ignore end", LESSON_4, ONE(HOST_ACTIONS, 3, 5)},
    {"ignore end", LESSON_4, ONE(ACTION_LOOSE, 1, 1)},
    {"socket A ready 1\n  ignore end", LESSON_4, ONE(NO_END, 2, 3)},
    {"socket A never\n  ignore end", LESSON_4, ONE(NO_END, 2, 3)},
    {"socket A ready 1 closes 2\nsocket B ready 1\n  ignore end", LESSON_4, ONE(NO_END, 3, 3)},
    {"socket A ready 1 closes 2\n  ignore it", LESSON_4, ONE(HANDLER, 2, 10)},
    {"socket A ready 1\n  watch read", LESSON_4, ONE(HANDLER, 2, 9)},
    {"socket A ready 1\n  watch write\n  watch write", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"script s\n  watch write", LESSON_5, ONE(WORD, 2, 3)},
    {"script s\n  read up to 1 KB", LESSON_5, ONE(WORD, 2, 3)},
    {"read up to 1 KB", LESSON_4, ONE(ACTION_LOOSE, 1, 1)},
    {"socket A ready 1\n  read up to 1 KB", LESSON_4, ONE(NO_SIZE, 2, 3)},
    {"socket A ready 1 size 4 KB\nsocket B ready 1\n  read up to 1 KB", LESSON_4, ONE(NO_SIZE, 3, 3)},
    {"socket A ready 1 buffer 1 KB\n  read up to 1 KB", LESSON_4, ONE(NO_SIZE, 2, 3)},
    {"socket A ready 1 size 4 KB\n  read", LESSON_4, ONE(NAME_MISSING, 2, 7)},
    {"socket A ready 1 size 4 KB\n  read 1 KB", LESSON_4, ONE(HANDLER, 2, 8)},
    {"socket A ready 1 size 4 KB\n  read up 1 KB", LESSON_4, ONE(HANDLER, 2, 11)},
    {"socket A ready 1 size 4 KB\n  read up to", LESSON_4, ONE(SIZE, 2, 13)},
    {"socket A ready 1 size 4 KB\n  read up to 1 KB 2", LESSON_4, ONE(CLAUSE, 2, 19)},
    {"socket A ready 1 size 4 KB\n  read up to 1 KB\n  read up to 2 KB", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"write 1 KB", LESSON_4, ONE(ACTION_LOOSE, 1, 1)},
    {"script s\n  write 1 KB", LESSON_5, ONE(WORD, 2, 3)},
    {"script s\n  stop watching", LESSON_5, ONE(WORD, 2, 3)},
    {"socket A ready 1\n  write", LESSON_4, ONE(SIZE, 2, 8)},
    {"socket A ready 1\n  write much", LESSON_4, ONE(SIZE, 2, 9)},
    {"socket A ready 1\n  write 1 KB or wait", LESSON_4, ONE(CLAUSE, 2, 14)},
    {"socket A ready 1\n  write 1 KB and", LESSON_4, ONE(AND, 2, 17)},
    {"socket A ready 1\n  write 1 KB and see", LESSON_4, ONE(AND, 2, 18)},
    {"socket A ready 1\n  write 1 KB and wait and forget", LESSON_4, ONE(CLAUSE_TWICE, 2, 23)},
    {"socket A ready 1\n  write 1 KB\n  write 1 KB", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"socket A ready 1\n  stop", LESSON_4, ONE(NAME_MISSING, 2, 7)},
    {"socket A ready 1\n  stop it", LESSON_4, ONE(HANDLER, 2, 8)},
    {"socket A ready 1\n  stop watching", LESSON_4, ONE(NO_WRITE, 2, 3)},
    {"socket A ready 1\n  stop watching\n  write 1 KB", LESSON_4, ONE(NO_WRITE, 2, 3)},
    {"socket A ready 1 buffer 1 KB\n  stop watching", LESSON_4, ONE(NO_WRITE, 2, 3)},
    {"socket A ready 1\n  write 1 KB\nsocket B ready 1\n  stop watching", LESSON_4, ONE(NO_WRITE, 4, 3)},
    {"socket A ready 1\n  write 1 KB\n  stop watching\n  stop watching", LESSON_4, ONE(CLAUSE_TWICE, 4, 3)},
    {"socket A ready 1\n  write 1 KB and wait\n  stop watching", LESSON_4, ONE(WATCHING, 3, 3)},
    {"socket A ready 1\n  write 1 KB and forget\n  stop watching", LESSON_4, ONE(WATCHING, 3, 3)},
    {"socket A ready 1\n  write 1 KB\n  watch write\n  stop watching", LESSON_4, ONE(WATCHING, 4, 3)},
    {"socket A ready 1\n  write 1 KB\n  stop watching\n  watch write", LESSON_4, ONE(WATCHING, 4, 3)},
    {"socket A ready 1\n  write 1 KB and wait\n  watch write", LESSON_4, ONE(WATCHING, 3, 3)},
    {"socket A ready 1\n  watch write\n  write 1 KB and forget", LESSON_4, ONE(WATCHING, 3, 3)},
    {"socket A ready 1 closes 2\n  ignore", LESSON_4, ONE(NAME_MISSING, 2, 9)},
    {"socket A ready 1 closes 2\n  ignore end ready 2", LESSON_4, ONE(CLAUSE_WRONG, 2, 14)},
    {"socket A ready 1 closes 2\n  ignore end\n  ignore end", LESSON_4, ONE(CLAUSE_TWICE, 3, 3)},
    {"script s\n  ignore end", LESSON_5, ONE(WORD, 2, 3)},
    {"ignore end", LESSON_5, ONE(WORD, 1, 1)},
    {"script s\n  tick t", LESSON_5, ONE(HOST_NODE, 2, 3)},
    {"script s\n  immediate i", LESSON_5, ONE(HOST_NODE, 2, 3)},
    {"input i ready 1", LESSON_4, ONE(HOST_SOCKETS, 1, 1)},
    {"script s\n  frame f", BELL_NODE, ONE(HOST_BROWSER, 2, 3)},
    {"input i ready 1", BELL_NODE, ONE(HOST_BROWSER, 1, 1)},
    {"script s\nscript t", BELL_NODE, ONE(HOST_SCRIPT, 2, 1)},
    {"timer t ready 0\nscript s ready 1", BELL_NODE, ONE(HOST_SCRIPT, 2, 1)},
};

static void a_statement_that_the_host_cannot_run_is_an_error(void **state) {
  (void)state;
  check_wrong(hosts, COUNT_OF(hosts));
}

static const wrong promises[] = {
    {"script s\n  then f of p", LESSON_5, ONE(PROMISE_UNKNOWN, 2, 13)},
    {"script s\n  resolve \"p q\"", BELL_NODE, ONE(PROMISE_UNKNOWN, 2, 11)},
    {"script s\n  promise p\n  resolve p with q", LESSON_5, ONE(PROMISE_UNKNOWN, 3, 18)},
    {"script s\n  microtask m\n    promise p\n  resolve p", LESSON_5, ONE(PROMISE_UNKNOWN, 4, 11)}, /* further in */
    {"script s\n  promise p\nscript t\n  resolve p", LESSON_5, ONE(PROMISE_UNKNOWN, 4, 11)},        /* elsewhere */
    {"script s\n  async f\n    return f", LESSON_5, ONE(PROMISE_UNKNOWN, 3, 12)},                   /* itself */
    {"promise p ready 1\n  resolve p", LESSON_5, ONE(PROMISE_SOURCE, 2, 11)},
    {"promise p ready 1\nscript s\n  then x of p", LESSON_5, ONE_NUMBER(PROMISE_SOURCE, 3, 13, 1000)},
    {"promise p ready 2\nscript s\n  async f\n    await p", LESSON_5, ONE_NUMBER(PROMISE_SOURCE, 4, 11, 2000)},
    {"script s\n  async f\n    await forever", LESSON_5, ONE(PROMISE_CLAUSE, 3, 11)},
    {"script s\n  async f\n    return after 3", LESSON_5, ONE(PROMISE_CLAUSE, 3, 12)},
    {"script s\n  promise p\n  resolve after 3", LESSON_5, ONE(NAME_MISSING, 3, 11)},
    {"script s\n  promise p\n  then of p", LESSON_5, ONE(NAME_MISSING, 3, 8)},
    {"script s\n  resolve p\n  promise p", LESSON_5, ONE(PROMISE_UNKNOWN, 2, 11)}, /* too early */
    {"script s\n  promise p\n  then f", LESSON_5, ONE(PROMISE_OF_MISSING, 3, 9)},
    {"script s\n  thenable t\n  then f of t", LESSON_5, ONE(PROMISE_THENABLE, 3, 13)},
    {"script s\n  async f\n  resolve f", LESSON_5, ONE(PROMISE_SETTLES, 3, 11)},
    {"script s\n  thenable t\n  reject t", LESSON_5, ONE(PROMISE_SETTLES, 3, 10)},
    {"timer t ready 1 2\n  promise p", LESSON_5, ONE(PROMISE_OFTEN, 2, 3)},
    {"script s\n  microtask m forever\n    microtask n\n      async f", LESSON_5, ONE(PROMISE_OFTEN, 4, 7)},
    {"script s\n  await", LESSON_5, ONE(PROMISE_PLACE, 2, 3)},
    {"script s\n  async f\n    microtask m\n      await", LESSON_5, ONE(PROMISE_PLACE, 4, 7)},
    {"script s\n  promise p\n  then f of p\n    await p", LESSON_5, ONE(PROMISE_PLACE, 4, 5)},
    {"script s\n  throw", LESSON_5, ONE(PROMISE_PLACE, 2, 3)},
    {"script s\n  return", LESSON_5, ONE(PROMISE_PLACE, 2, 3)},
    {"script s\n  async f\n    return\n    microtask m", LESSON_5, ONE(PROMISE_OVER, 4, 5)},
    {"script s\n  async f\n    throw\n    throw", LESSON_5, ONE(PROMISE_OVER, 4, 5)},
    {"script s\n  promise p\n    microtask m", LESSON_5, ONE(PROMISE_BARE, 3, 5)},
    {"listener unhandledRejection\n  microtask m", LESSON_5, ONE(PROMISE_BARE, 2, 3)},
    {"listener click", LESSON_5, ONE(LISTENER, 1, 10)},
    {"listener", LESSON_5, ONE(NAME_MISSING, 1, 9)},
    {"listener unhandledRejection ready 2", LESSON_5, ONE(CLAUSE_WRONG, 1, 29)},
    {"script s\n  listener unhandledRejection", LESSON_5, ONE(INDENT_SOURCE, 2, 3)},
    {"listener unhandledRejection", LESSON_4, ONE(READY_MISSING, 1, 28)},
    {"script s\n  async f\n    await\n      microtask m", LESSON_5, ONE(PROMISE_BARE, 4, 7)},
    {"script s\n  promise p ready 1", LESSON_5, ONE(CLAUSE_WRONG, 2, 13)},
    {"script s\n  promise p\n  resolve p with p after 1", LESSON_5, ONE(CLAUSE_WRONG, 3, 20)},
    {"script s\n  promise p\n  resolve p after 1 with p", LESSON_5, ONE(CLAUSE_WRONG, 3, 21)},
    {"script s\n  promise p\n  reject p with p", LESSON_5, ONE(CLAUSE_WRONG, 3, 12)},
    {"script s\n  promise p\n  then f of p forever", LESSON_5, ONE(CLAUSE_WRONG, 3, 15)},
    {"script s\n  async f takes 1", LESSON_5, ONE(CLAUSE_WRONG, 2, 11)},
    {"script s\n  promise p\n  then f of p of p", LESSON_5, ONE(CLAUSE_TWICE, 3, 15)},
    {"script s\n  microtask m of p", LESSON_5, ONE(CLAUSE_WRONG, 2, 15)},
    {"script s\n  promise p \"payload\"", LESSON_5, ONE(CLAUSE, 2, 13)},
    {"script s\n  promise p\n  then f of", LESSON_5, ONE(NAME_MISSING, 3, 12)},
    {"script s\n  resolve", LESSON_5, ONE(NAME_MISSING, 2, 10)},
    {"script s\n  async f\n    throw f", LESSON_5, ONE(CLAUSE, 3, 11)},
    {"async f", LESSON_5, ONE(ACTION_LOOSE, 1, 1)},
    {"script s\n  promis p\n  resolve p\n  then f of p\n    return f", LESSON_5, ONE(WORD, 2, 3)}, /* one mistake */
};

static void promises_are_made_before_they_are_named_and_where_code_runs_once(void **state) {
  (void)state;
  check_wrong(promises, COUNT_OF(promises));
}

static const wrong several[] = {
    {"soket A\nsocket B\nsocket C ready x\n# fine\nsocket D ready 1\n\tsocket E",
     LESSON_4,
     {{BELL_PROBLEM_WORD_SOCKET, 1, 1},
      {BELL_PROBLEM_READY_MISSING, 2, 9},
      {BELL_PROBLEM_TIME, 3, 16},
      {BELL_PROBLEM_TAB_INDENT, 6, 1}},
     4,
     0},
    {"timer t ready 2 1\n  microtask m after 1\npromise p ready 1 2\n  tick k\n",
     LESSON_5,
     {{BELL_PROBLEM_TIME_BACK, 1, 17},
      {BELL_PROBLEM_CLAUSE_WRONG, 2, 15},
      {BELL_PROBLEM_TIME_ONE, 3, 19},
      {BELL_PROBLEM_HOST_NODE, 4, 3}},
     4,
     0},
    {"soket A ready 1\r\n\r\nsoket B ready 1\r\n",
     LESSON_4,
     {{BELL_PROBLEM_WORD_SOCKET, 1, 1}, {BELL_PROBLEM_WORD_SOCKET, 3, 1}},
     2,
     0},
    {"socket A ready 1\nsocket A ready 1\nsocket A ready 1",
     LESSON_4,
     {{BELL_PROBLEM_NAME_TWICE, 2, 8}, {BELL_PROBLEM_NAME_TWICE, 3, 8}},
     2,
     1},
    {"socket \xc3\xa9\xc3\xa9 ready -1\nsocket \xf0\x9f\x94\x94 ready -1\n\xef\xbb\xbfsocket A ready 1",
     LESSON_4,
     {{BELL_PROBLEM_TIME, 1, 17},
      {BELL_PROBLEM_TIME, 2, 16},
      {BELL_PROBLEM_WORD_SOCKET, 3, 1}}, /* the mark only at the start */
     3,
     0},
    {"\xef\xbb\xbfsocket A ready -1", LESSON_4, {{BELL_PROBLEM_TIME, 1, 16}}, 1, 0},
};

static void the_whole_text_is_read_and_each_problem_has_its_place(void **state) {
  (void)state;
  check_wrong(several, COUNT_OF(several));
}

/* One mistake, one error: what stands under a wrong source is still read as its actions. */
static const wrong echoes[] = {
    {"tmer t ready 1\n  microtask m\n    microtask n\n  timer r after 1", LESSON_5, ONE(WORD, 1, 1)},
    {"timer t\n  microtask m\n    microtask n", LESSON_5, ONE(READY_MISSING, 1, 8)},
    {"script s\n  mikrotask m\n    microtask n\n  microtask o", LESSON_5, ONE(WORD, 2, 3)},
    {"script s\n  tick t\n    microtask n", LESSON_5, ONE(HOST_NODE, 2, 3)},
    {"script \x01\n  microtask n", LESSON_5, ONE(CONTROL, 1, 8)},
    {"script \xff\n  microtask n", LESSON_5, ONE(BYTES, 1, 8)},
    {"script s\n  microtask \xff\n      microtask n\n  microtask o", LESSON_5, ONE(BYTES, 2, 13)},
};

static void one_mistake_gives_one_problem(void **state) {
  (void)state;
  check_wrong(echoes, COUNT_OF(echoes));
}

static const wrong characters[] = {
    {"socket A\x01 ready 1", LESSON_4, ONE(CONTROL, 1, 9)},
    {"socket A \"\x1f\" ready 1", LESSON_4, ONE(CONTROL, 1, 11)},
    {"socket A ready 1 # \x7f", LESSON_4, ONE(CONTROL, 1, 20)},
    {"socket A ready 1 \xc2\x80", LESSON_4, ONE(CONTROL, 1, 18)},
    {"socket A ready 1 # \xc2\x9f", LESSON_4, ONE(CONTROL, 1, 20)},
    {"socket A\r ready 1", LESSON_4, ONE(CONTROL, 1, 9)}, /* a CR that ends no line */
    {"socket A ready 1\r\r\n", LESSON_4, ONE(CONTROL, 1, 17)},
    {"socket A ready 1\r", LESSON_4, ONE(CONTROL, 1, 17)},
    {"socket A\v ready 1", LESSON_4, ONE(CONTROL, 1, 9)},
    {"socket A\f ready 1", LESSON_4, ONE(CONTROL, 1, 9)},
    {"socket A\x1b ready 1", LESSON_4, ONE(CONTROL, 1, 9)},
    {"socket A \"\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)}, /* a continuation without a start */
    {"socket A \"\xff\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xc0\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)}, /* overlong: two bytes */
    {"socket A \"\xc1\xbf\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xe0\x9f\xbf\" ready 1", LESSON_4, ONE(BYTES, 1, 11)}, /* overlong: three bytes */
    {"socket A \"\xf0\x8f\xbf\xbf\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xed\xa0\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)}, /* surrogates */
    {"socket A \"\xed\xbf\xbf\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xf4\x90\x80\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)}, /* above U+10FFFF */
    {"socket A \"\xf5\x80\x80\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xf8\x88\x80\x80\x80\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},
    {"socket A \"\xe2\x82\" ready 1", LESSON_4, ONE(BYTES, 1, 11)},                 /* cut short by a quote */
    {"socket A ready 1 # \xe2\x82\nsocket B ready 1", LESSON_4, ONE(BYTES, 1, 20)}, /* by a line's end */
    {"socket A ready 1 # \xf0\x9f\x94", LESSON_4, ONE(BYTES, 1, 20)},               /* by the text's end */
    {"socket A ready 1 # \xc3", LESSON_4, ONE(BYTES, 1, 20)},
    {"# \xff\nsoket\n", LESSON_4, {{BELL_PROBLEM_BYTES, 1, 3}, {BELL_PROBLEM_WORD_SOCKET, 2, 1}}, 2, 0},
};

static void control_characters_and_broken_utf8_are_errors_everywhere(void **state) {
  (void)state;
  check_wrong(characters, COUNT_OF(characters));
}

static void every_control_character_but_tab_and_line_ends_is_an_error(void **state) {
  (void)state;
  for (unsigned c = 0; c < 0xa0; c++) {
    if (c == '\n' || (c >= 0x20 && c < 0x7f)) continue;
    string text = {0};
    string_add(&text, "socket A ready 1 # ");
    if (c < 0x80) {
      char byte = (char)c;
      string_add_bytes(&text, &byte, 1);
    } else {
      char bytes[2] = {(char)0xc2, (char)c};
      string_add_bytes(&text, bytes, 2);
    }
    string_add(&text, ".\n");
    reading r = read_bytes(text.bytes, text.length, BELL_MULTIPLEXER);
    if (c == '\t') {
      assert_true(r.good);
    } else {
      if (r.problem_count != 1) fail_msg("U+%04X gives %zu problems, should give 1", c, r.problem_count);
      assert_int_equal(r.problems[0].code, BELL_PROBLEM_CONTROL);
      assert_int_equal(r.problems[0].column, 20);
    }
    reading_free(&r);
    string_free(&text);
  }
}

/* ---- bounds ---- */

static void keep(void *context, const bell_problem *problem) {
  reading *r = context;
  if (r->problem_count < PROBLEMS_KEPT) r->problems[r->problem_count] = *problem;
  r->problem_count++;
}

static void check_only(const string *text, bell_host host, int code) {
  reading r = read_bytes(text->bytes, text->length, host);
  if (code < 0 ? !r.good : r.problem_count != 1 || (int)r.problems[0].code != code) {
    char *found = problems_of(&r);
    fail_msg("expected %s, code %d; found\n%s", code < 0 ? "nothing wrong" : "one problem", code, found);
  }
  reading_free(&r);
}

static void add_times(string *text, const char *one, uint32_t count) {
  size_t length = strlen(one);
  for (; count > 0; count--) string_add_bytes(text, one, length);
}

static void a_line_has_at_most_64_kib(void **state) {
  (void)state;
  static const struct {
    size_t length;
    int code;
  } cases[] = {{BELL_LINE_MAX, -1}, {BELL_LINE_MAX + 1, BELL_PROBLEM_LINE_LONG}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    for (int what = 0; what < 3; what++) {
      string text = {0};
      string_add(&text, what == 0 ? "# " : what == 1 ? "socket " : "socket A ready 1");
      const char *filling = what == 2 ? " " : "x";
      size_t tail = what == 1 ? strlen(" ready 1") : 0;
      add_times(&text, filling, (uint32_t)(cases[i].length - tail - text.length));
      if (what == 1) string_add(&text, " ready 1");
      assert_int_equal(text.length, cases[i].length);
      string_add(&text, "\nsocket B ready 1\n");
      check_only(&text, BELL_MULTIPLEXER, cases[i].code);
      string_free(&text);
    }
  }
}

static void actions_nest_at_most_256_deep(void **state) {
  (void)state;
  for (int depth = BELL_NESTING_MAX; depth <= BELL_NESTING_MAX + 1; depth++) {
    string text = {0};
    string_add(&text, "script s\n");
    for (int i = 1; i <= depth; i++) string_add(&text, "%*smicrotask m%d\n", i, "", i);
    check_only(&text, BELL_BROWSER, depth <= BELL_NESTING_MAX ? -1 : BELL_PROBLEM_INDENT_DEEP);
    string_free(&text);
  }
}

/* One source with `times` ready times and `actions` actions: times * (1 + actions) events in a run. */
static void a_run_has_at_most_10_million_events(void **state) {
  (void)state;
  static const struct {
    uint32_t times;
    uint32_t actions;
    int code;
  } cases[] = {
      {10000, 999, -1}, {10000, 1000, BELL_PROBLEM_EVENTS}, {32000, 140000, BELL_PROBLEM_EVENTS}, /* more than 2^32 */
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    string text = {0};
    string_add(&text, "timer t ready");
    add_times(&text, " 0", cases[i].times);
    string_add(&text, "\n");
    add_times(&text, " microtask m\n", cases[i].actions);
    reading r = read_bytes(text.bytes, text.length, BELL_BROWSER);
    assert_int_equal(r.problem_count, cases[i].code < 0 ? 0 : 1);
    if (r.good) assert_int_equal(r.scenario.run_count, cases[i].times * (1 + cases[i].actions));
    else assert_int_equal(r.problems[0].code, cases[i].code);
    reading_free(&r);
    string_free(&text);
  }
}

/* The first A never becomes a statement; the second must not be compared with what is not there. */
static void after_a_bound_was_passed_names_are_still_compared_safely(void **state) {
  (void)state;
  string text = {0};
  for (uint32_t line = 0; line * 30000 < BELL_EVENTS_MAX; line++) {
    string_add(&text, "socket S%u ready", line);
    add_times(&text, " 0", 30000);
    string_add(&text, "\n");
  }
  string_add(&text, "socket A ready 1\nsocket A ready 1\nsocket A ready 1\n");
  reading r = read_bytes(text.bytes, text.length, BELL_MULTIPLEXER);
  assert_true(r.problem_count >= 1);
  assert_int_equal(r.problems[0].code, BELL_PROBLEM_EVENTS);
  for (size_t i = 1; i < r.problem_count; i++) assert_int_equal(r.problems[i].code, BELL_PROBLEM_NAME_TWICE);
  reading_free(&r);
  string_free(&text);
}

/* As one would do it byte by byte. */
static void check_measure(const string *text) {
  bell_scenario_text measured = bell_scenario_measure(text->bytes, text->length);
  uint32_t line_count = 1;
  uint32_t time_count = 0;
  bool is_plain = true;
  for (size_t i = 0; i < text->length; i++) {
    unsigned char byte = (unsigned char)text->bytes[i];
    bool is_space = byte == ' ' || byte == '\t';
    if (byte == '\n') line_count++;
    if (is_space && i + 1 < text->length && isdigit((unsigned char)text->bytes[i + 1])) time_count++;
    if (byte >= 0x7F || (byte < ' ' && byte != '\t' && byte != '\n')) is_plain = false;
  }
  CHECK_EQUAL(text->bytes, "lines", measured.lines, line_count);
  CHECK_EQUAL(text->bytes, "times", measured.times, time_count);
  CHECK_EQUAL(text->bytes, "is_plain", measured.is_plain, is_plain);
}

static void a_text_is_measured_many_bytes_at_a_time(void **state) {
  (void)state;
  static const char *const pieces[] = {"\n", " 1", "\t9", "x", " /", " :", "\n\n 0", "\x7f", "\x1f", "\xff", "\r"};
  enum { ALL_PLAIN = 7 };
  string text = {0};
  uint64_t chance = 1;
  for (size_t length = 0; length < 5000; length += 1 + length / 20) {
    for (uint32_t one = 0; one < COUNT_OF(pieces); one++) { /* it alone; and behind a random text */
      string_cut(&text, 0);
      while (text.length < length) string_add(&text, "%s", pieces[one]);
      check_measure(&text);
      string_cut(&text, 0);
      while (text.length < length) string_add(&text, "%s", pieces[random_below(&chance, ALL_PLAIN)]);
      string_add(&text, "%s", pieces[one]);
      check_measure(&text);
    }
  }
  string_free(&text);
}

/* What bell_step and JavaScript stand on: 2^53. */
static void no_run_can_end_after_the_last_exact_number(void **state) {
  (void)state;
  assert_true(BELL_TIME_MAX_US + 2 * (int64_t)BELL_EVENTS_MAX * BELL_DURATION_MAX_US < INT64_C(1) << 53);
}

static void an_arena_too_small_is_a_problem_and_never_a_crash(void **state) {
  (void)state;
  static const char text[] =
      "timer t \"payload\" ready 1 2 3 takes 0.5\n  microtask \"a b\"\n    timer c after 1\nscript s\n";
  static const char twice[] = "socket A ready 1\nsocket B ready 1\nsocket A ready 1";
  for (int host = 0; host < BELL_HOSTS; host++) {
    const char *bytes = host == BELL_MULTIPLEXER ? twice : text;
    bell_scenario_text measured = bell_scenario_measure(bytes, strlen(bytes));
    size_t needed = bell_scenario_memory(measured);
    for (size_t capacity = 0; capacity <= needed; capacity++) {
      reading r = {0};
      r.memory = malloc(capacity > 0 ? capacity : 1);
      bell_arena arena = {.base = r.memory, .capacity = capacity};
      r.good = bell_scenario_parse(&r.scenario, measured, (bell_host)host, &arena, (bell_report){keep, &r});
      assert_int_equal(r.good, r.problem_count == 0);
      for (size_t i = 0; i < r.problem_count; i++) assert_true(r.problems[i].line >= 1 && r.problems[i].column >= 1);
      if (capacity == 0) assert_int_equal(r.problems[0].code, BELL_PROBLEM_MEMORY);
      if (capacity < needed && !r.good && r.problems[0].code != BELL_PROBLEM_MEMORY) {
        assert_int_equal(r.problems[0].code, BELL_PROBLEM_NAME_TWICE);
      }
      reading_free(&r);
    }
  }
}

/* ---- round trips ---- */

/* Everything but the line, which comments and empty lines move. */
static void check_same(const char *text, const bell_scenario *a, const bell_scenario *b) {
  CHECK_EQUAL(text, "host", a->host, b->host);
  CHECK_EQUAL(text, "run_count", a->run_count, b->run_count);
  CHECK_EQUAL(text, "statement_count", a->statement_count, b->statement_count);
  CHECK_EQUAL(text, "event_count", a->event_count, b->event_count);
  for (uint32_t i = 0; i < a->statement_count; i++) {
    const bell_statement *x = &a->statements[i];
    const bell_statement *y = &b->statements[i];
    CHECK_TEXT(text, "name", bell_scenario_name(b, i), bell_scenario_name(a, i));
    CHECK_TEXT(text, "payload", bell_scenario_payload(b, i), bell_scenario_payload(a, i));
    CHECK_EQUAL(text, "first_event", y->first_event, x->first_event);
    CHECK_EQUAL(text, "end", y->end, x->end);
    CHECK_EQUAL(text, "takes_us", y->takes_us, x->takes_us);
    CHECK_EQUAL(text, "after_us", y->after_us, x->after_us);
    CHECK_EQUAL(text, "depth", y->depth, x->depth);
    CHECK_EQUAL(text, "kind", y->kind, x->kind);
    CHECK_EQUAL(text, "forever", y->forever, x->forever);
    CHECK_EQUAL(text, "line", y->line, i + 1); /* one statement a line */
  }
  CHECK_EQUAL(text, "stream_count", a->stream_count, b->stream_count);
  CHECK_EQUAL(text, "sized", a->sized, b->sized);
  CHECK_EQUAL(text, "writing", a->writing, b->writing);
  for (uint32_t i = 0; i < a->stream_count; i++)
    CHECK(text, memcmp(&a->streams[i], &b->streams[i], sizeof *a->streams) == 0);
  for (uint32_t i = 0; i < a->event_count; i++) {
    CHECK_EQUAL(text, "ready_us", b->events[i].ready_us, a->events[i].ready_us);
    CHECK_EQUAL(text, "statement", b->events[i].statement, a->events[i].statement);
    CHECK_EQUAL(text, "parent", b->events[i].parent, a->events[i].parent);
  }
}

static void check_round_trip(const char *text, bell_host host) {
  reading first = read_good(text, host);
  char *printed = scenario_text(&first.scenario);
  reading second = read_good(printed, host);
  check_same(text, &first.scenario, &second.scenario);
  char *again = scenario_text(&second.scenario);
  CHECK_TEXT(text, "printed again", again, printed);
  free(again);
  reading_free(&second);
  free(printed);
  reading_free(&first);
}

static void printing_then_parsing_gives_the_same_scenario(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bell_host host;
  } cases[] = {
      {"", LESSON_4},
      {"socket A \"slow report\" ready 6\nsocket B ready 1 2.5 2.501 takes 0.25 # two\r\n\r\n", LESSON_4},
      {"socket \"\\\"\\\\ #\t\" \"\\\\\" ready 0 1000000000 takes 0", LESSON_4},
      {"socket caf\xc3\xa9 \"\xf0\x9f\x94\x94\" ready 0", LESSON_4},
      {"socket \"6\" \"ready 1\" ready 0\nsocket ready ready 1", LESSON_4},
      {"socket A \"bye\" ready 1 4 takes 2 closes 4\nsocket B never\nsocket C never resets 0\n"
       "socket D closes 2 ready 1\n watch write\n ignore end\n",
       LESSON_4},
      {"socket B in 1 parts size 1 byte ready 0\nsocket C ready 1\nsocket D never size 16 MB\n"
       "socket E ready 1 resets 2 size 1 KB in 2 parts\n"
       "socket A size 4096 bytes ready 1 2 in 2 parts closes 3 takes 1\n read up to 1025 bytes\n ignore end\n",
       LESSON_4},
      {"socket B ready 1 reads never\nsocket A reads 4 KB every 10 ready 1 buffer 16 KB\n write 64 KB\n"
       " stop watching\n",
       LESSON_4},
      {"socket C reads never ready 1 2 size 2 bytes in 2 parts\n write 1 byte and wait\n read up to 1 byte\n",
       LESSON_4},
      {"socket G ready 1 reads 1 byte every 0.001\nsocket E never buffer 1 MB closes 3\n write 1 KB and forget\n"
       " ignore end\n",
       LESSON_4},
      {"socket F ready 1\n write 3 KB\n watch write\n", LESSON_4},
      {"timeout 5\nsocket A ready 1\n", LESSON_4},
      {"socket A fd 1024 ready 1\nsocket B ready 1 2 fd 65535 size 2 bytes in 2 parts buffer 1 KB\n write 1 byte\n",
       LESSON_4},
      {"listener L \"port 80\" ready 1 1 2 takes 1\nlistener M never\n", LESSON_4},
      {"listener L descriptors 2 ready 1\nsocket A ready 1\n", LESSON_4},
      {"socket A ready 1\nlistener L ready 1 takes 0.5 descriptors 1000000\n keep spare\n", LESSON_4},
      {"worker W \"answers\" takes 0.5\nsocket A ready 1 2 size 2 bytes in 2 parts takes 3 closes 4\n hand over\n"
       " read up to 1 byte\n ignore end\n",
       LESSON_4},
      {"socket A ready 1\nworker W\n leave unread\n", LESSON_4},
      {"worker W threads 64 takes 0.5\n", LESSON_4},
      {"worker W threads 1\n", LESSON_4},
      {"file G reads 1\nsocket A ready 1\nfile F \"config\" takes 2 reads 3\n ignore end\n", LESSON_4},
      {"worker W\npipe Q never\npipe P \"log\" ready 1 2.5 size 2 bytes in 2 parts takes 0.5 closes 4\n"
       " read up to 1 byte\n ignore end\n hand over\n",
       LESSON_4},
      {"signal S ready 1 2.5\nsignal T \"child\" ready 2\ntimeout every 0.5 \"keep house\" takes 2\n", LESSON_4},
      {"timer T every 10 until 55\ntimer V until 4 takes 2 every 0.5\nsocket A ready 1 size 1 KB\n"
       "timer U \"tick\" ready 0 takes 1\n leave unread\n",
       LESSON_4},
      {"script main\nscript late ready 3 takes 1\n   microtask \"a b\" \"p\" takes 0.5\n     timer t after 0\n   timer "
       "u after 1.5\n",
       LESSON_5},
      {"script s\n microtask m forever\n timer t after 2 takes 1 forever\n frame f forever takes 2\n", LESSON_5},
      {"input click \"on Save\" ready 1 2 takes 1\n", LESSON_5},
      {"script s\n tick t forever\n  immediate i \"p\" takes 1\n   immediate j forever\nsocket k ready 1\n", BELL_NODE},
      {"script main\n promise \"p q\"\n then onP \"x\" of \"p q\" takes 2\n  microtask x\n  return \"p q\"\n catch c "
       "of onP\n  "
       "throw\n finally e of c\n  return\n resolve \"p q\"\n promise p\n resolve p with e\n resolve p after 0\n reject "
       "p\n "
       "reject p after 1.5\n thenable t\n async f\n  await t\n  await\n  async f\n   await p\n  return f\n",
       LESSON_5},
      {"promise p ready 0\n microtask q\n  microtask r\n   microtask s\n microtask t\ntimer u ready 0 0\n", LESSON_5},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) check_round_trip(cases[i].text, cases[i].host);
}

static void random_scenarios_survive_printing_and_parsing(void **state) {
  (void)state;
  string text = {0};
  for (uint64_t seed = 1; seed <= 400; seed++) {
    uint64_t chance = seed;
    bell_host host = (bell_host)(seed % BELL_HOSTS);
    string_cut(&text, 0);
    random_scenario(&chance, host, 1 + (uint32_t)(seed % 20), &text);
    check_round_trip(text.bytes, host);
  }
  string_free(&text);
}

static void a_scenario_is_printed_two_spaces_a_level_with_quotes_only_where_needed(void **state) {
  (void)state;
  static const char text[] =
      "timer \"t\" \"p\" ready 1.50 2 takes 0.10\n     microtask \"a b\"\n         timer r after 3 takes 1\n"
      "script s ready 0\nscript u\n";
  reading r = read_good(text, BELL_BROWSER);
  char *printed = scenario_text(&r.scenario);
  CHECK_TEXT(text, "printed", printed,
             "timer t \"p\" ready 1.5 2 takes 0.1\n"
             "  microtask \"a b\"\n"
             "    timer r after 3 takes 1\n"
             "script s ready 0\n"
             "script u ready 0\n");
  /* A statement alone is its line of the whole. */
  string lines = {0};
  for (uint32_t i = 0; i < r.scenario.statement_count; i++) {
    char bytes[200];
    bell_text line = {.out = bytes, .capacity = sizeof bytes};
    bell_scenario_print_statement(&r.scenario, i, &line);
    string_add_bytes(&lines, bytes, line.length);
  }
  CHECK_TEXT(text, "printed one by one", lines.bytes, printed);
  string_free(&lines);
  free(printed);
  reading_free(&r);
}

static void a_parsed_scenario_no_longer_needs_its_text(void **state) {
  (void)state;
  reading r = read_good("socket A \"slow\" ready 1\n", BELL_MULTIPLEXER);
  memset(r.text, 'x', r.length);
  assert_string_equal(bell_scenario_name(&r.scenario, 0), "A");
  assert_string_equal(bell_scenario_payload(&r.scenario, 0), "slow");
  reading_free(&r);
}

/* Whatever a file holds, parsing ends with a scenario or with problems whose places are in the text. */
static void any_bytes_at_all_are_read_safely(void **state) {
  (void)state;
  static const char *const pieces[] = {"socket ",
                                       "timer ",
                                       "promise ",
                                       "script ",
                                       "microtask ",
                                       "tick ",
                                       "frame ",
                                       "input ",
                                       "immediate ",
                                       " forever",
                                       "\n  promise ",
                                       "\n  then ",
                                       "\n  async ",
                                       "\n    await ",
                                       "\n    return ",
                                       "\n  resolve ",
                                       " of ",
                                       " with ",
                                       "A",
                                       "\"",
                                       "\\",
                                       "\"p\" ",
                                       " ready",
                                       " takes",
                                       " after",
                                       " 1",
                                       " 0.5",
                                       " 1e9",
                                       "\n",
                                       "\n  ",
                                       "\n    ",
                                       "\t",
                                       "\r\n",
                                       "#",
                                       "\xc3",
                                       "\xef\xbb\xbf",
                                       "\xf0\x9f\x94\x94",
                                       "\x7f",
                                       "\r",
                                       " 99999999999",
                                       " 1.0001"};
  string text = {0};
  for (uint64_t seed = 1; seed <= 20000; seed++) {
    uint64_t chance = seed;
    string_cut(&text, 0);
    string_cut(&text, 0);
    for (uint32_t n = random_below(&chance, 30); n > 0; n--) {
      const char *piece = pieces[random_below(&chance, COUNT_OF(pieces))];
      string_add_bytes(&text, piece, strlen(piece));
      if (random_below(&chance, 40) == 0) string_add_bytes(&text, "\0", 1);
    }
    uint32_t lines = 1;
    for (size_t i = 0; i < text.length; i++) lines += text.bytes[i] == '\n';
    reading r = read_bytes(text.bytes, text.length, (bell_host)(seed % BELL_HOSTS));
    for (size_t i = 0; i < r.problem_count && i < PROBLEMS_KEPT; i++) {
      const bell_problem *problem = &r.problems[i];
      CHECK(text.bytes, problem->line >= 1 && problem->line <= lines);
      CHECK(text.bytes, problem->column >= 1 && problem->column <= text.length + 1);
      CHECK(text.bytes, problem->code < BELL_PROBLEM_CODES);
      if (i > 0) {
        const bell_problem *before = problem - 1;
        CHECK(text.bytes,
              before->line < problem->line || (before->line == problem->line && before->column <= problem->column));
      }
      free(problem_sentence(problem));
    }
    reading_free(&r);
  }
  string_free(&text);
}

/* ---- none is left out ---- */

static void every_problem_code_has_a_text_above_that_yields_it(void **state) {
  (void)state;
  static const struct {
    const wrong *cases;
    size_t count;
  } tables[] = {
      {words, COUNT_OF(words)},       {names, COUNT_OF(names)},     {quotes, COUNT_OF(quotes)},
      {clauses, COUNT_OF(clauses)},   {times, COUNT_OF(times)},     {durations, COUNT_OF(durations)},
      {missing, COUNT_OF(missing)},   {indents, COUNT_OF(indents)}, {hosts, COUNT_OF(hosts)},
      {promises, COUNT_OF(promises)}, {several, COUNT_OF(several)}, {characters, COUNT_OF(characters)},
  };
  /* These have tests of their own, above, for their texts are too long for a table; that of select is in
   * test_waiting.c, for its text is well formed. */
  bool seen[BELL_PROBLEM_CODES] = {[BELL_PROBLEM_LINE_LONG] = true,
                                   [BELL_PROBLEM_INDENT_DEEP] = true,
                                   [BELL_PROBLEM_EVENTS] = true,
                                   [BELL_PROBLEM_NOT_IN_PAGE] = true, /* the command never says it */
                                   [BELL_PROBLEM_MEMORY] = true,
                                   [BELL_PROBLEM_SELECT] = true,
                                   [BELL_PROBLEM_ANSWERS] = true,
                                   [BELL_PROBLEM_EARLY] = true,
                                   [BELL_PROBLEM_EARLY_WRITES] = true,
                                   [BELL_PROBLEM_DESCRIPTORS_WAIT] = true,
                                   [BELL_PROBLEM_DESCRIPTORS_WRITES] = true,
                                   [BELL_PROBLEM_WORKER_WAIT] = true,
                                   [BELL_PROBLEM_WORKER_BESIDE] = true,
                                   [BELL_PROBLEM_WORKER_UNREAD] = true,
                                   [BELL_PROBLEM_FILE_EPOLL] = true,
                                   [BELL_PROBLEM_TURNS] = true};
  for (size_t t = 0; t < COUNT_OF(tables); t++) {
    for (size_t i = 0; i < tables[t].count; i++) {
      for (uint32_t p = 0; p < tables[t].cases[i].count; p++) seen[tables[t].cases[i].problems[p].code] = true;
    }
  }
  for (int code = 0; code < BELL_PROBLEM_CODES; code++) {
    if (!seen[code]) fail_msg("no text yields code %d", code);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_text_is_an_empty_scenario),
      cmocka_unit_test(the_scenario_of_lesson_4_is_read_as_written),
      cmocka_unit_test(the_scenario_of_lesson_5_is_read_as_written),
      cmocka_unit_test(only_a_script_may_leave_out_ready_and_then_it_is_ready_at_0),
      cmocka_unit_test(a_time_is_milliseconds_with_decimals_down_to_a_thousandth),
      cmocka_unit_test(a_name_is_any_run_of_characters_or_a_quoted_string),
      cmocka_unit_test(an_empty_payload_is_no_payload),
      cmocka_unit_test(spaces_comments_line_ends_and_a_byte_order_mark_do_not_matter),
      cmocka_unit_test(the_depth_of_indentation_is_free_as_long_as_siblings_are_level),
      cmocka_unit_test(lesson_5_may_repeat_a_name),
      cmocka_unit_test(sockets_and_timers_may_be_ready_many_times_even_at_once),
      cmocka_unit_test(a_kind_is_named_as_the_text_writes_it),
      cmocka_unit_test(each_host_has_its_name),
      cmocka_unit_test(a_statement_starts_with_a_known_word),
      cmocka_unit_test(a_statement_has_a_name_and_in_lesson_4_its_own),
      cmocka_unit_test(quoted_strings_end_on_their_line_and_stand_apart),
      cmocka_unit_test(a_statement_takes_its_own_clauses_once),
      cmocka_unit_test(a_time_is_written_plainly_and_does_not_go_back),
      cmocka_unit_test(a_duration_is_one),
      cmocka_unit_test(only_a_script_may_leave_out_its_time),
      cmocka_unit_test(sources_stand_at_column_1_and_actions_under_them),
      cmocka_unit_test(a_statement_that_the_host_cannot_run_is_an_error),
      cmocka_unit_test(promises_are_made_before_they_are_named_and_where_code_runs_once),
      cmocka_unit_test(the_whole_text_is_read_and_each_problem_has_its_place),
      cmocka_unit_test(one_mistake_gives_one_problem),
      cmocka_unit_test(control_characters_and_broken_utf8_are_errors_everywhere),
      cmocka_unit_test(every_control_character_but_tab_and_line_ends_is_an_error),
      cmocka_unit_test(a_line_has_at_most_64_kib),
      cmocka_unit_test(actions_nest_at_most_256_deep),
      cmocka_unit_test(a_run_has_at_most_10_million_events),
      cmocka_unit_test(a_text_is_measured_many_bytes_at_a_time),
      cmocka_unit_test(no_run_can_end_after_the_last_exact_number),
      cmocka_unit_test(after_a_bound_was_passed_names_are_still_compared_safely),
      cmocka_unit_test(an_arena_too_small_is_a_problem_and_never_a_crash),
      cmocka_unit_test(printing_then_parsing_gives_the_same_scenario),
      cmocka_unit_test(random_scenarios_survive_printing_and_parsing),
      cmocka_unit_test(a_scenario_is_printed_two_spaces_a_level_with_quotes_only_where_needed),
      cmocka_unit_test(a_parsed_scenario_no_longer_needs_its_text),
      cmocka_unit_test(any_bytes_at_all_are_read_safely),
      cmocka_unit_test(every_problem_code_has_a_text_above_that_yields_it),
  };
  return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
