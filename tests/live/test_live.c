/* What the kernel and the other side may do to a server: pieces of messages, hanging up, signals, limits. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "live_server.h"
#include "multiplexer/calls.h"
#include "multiplexer/closing.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"
#include "support.h"
#include "thread_limit.h"

static const bell_strategy real_ones[] = {BELL_BLOCKING, BELL_BUSY_POLL, BELL_SELECT,  BELL_POLL,
                                          BELL_EPOLL,    BELL_EPOLL_ET,  BELL_THREADS, BELL_IO_URING};

/* ---- one connection, without peers ---- */

typedef struct lone_server {
  reading reading;
  live_peers peers;
  live_server server;
  live_connection connection;
  live_inbox inbox;
  uint32_t next;
  bell_trace trace;
  bell_step steps[4];
  bell_answers answers[4];
  bell_measured measured[4];
  atomic_uint open;
  live_outcome outcome;
} lone_server;

static void start_lone(lone_server *l, const char *text) {
  *l = (lone_server){.reading = read_good(text, BELL_MULTIPLEXER)};
  l->open = 1;
  l->trace = (bell_trace){.steps = l->steps, .answers = l->answers, .measured = l->measured};
  l->server = (live_server){.scenario = &l->reading.scenario,
                            .trace = &l->trace,
                            .peers = &l->peers,
                            .connections = &l->connection,
                            .inboxes = &l->inbox,
                            .next = &l->next,
                            .open = &l->open,
                            .outcome = &l->outcome};
  char problem[256];
  assert_true(live_connect(&l->connection, 1, (live_manner){0}, problem, sizeof problem));
}

static void end_lone(lone_server *l) {
  live_disconnect(&l->connection, 1);
  reading_free(&l->reading);
}

static void send_bytes(const lone_server *l, const void *bytes, size_t length) {
  assert_int_equal(write(l->connection.peer, bytes, length), length);
}

static void a_message_in_pieces_is_one_message(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 0\n");
  const live_record records[] = {{0, 0}, {1, 1}};
  const char *bytes = (const char *)records;
  assert_int_equal(live_read(&l.server, 0), LIVE_NOTHING);
  for (size_t i = 0; i < sizeof records; i++) {
    send_bytes(&l, bytes + i, 1);
    bool whole = (i + 1) % sizeof *records == 0;
    assert_int_equal(live_read(&l.server, 0), whole ? LIVE_MESSAGE : LIVE_NOTHING);
    if (whole) live_handle(&l.server, 0, BELL_REASON_ROUND);
  }
  assert_int_equal(l.trace.step_count, 2);
  assert_int_equal(l.open, 0);
  end_lone(&l);
}

static void two_messages_at_once_are_two_reads(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 0\n");
  const live_record records[] = {{0, 0}, {1, 1}};
  send_bytes(&l, records, sizeof records);
  for (uint32_t k = 0; k < 2; k++) {
    assert_int_equal(live_read(&l.server, 0), LIVE_MESSAGE);
    live_handle(&l.server, 0, BELL_REASON_ROUND);
    assert_int_equal(l.steps[k].event, k);
  }
  end_lone(&l);
}

/* What had come whole is handled; half a message is none. */
static void a_peer_that_hangs_up_ends_its_socket(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 0 0\n");
  const live_record records[] = {{0, 0}, {1, 0}};
  send_bytes(&l, records, sizeof records - 3);
  shutdown(l.connection.peer, SHUT_RDWR);
  assert_int_equal(live_read(&l.server, 0), LIVE_MESSAGE);
  live_handle(&l.server, 0, BELL_REASON_ROUND);
  assert_int_equal(live_read(&l.server, 0), LIVE_ENDED);
  assert_int_equal(live_read(&l.server, 0), LIVE_ENDED);
  assert_int_equal(l.open, 0);
  assert_int_equal(l.trace.step_count, 1);
  assert_int_equal(l.outcome.status, LIVE_DONE);
  end_lone(&l);
}

static void a_message_that_comes_twice_is_noticed(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 0\n");
  const live_record first = {0, 0};
  send_bytes(&l, &first, sizeof first);
  send_bytes(&l, &first, sizeof first);
  assert_int_equal(live_read(&l.server, 0), LIVE_MESSAGE);
  live_handle(&l.server, 0, BELL_REASON_ROUND);
  assert_int_equal(live_read(&l.server, 0), LIVE_ENDED);
  assert_int_equal(l.outcome.status, LIVE_FAILED);
  end_lone(&l);
}

static void a_byte_of_a_message_that_is_not_the_next_is_noticed(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 size 4 bytes\n");
  unsigned char piece[4];
  l.inbox.piece = piece;
  l.trace.taken = (bell_taken[4]){{0}};
  l.server.reads = 4;
  const unsigned char bytes[] = {live_byte(0, 0), live_byte(0, 1), live_byte(0, 2), live_byte(0, 2)};
  send_bytes(&l, bytes, 2);
  assert_int_equal(live_read(&l.server, 0), LIVE_MESSAGE);
  live_handle(&l.server, 0, BELL_REASON_ROUND);
  assert_int_equal(l.trace.taken[0].bytes, 2);
  assert_int_equal(l.trace.taken[0].missing, 2);
  send_bytes(&l, bytes + 2, 2);
  assert_int_equal(live_read(&l.server, 0), LIVE_ENDED);
  assert_int_equal(l.outcome.status, LIVE_FAILED);
  end_lone(&l);
}

/* ---- whole runs ---- */

typedef struct live_result {
  reading reading;
  bell_trace trace;
  unsigned char *memory;
  live_outcome outcome;
} live_result;

static void run_live(live_result *r, const char *text, bell_strategy strategy, live_options options) {
  r->reading = read_good(text, BELL_MULTIPLEXER);
  bell_arena arena = {.capacity = live_memory(&r->reading.scenario)};
  arena.base = r->memory = malloc(arena.capacity + 1);
  r->outcome = live_run(&r->trace, &r->reading.scenario, strategy, options, &arena);
}

static void live_result_free(live_result *r) {
  free(r->memory);
  reading_free(&r->reading);
}

static void check_all_once(const char *text, bell_strategy strategy, live_options options) {
  live_result r;
  run_live(&r, text, strategy, options);
  if (r.outcome.status == LIVE_FAILED) fail_msg("%s: %s", bell_strategy_name(strategy), r.outcome.problem);
  CHECK_EQUAL(text, bell_strategy_name(strategy), r.trace.step_count, r.trace.event_count);
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    CHECK(text, bell_trace_latency_us(&r.trace, k) >= 0);
    for (uint32_t earlier = 0; earlier < k; earlier++) {
      CHECK(text, r.trace.steps[earlier].event != r.trace.steps[k].event);
    }
  }
  live_result_free(&r);
}

static void without_sockets_a_run_ends_at_once(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) check_all_once("", real_ones[i], (live_options){0});
}

static const char mixed[] = "socket A ready 0 0 7 takes 2\nsocket B ready 0 20\nsocket C ready 5 6 7\n";

