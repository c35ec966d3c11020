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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_problem_is_what_is_wrong_semicolon_what_would_be_right),
      cmocka_unit_test(no_two_codes_share_a_sentence),
      cmocka_unit_test(every_problem_can_be_told_without_a_word),
      cmocka_unit_test(a_problem_names_the_facts_that_help),
  };
  return cmocka_run_group_tests_name("problem", tests, NULL, NULL);
}
