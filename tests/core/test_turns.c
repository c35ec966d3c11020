/* A bounded drain, sentence by sentence: what epoll(7) says of starvation, or turns.h, and a scenario in which it
 * matters. The order of the steps is the business of test_waiting_small_scope.c too. */
#include "multiplexer/calls.h"
#include "multiplexer/closing.h"
#include "multiplexer/kevent.h"
#include "multiplexer/turns.h"
#include "support.h"

typedef struct rule {
  const char *sentence;
  const char *text;
  bell_strategy strategy;
  bell_waiting_options options;
  const char *rows; /* of each step: who, when, what it writes of a rest, and the waits and reads in vain around it */
} rule;

static const char flood[] = "socket A ready 1 1 1 1 1 takes 1\nsocket B ready 2\n";

static const rule rules[] = {
    {"It is possible that by trying to drain it the other files will not get processed causing starvation.",
     flood,
     BELL_EPOLL_ET,
     {0},
     "A 1: 1 0; A 2: 0 0; A 3: 0 0; A 4: 0 0; A 5: 0 1; B 6: 1 1"},
    {"The solution is to maintain a ready list: who was told has its turn before who is in the list.",
     flood,
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 0; A 2: 0 0; B 3: 1 1; A 3: 0 0; A 4: 0 0; A 5: 1 1"},
    {"And still round robin amongst all the ready files.",
     "socket A ready 1 1 1\nsocket B ready 1 1 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 1 0; B 1: 0 0; A 1: 1 0; B 1: 0 0; A 1: 1 0; B 1: 1 2"},
    {"This also supports ignoring subsequent events you receive for file descriptors that are already ready.",
     "socket A ready 1 1 2 takes 2\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 1 0; B 3: 0 0; A 3: 1 0; A 5: 2 2"},
    {"One that had just as much as its turn costs a read in vain, and a wait in vain, before the server can sleep.",
     "socket A ready 1 9\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 2 1; A 9: 2 1"},
    {"A read that would block ends a turn: then the list does not remember the socket.",
     "socket A ready 1 9\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 1; A 9: 1 1"},
    {"The end of a connection ends a turn.",
     "socket A ready 1 closes 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 0; A 1: 0 0"},
    {"Where a turn has nothing but a read in vain, that belongs to the next step.",
     "socket A ready 1 takes 2\nsocket B ready 2\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 1 0; B 3: 2 2"},
    {"A listener's turn is so many accepts.",
     "listener L ready 1 1 1\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "L 1: 1 0; L 1: 0 0; B 1: 0 1; L 1: 1 1"},
    {"Of a message that has a size a read takes a piece.",
     "socket A size 4 KB ready 1\n  read up to 1 KB\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 0; A 1: 0 0; B 1: 0 1; A 1: 1 0; A 1: 1 1"},
    {"A timer that is left unread is not read on.",
     "timer T ready 1\n  leave unread\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "T 1: 1 0; B 1: 1 1"},
    {"kqueue tells all of a timer, and there is nothing to read.",
     "timer T every 1 until 2\nsocket B ready 5\n",
     BELL_KQUEUE_CLEAR,
     {.reads_a_turn = 1},
     "T 1: 1 0; T 2: 1 0; B 5: 2 1"},
    {"So does kqueue with EV_CLEAR.",
     flood,
     BELL_KQUEUE_CLEAR,
     {.reads_a_turn = 2},
     "A 1: 1 0; A 2: 0 0; B 3: 1 1; A 3: 0 0; A 4: 0 0; A 5: 1 1"},
    {"A handler that writes does so in its turn; what finds no room waits until a wait tells of it.",
     "socket A ready 1 1 1 buffer 1 KB reads 1 KB every 4\n  write 2 KB\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 0; A 1: 0 0; B 1: 0 1; A 1: 1 1; A 4 writes 1024: 1 0; A 8 writes 1024: 1 0; A 12 writes 1024: 1 0; "
     "A 16 writes 1024: 1 0; A 20 writes 1024: 1 0"},
    {"Room to write is a turn of its own, behind the reads that were told of with it.",
     "socket A ready 1 4 4 4 buffer 1 KB reads 1 KB every 4\n  write 1500 bytes\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 2},
     "A 1: 1 1; A 4: 1 0; A 4: 0 0; A 4 writes 1024: 0 0; A 4: 1 1; A 8 writes 1024: 1 0; A 12 writes 1024: 1 0; "
     "A 16 writes 1024: 1 0; A 20 writes 880: 1 0"},
    {"And it does not wait for the turn of a socket that the list remembers.",
     "socket A ready 1 3 3 3 buffer 1 KB reads 1 KB every 4\n  write 1100 bytes\nsocket B ready 3 3 takes 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 2 1; A 3: 1 0; B 3: 0 0; A 4 writes 1024: 1 0; A 4: 0 0; B 4: 0 0; A 5: 2 2; A 8 writes 1024: 1 0; "
     "A 12 writes 1024: 1 0; A 16 writes 304: 1 0"},
    {"epoll_ctl tells anew of what is left over, too: who is in the list already is ignored.",
     "socket A ready 1 1 buffer 1 KB reads 1 KB every 4\n  write 1500 bytes\n  stop watching\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.maxevents = 1, .reads_a_turn = 1},
     "A 1: 1 0; B 1: 1 0; A 1: 1 2; A 4 writes 1024: 1 0; A 8 writes 952: 1 0"},
    {"A handler that sleeps in write for good takes no turn any more, and nobody remembers.",
     "socket A ready 1 1 buffer 1 KB reads never\n  write 2 KB and wait\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 1 0; A 1: 0 0"},
    {"It reads nothing more, in vain or not, where turns have no bound either.",
     "socket A ready 1 1 buffer 1 KB reads never\n  write 2 KB and wait\nsocket B ready 1\n",
     BELL_EPOLL_ET,
     {0},
     "A 1: 1 0; A 1: 0 0"},
    {"To kqueue room is an event of its own.",
     "socket A ready 1 4 4 4 buffer 4 KB reads 4 KB every 4\n  write 6 KB\n",
     BELL_KQUEUE_CLEAR,
     {.reads_a_turn = 2},
     "A 1: 1 1; A 4: 1 0; A 4: 0 0; A 4 writes 4096: 0 0; A 4: 1 1; A 8 writes 4096: 1 0; A 12 writes 4096: 1 0; A 16 "
     "writes 4096: 1 0; A 20 writes 4096: 1 0"},
    {"It asks, with a timeout of 0: that is no timeout that has passed.",
     "socket A ready 1 1 takes 3\ntimeout 2\nsocket B ready 8\n",
     BELL_EPOLL_ET,
     {.reads_a_turn = 1},
     "A 1: 1 0; A 4: 2 1; B 8: 2 1"},
};

static void print_rows(const bell_trace *trace, string *rows) {
  for (uint32_t k = 0; k < trace->step_count; k++) {
    bell_calls calls = bell_trace_calls(trace, k);
    string_add(rows, "%s%s %g", k > 0 ? "; " : "", step_name(trace, k), (double)trace->steps[k].time_us / 1000);
    if (bell_trace_is_write(trace, k)) string_add(rows, " writes %u", (unsigned)trace->written[k].bytes);
    string_add(rows, ": %u %u", (unsigned)calls.waits, (unsigned)calls.in_vain);
  }
}

static void turns_go_as_the_man_page_and_turns_h_say(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rules); i++) {
    run r;
    run_waiting(&r, rules[i].text, rules[i].strategy, rules[i].options);
    string rows = {0};
    print_rows(&r.trace, &rows);
    CHECK_TEXT(rules[i].sentence, "rows", rows.bytes, rules[i].rows);
    string_free(&rows);
    run_free(&r);
  }
}

/* ---- what the reasons say ---------------------------------------------------------------------------------------- */

static void a_reason_says_whose_turn_it_is_and_who_remembers(void **state) {
  (void)state;
  static const char pieces[] = "socket A size 4 KB ready 1\n  read up to 1 KB\n";
  static const char connections[] = "listener L ready 1 1 1\n";
  static const char answers[] =
      "socket A ready 1 1 1 4 buffer 1 KB reads 1 KB every 4\n  write 1 KB\nsocket B ready 4\n";
  static const struct {
    const char *text;
    uint32_t step;
    const char *words;
  } cases[] = {
      {flood, 1, "A's turn goes on, with read 2 of 2: edge-triggered, epoll_wait reports what comes"},
      {flood, 1, "The turn is over, with read 2 of 2: the server's own list remembers A."},
      {flood, 3, "The server's own list remembers A, behind the others."},
      {flood, 5, "so the thread did not sleep: epoll_wait, with a timeout of 0, told of nobody new."},
      {flood, 5, "it waited 4 ms"},
      {pieces, 1, "2 KB lie unread. The turn is over, with read 2 of 2"},
      {connections, 1, "The turn is over, with accept 2 of 2"},
      {answers, 0, "Its answer of 1 KB finds room: write takes all of it."},
      {answers, 1,
       "The handler keeps 1 KB: epoll_wait will tell of room once, when it comes. The turn is over, with read "
       "2 of 2: the server's own list remembers A."},
      {answers, 4, "The same answer of epoll_wait told of room to write at A, too."},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    run r;
    run_waiting(&r, cases[i].text, BELL_EPOLL_ET, (bell_waiting_options){.reads_a_turn = 2});
    char *sentence = reason_sentence(&r.trace, cases[i].step);
    CHECK_CONTAINS(cases[i].text, "reason", sentence, cases[i].words);
    CHECK(sentence, strstr(sentence, "The cure") == NULL); /* nothing is lost */
    free(sentence);
    run_free(&r);
  }
}

static void what_a_turn_from_the_list_reads_no_wait_reported(void **state) {
  (void)state;
  run r;
  run_waiting(&r, "socket A ready 1 1 1 closes 2\n", BELL_EPOLL_ET, (bell_waiting_options){.reads_a_turn = 2});
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    CHECK_EQUAL("", "from the list", bell_turns_is_from_list(&r.trace, k), k == 2);
    CHECK_EQUAL("", "reported", bell_closing_reported(&r.trace, k) != 0, k != 2);
  }
  run_free(&r);
}