static void every_strategy_handles_every_message_once(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    check_all_once(mixed, real_ones[i], (live_options){0});
    check_all_once(mixed, real_ones[i], (live_options){.tcp = true});
  }
}

/* A socket's buffer holds a few hundred such messages: the rest waits until there is room. */
static void more_messages_than_a_buffer_holds(void **state) {
  (void)state;
  string text = {0};
  string_add(&text, "socket A ready");
  for (int i = 0; i < 2000; i++) string_add(&text, " 0");
  string_add(&text, "\nsocket B ready 30\n");
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) check_all_once(text.bytes, real_ones[i], (live_options){0});
  string_free(&text);
}

/* So much does not fit into a buffer, and comes in more pieces than the model says; what is read is all of it. */
static void a_message_larger_than_a_buffer_comes_whole(void **state) {
  (void)state;
  static const char text[] =
      "socket A size 2 MB ready 0 5\n  read up to 48 KB\nsocket B ready 30\npipe P size 200 KB ready 0\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    live_result r;
    run_live(&r, text, real_ones[i], (live_options){.tcp = i % 2 == 0});
    CHECK_EQUAL(text, r.outcome.problem, r.outcome.status, LIVE_DONE);
    uint64_t bytes = 0;
    for (uint32_t k = 0; k < r.trace.step_count; k++) bytes += r.trace.taken[k].bytes;
    CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), bytes, 2 * 2 * 1024 * 1024 + 200 * 1024);
    CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 4);
    live_result_free(&r);
  }
}

static void nothing(int signal) { (void)signal; }

/* Without SA_RESTART a signal makes calls return EINTR. One comes each half millisecond. */
static void signals_lose_nothing(void **state) {
  (void)state;
  struct sigaction action = {.sa_handler = nothing};
  struct sigaction before;
  sigaction(SIGALRM, &action, &before);
  struct itimerval timer = {.it_interval.tv_usec = 500, .it_value.tv_usec = 500};
  setitimer(ITIMER_REAL, &timer, NULL);
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) check_all_once(mixed, real_ones[i], (live_options){0});
  timer = (struct itimerval){0};
  setitimer(ITIMER_REAL, &timer, NULL);
  sigaction(SIGALRM, &before, NULL);
}

/* Told once of two messages, it reads one, and sleeps beside the other; the run ends all the same. */
static void without_drain_a_wake_up_is_lost(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0\nsocket B ready 5\n";
  live_result r;
  run_live(&r, text, BELL_EPOLL_ET, (live_options){.waiting.no_drain = true});
  CHECK_EQUAL(text, "status", r.outcome.status, LIVE_DONE);
  CHECK_EQUAL(text, "steps", r.trace.step_count, 2);
  CHECK_TEXT(text, "first", step_name(&r.trace, 0), "A");
  CHECK_TEXT(text, "second", step_name(&r.trace, 1), "B");
  live_result_free(&r);
}

/* The server sleeps for good, and its peer's buffer is full for good: the rest will never be sent. */
static void a_server_that_oversleeps_before_a_full_buffer_is_left_alone(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bell_strategy strategy;
  } cases[] = {{"socket A size 2 MB ready 0\n  read up to 1 KB\n", BELL_EPOLL_ET},
               {"socket Mute never\nsocket B size 2 MB ready 1\n", BELL_BLOCKING}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    for (int tcp = 0; tcp < 2; tcp++) {
      live_result r;
      run_live(&r, cases[i].text, cases[i].strategy, (live_options){.tcp = tcp, .waiting.no_drain = true});
      CHECK_EQUAL(cases[i].text, r.outcome.problem, r.outcome.status, LIVE_DONE);
      uint64_t bytes = 0;
      for (uint32_t k = 0; k < r.trace.step_count; k++) bytes += r.trace.taken[k].bytes;
      CHECK(cases[i].text, bytes < UINT64_C(2) * 1024 * 1024);
      live_result_free(&r);
    }
  }
}

/* ---- what is told of a run is what was measured ---- */

static void check_words(const live_result *r, uint32_t k, const char *part, bool is_there) {
  char reason[512];
  bell_text out = {.out = reason, .capacity = sizeof reason - 1};
  bell_multiplexer_lesson.print_reason(&r->trace, k, &out);
  reason[out.length] = '\0';
  if ((strstr(reason, part) != NULL) != is_there) fail_msg("%s \"%s\": %s", is_there ? "no" : "a", part, reason);
}

static void each_read_is_counted_once(void **state) {
  (void)state;
  lone_server l;
  start_lone(&l, "socket A ready 0 0\n");
  const live_record records[] = {{0, 0}, {1, 1}};
  for (int i = 0; i < 3; i++) live_read(&l.server, 0);
  send_bytes(&l, records, sizeof records);
  live_read(&l.server, 0);
  live_handle(&l.server, 0, BELL_REASON_ROUND);
  live_read(&l.server, 0);
  live_handle(&l.server, 0, BELL_REASON_ROUND);
  assert_int_equal(bell_trace_calls(&l.trace, 0).reads, 4);
  assert_int_equal(bell_trace_calls(&l.trace, 0).in_vain, 3);
  assert_int_equal(bell_trace_calls(&l.trace, 1).reads, 1);
  assert_int_equal(bell_trace_calls(&l.trace, 1).in_vain, 0);
  end_lone(&l);
}

static void what_is_there_is_read_without_a_sleep(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 0\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    live_result r;
    run_live(&r, text, real_ones[i], (live_options){0});
    const char *name = bell_strategy_name(real_ones[i]);
    CHECK_EQUAL(text, name, r.trace.step_count, 3);
    CHECK_EQUAL(text, name, bell_trace_totals(&r.trace).wake_ups, 0);
    CHECK_EQUAL(text, name, bell_trace_totals(&r.trace).idle_us, 0);
    for (uint32_t k = 0; k < r.trace.step_count; k++) check_words(&r, k, "slept", false);
    live_result_free(&r);
  }
}

static void busy_poll_claims_no_read_that_was_not_made(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "socket A ready 0\n", BELL_BUSY_POLL, (live_options){0});
  assert_int_equal(bell_trace_all_calls(&r.trace).reads, 1);
  check_words(&r, 0, "Nobody slept", false);
  live_result_free(&r);
  run_live(&r, "socket A ready 150\n", BELL_BUSY_POLL, (live_options){0});
  assert_true(bell_trace_all_calls(&r.trace).in_vain > 0);
  assert_int_equal(bell_trace_totals(&r.trace).wake_ups, 0);
  check_words(&r, 0, "Nobody slept", true);
  live_result_free(&r);
}

/* The lesson's doors, slower, so that a busy machine too is asleep in time. The peers send in the order of time: when
 * A's message has come, those of B and C are there. */
