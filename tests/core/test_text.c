#include <ctype.h>

#include "support.h"

/* Writes into a buffer of exactly `capacity` bytes. */
typedef struct page {
  bell_text text;
  char *bytes;
} page;

static page new_page(size_t capacity) {
  page p = {.bytes = malloc(capacity > 0 ? capacity : 1)};
  assert_non_null(p.bytes);
  p.text = (bell_text){.out = p.bytes, .capacity = capacity};
  return p;
}

static void check_page(page *p, const char *expected) {
  size_t length = strlen(expected);
  if (p->text.length != length || memcmp(p->bytes, expected, length) != 0) {
    fail_msg("is \"%.*s\" (%zu), should be \"%s\" (%zu)", (int)p->text.length, p->bytes, p->text.length, expected,
             length);
  }
  free(p->bytes);
}

static void bytes_and_strings_are_appended(void **state) {
  (void)state;
  page p = new_page(32);
  bell_text_string(&p.text, "one");
  bell_text_bytes(&p.text, " two, three", 4);
  bell_text_string(&p.text, "");
  bell_text_bytes(&p.text, "\0", 1);
  bell_text_string(&p.text, "!");
  assert_int_equal(p.text.length, 9);
  assert_memory_equal(p.bytes, "one two\0!", 9);
  free(p.bytes);
}

static void a_number_is_written_in_decimal(void **state) {
  (void)state;
  static const struct {
    int64_t number;
    const char *written;
  } cases[] = {
      {0, "0"},
      {7, "7"},
      {10, "10"},
      {-1, "-1"},
      {-905, "-905"},
      {UINT32_MAX, "4294967295"},
      {INT64_MAX, "9223372036854775807"},
      {INT64_MIN, "-9223372036854775808"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    page p = new_page(32);
    bell_text_number(&p.text, cases[i].number);
    check_page(&p, cases[i].written);
  }
}

static void microseconds_are_written_as_milliseconds_without_trailing_zeros(void **state) {
  (void)state;
  static const struct {
    int64_t us;
    const char *written;
  } cases[] = {
      {0, "0"},
      {1, "0.001"},
      {10, "0.01"},
      {100, "0.1"},
      {101, "0.101"},
      {110, "0.11"},
      {999, "0.999"},
      {1000, "1"},
      {1001, "1.001"},
      {1010, "1.01"},
      {1500, "1.5"},
      {6000, "6"},
      {10000, "10"},
      {1234567, "1234.567"},
      {BELL_TIME_MAX_US, "1000000000"},
      {INT64_C(9000000000000000), "9000000000000"},
      {INT64_C(9000000000000000) - 1, "8999999999999.999"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    page p = new_page(32);
    bell_text_ms(&p.text, cases[i].us);
    check_page(&p, cases[i].written);
  }
}

static void a_quoted_string_escapes_quotes_and_backslashes_alone(void **state) {
  (void)state;
  static const struct {
    const char *string;
    const char *written;
  } cases[] = {
      {"", "\"\""},       {"slow report", "\"slow report\""}, {"say \"hi\"", "\"say \\\"hi\\\"\""},
      {"\\", "\"\\\\\""}, {"\\\"\\", "\"\\\\\\\"\\\\\""},     {"caf\xc3\xa9 # 1\t2", "\"caf\xc3\xa9 # 1\t2\""},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    page p = new_page(64);
    bell_text_quoted(&p.text, cases[i].string);
    check_page(&p, cases[i].written);
  }
}

static void write_everything(bell_text *text) {
  bell_text_string(text, "at ");
  bell_text_ms(text, 1500);
  bell_text_bytes(text, ", ", 2);
  bell_text_number(text, -12);
  bell_text_quoted(text, "a\"b");
}

/* Each buffer has exactly `capacity` bytes, so that AddressSanitizer sees one byte too many. */
static void what_does_not_fit_is_counted_and_not_written(void **state) {
  (void)state;
  static const char whole[] = "at 1.5, -12\"a\\\"b\"";
  for (size_t capacity = 0; capacity < sizeof whole; capacity++) {
    page p = new_page(capacity);
    write_everything(&p.text);
    assert_int_equal(p.text.length, sizeof whole - 1);
    assert_memory_equal(p.bytes, whole, capacity);
    free(p.bytes);
  }
}

static void without_a_buffer_the_length_is_measured(void **state) {
  (void)state;
  bell_text measure = {0};
  write_everything(&measure);
  assert_int_equal(measure.length, strlen("at 1.5, -12\"a\\\"b\""));
}

static void a_word_is_a_word_of_the_same_letters_alone(void **state) {
  (void)state;
  bell_slice word = {"ready 2", 5};
  assert_true(bell_slice_is(word, "ready"));
  assert_false(bell_slice_is(word, "read"));
  assert_false(bell_slice_is(word, "ready "));
  assert_false(bell_slice_is(word, "Ready"));
  assert_true(bell_slice_is((bell_slice){0}, ""));
}

/* Prints the gap in capitals. */
static void shout(const void *context, bell_slice gap, bell_text *text) {
  (void)context;
  for (size_t i = 0; i < gap.length; i++) bell_text_bytes(text, &(char){(char)toupper(gap.start[i])}, 1);
}

static void the_gaps_of_a_sentence_are_filled(void **state) {
  (void)state;
  static const struct {
    const char *sentence, *filled;
  } rows[] = {
      {"", ""}, {"no gap", "no gap"}, {"{a}", "A"}, {"{me} runs, {you} wait", "ME runs, YOU wait"}, {"{a}{b}", "AB"}};
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    page p = new_page(100);
    bell_text_filled(&p.text, rows[i].sentence, shout, NULL);
    check_page(&p, rows[i].filled);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bytes_and_strings_are_appended),
      cmocka_unit_test(a_number_is_written_in_decimal),
      cmocka_unit_test(microseconds_are_written_as_milliseconds_without_trailing_zeros),
      cmocka_unit_test(a_quoted_string_escapes_quotes_and_backslashes_alone),
      cmocka_unit_test(what_does_not_fit_is_counted_and_not_written),
      cmocka_unit_test(without_a_buffer_the_length_is_measured),
      cmocka_unit_test(a_word_is_a_word_of_the_same_letters_alone),
      cmocka_unit_test(the_gaps_of_a_sentence_are_filled),
  };
  return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
