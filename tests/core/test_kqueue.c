/* kqueue, sentence by sentence: what kqueue(2) says, a scenario in which it matters, and the events that are told. The
 * sentences are FreeBSD's; one is OpenBSD's. The order of the steps is the business of test_waiting_small_scope.c and
 * test_writing_small_scope.c. */
#include "multiplexer/calls.h"
#include "multiplexer/kevent.h"
#include "support.h"

/* ---- the man page ------------------------------------------------------------------------------------------------ */

typedef struct rule {
  const char *sentence;
  const char *text;
  bell_strategy strategy;
  bell_waiting_options options;
  const char *told; /* of each row: whose event, when it was told, the event, the number of events that came with it */
} rule;

static const rule rules[] = {
    {"A kevent is identified by the (ident, filter) pair; there may only be one unique kevent per kqueue.",
     "socket A ready 1 4 buffer 4 bytes reads 4 bytes every 4\n  write 5 bytes\n  stop watching\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ (1); A 4: READ (2); A 4: WRITE 4; A 8: WRITE 4 (1)"},
    {"The filter is executed upon the initial registration of a kevent in order to detect whether a preexisting "
     "condition is present",
     "socket A ready 5\n  watch write\nsocket B ready 0\n",
     BELL_KQUEUE_CLEAR,
     {0},
     "B 0: READ (2); A 5: READ (1)"},
    {"The filter is also run when the user attempts to retrieve the kevent from the kqueue. If the filter indicates "
     "that the condition that triggered the event no longer holds, the kevent is removed from the kqueue and is not "
     "returned.",
     "socket A ready 1\nsocket B ready 2\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ (1); B 2: READ (1)"},
    {"Multiple events which trigger the filter do not result in multiple kevents being placed on the kqueue; instead, "
     "the filter will aggregate the events into a single struct kevent.",
     "socket A ready 1 takes 4\nsocket B size 10 bytes ready 2 3 4\n",
     BELL_KQUEUE_CLEAR,
     {0},
     "A 1: READ (1); B 5: READ 30 (1); B 5:; B 5:"},
    {"Calling close() on a file descriptor will remove any kevents that reference the descriptor.",
     "socket A never closes 1\n  watch write\nsocket B ready 2\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ EOF (2); B 2: READ (1)"},
    {"Sockets which have previously been passed to listen(2) return when there is an incoming connection pending. data "
     "contains the size of the listen backlog.",
     "listener L ready 1 1 1 2 takes 2\n",
     BELL_KQUEUE,
     {0},
     "L 1: READ 3 (1); L 3: READ 3 (1); L 5: READ 2 (1); L 7: READ 1 (1)"},
    {"On return, data contains the number of bytes of protocol data available to read.",
     "socket A size 5 bytes ready 1 1 2 takes 2\n  read up to 2 bytes\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ 10 (1); A 1: READ 8 (1); A 1: READ 6 (1); A 3: READ 10 (1); A 3: READ 8 (1); A 3: READ 6 (1); A 5: "
     "READ "
     "5 (1); A 5: READ 3 (1); A 5: READ 1 (1)"},
    {"If the read direction of the socket has shutdown, then the filter also sets EV_EOF in flags",
     "socket A size 5 bytes ready 1 closes 2\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ 5 (1); A 2: READ 0 EOF (1)"},
    {"and returns the socket error (if any) in fflags.",
     "socket A size 5 bytes ready 1 resets 2\n  ignore end\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ 5 (1); A 2: READ 0 EOF ECONNRESET (1); A 12: READ 0 EOF"},
    {"It is possible for EOF to be returned (indicating the connection is gone) while there is still data pending in "
     "the socket buffer.",
     "socket A size 5 bytes ready 1 closes 1\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ 5 EOF (1); A 1: READ 0 EOF (1)"},
    {"For sockets, pipes and fifos, data will contain the amount of space remaining in the write buffer.",
     "socket A ready 1 buffer 8 KB reads 3 KB every 10\n  write 12 KB\n  stop watching\nsocket B ready 9 takes 12\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ (1); B 9: READ (1); A 21: WRITE 6144 (1)"},
    {"For sockets, the low water mark and socket error handling is identical to the EVFILT_READ case.",
     "socket A ready 1 buffer 8 KB reads 2047 bytes every 10\n  write 10 KB\n  stop watching\n"
     "socket B ready 1 buffer 8 KB reads 2 KB every 10\n  write 10 KB\n  stop watching\n",
     BELL_KQUEUE,
     {0},
     "A 1: READ (2); B 1: READ; B 10: WRITE 2048 (1); A 20: WRITE 4094 (1)"},
    {"EV_CLEAR: Reset the state of the event after it is retrieved by the user.",
     "socket A size 5 bytes ready 1 1 9\n",
     BELL_KQUEUE_CLEAR,
     {.no_drain = true},
     "A 1: READ 10 (1); A 9: READ 10 (1)"},
    {"This filter automatically sets the EV_CLEAR flag internally.", /* OpenBSD's, of EVFILT_TIMER */
     "timer T every 10 until 20\n  leave unread\nsocket A ready 11\n",
     BELL_KQUEUE,
     {0},
     "T 10: TIMER 1 (1); A 11: READ (1); T 20: TIMER 1 (1)"},
    {"On return, data contains the number of times the timeout has expired since the last call to kevent().",
     "socket A ready 5 takes 16\nsocket B ready 6 takes 20\ntimer T every 10 until 50\n",
     BELL_KQUEUE,
     {0},
     "A 5: READ (1); B 21: READ (2); T 21: TIMER 2; T 41: TIMER 2 (1); T 50: TIMER 1 (1)"},
    {"kevent() returns the number of events placed in the eventlist, up to the value given by nevents.",
     "socket A ready 1\nsocket B ready 1\nsocket C ready 1\n",
     BELL_KQUEUE,
     {.maxevents = 2},
     "A 1: READ (2); B 1: READ; C 1: READ (1)"},
    {"If the time limit expires, then kevent() returns 0.",
     "timeout 3\nsocket A ready 5\n",
     BELL_KQUEUE,
     {0},
     "timeout 3: 0; A 5: READ (1)"},
    {"EINTR: A signal was delivered before the timeout expired and before any events were placed on the kqueue for "
     "return.",
     "signal S ready 3\nsocket A ready 5\n",
     BELL_KQUEUE,
     {0},
     "S 3: EINTR; A 5: READ (1)"},
};