static void blocking_sleeps_at_the_socket_that_was_late(void **state) {
  (void)state;
  static const char doors[] = "socket A ready 180\nsocket B ready 30\nsocket C ready 90\n";
  live_result r;
  run_live(&r, doors, BELL_BLOCKING, (live_options){0});
  assert_int_equal(r.trace.step_count, 3);
  assert_int_equal(bell_trace_totals(&r.trace).wake_ups, 1);
  check_words(&r, 0, "slept at A", true);
  for (uint32_t k = 1; k < 3; k++) {
    assert_int_equal(r.trace.steps[k].queued_at, 0);
    check_words(&r, k, "slept at B", false);
    check_words(&r, k, "slept at C", false);
  }
  live_result_free(&r);
}

/* A socket that floods has two reads a turn, and its list remembers it: B comes in between. */
static void with_turns_a_flood_does_not_starve_the_others(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 0 0 0\nsocket B ready 0\n";
  for (int tcp = 0; tcp < 2; tcp++) {
    live_result r;
    run_live(&r, text, BELL_EPOLL_ET, (live_options){.tcp = tcp, .waiting.reads_a_turn = 2});
    static const char *const names[] = {"A", "A", "B", "A", "A", "A"};
    static const uint32_t waits[] = {1, 0, 0, 1, 0, 1};
    CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(names));
    for (uint32_t k = 0; k < COUNT_OF(names); k++) {
      CHECK_TEXT(text, "step", step_name(&r.trace, k), names[k]);
      CHECK_EQUAL(text, "waits", bell_trace_calls(&r.trace, k).waits, waits[k]);
    }
    check_words(&r, 1, "The turn is over, with read 2 of 2", true);
    check_words(&r, 5, "with a timeout of 0, told of nobody new", true);
    live_result_free(&r);
  }
}

/* After a socket's last message nothing is read: it is closed. */
static void the_read_that_ends_a_drain_belongs_to_the_step_before(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "socket A ready 0 0 100\n", BELL_EPOLL_ET, (live_options){0});
  static const uint32_t in_vain[] = {0, 1, 0};
  for (uint32_t k = 0; k < COUNT_OF(in_vain); k++) {
    assert_int_equal(bell_trace_calls(&r.trace, k).in_vain, in_vain[k]);
    assert_int_equal(bell_trace_calls(&r.trace, k).reads, 1 + in_vain[k]);
  }
  live_result_free(&r);
}

/* do_poll and do_select look at each descriptor again when they wake up. */
static void a_wait_that_slept_has_looked_twice(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "socket A ready 150\n", BELL_POLL, (live_options){0});
  bell_calls calls = bell_trace_calls(&r.trace, 0);
  assert_int_equal(calls.waits, 1);
  assert_int_equal(calls.scanned, 2);
  check_words(&r, 0, "slept in poll", true);
  live_result_free(&r);
  run_live(&r, "socket A ready 0\n", BELL_POLL, (live_options){0});
  assert_int_equal(bell_trace_calls(&r.trace, 0).scanned, 1);
  live_result_free(&r);
}

/* That the one core goes from one to the other shows in both their times. A busy machine may run B's thread first: that
 * run says nothing. */
static void threads_share_a_core(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 takes 50\nsocket B ready 5 takes 1\n";
  live_result r;
  run_live(&r, text, BELL_THREADS, (live_options){.waiting.cores = 1});
  for (int tries = 1; tries < 8 && strcmp(step_name(&r.trace, 0), "A") != 0; tries++) {
    live_result_free(&r);
    run_live(&r, text, BELL_THREADS, (live_options){.waiting.cores = 1});
  }
  assert_int_equal(r.trace.step_count, 2);
  CHECK_TEXT(text, "first", step_name(&r.trace, 0), "A");
  int64_t a_ends_us = bell_trace_end_us(&r.trace, 0);
  CHECK(text, r.trace.steps[1].time_us < a_ends_us);
  CHECK(text, bell_trace_end_us(&r.trace, 1) < a_ends_us);
  CHECK(text, a_ends_us - r.trace.steps[0].time_us >= 51000);
  live_result_free(&r);
}

/* Three threads on one core handle nothing new for almost a second. */
static void who_is_busy_for_long_is_not_taken_for_asleep(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 takes 300\nsocket B ready 0 takes 300\nsocket C ready 0 takes 300\n";
  check_all_once(text, BELL_THREADS, (live_options){.waiting.cores = 1});
}

/* Interrupts a run once it has handled its first message. */
static void *interrupt_after_a_step(void *context) {
  const bell_trace *trace = context;
  while (__atomic_load_n(&trace->step_count, __ATOMIC_ACQUIRE) == 0) usleep(100);
  kill(getpid(), SIGINT);
  return NULL;
}

static void an_interrupt_ends_a_run(void **state) {
  (void)state;
  sigset_t interrupt;
  sigset_t before;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt,
                  &before); /* for this thread and the one that it starts; the run waits for it */
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    static const char text[] = "socket A ready 1 50000\nsocket B ready 50000\n";
    live_result r = {0};
    pthread_t interrupter;
    assert_int_equal(pthread_create(&interrupter, NULL, interrupt_after_a_step, &r.trace), 0);
    run_live(&r, text, real_ones[i], (live_options){0});
    pthread_cancel(interrupter); /* a run that failed has no step to wait for */
    pthread_join(interrupter, NULL);
    CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), r.outcome.status, LIVE_INTERRUPTED);
    CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), r.trace.step_count, 1);
    live_result_free(&r);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- the command ---- */

/* What `doorbell live` prints on standard error, and its exit status. */
static int command(const char *before, const char *arguments, const char *text, char *answer, size_t size) {
  char line[1024];
  snprintf(line, sizeof line, "%s printf '%s' | \"$DOORBELL\" live %s - 2>&1 >/dev/null", before, text, arguments);
  FILE *pipe = popen(line, "r");
  assert_non_null(pipe);
  answer[fread(answer, 1, size - 1, pipe)] = '\0';
  return WEXITSTATUS(pclose(pipe));
}

static void too_few_descriptors_say_how_many_are_needed(void **state) {
  (void)state;
  char answer[512];
  static const char text[] = "socket A ready 0\\nsocket B ready 0\\n";
  assert_int_equal(command("ulimit -n 20;", "--strategy=poll", text, answer, sizeof answer), 1);
  CHECK_CONTAINS(text, "answer", answer, "ulimit -n 36");
}

static void *sleep_on(void *context) {
  pause();
  return context;
}

