#include "live_worker.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>

#include "multiplexer/worker.h"

/* It works as the loop's handlers do, by sleeping, so that the machine's cores are left to the others. */
static void work(live_worker *w, uint32_t takes_us) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  int64_t ns = until.tv_nsec + (int64_t)takes_us * 1000;
  until.tv_sec += (time_t)(ns / 1000000000);
  until.tv_nsec = (long)(ns % 1000000000);
  while (!w->over && pthread_cond_timedwait(&w->news, &w->lock, &until) != ETIMEDOUT) {
  }
}

/* Before the write: what is done is never answered before it is ready. */
static void tell(live_worker *w) {
  if (w->done < w->end - w->first) w->peers->events[w->first + w->done].ready_us = live_now_us(w->peers);
  w->done++;
  eventfd_write(w->eventfd, 1);
}

static void *run(void *context) {
  live_worker *w = context;
  pthread_mutex_lock(&w->lock);
  while (!w->over) {
    if (w->taken == w->given) {
      pthread_cond_wait(&w->news, &w->lock);
      continue;
    }
    work(w, w->takes_us[w->taken++]);
    if (!w->over) tell(w);
  }
  pthread_mutex_unlock(&w->lock);
  return NULL;
}

live_worker *live_worker_start(live_peers *peers) {
  const bell_scenario *scenario = peers->scenario;
  uint32_t source = scenario->worker;
  live_worker *w = calloc(1, sizeof *w);
  if (w == NULL) return NULL;
  *w = (live_worker){.peers = peers,
                     .first = bell_scenario_first_event(scenario, source),
                     .end = bell_scenario_events_end(scenario, source),
                     .eventfd = peers->connections[source].server,
                     .takes_us = calloc((size_t)scenario->given_max + 1, sizeof *w->takes_us)};
  pthread_condattr_t clock;
  pthread_condattr_init(&clock);
  pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
  pthread_mutex_init(&w->lock, NULL);
  pthread_cond_init(&w->news, &clock);
  pthread_condattr_destroy(&clock);
  errno = w->takes_us == NULL ? ENOMEM : 0;
  uint32_t threads = scenario->statements[source].threads;
  while (errno == 0 && w->count < threads) {
    errno = pthread_create(&w->threads[w->count], NULL, run, w);
    if (errno == 0) w->count++;
  }
  if (errno == 0) return w;
  int error = errno;
  live_worker_stop(w);
  errno = error;
  return NULL;
}

void live_worker_give(live_worker *w, uint32_t takes_us) {
  pthread_mutex_lock(&w->lock);
  w->takes_us[w->given++] = takes_us;
  pthread_cond_broadcast(&w->news); /* those at work wait for it, too */
  pthread_mutex_unlock(&w->lock);
}

void live_worker_stop(live_worker *w) {
  if (w == NULL) return;
  pthread_mutex_lock(&w->lock);
  w->over = true;
  pthread_cond_broadcast(&w->news);
  pthread_mutex_unlock(&w->lock);
  for (uint32_t i = 0; i < w->count; i++) pthread_join(w->threads[i], NULL);
  pthread_cond_destroy(&w->news);
  pthread_mutex_destroy(&w->lock);
  free(w->takes_us);
  free(w);
}