static void check_rule(const rule *it) {
  run r;
  run_waiting(&r, it->text, it->strategy, it->options);
  string told = {0};
  string_cut(&told, 0);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    const bell_step *step = &r.trace.steps[k];
    bool is_early = bell_early_is_step(&r.trace, k);
    int64_t told_us = r.trace.steps[step->queued_at].time_us;
    string_add(&told, "%s%s %d:", k > 0 ? "; " : "", step_name(&r.trace, k), (int)(told_us / 1000));
    size_t length = told.length;
    string_add(&told, " ");
    string_add_cell(&told, is_early ? bell_early_print_result : bell_kevent_print, &r.trace, k);
    if (told.length == length + 1) string_cut(&told, length);
    if (r.trace.answers[k].returned > 0) string_add(&told, " (%d)", (int)r.trace.answers[k].returned);
  }
  CHECK_TEXT(it->text, it->sentence, told.bytes, it->told);
  string_free(&told);
  run_free(&r);
}

static void each_sentence_of_the_man_page_holds(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rules); i++) check_rule(&rules[i]);
}

/* ---- the traps --------------------------------------------------------------------------------------------------- */

static void an_end_with_something_to_read_before_it_says_what_closing_would_lose(void **state) {
  (void)state;
  check_reason("socket A size 5 bytes ready 1 closes 1\n", BELL_KQUEUE, 0,
               "Its event says EV_EOF, and that there are 5 bytes to read: who closes A at EV_EOF loses them.");
  check_reason("socket A ready 1 closes 1\n", BELL_KQUEUE_CLEAR, 0,
               "Its event says EV_EOF, and there is something to read: who closes A at EV_EOF loses it.");
}

static void a_timer_is_told_and_not_read(void **state) {
  (void)state;
  static const char text[] = "socket A ready 5 takes 16\ntimer T every 10 until 30\n";
  check_reason(text, BELL_KQUEUE, 1,
               "Its event says 2, for T has expired 2 times since it was told last. Who counts events, and not what "
               "they say, misses 1.");
  check_reason(text, BELL_KQUEUE, 2, "Its event says 1, for T has expired once: there is nothing to read.");
  check_reason("socket A ready 1 closes 1\n  ignore end\ntimer T ready 5\n", BELL_KQUEUE, 2,
               "Then T had an expiration. Its event says 1");
  run r;
  run_by(&r, text, BELL_KQUEUE);
  assert_int_equal(bell_trace_all_calls(&r.trace).reads, 1);
  assert_int_equal(bell_trace_all_calls(&r.trace).waits, 3);
  run_free(&r);
  check_reported("timer T every 2 until 4\n  leave unread\n", BELL_KQUEUE, "T TIMER 1 ; T TIMER 1 ");
}