/* In a process of its own, whose limit is that: what is said of the first thread that cannot be started. */
static void check_thread_limit(__rlimit_resource_t resource, rlim_t limit, const char *expected) {
  pid_t child = fork();
  if (child == 0) {
    enum { NOBODY = 65534 }; /* whom limits bind, as they do not bind root */
    if (getuid() == 0 && setuid(NOBODY) != 0) _exit(2);
    struct rlimit few = {limit, limit};
    setrlimit(resource, &few);
    pthread_t thread;
    for (int i = 0; i < 1000 && pthread_create(&thread, NULL, sleep_on, NULL) == 0; i++) {
    }
    _exit(strstr(live_thread_limit(), expected) != NULL ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK_EQUAL(expected, "status", WEXITSTATUS(status), 0);
}

/* pthread_create says EAGAIN for each of the limits. */
static void too_few_threads_say_which_limit_it_was(void **state) {
  (void)state;
  check_thread_limit(RLIMIT_NPROC, 10, "ulimit -u");
#ifndef __SANITIZE_ADDRESS__ /* which has taken most addresses itself */
  check_thread_limit(RLIMIT_AS, 300000000, "ulimit -v");
#endif
}

static void longer_than_a_minute_is_refused_with_the_scale_that_fits(void **state) {
  (void)state;
  char answer[512];
  assert_int_equal(command("", "--strategy=poll", "socket A ready 70000\\n", answer, sizeof answer), 1);
  CHECK_CONTAINS("ready 70000", "answer", answer, "--scale=0.85 fits");
}

/* Told once of 1152 bytes, it reads 1024, and sleeps beside the rest. */
static void without_drain_the_rest_of_a_message_is_lost(void **state) {
  (void)state;
  static const char text[] = "socket A size 1152 bytes ready 0\n  read up to 1 KB\nsocket B ready 5\n";
  for (int tcp = 0; tcp < 2; tcp++) {
    live_result r;
    run_live(&r, text, BELL_EPOLL_ET, (live_options){.tcp = tcp, .waiting.no_drain = true});
    CHECK_EQUAL(text, "status", r.outcome.status, LIVE_DONE);
    CHECK_EQUAL(text, "steps", r.trace.step_count, 2);
    check_words(&r, 0, "128 bytes lie unread, and the edge was told already", true);
    live_result_free(&r);
  }
  char answer[512];
  static const char in_shell[] = "socket A size 1152 bytes ready 0\\n  read up to 1 KB\\n";
  assert_int_equal(command("", "--strategy=epoll-et --drain=no", in_shell, answer, sizeof answer), 0);
  CHECK_CONTAINS(text, "answer", answer, "A is stuck: 1 of its messages");
}

/* ---- timers ---- */

/* Whoever comes late to a timer reads how often it has expired, and nothing is lost. */
static void all_expirations_of_a_timer_are_read(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    live_result r;
    run_live(&r, "socket A ready 1 takes 25\ntimer T every 10 until 40\ntimer U ready 5\n", real_ones[i],
             (live_options){0});
    int64_t expirations[3] = {0};
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      uint32_t source = bell_trace_event(&r.trace, k)->statement;
      expirations[source] += bell_timer_expirations_column(&r.trace, k);
      assert_true(bell_trace_latency_us(&r.trace, k) >= 0);
    }
    assert_true(expirations[1] >= 4);
    assert_int_equal(expirations[2], 1);
    live_result_free(&r);
  }
}

static void a_timer_that_is_left_unread_spins_where_the_wait_is_level_triggered(void **state) {
  (void)state;
  static const bell_strategy all[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL};
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    live_result r;
    run_live(&r, "timer T every 2 until 10\n  leave unread\nsocket A ready 8\n", all[i], (live_options){0});
    assert_int_equal(r.trace.step_count, 3);
    assert_int_equal(r.trace.steps[2].reason, BELL_REASON_SPINS);
    CHECK_EQUAL(bell_strategy_name(all[i]), "reads of T", bell_trace_calls(&r.trace, 0).reads, 0);
    CHECK(bell_strategy_name(all[i]), bell_trace_rounds(&r.trace, 2) > 10);
    live_result_free(&r);
  }
}

/* It has expired twenty times when A's message comes: of none but the first was anybody told. */
static void edge_triggered_it_does_not_go_on(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "timer T every 2 until 10\n  leave unread\nsocket A ready 40\n", BELL_EPOLL_ET, (live_options){0});
  assert_int_equal(r.trace.step_count, 2);
  bell_calls calls = bell_trace_all_calls(&r.trace);
  assert_int_equal(calls.waits, 2);
  assert_int_equal(calls.returned, 2);
  live_result_free(&r);
}

/* ---- a worker ---- */

static const bell_strategy with_a_worker[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET};

/* A takes 150 ms by itself; B comes at 20, and is served long before that is done. */
static void a_real_thread_works_while_the_loop_serves_others(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 takes 150\n  hand over\nsocket B ready 20\nworker W takes 1\n";
  for (size_t i = 0; i < COUNT_OF(with_a_worker); i++) {
    live_result r;
    run_live(&r, text, with_a_worker[i], (live_options){0});
    assert_int_equal(r.trace.step_count, 3);
    assert_string_equal(step_name(&r.trace, 1), "B");
    assert_string_equal(step_name(&r.trace, 2), "W");
    assert_true(r.trace.steps[2].time_us - r.trace.steps[0].time_us >= 150000);
    assert_true(bell_trace_latency_us(&r.trace, 2) >= 0);
    assert_int_equal(r.trace.taken[2].bytes, 1);
    live_result_free(&r);
  }
}

/* What A gave takes 200 ms; what B gave then is done long before that, by another thread. */
static void the_threads_of_a_pool_work_at_once(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 0 takes 200\n  hand over\nsocket B ready 5 takes 5\n  hand over\n"
      "worker W threads 2\n";
  for (size_t i = 1; i < COUNT_OF(with_a_worker); i += 2) {
    live_result r;
    run_live(&r, text, with_a_worker[i], (live_options){0});
    CHECK_EQUAL(text, "steps", r.trace.step_count, 4);
    for (uint32_t k = 2; k < 4; k++) {
      CHECK_TEXT(text, "step", step_name(&r.trace, k), "W");
      CHECK_EQUAL(text, "done", r.trace.taken[k].bytes, 1);
    }
    int64_t given_us = r.trace.steps[0].time_us;
    CHECK(text, bell_trace_event(&r.trace, 2)->ready_us < given_us + 200000);
    CHECK(text, bell_trace_event(&r.trace, 3)->ready_us >= given_us + 200000);
    live_result_free(&r);
  }
}

/* B holds the loop until all three are done: one read of the eventfd gives 3. */
static void what_is_done_meanwhile_adds_up_in_one_read(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 1 1 takes 5\n  hand over\nsocket B ready 1 takes 100\nworker W\n";
  for (size_t i = 0; i < COUNT_OF(with_a_worker); i++) {
    live_result r;
    run_live(&r, text, with_a_worker[i], (live_options){0});
    uint32_t done = 0;
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      bool is_workers = bell_worker_is(r.trace.scenario, bell_trace_event(&r.trace, k)->statement);
      if (is_workers) done += r.trace.taken[k].bytes;
    }
    assert_int_equal(done, 3);
    live_result_free(&r);
  }
}

