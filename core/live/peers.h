/* peers: the second thread of a live run. It sends each message when it is due, and sees to it that a run ends. */
#ifndef BELL_PEERS_H
#define BELL_PEERS_H

#include <pthread.h>
#include <stdatomic.h>

#include "connections.h"
#include "trace/readiness.h"

/* How far the peer of a socket has read what is written to it. */
typedef struct live_reading {
  uint64_t count;  /* bytes */
  int64_t next_us; /* when it reads next */
} live_reading;

/* Besides what is marked, only the peers' thread reads and writes it while it runs. */
typedef struct live_peers {
  const bell_scenario *scenario;
  live_connection *connections; /* `peer` of each is the peers' */
  bell_readiness queue;         /* messages that are not due yet */
  bell_event *events;           /* the scenario's, with the time at which each was sent */
  uint32_t *next;               /* of each socket: its first message that was not sent */
  uint32_t *due;                /* of each socket: the index after its last message that is due */
  uint32_t held;                /* messages that are due, and found their socket's buffer full */
  uint32_t *sent;               /* where messages have sizes: how much of each socket's first was sent; else NULL */
  int *clients;                 /* of each event of a listener: who connects; NULL where there is none */
  live_reading *readings;       /* of each socket, where handlers write; else NULL */
  bool is_garbled;              /* what was written came in another order; to be read as `interrupted` */
  bool resets_at_once;          /* a close is a reset where it is to be, whatever was read: TCP's is */
  bool may_oversleep;           /* the server is not told again of what it left over, and may sleep for good */
  int64_t patience_us;          /* how long such a server may handle nothing before that is what it does */
  unsigned sends;               /* how often something was sent, */
  unsigned moves;               /* that and `handled` as they were last seen, */
  int64_t moved_us;             /* and when they last went up, or there was something to come */
  int64_t start_us;             /* what the machine's clock showed at 0; read by all */
  atomic_uint handled;          /* counted up by the server */
  atomic_uint signals;          /* how many were sent to it; counted up before each is */
  pthread_t server;             /* to which they are sent */
  uint32_t room;                /* for events, which may come about */
  atomic_bool over;             /* told to the server: read no more */
  bool interrupted;             /* by SIGINT; to be read after `live_peers_stop` */
  pthread_t thread;
} live_peers;

/* Sets the run's clock to 0, sends what is ready at 0, then starts the thread. False when it cannot; errno says why.
 * `connections` to `due`, and `may_oversleep`, are set before. SIGINT and SIGUSR1 must be blocked in this and every
 * later thread. */
bool live_peers_start(live_peers *peers);

/* The server has ended: ends the thread, and waits for it. */
void live_peers_stop(live_peers *peers);

/* The run's clock. */
int64_t live_now_us(const live_peers *peers);

/* Sleeps until that time of the run's clock. */
void live_sleep_until(const live_peers *peers, int64_t us);

#endif
