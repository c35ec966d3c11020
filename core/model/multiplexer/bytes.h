/* bytes: what is read has a size, and a read need not take all of it.
 *
 *   socket A size 4 KB ready 1   At 1 a message of 4,096 bytes comes.
 *     read up to 1 KB            Its handler takes at most so much with one read. The message is handled, and `takes`
 *                                its time, when it is whole; until then a read takes no time.
 *   socket B size 4 KB in 3 parts ready 1 5 9
 *                                At 1, at 5 and at 9 a third of a message comes. TCP is a stream of bytes, and keeps no
 *                                message together: tcp(7). The handler is woken for each part; the last makes it whole.
 *
 * A connection may end in the middle of a message, after some of its parts. Then the end is told as any other; nobody
 * but the handler, who knows how much is missing, can tell that the message broke off.
 *
 * A read takes what is there, and not more than its limit: read(2), "it is not an error if this number is smaller than
 * the number of bytes requested; this may happen for example because fewer bytes are actually available right now". It
 * does not take anything of the next message: a handler knows how much its message lacks. A part comes in one piece,
 * as what fits into a segment does. What there is of a part is what the numbers give: part i of n ends at size * i / n,
 * rounded down.
 *
 * What a read leaves over lies in the socket's buffer:
 *
 *   select, poll, epoll, kqueue, readiness   are level-triggered: they answer again, as long as something lies there.
 *              epoll(7).
 *   epoll-et, kqueue-clear   with drain read on until a read would block. Without, nothing tells of what is left over
 *              until more comes: the trap of epoll(7), question 9.
 *   io_uring   the read that is under way completes with what is there when it does, and the next one, which is handed
 *              over with the next wait, takes more: IORING_OP_RECV in io_uring_enter(2).
 *   blocking, busy-poll, threads     read again when it is the socket's turn. A read that would block waits for the
 *              first byte, not for a whole message.
 *
 * A step is a read. Its event is the first of those whose bytes it takes: `ready` says since when they have lain
 * there. */
#ifndef BELL_BYTES_H
#define BELL_BYTES_H

#include "trace/trace.h"

/* How far a socket has been read. */
typedef struct bell_place {
  uint32_t next;   /* its first event of which something was not read, */
  uint32_t so_far; /* and how much was read of the message that it belongs to */
} bell_place;

/* What a read takes of the message at this place when the socket's events before `come` have come. 0 when its messages
 * have no size, or its end is next: then it takes the event as a whole. */
uint32_t bell_bytes_taken(const bell_scenario *scenario, uint32_t socket, bell_place place, uint32_t come);

/* And when all has come. */
uint32_t bell_bytes_room(const bell_scenario *scenario, uint32_t socket, bell_place place);

/* A read has taken so many bytes. */
bell_taken bell_bytes_take(const bell_scenario *scenario, uint32_t socket, bell_place *place, uint32_t bytes);

/* The index after the last event of the socket that has come by then. */
uint32_t bell_bytes_come(const bell_trace *trace, uint32_t socket, int64_t time_us);

/* How much lay in the socket's buffer when the wait answered that a step came from, of which it is the first. */
uint64_t bell_bytes_told(const bell_trace *trace, uint32_t k);

/* What still lies in the socket's buffer after a step, as far as it came before. */
uint64_t bell_bytes_unread(const bell_trace *trace, uint32_t k);

/* Is the same socket read on then, edge-triggered, until a read would block? */
bool bell_bytes_are_read_on(const bell_trace *trace, uint32_t k);

/* Is it that of which an edge-triggered server that does not drain is not told again, until more comes? */
bool bell_bytes_are_lost(const bell_trace *trace, uint32_t k);

/* Of a step that is an end: how much had come of a message that now never becomes whole; 0 when all were. */
uint32_t bell_bytes_broken_off(const bell_trace *trace, uint32_t k);

/* Does the event end a message? One without a size is a message. */
bool bell_bytes_end_message(const bell_scenario *scenario, uint32_t event);

/* Cells of a row: what the read took, how much of its message there was then, what was left over. 0 where there are no
 * sizes. */
int64_t bell_bytes_taken_column(const bell_trace *trace, uint32_t k);
int64_t bell_bytes_so_far_column(const bell_trace *trace, uint32_t k);
int64_t bell_bytes_unread_column(const bell_trace *trace, uint32_t k);

#endif