static void an_eventfd_that_is_left_unread_spins(void **state) {
  (void)state;
  static const bell_strategy level_triggered[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL};
  for (size_t i = 0; i < COUNT_OF(level_triggered); i++) {
    live_result r;
    run_live(&r, "socket A ready 1 2 takes 2\n  hand over\nsocket B ready 9\nworker W\n  leave unread\n",
             level_triggered[i], (live_options){0});
    assert_int_equal(r.trace.step_count, 5);
    assert_int_equal(r.trace.steps[4].reason, BELL_REASON_SPINS);
    CHECK(bell_strategy_name(level_triggered[i]), bell_trace_rounds(&r.trace, 4) > 10);
    live_result_free(&r);
  }
}

/* The second message lies unread, for nobody is told of it again; its work is never given, and the run ends. */
static void work_that_is_never_given_keeps_no_run_from_its_end(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "socket A ready 0 0 takes 2\n  hand over\nworker W\n", BELL_EPOLL_ET,
           (live_options){.waiting = {.no_drain = true}});
  assert_int_equal(r.trace.step_count, 2);
  assert_string_equal(step_name(&r.trace, 1), "W");
  live_result_free(&r);
}

/* ---- pipes ---- */

static void every_message_of_a_pipe_is_handled_once(void **state) {
  (void)state;
  static const char text[] = "pipe P ready 0 0 5 closes 6\nsocket A ready 5\npipe Q never closes 3\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) check_all_once(text, real_ones[i], (live_options){0});
}

/* Nothing more comes of a pipe whose other end is closed, nor of one that is full, and nobody tells of either again.
 * The run ends all the same. */
static void a_server_that_sleeps_beside_a_pipe_is_woken(void **state) {
  (void)state;
  static const char *const texts[] = {"pipe P ready 0 0 closes 0\n",
                                      "pipe P size 90 KB ready 0 0\n  read up to 1 KB\n"};
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    live_result r;
    run_live(&r, texts[i], BELL_EPOLL_ET, (live_options){.waiting.no_drain = true});
    CHECK_EQUAL(texts[i], r.outcome.problem, r.outcome.status, LIVE_DONE);
    CHECK(texts[i], r.trace.step_count < r.reading.scenario.run_count);
    live_result_free(&r);
  }
  live_result r;
  run_live(&r, "pipe P never\nsocket A ready 0\n", BELL_BLOCKING, (live_options){0});
  CHECK_EQUAL("blocking", r.outcome.problem, r.outcome.status, LIVE_DONE);
  live_result_free(&r);
}

/* The kernel's own words: the byte patterns of poll(2), and what read gave, over socket pairs and over TCP. */
static void check_end(const char *text, bell_strategy strategy, bool tcp, const char *reported, const char *result) {
  live_result r;
  run_live(&r, text, strategy, (live_options){.tcp = tcp});
  CHECK_EQUAL(text, r.outcome.problem, r.outcome.status, LIVE_DONE);
  char cells[2][32] = {{0}};
  bell_text out = {.out = cells[0], .capacity = sizeof *cells - 1};
  bell_closing_print_reported(&r.trace, 1, &out);
  out = (bell_text){.out = cells[1], .capacity = sizeof *cells - 1};
  bell_closing_print_result(&r.trace, 1, &out);
  CHECK_TEXT(text, bell_strategy_name(strategy), cells[0], reported);
  CHECK_TEXT(text, bell_strategy_name(strategy), cells[1], result);
  live_result_free(&r);
}

/* ---- files ---- */

static void a_file_is_read_to_its_end(void **state) {
  (void)state;
  static const char text[] = "file F reads 3\nsocket A ready 0 5\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    bool takes_none = real_ones[i] == BELL_EPOLL || real_ones[i] == BELL_EPOLL_ET;
    if (!takes_none) check_all_once(text, real_ones[i], (live_options){0});
  }
  check_end("file F reads 1\n", BELL_POLL, false, "IN", "0");
  check_end("file F reads 1\n", BELL_SELECT, false, "readable", "0");
  live_result r;
  run_live(&r, "file F reads 1\n", BELL_EPOLL, (live_options){0}); /* which the command refuses before */
  CHECK_EQUAL("epoll", "status", r.outcome.status, LIVE_FAILED);
  CHECK_CONTAINS("epoll", "problem", r.outcome.problem, strerror(EPERM));
  live_result_free(&r);
}

/* For the disk its own thread sleeps, and everybody else does where there is one. */
static void somebody_waits_for_the_disk(void **state) {
  (void)state;
  static const char text[] = "file F reads 1 takes 60\nsocket A ready 10\n";
  live_result r;
  run_live(&r, text, BELL_POLL, (live_options){0});
  CHECK(text, r.trace.steps[1].time_us >= 60000); /* whoever is first then */
  live_result_free(&r);
  run_live(&r, text, BELL_THREADS, (live_options){.waiting.cores = 1});
  for (uint32_t k = 0; k < r.trace.step_count; k++) {
    bool is_file = strcmp(step_name(&r.trace, k), "F") == 0;
    CHECK(text, !is_file || r.trace.steps[k].time_us >= 60000);
  }
  live_result_free(&r);
  run_live(&r, text, BELL_IO_URING, (live_options){0});
  CHECK_EQUAL(text, "status", r.outcome.status, LIVE_FAILED);
  live_result_free(&r);
}

/* ---- listeners ---- */

static void every_connection_is_accepted_once(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    for (int tcp = 0; tcp < 2; tcp++) {
      check_all_once("listener L ready 0 0 5 5 5 takes 1\nsocket A ready 5\nlistener M ready 5\n", real_ones[i],
                     (live_options){.tcp = tcp});
    }
  }
}

static rlim_t descriptors_allowed(void) {
  struct rlimit limit;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
  return limit.rlim_cur;
}

/* The process's own limit is what the kernel goes by, and is as it was behind the run. */
static void without_a_descriptor_an_accept_fails_until_a_socket_is_closed(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 1 closes 150\nlistener L ready 1 1 5 5 descriptors 2\n"; /* not soon: a peer may be late */
  static const bell_strategy all[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL};
  rlim_t allowed = descriptors_allowed();
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    for (int tcp = 0; tcp < 2; tcp++) {
      live_result r;
      run_live(&r, text, all[i], (live_options){.tcp = tcp});
      const char *name = bell_strategy_name(all[i]);
      CHECK_EQUAL(r.outcome.problem, "status", r.outcome.status, LIVE_DONE);
      CHECK_EQUAL(name, "rows", r.trace.step_count, 6);
      CHECK_EQUAL(name, "spins", bell_trace_spins(&r.trace, 3), true);
      CHECK(name, bell_trace_calls(&r.trace, 3).in_vain > 10);
      CHECK_EQUAL(name, "the last row", r.trace.steps[5].reason, BELL_REASON_SPINS);
      CHECK(name, bell_trace_rounds(&r.trace, 5) > 10);
      CHECK_EQUAL(name, "descriptors allowed", descriptors_allowed(), allowed);
      live_result_free(&r);
    }
  }
}

