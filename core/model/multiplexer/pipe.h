/* pipe: the end of a pipe that is read. pipe(7), poll(2).
 *
 *   pipe P ready 1 2 closes 5   At 1 and at 2 somebody writes a message into the pipe. At 5 the last descriptor of its
 *                               other end is closed: "If all file descriptors referring to the write end of a pipe have
 *                               been closed, then an attempt to read(2) from the pipe will see end-of-file (read(2)
 *                               will return 0)." Sizes, parts and reads are those of a socket, for "the communication
 *                               channel provided by a pipe is a byte stream: there is no concept of message
 *                               boundaries".
 *     ignore end                As with a socket: the handler does not close it (closing.h).
 *
 * What is reported is other than of a socket. At its end a pipe has HUP alone, once it has been read empty, without IN:
 * "when reading from a channel such as a pipe or a stream socket, this event merely indicates that the peer closed its
 * end of the channel. Subsequent reads from the channel will return 0 (end of file) only after all outstanding data in
 * the channel has been consumed" (poll(2), of POLLHUP; pipe_poll in Linux's fs/pipe.c). Who looks for IN only never
 * reads that end. RDHUP is "Stream socket peer closed connection". To select it is readable: POLLIN_SET in select(2)
 * has HUP. kqueue: "When the last writer disconnects, the filter will set EV_EOF in flags".
 *
 * Nobody writes to the end that is read, nor can a pipe be reset. */
#ifndef BELL_PIPE_H
#define BELL_PIPE_H

#include "scenario/scenario.h"

static inline bool bell_pipe_is(const bell_scenario *scenario, uint32_t source) {
  return BELL_HAS_BYTES && scenario->statements[source].kind == BELL_PIPE;
}

#endif
