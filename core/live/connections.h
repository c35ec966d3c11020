/* connections: the sockets of a live run, both ends of each; and its timers, which have one.
 *
 * The server's ends are the descriptors first, first + 1, ... in file order, as the model has them, so that `select`
 * and `poll` go by the same order; the peers' ends lie above them. */
#ifndef BELL_CONNECTIONS_H
#define BELL_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
  int server; /* -1 once it was closed */
  int peer;   /* the same; a timer has none */
  bool is_timer;
} live_connection;

/* How a server's end is read: `read` waits for a message, or says that it would have to. */
typedef struct live_manner {
  bool tcp;
  bool blocking;
} live_manner;

/* Opens `count` connections, of which those that are timers are marked. False when it cannot: `problem`, of `size`
 * bytes, says why, and nothing is open. */
bool live_connect(live_connection *connections, uint32_t count, live_manner manner, char *problem, size_t size);

/* Closes what is still open. */
void live_disconnect(live_connection *connections, uint32_t count);

#endif