static void a_spare_descriptor_turns_away_and_nothing_spins(void **state) {
  (void)state;
  static const char text[] =
      "listener L ready 1 1 2 2 descriptors 1\n  keep spare\nsocket A ready 150\n"; /* not soon */
  static const bell_strategy all[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET};
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    live_result r;
    run_live(&r, text, all[i], (live_options){0});
    const char *name = bell_strategy_name(all[i]);
    CHECK_EQUAL(name, "rows", r.trace.step_count, 5);
    CHECK_EQUAL(name, "accepted", bell_trace_is_turned_away(&r.trace, 0), false);
    for (uint32_t k = 1; k <= 3; k++) {
      CHECK_EQUAL(name, "turned away", bell_trace_is_turned_away(&r.trace, k), true);
      CHECK(name, bell_trace_calls(&r.trace, k).in_vain >= 1);
    }
    CHECK(name, bell_trace_all_calls(&r.trace).waits < 10);
    live_result_free(&r);
  }
}

static void edge_triggered_who_waits_when_a_descriptor_is_free_again_is_not_told(void **state) {
  (void)state;
  live_result r;
  run_live(&r, "socket A closes 20 never\nlistener L ready 1 5 descriptors 1\n", BELL_EPOLL_ET, (live_options){0});
  assert_int_equal(r.outcome.status, LIVE_DONE);
  assert_int_equal(r.trace.step_count, 2);
  live_result_free(&r);
}

/* A real descriptor of that number; select is not called with it. */
static void a_descriptor_that_is_said_is_that_of_the_socket(void **state) {
  (void)state;
  static const char text[] = "socket A ready 1 fd 1500\nsocket B ready 2\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    if (real_ones[i] != BELL_SELECT) check_all_once(text, real_ones[i], (live_options){0});
  }
  live_result r;
  run_live(&r, text, BELL_SELECT, (live_options){0});
  assert_int_equal(r.outcome.status, LIVE_FAILED);
  CHECK_CONTAINS(text, "problem", r.outcome.problem, "select takes descriptors below 1024");
  live_result_free(&r);
  live_connection connections[] = {{.number = 1500}, {.number = 0}};
  char problem[128];
  assert_true(live_connect(connections, 2, (live_manner){.highest = 1500}, problem, sizeof problem));
  assert_int_equal(connections[0].server, 1500);
  assert_true(connections[0].peer > 1500);
  assert_true(connections[1].server < 1024);
  live_connection other[] = {{.number = 1500}};
  assert_false(live_connect(other, 1, (live_manner){.highest = 1500}, problem, sizeof problem));
  live_disconnect(connections, 2);
}

/* ---- waits that end early ---- */

static const bell_strategy with_waits[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL, BELL_EPOLL_ET, BELL_IO_URING};

static uint32_t count_reason(const live_result *r, bell_reason reason) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < r->trace.step_count; k++) count += r->trace.steps[k].reason == reason;
  return count;
}

/* Whatever SA_RESTART says. */
static void a_signal_ends_a_wait_and_a_wait_times_out(void **state) {
  (void)state;
  static const char text[] = "signal S ready 20\nsocket A ready 100\ntimeout every 60 takes 1\n";
  uint32_t interrupted = 0; /* of a machine that is late, not all need be */
  for (size_t i = 0; i < COUNT_OF(with_waits); i++) {
    live_result r;
    run_live(&r, text, with_waits[i], (live_options){0});
    const char *name = bell_strategy_name(with_waits[i]);
    assert_int_equal(r.outcome.status, LIVE_DONE);
    interrupted += count_reason(&r, BELL_REASON_SIGNAL);
    CHECK_EQUAL(text, name, count_reason(&r, BELL_REASON_SIGNAL) + count_reason(&r, BELL_REASON_FLAG), 1);
    CHECK(name, count_reason(&r, BELL_REASON_TIMEOUT) > 0);
    for (uint32_t k = 0; k < r.trace.step_count; k++) {
      if (r.trace.steps[k].reason != BELL_REASON_TIMEOUT) continue;
      CHECK(name, r.trace.steps[k].time_us >= 60000);
      CHECK(name, bell_trace_end_us(&r.trace, k) >= r.trace.steps[k].time_us + 1000);
    }
    live_result_free(&r);
  }
  assert_true(interrupted > 0);
}

/* A busy thread finds its flag later; and a run goes on until all signals have come. */
static void signals_are_noticed_though_nothing_else_comes(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(with_waits); i++) {
    live_result r;
    run_live(&r, "socket A ready 1 takes 20\nsignal S ready 10 40\n", with_waits[i], (live_options){0});
    assert_int_equal(r.trace.step_count, 3);
    uint32_t noticed = count_reason(&r, BELL_REASON_FLAG) + count_reason(&r, BELL_REASON_SIGNAL);
    CHECK_EQUAL(bell_strategy_name(with_waits[i]), "noticed", noticed, 2);
    live_result_free(&r);
  }
}

static void the_stuck_socket_is_named(void **state) {
  (void)state;
  char answer[512];
  static const char text[] = "socket A ready 0 0\\n";
  assert_int_equal(command("", "--strategy=epoll-et --drain=no", text, answer, sizeof answer), 0);
  CHECK_CONTAINS(text, "answer", answer, "A is stuck: 1 of its messages");
}

/* ---- writing ---- */

/* Of how much finds room at a time only the kernel knows; all of it does, in the end. */
static void what_is_written_comes_to_a_peer_that_reads(void **state) {
  (void)state;
  static const char text[] =
      "socket A ready 0 5 buffer 16 KB reads 16 KB every 2\n  write 100 KB\n  stop watching\nsocket B ready 3\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    for (int tcp = 0; tcp < 2; tcp++) {
      live_result r;
      run_live(&r, text, real_ones[i], (live_options){.tcp = tcp});
      CHECK_EQUAL(text, r.outcome.problem, r.outcome.status, LIVE_DONE);
      uint64_t bytes = 0;
      for (uint32_t k = 0; k < r.trace.step_count; k++) bytes += r.trace.written[k].bytes;
      CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), bytes, 2 * 100 * 1024);
      CHECK_EQUAL(text, "owed", r.trace.written[r.trace.step_count - 1].owed, 0);
      CHECK_EQUAL(text, "messages", bell_trace_totals(&r.trace).messages, 3);
      live_result_free(&r);
    }
  }
}

static const bell_strategy that_watch[] = {BELL_SELECT, BELL_POLL, BELL_EPOLL};

/* EAGAIN, OUT, the rest; and who goes on to watch wakes and wakes. */
static void a_full_buffer_is_told_of_when_it_has_room(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 buffer 16 KB reads 8 KB every 2\n  write 64 KB\n";
  for (size_t i = 0; i < COUNT_OF(that_watch); i++) {
    live_result r;
    run_live(&r, text, that_watch[i], (live_options){0});
    uint32_t last = r.trace.step_count - 1;
    CHECK(text, last > 2 && r.trace.written[0].bytes > 0 && r.trace.written[0].owed > 0);
    check_words(&r, 0, "and then fails with EAGAIN, for the buffer is full", true);
    for (uint32_t k = 1; k < last; k++) CHECK(text, bell_trace_is_write(&r.trace, k));
    check_words(&r, last, "A is watched for writing with nothing to write", true);
    CHECK(text, bell_trace_rounds(&r.trace, last) > 10);
    live_result_free(&r);
  }
}