/* Of room in its own place; with what was to be read, if the same wait told of that. */
static void room_is_reported_in_its_turn_and_nobody_remembers_it(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 4 4 buffer 1 KB reads 1 KB every 4\n  write 1500 bytes\n";
  enum { IN = 1, OUT = 4 };
  static const unsigned reported[] = {IN, IN | OUT, IN | OUT, 0, OUT, OUT, OUT};
  static const bool writes[] = {false, false, true, false, true, true, true};
  run r;
  run_waiting(&r, text, BELL_EPOLL_ET, (bell_waiting_options){.reads_a_turn = 1});
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(reported));
  for (uint32_t k = 0; k < COUNT_OF(reported); k++) {
    CHECK_EQUAL(text, "reported", bell_closing_reported(&r.trace, k), reported[k]);
    CHECK_EQUAL(text, "writes", bell_trace_is_write(&r.trace, k), writes[k]);
    CHECK_EQUAL(text, "remembered", bell_turns_is_remembered(&r.trace, k), !writes[k]);
  }
  run_free(&r);
}

static void a_turn_that_ends_with_the_end_is_not_remembered(void **state) {
  (void)state;
  for (uint32_t most = 1; most <= 4; most++) {
    run r;
    run_waiting(&r, "socket A ready 1 1 closes 1\n", BELL_EPOLL_ET,
                (bell_waiting_options){.reads_a_turn = most & BELL_TURN_MAX});
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      bool is_last_read = bell_turns_read(&r.trace, k) == most;
      CHECK_EQUAL("", "remembered", bell_turns_is_remembered(&r.trace, k), is_last_read && k < 2);
    }
    run_free(&r);
  }
}