/* What a wait of kqueue takes was measured nowhere, so nobody says how often. */
static void a_run_that_spins_has_no_figures(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 closes 2\n  ignore end\nsocket B ready 5\n";
  check_reason(text, BELL_KQUEUE, 2,
               "The thread could not sleep: from 2 to 5 ms kevent answered at once, again and again, for A is at its "
               "end and was not closed. Then B had a message to read.");
  check_reason(
      text, BELL_KQUEUE, 3,
      "This goes on for ever, at 100 % of a core: kevent answers at once, for A is at its end and was not "
      "closed. The thread woke again and again, and read nothing. The cure: close a socket when read gives 0.");
  check_reported(text, BELL_KQUEUE, "A READ message; A READ EOF 0; B READ message; A READ EOF 0");
  check_reported("socket A ready 1\n  watch write\n", BELL_KQUEUE, "A READ message; A WRITE ");
  check_reason("socket A ready 1\n  watch write\n", BELL_KQUEUE, 1, "woke again and again, and wrote nothing");
}

/* Its timer is no descriptor, and gives none back. */
static void a_listener_without_a_descriptor_is_told_again_and_again(void **state) {
  (void)state;
  static const char text[] = "listener L ready 1 1 descriptors 1\ntimer T every 2 until 2\n";
  check_reported(text, BELL_KQUEUE, "L READ 2 connection; T TIMER 1 ; L READ 1 EMFILE");
  check_reason(text, BELL_KQUEUE, 2,
               "kevent answers at once, for L has a connection for which no descriptor is left. The thread woke again "
               "and again, and accepted nothing: accept fails with EMFILE.");
  check_reported(text, BELL_EPOLL, "L IN connection; T IN 1; L IN connection");
  check_reported(text, BELL_KQUEUE_CLEAR, "L READ 2 connection; T TIMER 1 ");
}

/* A peer that sends no more may still read. The end says nothing of itself once more. */
static void room_to_write_to_a_peer_that_has_closed_is_no_eof(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 closes 5 buffer 4 bytes reads 4 bytes every 10\n  write 8 bytes\n  stop watching\n  ignore "
      "end\n";
  check_reported(text, BELL_KQUEUE, "A READ message; A READ EOF 0; A WRITE 4 4; A READ EOF 0");
  run r;
  run_by(&r, text, BELL_KQUEUE);
  char *sentence = reason_sentence(&r.trace, 1);
  CHECK(sentence, strstr(sentence, "EV_EOF") == NULL);
  free(sentence);
  run_free(&r);
}

/* Edge-triggered, nothing spins. */
static void with_ev_clear_an_end_is_told_once(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 closes 2\n  ignore end\n  watch write\nsocket B ready 5\n";
  check_reported(text, BELL_KQUEUE_CLEAR, "A READ message; A READ EOF 0; B READ message");
  check_reason(text, BELL_KQUEUE_CLEAR, 1, "Edge-triggered, kevent tells of it this once: the descriptor stays open");
}

static void what_is_left_over_with_ev_clear_is_told_of_by_nobody(void **state) {
  (void)state;
  run r;
  run_waiting(&r, "socket A size 5 bytes ready 1 1\n", BELL_KQUEUE_CLEAR, (bell_waiting_options){.no_drain = true});
  assert_int_equal(r.trace.step_count, 1);
  char *sentence = reason_sentence(&r.trace, 0);
  CHECK_CONTAINS("two at once", "lost", sentence,
                 "the edge was told already: nothing more comes, so nobody ever reads");
  free(sentence);
  run_free(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_sentence_of_the_man_page_holds),
      cmocka_unit_test(an_end_with_something_to_read_before_it_says_what_closing_would_lose),
      cmocka_unit_test(a_timer_is_told_and_not_read),
      cmocka_unit_test(a_run_that_spins_has_no_figures),
      cmocka_unit_test(a_listener_without_a_descriptor_is_told_again_and_again),
      cmocka_unit_test(room_to_write_to_a_peer_that_has_closed_is_no_eof),
      cmocka_unit_test(with_ev_clear_an_end_is_told_once),
      cmocka_unit_test(what_is_left_over_with_ev_clear_is_told_of_by_nobody),
  };
  return cmocka_run_group_tests_name("kqueue", tests, NULL, NULL);
}
