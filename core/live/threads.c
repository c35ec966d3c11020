#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "live_server.h"
#include "multiplexer/closing.h"
#include "thread_limit.h"

typedef struct member {
  live_server server; /* its own view */
  uint32_t socket;
  pthread_mutex_t *lock; /* for writing steps down */
  pthread_t thread;
} member;

/* ---- cores ------------------------------------------------------------------------------------------------------- */

uint32_t live_cores(void) {
  cpu_set_t allowed;
  return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? (uint32_t)CPU_COUNT(&allowed) : 1;
}

/* Up to `count` of the cores that this process may use, from the one on that it is on now. */
static cpu_set_t choose_cores(uint32_t count) {
  cpu_set_t allowed;
  cpu_set_t chosen;
  CPU_ZERO(&chosen);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return chosen;
  size_t first = (size_t)sched_getcpu();
  for (size_t i = 0; i < CPU_SETSIZE && (uint32_t)CPU_COUNT(&chosen) < count; i++) {
    size_t core = (first + i) % CPU_SETSIZE;
    if (CPU_ISSET(core, &allowed)) CPU_SET(core, &chosen);
  }
  return chosen;
}

/* ---- one thread -------------------------------------------------------------------------------------------------- */

static int64_t processor_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Keeps a core busy until this thread has had so much time on one: the kernel divides the cores among those who are. */
static void be_busy(const live_server *s, uint32_t takes_us) {
  int64_t end_ns = processor_ns() + (int64_t)takes_us * 1000;
  while (processor_ns() < end_ns && !atomic_load(&s->peers->over)) {
  }
}

/* The socket is at an end that was handled. What is read in vain counts while nothing else goes on. */
static bool spins_on(live_server *s) {
  if (s->until_us == 0) s->calls = (bell_calls){0};
  return live_goes_on(s);
}

/* A file of a few records is in memory: a sleep is what a disk would take. */
static void wait_for_disk(const live_server *s, uint32_t file) {
  bool is_left = s->next[file] == bell_scenario_events_end(s->scenario, file);
  if (s->connections[file].is_file && !is_left) {
    live_sleep_until(s->peers, s->scenario->events[s->next[file]].ready_us);
  }
}

/* It sleeps in read(2), and the kernel wakes it when its own socket's message has come. */
static void *serve(void *context) {
  member *m = context;
  live_server *s = &m->server;
  for (;;) {
    live_wait_begins(s);
    wait_for_disk(s, m->socket);
    live_read_result result = live_read(s, m->socket);
    while (result == LIVE_NOTHING && spins_on(s)) result = live_read(s, m->socket);
    bool slept = live_wait_ended(s) > 0;
    if (!live_is_something(result)) return NULL;
    pthread_mutex_lock(m->lock);
    s->batch = slept ? s->trace->step_count : BELL_NONE;
    uint32_t step = live_write_down(s, m->socket, BELL_REASON_THREAD);
    pthread_mutex_unlock(m->lock);
    be_busy(s, live_takes_us(s, step));
    live_finish(s, m->socket, step);
  }
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

/* Starts a thread for each socket; returns how many could be started. */
static uint32_t start(live_server *s, member *members, pthread_mutex_t *lock) {
  cpu_set_t cores = choose_cores(s->options.cores);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setaffinity_np(&attributes, sizeof cores, &cores);
  uint32_t started = 0;
  for (bool good = true; good && started < live_sockets(s); started += good) {
    member *m = &members[started];
    *m = (member){.server = *s, .socket = started, .lock = lock};
    good = pthread_create(&m->thread, &attributes, serve, m) == 0;
  }
  pthread_attr_destroy(&attributes);
  return started;
}

/* Each thread ends by itself, but for those on whose sockets nothing is ever said: they are told that the run is
 * over. */
static void join(live_server *s, member *members, uint32_t started) {
  for (uint32_t i = 0; i < started; i++) {
    if (!bell_closing_is_silent(s->scenario, i)) pthread_join(members[i].thread, NULL);
  }
  if (s->scenario->closing) atomic_store(&s->peers->over, true);
  for (uint32_t i = 0; i < started; i++) {
    if (!bell_closing_is_silent(s->scenario, i)) continue;
    live_wake(&s->connections[i]);
    pthread_join(members[i].thread, NULL);
  }
}

/* What they read in vain at the last. */
static void add_up(live_server *s, const member *members, uint32_t started) {
  for (uint32_t i = 0; i < started; i++) {
    if (members[i].server.until_us == 0) continue;
    s->calls.reads += members[i].server.calls.reads;
    s->calls.in_vain += members[i].server.calls.in_vain;
  }
}

/* One thread a socket, all on the same few cores. The kernel alone decides who runs when. */
void live_threads(live_server *s) {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  member *members = calloc(live_sockets(s) + 1, sizeof *members);
  if (members == NULL) return live_fail(s, "threads", ENOMEM);
  uint32_t started = start(s, members, &lock);
  if (started < live_sockets(s)) {
    live_fail(s, live_thread_limit(), 0);
    atomic_store(&s->peers->over, true);
    for (uint32_t i = 0; i < started; i++) live_wake(&s->connections[i]);
  }
  join(s, members, started);
  add_up(s, members, started);
  free(members);
}
