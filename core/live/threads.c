#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "live_server.h"

/* What the threads share. A core is a permit that a thread holds while it handles: the machine may have more cores than
 * the scenario, or fewer. Permits go out in the order in which they were asked for, as the model has it. */
typedef struct crew {
  live_server *server;
  pthread_mutex_t lock; /* for the tickets, and for writing steps down */
  pthread_cond_t core_free;
  uint32_t tickets; /* given out */
  uint32_t done;    /* of these, those that have handled their message */
} crew;

typedef struct member {
  crew *crew;
  uint32_t socket;
  pthread_t thread;
} member;

static void take_core(crew *c, uint32_t socket) {
  pthread_mutex_lock(&c->lock);
  uint32_t ticket = c->tickets++;
  bell_reason reason = BELL_REASON_THREAD;
  while (ticket >= c->done + c->server->options.cores) {
    reason = BELL_REASON_CORE;
    pthread_cond_wait(&c->core_free, &c->lock);
  }
  live_write_down(c->server, socket, reason);
  pthread_mutex_unlock(&c->lock);
}

static void free_core(crew *c) {
  pthread_mutex_lock(&c->lock);
  c->done++;
  pthread_cond_broadcast(&c->core_free);
  pthread_mutex_unlock(&c->lock);
}

/* One thread: it sleeps in read(2), and the kernel wakes it when its own socket's message has come. */
static void *serve(void *context) {
  member *m = context;
  while (live_read(m->crew->server, m->socket) == LIVE_MESSAGE) {
    take_core(m->crew, m->socket);
    live_be_busy(m->crew->server, m->socket);
    free_core(m->crew);
  }
  return NULL;
}

/* Starts a thread for each socket; returns how many could be started. */
static uint32_t start(crew *c, member *members) {
  for (uint32_t i = 0; i < live_sockets(c->server); i++) {
    members[i] = (member){.crew = c, .socket = i};
    int error = pthread_create(&members[i].thread, NULL, serve, &members[i]);
    if (error == 0) continue;
    live_fail(c->server, "no more threads could be started; ulimit -u allows more, or fewer sockets need fewer", error);
    atomic_store(&c->server->peers->over, true);
    return i;
  }
  return live_sockets(c->server);
}

void live_threads(live_server *s) {
  crew c = {.server = s, .lock = PTHREAD_MUTEX_INITIALIZER, .core_free = PTHREAD_COND_INITIALIZER};
  member *members = calloc(live_sockets(s) + 1, sizeof *members);
  if (members == NULL) return live_fail(s, "threads", ENOMEM);
  for (uint32_t started = start(&c, members); started > 0; started--) pthread_join(members[started - 1].thread, NULL);
  free(members);
}
