/* crowd: many idle sockets, and the calls that wait until some of them have a message. What measuring needs. */
#ifndef BELL_CROWD_H
#define BELL_CROWD_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/select.h>

#ifdef DOORBELL_LIBURING
#include <liburing.h>
#endif

enum { CROWD_READY_MAX = 64 };

/* Sockets in pairs, 0 with 1, 2 with 3, ...: what is written to one makes the other ready. The last is not waited for,
 * so that the one before it can be made ready from there. */
typedef struct crowd {
  int *sockets;
  uint32_t count; /* that are waited for: all but the last */
  struct pollfd *set;
  fd_set ready_set; /* what select answered */
  int epoll;
  struct epoll_event events[CROWD_READY_MAX]; /* what epoll answered: so many of them */
  uint32_t found;
#ifdef DOORBELL_LIBURING
  struct io_uring ring;
  char *inbox; /* a byte for each socket; NULL: there is no ring */
#endif
} crowd;

typedef struct crowd_call {
  const char *name;
  bool answers_one_by_one;   /* each further socket that is ready costs something; else the whole set is the answer */
  bool (*prepare)(crowd *c); /* false: not such a crowd, or not here */
  uint32_t (*wait)(crowd *c, uint32_t ready); /* until `ready` sockets have a message; returns how many were found */
  bool (*take)(crowd *c);                     /* reads the messages that the wait found */
} crowd_call;

/* select, poll, epoll, io_uring. */
extern const crowd_call crowd_calls[];
extern const uint32_t crowd_call_count;

/* A read(2) that blocks. Its crowd has nobody idle. */
extern const crowd_call crowd_read;

/* `idle` is even. False when not so many sockets may be open. `crowd_leave` closes what is open, in both cases. */
bool crowd_gather(crowd *c, uint32_t idle);
void crowd_leave(crowd *c);

/* Where a message is to be written that makes the last socket ready, or the one that is 2 * `before` before it. */
static inline int crowd_door(const crowd *c, uint32_t before) { return c->sockets[c->count - 2 * before]; }

#endif
