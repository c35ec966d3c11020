/* What serving.h runs, beside real threads on one core of this machine: a burst of messages, served by a loop, by pools
 * of workers, and by a thread each.
 *
 * Time is that of the processor in this process: on one core that is never idle until all have been handled, it goes on
 * as a clock would if nobody else were there. So it does not matter how busy the machine is; only whom of ours the
 * kernel gives the core to. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "scale/serving.h"
#include "support.h"

enum { MESSAGES = 50, SLOW_ONE_OF = 25, WORKERS_MAX = 8, TRIES = 8, US = 1000 };

static const bell_load load = {1, MESSAGES, MESSAGES, SLOW_ONE_OF, 500 * (uint64_t)US, 20000 * (uint64_t)US};

static uint64_t clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static uint64_t now_ns(void) { return clock_ns(CLOCK_PROCESS_CPUTIME_ID); }
static uint64_t mine_ns(void) { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }

static void compute(uint64_t ns) {
  uint64_t end_ns = mine_ns() + ns;
  while (mine_ns() < end_ns) {
  }
}

static void stay_on_this_core(void) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET((size_t)sched_getcpu(), &one);
  assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
}

static void start(pthread_t *thread, void *(*body)(void *), void *context) {
  assert_int_equal(pthread_create(thread, NULL, body, context), 0);
}

/* ---- the slice -------------------------------------------------------------------------------------------------- */

enum { COMPUTED_MS = 100 };

static atomic_int whose_turn;
static atomic_uint turns;

static void *take_turns(void *context) {
  int me = *(int *)context;
  uint64_t end_ns = mine_ns() + COMPUTED_MS * (uint64_t)500000;
  while (mine_ns() < end_ns) {
    if (atomic_exchange(&whose_turn, me) != me) turns++;
  }
  return NULL;
}

/* For how long a thread has the core while another wants it. */
static uint64_t slice_ns(void) {
  pthread_t threads[2];
  int names[2] = {1, 2};
  turns = 0;
  for (int i = 0; i < 2; i++) start(&threads[i], take_turns, &names[i]);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  return COMPUTED_MS * (uint64_t)1000000 / turns;
}

/* ---- the servers ------------------------------------------------------------------------------------------------ */

/* All of the burst come with one write: an eventfd that counts, of which each read takes one. */
typedef struct burst {
  int messages;
  int told; /* by workers that are done, or by the last of all threads */
  uint64_t sent_ns;
  uint64_t done_ns[MESSAGES];
  atomic_uint begun; /* of threads */
  atomic_uint ended;
  pthread_mutex_t lock; /* of the queue */
  pthread_cond_t changed;
  uint32_t queued;
  uint32_t taken;
  uint32_t finished[MESSAGES]; /* those that workers have handled, in that order */
  uint32_t finished_count;
} burst;

static void handle(uint32_t message) { compute(message % SLOW_ONE_OF == 0 ? load.slow_ns : load.quick_ns); }

static bool read_one(int eventfd) {
  uint64_t count;
  return read(eventfd, &count, sizeof count) == sizeof count;
}

static void write_count(int eventfd, uint64_t count) {
  if (write(eventfd, &count, sizeof count) != sizeof count) abort();
}

static void *be_a_thread(void *context) {
  burst *b = context;
  if (!read_one(b->messages)) abort();
  uint32_t message = b->begun++;
  handle(message);
  b->done_ns[message] = now_ns();
  if (++b->ended == MESSAGES) write_count(b->told, MESSAGES);
  if (!read_one(b->told)) abort(); /* sleeps as a server's would, for its end would take longer than a switch */
  return NULL;
}

static void *be_a_loop(void *context) {
  burst *b = context;
  for (uint32_t i = 0; i < MESSAGES; i++) {
    if (!read_one(b->messages)) abort();
    handle(i);
    b->done_ns[i] = now_ns();
  }
  return NULL;
}

static void *be_a_worker(void *context) {
  burst *b = context;
  for (;;) {
    pthread_mutex_lock(&b->lock);
    while (b->taken == b->queued && b->taken < MESSAGES) pthread_cond_wait(&b->changed, &b->lock);
    uint32_t message = b->taken;
    bool is_over = message == MESSAGES;
    if (!is_over) b->taken++;
    pthread_mutex_unlock(&b->lock);
    if (is_over) return NULL;
    handle(message);
    pthread_mutex_lock(&b->lock);
    b->finished[b->finished_count++] = message;
    if (b->finished_count == MESSAGES) pthread_cond_broadcast(&b->changed);
    pthread_mutex_unlock(&b->lock);
    write_count(b->told, 1);
  }
}

