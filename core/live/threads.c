#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "live_server.h"
#include "thread_limit.h"

typedef struct member member;

/* What the threads share. A core is a permit that a thread holds while it handles: the machine may have more cores than
 * the scenario, or fewer. Permits go out in the order in which they were asked for, as the model has it: ticket t may
 * go on when fewer than `cores` of those before it are not done. */
typedef struct crew {
  live_server *server;
  pthread_mutex_t lock; /* for what follows, and for writing steps down */
  uint32_t tickets;     /* given out */
  uint32_t done;        /* of these, those that have handled their message */
  member **holders;     /* of ticket t, at t modulo the sockets: a thread holds one at most */
} crew;

struct member {
  crew *crew;
  uint32_t socket;
  uint32_t step; /* the last one that it wrote down */
  pthread_t thread;
  pthread_cond_t may_go_on;
};

/* Will a read sleep? Then something will have to wake it. */
static bool finds_nothing(const member *m) {
  unsigned char byte;
  int descriptor = live_descriptor(m->crew->server, m->socket);
  return recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
}

static void take_core(member *m, bool slept) {
  crew *c = m->crew;
  pthread_mutex_lock(&c->lock);
  uint32_t ticket = c->tickets++;
  bell_reason reason = BELL_REASON_THREAD;
  c->holders[ticket % live_sockets(c->server)] = m;
  while (ticket >= c->done + c->server->options.cores) {
    reason = BELL_REASON_CORE;
    pthread_cond_wait(&m->may_go_on, &c->lock);
  }
  c->server->batch = slept ? c->server->trace->step_count : BELL_NONE;
  m->step = c->server->trace->step_count;
  live_write_down(c->server, m->socket, reason);
  pthread_mutex_unlock(&c->lock);
}

/* Wakes the one that has waited longest, and nobody else. */
static void free_core(crew *c, uint32_t step) {
  pthread_mutex_lock(&c->lock);
  c->server->trace->answers[step].end_us = live_now_us(c->server->peers);
  uint32_t next = c->done++ + c->server->options.cores;
  if (next < c->tickets) pthread_cond_signal(&c->holders[next % live_sockets(c->server)]->may_go_on);
  pthread_mutex_unlock(&c->lock);
}

/* One thread: it sleeps in read(2), and the kernel wakes it when its own socket's message has come. */
static void *serve(void *context) {
  member *m = context;
  for (;;) {
    bool sleeps = finds_nothing(m);
    if (live_read(m->crew->server, m->socket) != LIVE_MESSAGE) return NULL;
    take_core(m, sleeps);
    live_be_busy(m->crew->server, m->socket);
    free_core(m->crew, m->step);
  }
}

/* Starts a thread for each socket; returns how many could be started. */
static uint32_t start(crew *c, member *members) {
  for (uint32_t i = 0; i < live_sockets(c->server); i++) {
    members[i] = (member){.crew = c, .socket = i, .may_go_on = PTHREAD_COND_INITIALIZER};
    if (pthread_create(&members[i].thread, NULL, serve, &members[i]) == 0) continue;
    live_fail(c->server, live_thread_limit(), 0);
    atomic_store(&c->server->peers->over, true);
    return i;
  }
  return live_sockets(c->server);
}

void live_threads(live_server *s) {
  crew c = {.server = s, .lock = PTHREAD_MUTEX_INITIALIZER};
  member *members = calloc(live_sockets(s) + 1, sizeof *members);
  c.holders = calloc(live_sockets(s) + 1, sizeof(member *));
  if (members == NULL || c.holders == NULL) {
    live_fail(s, "threads", ENOMEM);
  } else {
    for (uint32_t started = start(&c, members); started > 0; started--) pthread_join(members[started - 1].thread, NULL);
  }
  free(members);
  free(c.holders);
}