/* Until the run is ended from outside. */
static void who_waits_for_a_peer_that_never_reads_sleeps_for_good(void **state) {
  (void)state;
  static const char waits[] = "socket A ready 0 buffer 16 KB reads never\n  write 64 KB and wait\nsocket B ready 10\n";
  static const char keeps[] = "socket A ready 0 buffer 16 KB reads never\n  write 64 KB\nsocket B ready 10\n";
  for (size_t i = 0; i < COUNT_OF(that_watch); i++) {
    live_result r;
    run_live(&r, waits, that_watch[i], (live_options){0});
    CHECK_EQUAL(waits, r.outcome.problem, r.outcome.status, LIVE_DONE);
    CHECK_EQUAL(waits, "steps", r.trace.step_count, 2);
    check_words(&r, 1, "B never gets its turn: the thread sleeps in write at A", true);
    live_result_free(&r);
    run_live(&r, keeps, that_watch[i], (live_options){0});
    CHECK_EQUAL(keeps, "steps", r.trace.step_count, 2);
    check_words(&r, 0, "for which there will never be room", true);
    live_result_free(&r);
  }
}

/* A's handler finds no room, and watches for writing: so epoll_ctl tells of its next message anew, though its turn is
 * over, and the server's own list knows that already. */
static void with_turns_a_handler_may_write_and_watch(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 0 0 buffer 16 KB reads never\n  write 64 KB\nsocket B ready 0\n";
  static const char *const names[] = {"A", "B", "A", "A"};
  static const uint32_t returned[] = {2, 0, 1, 0};
  live_result r;
  run_live(&r, text, BELL_EPOLL_ET, (live_options){.waiting.reads_a_turn = 1});
  CHECK_EQUAL(text, "steps", r.trace.step_count, COUNT_OF(names));
  for (uint32_t k = 0; k < COUNT_OF(names); k++) {
    CHECK_TEXT(text, "step", step_name(&r.trace, k), names[k]);
    CHECK_EQUAL(text, "returned", bell_trace_calls(&r.trace, k).returned, returned[k]);
    CHECK_EQUAL(text, "looked at anew", r.trace.steps[k].is_looked_at_anew, k == 0);
  }
  check_words(&r, 2, "with a timeout of 0, told of nobody new", true);
  live_result_free(&r);
}

static void without_drain_epoll_ctl_tells_of_the_rest_anew(void **state) {
  (void)state;
  static const char watches[] = "socket A size 1 KB ready 0 0 buffer 16 KB reads never\n  write 64 KB\n";
  static const char does_not[] = "socket A size 1 KB ready 0 0 buffer 16 KB reads never\n  write 100 bytes\n";
  live_result r;
  run_live(&r, watches, BELL_EPOLL_ET, (live_options){.waiting.no_drain = true});
  CHECK_EQUAL(watches, "steps", r.trace.step_count, 2);
  check_words(&r, 0, "1 KB lies unread: epoll_wait tells of that again, for epoll_ctl changes", true);
  live_result_free(&r);
  run_live(&r, does_not, BELL_EPOLL_ET, (live_options){.waiting.no_drain = true});
  CHECK_EQUAL(does_not, "steps", r.trace.step_count, 1);
  check_words(&r, 0, "1 KB lies unread, and the edge was told already: nothing more comes", true);
  live_result_free(&r);
}

static void who_forgets_the_rest_writes_less(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 buffer 16 KB reads never\n  write 64 KB and forget\n";
  for (size_t i = 0; i < COUNT_OF(that_watch); i++) {
    live_result r;
    run_live(&r, text, that_watch[i], (live_options){0});
    CHECK_EQUAL(text, "steps", r.trace.step_count, 1);
    CHECK(text, r.trace.written[0].bytes > 0 && r.trace.written[0].bytes < 64 * 1024);
    live_result_free(&r);
  }
}

static void a_reset_of_who_has_read_all_needs_tcp(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 resets 5\n  write 1 KB\n";
  live_result r;
  run_live(&r, text, BELL_POLL, (live_options){0});
  CHECK_EQUAL(text, "status", r.outcome.status, LIVE_FAILED);
  CHECK_CONTAINS(text, "problem", r.outcome.problem, "--tcp does");
  live_result_free(&r);
  run_live(&r, text, BELL_POLL, (live_options){.tcp = true});
  CHECK_EQUAL(text, "result", r.trace.measured[1].result, -ECONNRESET);
  live_result_free(&r);
}

/* ---- connections that end ---- */

static void an_end_is_reported_as_the_man_pages_say(void **state) {
  (void)state;
  for (int tcp = 0; tcp < 2; tcp++) {
    for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL_ET; s++) {
      check_end("socket A ready 0 closes 20\n", s, tcp, "IN|RDHUP", "0");
      check_end("socket A ready 0 resets 20\n", s, tcp, "IN|RDHUP|HUP|ERR", "ECONNRESET");
    }
    for (bell_strategy s = BELL_POLL; s <= BELL_EPOLL_ET; s++) {
      check_end("pipe P ready 0 closes 20\n", s, tcp, "HUP", "0");
      check_end("pipe P ready 0 0 closes 0\n", s, tcp, "IN|HUP", "message");
    }
    check_end("pipe P ready 0 closes 20\n", BELL_SELECT, tcp, "readable", "0");
    check_end("socket A ready 0 closes 20\n", BELL_SELECT, tcp, "readable", "0");
    check_end("socket A ready 0 resets 20\n", BELL_IO_URING, tcp, "", "ECONNRESET");
  }
}

static void a_handler_that_does_not_close_spins(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0 closes 0\n  ignore end\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    live_result r;
    run_live(&r, text, real_ones[i], (live_options){0});
    bool spins = bell_closing_spins(real_ones[i]);
    CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), r.trace.step_count, spins ? 3 : 2);
    if (spins) CHECK(text, bell_trace_rounds(&r.trace, 2) > 1);
    if (spins) CHECK(text, bell_trace_is_stop(&r.trace, 2));
    live_result_free(&r);
  }
}

static void there_is_room_to_write_all_the_time(void **state) {
  (void)state;
  static const char text[] = "socket A ready 0\n  watch write\n";
  for (bell_strategy s = BELL_SELECT; s <= BELL_EPOLL; s++) {
    live_result r;
    run_live(&r, text, s, (live_options){.tcp = s == BELL_POLL});
    CHECK_EQUAL(text, bell_strategy_name(s), r.trace.step_count, 2);
    CHECK_EQUAL(text, "reads", r.trace.measured[1].calls.reads, 0);
    CHECK(text, bell_trace_rounds(&r.trace, 1) > 1);
    live_result_free(&r);
  }
}