static void enqueue(burst *b) {
  pthread_mutex_lock(&b->lock);
  b->queued++;
  pthread_cond_signal(&b->changed);
  pthread_mutex_unlock(&b->lock);
}

static void watch(int epoll, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0) abort();
}

/* The loop of a pool. */
static void *hand_over(void *context) {
  burst *b = context;
  int epoll = epoll_create1(0);
  watch(epoll, b->messages);
  watch(epoll, b->told);
  for (uint32_t known = 0; known < MESSAGES;) {
    struct epoll_event event;
    if (epoll_wait(epoll, &event, 1, -1) != 1 || !read_one(event.data.fd)) abort();
    if (event.data.fd == b->messages) {
      enqueue(b);
      continue;
    }
    pthread_mutex_lock(&b->lock);
    for (; known < b->finished_count; known++) b->done_ns[b->finished[known]] = now_ns();
    pthread_mutex_unlock(&b->lock);
  }
  close(epoll);
  return NULL;
}

/* Means, of the quick and of the slow. */
typedef struct latencies {
  double quick_ns;
  double slow_ns;
} latencies;

static latencies serve(bell_server server, uint32_t workers) {
  burst b = {.messages = eventfd(0, EFD_SEMAPHORE),
             .told = eventfd(0, server == BELL_SERVER_THREADS ? EFD_SEMAPHORE : 0),
             .lock = PTHREAD_MUTEX_INITIALIZER,
             .changed = PTHREAD_COND_INITIALIZER};
  pthread_t threads[MESSAGES];
  uint32_t count = 0;
  if (server == BELL_SERVER_LOOP) start(&threads[count++], be_a_loop, &b);
  if (server == BELL_SERVER_POOL) start(&threads[count++], hand_over, &b);
  while (server == BELL_SERVER_POOL && count <= workers) start(&threads[count++], be_a_worker, &b);
  while (server == BELL_SERVER_THREADS && count < MESSAGES) start(&threads[count++], be_a_thread, &b);
  for (uint32_t i = 0; i <= count; i++) sched_yield(); /* most of them sleep then */
  b.sent_ns = now_ns();
  write_count(b.messages, MESSAGES);
  for (uint32_t i = 0; i < count; i++) pthread_join(threads[i], NULL);
  double sum_ns[2] = {0};
  for (uint32_t i = 0; i < MESSAGES; i++) sum_ns[i % SLOW_ONE_OF == 0] += (double)(b.done_ns[i] - b.sent_ns);
  close(b.messages);
  close(b.told);
  const double slow = (double)MESSAGES / SLOW_ONE_OF;
  return (latencies){sum_ns[false] / (MESSAGES - slow), sum_ns[true] / slow};
}

/* By how much of `modelled` they differ. */
static double off(double real, double modelled) { return real > modelled ? real / modelled - 1 : 1 - real / modelled; }

static void real_threads_on_one_core_wait_as_long_as_in_the_model(void **state) {
  (void)state;
  static bell_handler line[BELL_SERVED_MAX];
  static const struct {
    bell_server server;
    uint32_t workers;
  } cases[] = {{BELL_SERVER_LOOP, 1},
               {BELL_SERVER_POOL, 1},
               {BELL_SERVER_POOL, 2},
               {BELL_SERVER_POOL, 8},
               {BELL_SERVER_THREADS, 1}};
  stay_on_this_core();
  print_message("server   workers  slice  quick: model, real  slow: model, real\n");
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    double best = 1e9;
    for (uint32_t k = 0; k < TRIES && best > 0.1; k++) {
      uint64_t slice = slice_ns();
      bell_crew crew = bell_serving_crew(&(bell_costs){0}, cases[i].server, cases[i].workers, 1, slice);
      bell_served modelled = bell_serving_run(&load, &crew, line);
      latencies real = serve(cases[i].server, cases[i].workers);
      double quick = off(real.quick_ns, modelled.quick_ns);
      double slow = off(real.slow_ns, modelled.slow_ns);
      double worse = quick > slow ? quick : slow;
      if (worse < best) best = worse;
      print_message("%-8s %7u %3.1f ms  %5.1f %5.1f ms  %5.1f %5.1f ms\n", bell_server_name(cases[i].server),
                    cases[i].workers, (double)slice / 1e6, modelled.quick_ns / 1e6, real.quick_ns / 1e6,
                    modelled.slow_ns / 1e6, real.slow_ns / 1e6);
    }
    if (best > 0.25) fail_msg("%s, %u: %.0f%% off", bell_server_name(cases[i].server), cases[i].workers, best * 100);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(real_threads_on_one_core_wait_as_long_as_in_the_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
