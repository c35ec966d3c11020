/* kevent: what kqueue tells, event by event, on FreeBSD, macOS and OpenBSD. kqueue.c has the order. What stands in
 * quotes is kqueue(2) of FreeBSD, unless it says otherwise.
 *
 * A program asks about a filter of a descriptor, so one that is watched for reading and for writing is two, which
 * become ready apart and are told apart: "A kevent is identified by the (ident, filter) pair; there may only be one
 * unique kevent per kqueue." What an event says besides stands in its `data` and its `flags`:
 *
 *   EVFILT_READ    there is something to read. "On return, data contains the number of bytes of protocol data available
 *                  to read." The model knows it where messages have sizes. Of a listener it is how many connections
 *                  wait: "data contains the size of the listen backlog".
 *   EV_EOF         in its flags: the peer will send no more. It comes with what is still to be read: "It is possible
 *                  for EOF to be returned (indicating the connection is gone) while there is still data pending in the
 *                  socket buffer." The trap: who closes the socket at EV_EOF loses that. After a reset the same event
 *                  has the error besides: it "returns the socket error (if any) in fflags".
 *   EVFILT_WRITE   there is room to write, and somebody waits for that: "For sockets, pipes and fifos, data will
 *                  contain the amount of space remaining in the write buffer." That is as much as SO_SNDLOWAT asks for,
 *                  BELL_SEND_LOW_WATER bytes, or else the whole buffer (soreserve in FreeBSD's
 *                  sys/kern/uipc_sockbuf.c): less than Linux waits for. A handler that stops to watch disables the
 *                  filter, EV_DISABLE.
 *   EVFILT_TIMER   a timer, which here is no descriptor. "On return, data contains the number of times the timeout has
 *                  expired since the last call to kevent(). This filter automatically sets the EV_CLEAR flag
 *                  internally" (OpenBSD's). So kevent itself gives what has to be read from a timerfd: there is nothing
 *                  to leave unread, and no timer keeps a thread from sleeping.
 *
 * A call of kevent answers with all that there is to tell, in one of two ways:
 *
 *   kqueue         an event is told as long as its condition holds. "The filter is also run when the user attempts to
 *                  retrieve the kevent from the kqueue. If the filter indicates that the condition that triggered the
 *                  event no longer holds, the kevent is removed from the kqueue and is not returned."
 *   kqueue-clear   EV_CLEAR: "Reset the state of the event after it is retrieved by the user." It is told once, and
 *                  again when more comes. Room to write is told when it comes; and at the beginning, in an answer that
 *                  is not counted: "The filter is executed upon the initial registration of a kevent in order to detect
 *                  whether a preexisting condition is present." */
#ifndef BELL_KEVENT_H
#define BELL_KEVENT_H

#include "multiplexer/early.h"
#include "multiplexer/timer.h"

enum { BELL_SEND_LOW_WATER = 2048 }; /* MCLBYTES */

/* How much of a buffer must be free to be told. */
static inline uint32_t bell_kevent_enough(const bell_stream *stream) {
  uint32_t buffer = bell_stream_buffer(stream);
  return buffer < BELL_SEND_LOW_WATER ? buffer : BELL_SEND_LOW_WATER;
}

/* Is the step about a timer, whose expirations its event has told? Then there is no read. */
static inline bool bell_kevent_has_read(const bell_trace *trace, uint32_t k) {
  return bell_strategy_is_kqueue(trace->strategy) &&
         bell_timer_is(trace->scenario, bell_trace_event(trace, k)->statement);
}

/* Was EV_EOF set in the event that the step came from? */
bool bell_kevent_is_eof(const bell_trace *trace, uint32_t k);

/* And is what the step read not the end itself, but what came before it? */
bool bell_kevent_has_data_at_eof(const bell_trace *trace, uint32_t k);

/* The event: its filter, its data, EOF, an error. Nothing of a step that reads on, of which it does not tell. */
void bell_kevent_print(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
