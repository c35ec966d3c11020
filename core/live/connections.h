/* connections: the sockets and pipes of a live run, both ends of each; and its timers, which have one.
 *
 * The server's ends are the descriptors first, first + 1, ... in file order, as the model has them, so that `select`
 * and `poll` go by the same order; the peers' ends lie above them. */
#ifndef BELL_CONNECTIONS_H
#define BELL_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What a peer sends: the same number of bytes each time, so that a reader knows where a message ends. */
typedef struct live_record {
  uint32_t sequence; /* of this connection's messages: 0, 1, 2, ... */
  uint32_t is_last;  /* 1: no more will come */
} live_record;

/* A message that has a size is so many bytes, each of which says where it belongs: what was lost, came twice or in
 * another order is noticed. */
static inline unsigned char live_byte(uint32_t sequence, uint32_t place) {
  return (unsigned char)(sequence * 31 + place + place / 251);
}

typedef struct live_connection {
  int server;       /* -1 once it was closed */
  int peer;         /* the same; a timer has none, nor has a worker */
  bool is_timer;    /* or a worker's eventfd, */
  bool is_worker;   /* which this says */
  bool is_listener; /* it has no peer of its own: connections come */
  bool is_pipe;     /* `peer` is the end that is written to */
  bool is_file;     /* it has no peer: so many records lie in it */
  uint32_t records;
  uint16_t number; /* of the server's end; 0: the next that is free */
} live_connection;

/* How a server's end is read: `read` waits for a message, or says that it would have to. */
typedef struct live_manner {
  bool tcp;
  bool blocking;
  uint32_t clients; /* how many will connect to listeners */
  uint32_t highest; /* descriptor that is said of a server's end */
} live_manner;

/* Below this lie the server's ends, and what it opens during the run; from here on those of the peers. */
uint32_t live_lowest_peer(uint32_t connections, live_manner manner);

/* Opens `count` connections, of which those that are no sockets, or listeners, are marked, and those that have a
 * number of their own. False when it cannot: `problem`, of `size` bytes, says why, and nothing is open. */
bool live_connect(live_connection *connections, uint32_t count, live_manner manner, char *problem, size_t size);

/* A socket, at `lowest` or above, that will connect to a listener; -1 when it cannot be opened. And does. */
int live_open_client(live_manner manner, int lowest);
bool live_connect_to(const live_connection *listener, int client);

/* Sends to the server's end, as send(2), as much as finds room at once. */
ssize_t live_send(const live_connection *connection, const void *bytes, size_t count);

/* The server's end comes back from whatever waits at it: its peer has hung up, or it listens no longer. */
void live_wake(const live_connection *connection);

/* Closes what is still open. */
void live_disconnect(live_connection *connections, uint32_t count);

#endif