/* The last row is about C then, for A has no event; and of C nothing is reported any more. */
static void of_who_spins_without_an_event_nothing_is_reported(void **state) {
  (void)state;
  static const char text[] = "socket A never\n  watch write\nsocket C ready 0\n";
  for (bell_strategy s = BELL_SELECT; s <= BELL_EPOLL; s++) {
    live_result r;
    run_live(&r, text, s, (live_options){0});
    CHECK_EQUAL(text, bell_strategy_name(s), r.trace.step_count, 2);
    CHECK_EQUAL(text, bell_strategy_name(s), r.trace.measured[1].reported, 0);
    live_result_free(&r);
  }
}

/* What was sent behind the message that was read is not told again, and the peer is gone: nothing else will be. */
static void a_server_that_oversleeps_behind_an_end_is_left_alone(void **state) {
  (void)state;
  static const char *const texts[] = {"socket A ready 0 5 6 7 closes 8 takes 20\n",
                                      "socket A ready 0 5 6 7 resets 8 takes 20\n"};
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    for (int tcp = 0; tcp < 2; tcp++) {
      live_result r;
      run_live(&r, texts[i], BELL_EPOLL_ET, (live_options){.tcp = tcp, .waiting.no_drain = true});
      CHECK_EQUAL(texts[i], r.outcome.problem, r.outcome.status, LIVE_DONE);
      CHECK(texts[i], r.trace.step_count < 5);
      live_result_free(&r);
    }
  }
}

static void where_nothing_is_ever_said_only_a_blocking_thread_stays(void **state) {
  (void)state;
  static const char text[] = "socket Mute never\nsocket B ready 1\n";
  for (size_t i = 0; i < COUNT_OF(real_ones); i++) {
    live_result r;
    run_live(&r, text, real_ones[i], (live_options){0});
    bool stays = real_ones[i] == BELL_BLOCKING;
    CHECK_EQUAL(text, bell_strategy_name(real_ones[i]), r.outcome.status, LIVE_DONE);
    CHECK_EQUAL(text, "rows", r.trace.step_count, 1);
    CHECK_EQUAL(text, "is no step", bell_trace_is_stop(&r.trace, 0), stays);
    live_result_free(&r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_message_in_pieces_is_one_message),
      cmocka_unit_test(two_messages_at_once_are_two_reads),
      cmocka_unit_test(a_peer_that_hangs_up_ends_its_socket),
      cmocka_unit_test(a_message_that_comes_twice_is_noticed),
      cmocka_unit_test(a_byte_of_a_message_that_is_not_the_next_is_noticed),
      cmocka_unit_test(without_sockets_a_run_ends_at_once),
      cmocka_unit_test(every_strategy_handles_every_message_once),
      cmocka_unit_test(more_messages_than_a_buffer_holds),
      cmocka_unit_test(a_message_larger_than_a_buffer_comes_whole),
      cmocka_unit_test(signals_lose_nothing),
      cmocka_unit_test(without_drain_a_wake_up_is_lost),
      cmocka_unit_test(with_turns_a_flood_does_not_starve_the_others),
      cmocka_unit_test(with_turns_a_handler_may_write_and_watch),
      cmocka_unit_test(without_drain_epoll_ctl_tells_of_the_rest_anew),
      cmocka_unit_test(a_server_that_oversleeps_before_a_full_buffer_is_left_alone),
      cmocka_unit_test(each_read_is_counted_once),
      cmocka_unit_test(what_is_there_is_read_without_a_sleep),
      cmocka_unit_test(busy_poll_claims_no_read_that_was_not_made),
      cmocka_unit_test(blocking_sleeps_at_the_socket_that_was_late),
      cmocka_unit_test(the_read_that_ends_a_drain_belongs_to_the_step_before),
      cmocka_unit_test(a_wait_that_slept_has_looked_twice),
      cmocka_unit_test(threads_share_a_core),
      cmocka_unit_test(who_is_busy_for_long_is_not_taken_for_asleep),
      cmocka_unit_test(an_interrupt_ends_a_run),
      cmocka_unit_test(too_few_descriptors_say_how_many_are_needed),
      cmocka_unit_test(too_few_threads_say_which_limit_it_was),
      cmocka_unit_test(longer_than_a_minute_is_refused_with_the_scale_that_fits),
      cmocka_unit_test(what_is_written_comes_to_a_peer_that_reads),
      cmocka_unit_test(a_full_buffer_is_told_of_when_it_has_room),
      cmocka_unit_test(who_waits_for_a_peer_that_never_reads_sleeps_for_good),
      cmocka_unit_test(who_forgets_the_rest_writes_less),
      cmocka_unit_test(a_reset_of_who_has_read_all_needs_tcp),
      cmocka_unit_test(the_stuck_socket_is_named),
      cmocka_unit_test(all_expirations_of_a_timer_are_read),
      cmocka_unit_test(a_real_thread_works_while_the_loop_serves_others),
      cmocka_unit_test(the_threads_of_a_pool_work_at_once),
      cmocka_unit_test(what_is_done_meanwhile_adds_up_in_one_read),
      cmocka_unit_test(an_eventfd_that_is_left_unread_spins),
      cmocka_unit_test(work_that_is_never_given_keeps_no_run_from_its_end),
      cmocka_unit_test(a_timer_that_is_left_unread_spins_where_the_wait_is_level_triggered),
      cmocka_unit_test(edge_triggered_it_does_not_go_on),
      cmocka_unit_test(every_message_of_a_pipe_is_handled_once),
      cmocka_unit_test(a_server_that_sleeps_beside_a_pipe_is_woken),
      cmocka_unit_test(a_file_is_read_to_its_end),
      cmocka_unit_test(somebody_waits_for_the_disk),
      cmocka_unit_test(every_connection_is_accepted_once),
      cmocka_unit_test(without_a_descriptor_an_accept_fails_until_a_socket_is_closed),
      cmocka_unit_test(a_spare_descriptor_turns_away_and_nothing_spins),
      cmocka_unit_test(edge_triggered_who_waits_when_a_descriptor_is_free_again_is_not_told),
      cmocka_unit_test(a_descriptor_that_is_said_is_that_of_the_socket),
      cmocka_unit_test(a_signal_ends_a_wait_and_a_wait_times_out),
      cmocka_unit_test(signals_are_noticed_though_nothing_else_comes),
      cmocka_unit_test(without_drain_the_rest_of_a_message_is_lost),
      cmocka_unit_test(an_end_is_reported_as_the_man_pages_say),
      cmocka_unit_test(a_handler_that_does_not_close_spins),
      cmocka_unit_test(there_is_room_to_write_all_the_time),
      cmocka_unit_test(of_who_spins_without_an_event_nothing_is_reported),
      cmocka_unit_test(a_server_that_oversleeps_behind_an_end_is_left_alone),
      cmocka_unit_test(where_nothing_is_ever_said_only_a_blocking_thread_stays),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
