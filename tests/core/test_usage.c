#include "scenario/usage.h"
#include "support.h"

static char *usage_of(bell_kind kind, bell_host host, bell_kind under) {
  bell_text measured = {0};
  if (!bell_usage_print(kind, host, under, &measured)) return NULL;
  char *bytes = calloc(measured.length + 1, 1);
  bell_text out = {.out = bytes, .capacity = measured.length};
  bell_usage_print(kind, host, under, &out);
  return bytes;
}

static void a_line_is_written_as_the_design_has_it(void **state) {
  (void)state;
  static const struct {
    bell_kind kind;
    bell_host host;
    bell_kind under;
    const char *usage;
  } rows[] = {
      {BELL_SOCKET, BELL_MULTIPLEXER, BELL_KINDS,
       "socket NAME [\"PAYLOAD\"] ready T [T...] [takes D] [size SIZE [in N parts]] "
       "[buffer SIZE] [reads SIZE every D] [fd N] [closes T | resets T]"},
      {BELL_SOCKET, BELL_BROWSER, BELL_KINDS, "socket NAME [\"PAYLOAD\"] ready T [T...] [takes D]"},
      {BELL_WATCH, BELL_MULTIPLEXER, BELL_SOCKET, "watch write"},
      {BELL_READ, BELL_MULTIPLEXER, BELL_SOCKET, "read up to SIZE"},
      {BELL_WRITE, BELL_MULTIPLEXER, BELL_SOCKET, "write SIZE [and wait | and forget]"},
      {BELL_STOP, BELL_MULTIPLEXER, BELL_SOCKET, "stop watching"},
      {BELL_IGNORE, BELL_MULTIPLEXER, BELL_SOCKET, "ignore end"},
      {BELL_TIMER, BELL_MULTIPLEXER, BELL_KINDS, "timer NAME [\"PAYLOAD\"] ready T [takes D]"},
      {BELL_LEAVE, BELL_MULTIPLEXER, BELL_TIMER, "leave unread"},
      {BELL_TIMEOUT, BELL_MULTIPLEXER, BELL_KINDS, "timeout D [\"PAYLOAD\"] [takes D]"},
      {BELL_SIGNAL, BELL_MULTIPLEXER, BELL_KINDS, "signal NAME [\"PAYLOAD\"] ready T [T...]"},
      {BELL_ACCEPTING, BELL_MULTIPLEXER, BELL_KINDS,
       "listener NAME [\"PAYLOAD\"] ready T [T...] [takes D] [descriptors N]"},
      {BELL_KEEP, BELL_MULTIPLEXER, BELL_ACCEPTING, "keep spare"},
      {BELL_HAND, BELL_MULTIPLEXER, BELL_SOCKET, "hand over"},
      {BELL_WORKER, BELL_MULTIPLEXER, BELL_KINDS, "worker NAME [\"PAYLOAD\"] [takes D] [threads N]"},
      {BELL_LEAVE, BELL_MULTIPLEXER, BELL_WORKER, "leave unread"},
      {BELL_PIPE, BELL_MULTIPLEXER, BELL_KINDS,
       "pipe NAME [\"PAYLOAD\"] ready T [T...] [takes D] [size SIZE [in N parts]] [closes T]"},
      {BELL_FILE, BELL_MULTIPLEXER, BELL_KINDS, "file NAME [\"PAYLOAD\"] reads N [takes D]"},
      {BELL_IGNORE, BELL_MULTIPLEXER, BELL_FILE, "ignore end"},
      {BELL_READ, BELL_MULTIPLEXER, BELL_PIPE, "read up to SIZE"},
      {BELL_HAND, BELL_MULTIPLEXER, BELL_PIPE, "hand over"},
      {BELL_PROMISE, BELL_BROWSER, BELL_KINDS, "promise NAME [\"PAYLOAD\"] ready T [takes D]"},
      {BELL_SCRIPT, BELL_NODE, BELL_KINDS, "script NAME [\"PAYLOAD\"] [ready T] [takes D]"},
      {BELL_LISTENER, BELL_NODE, BELL_KINDS, "listener unhandledRejection"},
      {BELL_TIMER, BELL_BROWSER, BELL_KINDS, "timer NAME [\"PAYLOAD\"] ready T [T...] [takes D]"},
      {BELL_TIMER, BELL_BROWSER, BELL_SCRIPT, "timer NAME [\"PAYLOAD\"] after D [takes D] [forever]"},
      {BELL_TICK, BELL_NODE, BELL_SCRIPT, "tick NAME [\"PAYLOAD\"] [takes D] [forever]"},
      {BELL_PROMISE, BELL_NODE, BELL_SCRIPT, "promise NAME"},
      {BELL_THEN, BELL_BROWSER, BELL_SCRIPT, "then NAME [\"PAYLOAD\"] of PROMISE [takes D]"},
      {BELL_RESOLVE, BELL_BROWSER, BELL_SCRIPT, "resolve PROMISE [after D | with PROMISE]"},
      {BELL_REJECT, BELL_BROWSER, BELL_SCRIPT, "reject PROMISE [after D]"},
      {BELL_AWAIT, BELL_BROWSER, BELL_ASYNC, "await [PROMISE]"},
      {BELL_THROW, BELL_BROWSER, BELL_THEN, "throw"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char *usage = usage_of(rows[i].kind, rows[i].host, rows[i].under);
    if (usage == NULL) fail_msg("\"%s\" does not fit", rows[i].usage);
    CHECK_TEXT(rows[i].usage, "usage", usage, rows[i].usage);
    free(usage);
  }
}

static void a_word_that_does_not_fit_has_no_usage(void **state) {
  (void)state;
  assert_null(usage_of(BELL_INPUT, BELL_MULTIPLEXER, BELL_KINDS));
  assert_null(usage_of(BELL_TIMER, BELL_MULTIPLEXER, BELL_SOCKET));
  assert_null(usage_of(BELL_LEAVE, BELL_MULTIPLEXER, BELL_SOCKET));
  assert_null(usage_of(BELL_TICK, BELL_BROWSER, BELL_SCRIPT));
  assert_null(usage_of(BELL_MICROTASK, BELL_BROWSER, BELL_KINDS));
  assert_null(usage_of(BELL_AWAIT, BELL_BROWSER, BELL_SCRIPT));
  assert_null(usage_of(BELL_RESOLVE_WITH, BELL_BROWSER, BELL_SCRIPT));
}

static const struct {
  const char *gap;
  const char *filling;
} gaps[] = {{"NAME", "n"},
            {"PROMISE", "p"},
            {"PAYLOAD", "hello"},
            {"SIZE", "9 bytes"},
            {"N parts", "1 parts"},
            {"T...", "0"},
            {"T", "0"},
            {"D", "1"},
            {"descriptors N", "descriptors 1"},
            {"fd N", "fd 1024"},
            {"reads N", "reads 1"}};

/* What stands there, with a gap filled. Returns how much of the usage that was. */
static size_t add_filled(string *line, const char *at) {
  for (size_t i = 0; i < COUNT_OF(gaps); i++) {
    size_t length = strlen(gaps[i].gap);
    if (strncmp(at, gaps[i].gap, length) != 0) continue;
    string_add(line, "%s", gaps[i].filling);
    return length;
  }
  string_add_bytes(line, at, 1);
  return 1;
}

/* Is the bracket that opens here the chosen one, or around it? `seen` were opened before. */
static bool is_chosen(const char *at, unsigned seen, unsigned bracket) {
  if (seen == bracket) return true;
  int depth = 0;
  for (const char *c = at; seen <= bracket && *c != '\0'; c++) {
    if (*c == '[' && seen++ == bracket) return true;
    depth += (*c == '[') - (*c == ']');
    if (depth == 0) return false;
  }
  return false;
}

/* A usage as a line, with what one of its brackets holds, and those around it, and without the others. */
static void add_line(string *line, const char *usage, unsigned bracket) {
  unsigned seen = 0;
  int depth = 0;
  int left_out_at = 0; /* the depth from which on nothing is written */
  for (const char *c = usage; *c != '\0'; c++) {
    bool is_left_out = left_out_at > 0;
    depth += *c == '[';
    if (*c == '[' && !is_chosen(c, seen++, bracket) && !is_left_out) left_out_at = depth;
    if (*c == '|' && !is_left_out) left_out_at = depth;
    if (*c == ']' && left_out_at == depth) left_out_at = 0;
    depth -= *c == ']';
    if (strchr("[|]", *c) == NULL && !is_left_out) c += add_filled(line, c) - 1;
  }
}

/* The lines that stand above, so that a statement stands under another, and knows a promise. */
static const char *above(bell_kind under, bell_kind kind) {
  if (kind == BELL_STOP) return "socket s ready 0\n  write 1 KB\n  ";
  if (kind == BELL_HAND) return under == BELL_PIPE ? "worker w\npipe s ready 0\n  " : "worker w\nsocket s ready 0\n  ";
  switch (under) {
  case BELL_KINDS:
    return "";
  case BELL_SOCKET:
    return "socket s ready 0 closes 0 size 1 KB\n  ";
  case BELL_FILE:
    return "file s reads 1\n  ";
  case BELL_PIPE:
    return "pipe s ready 0 closes 0 size 1 KB\n  ";
  case BELL_TIMER:
    return "timer s ready 0\n  ";
  case BELL_WORKER:
    return "worker s\n  ";
  case BELL_ACCEPTING:
    return "listener s ready 0 descriptors 1\n  ";
  case BELL_ASYNC:
    return "script s\n  promise p\n  async f\n    ";
  case BELL_THEN:
    return "script s\n  promise p\n  then t of p\n    ";
  default:
    return "script s\n  promise p\n  ";
  }
}

static bool is_read(const char *usage, unsigned bracket, bell_host host, bell_kind under, bell_kind kind) {
  string text = {0};
  string_add(&text, "%s", above(under, kind));
  add_line(&text, usage, bracket);
  reading r = read_bytes(text.bytes, text.length, host);
  bool good = r.good;
  if (!good) print_message("%s\n", text.bytes);
  reading_free(&r);
  string_free(&text);
  return good;
}

static void the_parser_reads_what_a_usage_says(void **state) {
  (void)state;
  static const bell_kind places[] = {BELL_KINDS,  BELL_SOCKET, BELL_TIMER, BELL_ACCEPTING,
                                     BELL_WORKER, BELL_SCRIPT, BELL_THEN,  BELL_ASYNC};
  unsigned count = 0;
  for (bell_host host = 0; host < BELL_HOSTS; host++) {
    for (size_t i = 0; i < COUNT_OF(places); i++) {
      for (bell_kind kind = 0; kind < BELL_KINDS; kind++) {
        bool is_of_lesson_4 = places[i] == BELL_SOCKET || places[i] == BELL_TIMER || places[i] == BELL_ACCEPTING ||
                              places[i] == BELL_WORKER;
        bool is_place = places[i] == BELL_KINDS || (host == BELL_MULTIPLEXER) == is_of_lesson_4;
        char *usage = is_place ? usage_of(kind, host, places[i]) : NULL;
        unsigned brackets = 0;
        for (const char *c = usage == NULL ? "" : usage; *c != '\0'; c++) brackets += *c == '[';
        for (unsigned bracket = 0; usage != NULL && bracket <= brackets; bracket++) {
          if (!is_read(usage, bracket, host, places[i], kind)) fail_msg("%s, bracket %u", usage, bracket);
          count++;
        }
        free(usage);
      }
    }
  }
  assert_true(count > 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_is_written_as_the_design_has_it),
      cmocka_unit_test(a_word_that_does_not_fit_has_no_usage),
      cmocka_unit_test(the_parser_reads_what_a_usage_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
