/* support: what the tests of the model share.
 *
 * Every block of memory here has exactly the size that the model asked for, and a text has no byte after its last, so
 * that AddressSanitizer sees a single byte too far. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lessons.h"
#include "loop/scenario_run.h"
#include "multiplexer/calls.h"
#include "multiplexer/io_multiplexer.h"
#include "multiplexer/waiting.h"
#include "scenario/cure.h"
#include "scenario/parser.h"
#include "scenario/print.h"
#include "trace/totals.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* A text that grows; the tests build scenarios in it. Start from {0}; `string_free` when done. */
typedef struct string {
  char *bytes; /* ended by a NUL, or NULL while nothing was added */
  size_t length;
  size_t capacity;
} string;

void string_add(string *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void string_add_bytes(string *s, const char *bytes, size_t length);
void string_cut(string *s, size_t length); /* back to the first `length` bytes */
void string_free(string *s);

/* What came of reading a text: a scenario, or problems. */
enum { PROBLEMS_KEPT = 32 };
typedef struct reading {
  bool good;
  bell_scenario scenario;
  bell_problem problems[PROBLEMS_KEPT]; /* the first of them */
  size_t problem_count;
  char *text;
  size_t length;
  unsigned char *memory;
} reading;

reading read_bytes(const char *bytes, size_t length, bell_host host);
reading read_text(const char *text, bell_host host);
reading read_good(const char *text, bell_host host); /* fails the test when there is a problem */
void reading_free(reading *r);

/* What came of running a text. The trace points into the run, which therefore stays where it is. */
typedef struct run {
  reading reading;
  bell_trace trace;
  unsigned char *memory;
} run;

enum { SIMPLE_STRATEGIES = BELL_READINESS + 1 }; /* blocking and readiness; the others are the real ones */
void run_multiplexer(run *r, const char *text, bell_strategy strategy);                           /* a simple one */
void run_waiting(run *r, const char *text, bell_strategy strategy, bell_waiting_options options); /* a real one */
void run_lesson_4(run *r, const char *text, bell_lesson_options options); /* any, as the command runs it */
void run_by(run *r, const char *text, bell_strategy strategy);            /* the same, with the usual options */
void run_loop(run *r, const char *text, bell_host host);
void run_free(run *r);

/* A run of a loop in every arena that is smaller than it needs is refused; in one as large as it needs it has so many
   steps. */
void check_small_arenas(const char *text, bell_host host, uint32_t steps);

/* The same of lesson 4, by each strategy that can run it: as many steps as in one that is large enough. */
void check_small_arenas_by_all(const char *text);

/* Strings that the caller frees. */
char *problem_sentence(const bell_problem *problem);
char *reason_sentence(const bell_trace *trace, uint32_t step);
char *scenario_text(const bell_scenario *scenario);

/* Adds a cell of a row, such as bell_closing_print_result prints. */
typedef void print_cell(const bell_trace *trace, uint32_t k, bell_text *out);
void string_add_cell(string *s, print_cell *print, const bell_trace *trace, uint32_t k);

/* Runs lesson 4. "A IN message; A IN|RDHUP 0": of each row its source, what was reported, and what the read gave. */
void check_reported(const char *text, bell_strategy strategy, const char *expected);

/* The strategy cannot run the scenario, for what stands on its second line; the sentence has these words. */
void check_refused(const char *text, bell_strategy strategy, const char *words);

/* The same; the sentence of step k says so. */
void check_reason(const char *text, bell_strategy strategy, uint32_t k, const char *words);

const char *step_name(const bell_trace *trace, uint32_t step); /* the statement's name */

/* Fails the test, printing both values and the scenario, unless they are equal. */
#define CHECK_EQUAL(scenario, what, actual, expected) \
  check_equal(scenario, what, (int64_t)(actual), (int64_t)(expected), __FILE__, __LINE__)
#define CHECK_TEXT(scenario, what, actual, expected) check_text(scenario, what, actual, expected, __FILE__, __LINE__)
#define CHECK_CONTAINS(scenario, what, text, part) check_contains(scenario, what, text, part, __FILE__, __LINE__)
#define CHECK(scenario, condition) check_true(scenario, condition, #condition, __FILE__, __LINE__)

void check_equal(const char *scenario, const char *what, int64_t actual, int64_t expected, const char *file, int line);
void check_text(const char *scenario, const char *what, const char *actual, const char *expected, const char *file,
                int line);
void check_contains(const char *scenario, const char *what, const char *text, const char *part, const char *file,
                    int line);
void check_true(const char *scenario, bool condition, const char *words, const char *file, int line);

/* Chance that can be replayed: the same seed gives the same numbers on every machine. */
uint32_t random_below(uint64_t *state, uint32_t bound); /* 0 ... bound - 1 */

/* How many rounds a random test runs: `few`, which are quick, or DOORBELL_ROUNDS times as many when that is set. */
uint32_t rounds(uint32_t few);

/* Whether an exhaustive test runs its scenario `number`. The plain build runs all of them, for their order. The
 * sanitizers look at what the memory is used for, which is the same in many, and each costs them several times as
 * much: there it is every eighth, by chance that can be replayed. */
bool is_run_here(uint32_t number);

/* How many a test of the time has of what shall be many. What takes longer for each, the more there are, takes hours
 * for `count`; so it is seen in the plain build. With sanitizers it is a tenth: they do not look at the time. */
uint32_t many(uint32_t count);

/* All rows of a loop's trace, "MS QUEUE NAME KIND", one a line; the caller frees the string. */
string rows_of(const bell_trace *trace);

/* A random scenario that `host` accepts, added to `text`: about `sources` sources, times that often collide. */
void random_scenario(uint64_t *state, bell_host host, uint32_t sources, string *text);

#endif