static void of_what_the_list_remembers_no_event_says_that_it_ends(void **state) {
  (void)state;
  run r;
  run_waiting(&r, "socket A ready 1 1 closes 1\n", BELL_KQUEUE_CLEAR, (bell_waiting_options){.reads_a_turn = 1});
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    CHECK_EQUAL("", "EV_EOF", bell_kevent_is_eof(&r.trace, k), k == 0);
  }
  run_free(&r);
}

/* ---- what is not shown with it ----------------------------------------------------------------------------------- */

static void keep_code(void *context, const bell_problem *problem) { *(bell_problem *)context = *problem; }

static void descriptors_that_run_out_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t line; /* 0: it is good */
  } cases[] = {
      {"socket A ready 1\n  write 1 KB\nlistener L ready 1 descriptors 2\n", 3},
      {"socket A ready 1\n  write 1 KB\n", 0},
      {"socket A ready 1\nlistener L ready 1 descriptors 2\n", 2},
      {"socket A ready 1\n  watch write\nlistener L ready 1\n", 0},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    reading r = read_good(cases[i].text, BELL_MULTIPLEXER);
    bell_problem problem = {.code = BELL_PROBLEM_CODES};
    bell_report report = {.tell = keep_code, .context = &problem};
    bell_waiting_options bounded = {.reads_a_turn = 2};
    CHECK_EQUAL(cases[i].text, "good", bell_turns_check(&r.scenario, bounded, report), cases[i].line == 0);
    CHECK_EQUAL(cases[i].text, "line", problem.line, cases[i].line);
    CHECK(cases[i].text, bell_turns_check(&r.scenario, (bell_waiting_options){0}, report));
    reading_free(&r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(turns_go_as_the_man_page_and_turns_h_say),
      cmocka_unit_test(a_reason_says_whose_turn_it_is_and_who_remembers),
      cmocka_unit_test(what_a_turn_from_the_list_reads_no_wait_reported),
      cmocka_unit_test(room_is_reported_in_its_turn_and_nobody_remembers_it),
      cmocka_unit_test(a_turn_that_ends_with_the_end_is_not_remembered),
      cmocka_unit_test(of_what_the_list_remembers_no_event_says_that_it_ends),
      cmocka_unit_test(descriptors_that_run_out_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
