/* live_listener: connections that come to a live server, and the descriptors that they take. See
 * multiplexer/listener.h. */
#ifndef BELL_LIVE_LISTENER_H
#define BELL_LIVE_LISTENER_H

#include "live_server.h"

/* How many connections will come in all. */
uint32_t live_count_clients(const bell_scenario *scenario);

/* Before the run: opens the ends of those who will connect, at `lowest` and above, and the server's spare one. False
 * when it cannot. */
bool live_open_clients(live_server *s, live_manner manner, uint32_t lowest);

/* From now on the program has as many descriptors left as the scenario says, until the clients are closed. */
void live_limit_descriptors(live_server *s);

/* A socket that is to connect does. False when the queue is full. */
bool live_connect_client(live_peers *p, uint32_t listener, uint32_t event);

/* accept(2), with the spare descriptor if need be. Returns a descriptor; 0 for a connection that was turned away; or
 * -1, and errno says why. */
int live_accept(live_server *s, uint32_t listener);

/* Takes in what it gave, as live_take_in. */
live_read_result live_take_connection(live_server *s, uint32_t listener, int result);

/* A row is written down: what there was before it. */
void live_note_descriptors(live_server *s, uint32_t row);

/* After the run: closes what was accepted, and who connected. The limit is as it was. */
void live_close_clients(live_server *s);

#endif
