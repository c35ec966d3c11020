/* writing: what a handler answers, how much of it finds room, and what becomes of the rest.
 *
 *   socket A ready 1 buffer 16 KB reads 4 KB every 10   The kernel keeps up to 16 KB of what is written to A, until
 *                               its peer takes them: 4 KB at 10 ms, at 20 ms, at 30 ms, ... Without `buffer` it keeps
 *                               BELL_BUFFER, without `reads` the peer takes all as soon as it is there; with
 *                               `reads never` it takes nothing.
 *     write 64 KB               When a message has been handled, its handler writes so many bytes. The socket is in
 *                               non-blocking mode: write takes what there is room for and gives its number, then fails
 *                               with EAGAIN; send(2): "When the message does not fit into the send buffer of the
 *                               socket, send() normally blocks, unless the socket has been placed in nonblocking I/O
 *                               mode. In nonblocking mode it would fail with the error EAGAIN". The handler keeps the
 *                               rest, watches for writing, and goes on when it is told that there is room. An answer
 *                               that comes while it still has a rest is put behind that.
 *     stop watching             When nothing is left to write, it stops to watch for it. Without, it falls into the
 *                               trap of `watch write`: there is room nearly always, and its thread never sleeps again.
 *                               (closing.h says where that is so.)
 *     write 64 KB and wait      The socket is in blocking mode: write comes back when all has found room, and the
 *                               thread sleeps until then, whoever else is ready.
 *     write 64 KB and forget    The handler does not look at the number, so what found no room is never sent.
 *                               write(2): "The number of bytes written may be less than count if, for example, there
 *                               is insufficient space".
 *
 * There is room again, for a wait that watches and for a write that waits, when a third of the buffer is free: Linux
 * does not wake a writer for each byte (sk_stream_is_writeable in include/net/sock.h, of TCP; a socket pair wakes it
 * at three quarters, unix_writable in net/unix/af_unix.c). A peer that reads at the moment of a write reads before it.
 *
 * The model counts the bytes alone. Linux counts what it keeps them in, too (skb->truesize), and doubles what a program
 * asks for with SO_SNDBUF: socket(7). So how much finds room at a time is not promised; that what finds none must be
 * kept, and that there will be room again, is.
 *
 *   select, poll, epoll, readiness   tell of room as long as there is some, and somebody watches for it.
 *   epoll-et   tells of it once, when it comes: after a write that found none. With it, it tells of what lies unread,
 *              for each report is of all that there is. And so does epoll_ctl, by which a handler begins to watch for
 *              writing, or stops to: it looks at the descriptor anew, and puts it on the list if it is ready, whatever
 *              was told before (ep_modify in Linux's fs/eventpoll.c). So who reads once only, without drain, may be
 *              told of the rest after all, by luck.
 *   kqueue, kqueue-clear   the same two ways, of less room: kevent.h.
 *   busy-poll  does not watch, and tries to write whenever the round comes to the socket: it finds room as soon as
 *              there is a byte of it. What it writes in vain is not counted.
 *   blocking, threads   all their writes wait. A thread that waits needs no core.
 *   io_uring   hands the write over, and its completion says how much found room; the rest is handed over anew. There
 *              is nothing to watch, and no trap in it.
 *
 * Once the peer has reset the connection a write fails, and one that waits comes back: ECONNRESET and EPIPE in send(2).
 * (Which of them, and whether a read tells of the reset after it, goes by who is asked first.) The handler goes on to
 * read, and is told by that, too. What it is left with is lost.
 *
 * A step that serves a socket because there is room has an event of its own behind those of the scenario: it became
 * ready when the room came. It takes no time. What is owed when the end of a connection is read and the socket closed
 * is lost. */
#ifndef BELL_WRITING_H
#define BELL_WRITING_H

#include "trace/trace.h"

/* What is written to one socket. */
typedef struct bell_outbox {
  const bell_stream *stream; /* NULL: nothing is, ever */
  int64_t since_us;          /* INT64_MAX: the peer never reads; or else when */
  uint32_t buffered;         /* the kernel kept so many bytes */
  uint32_t owed;             /* bytes that the handler has to write */
} bell_outbox;

bell_outbox bell_outbox_of(const bell_scenario *scenario, uint32_t socket);

/* How much room there is. */
uint32_t bell_outbox_room(bell_outbox *box, int64_t now_us);

/* When there is so much room, now or later; INT64_MAX for never. The clock does not go back. */
int64_t bell_outbox_room_us(bell_outbox *box, uint32_t room, int64_t now_us);

/* Writes what there is room for of what is owed. Returns how much. */
uint32_t bell_outbox_write(bell_outbox *box, int64_t now_us);

/* Does a write to the socket come back only when all of it has found room? */
bool bell_writing_waits(const bell_scenario *scenario, bell_strategy strategy, uint32_t socket);

/* When its connection is reset; INT64_MAX for never. */
int64_t bell_writing_reset_us(const bell_trace *trace, uint32_t socket);

/* Cells of a row: what it wrote, what was owed then. */
int64_t bell_writing_wrote_column(const bell_trace *trace, uint32_t k);
int64_t bell_writing_owed_column(const bell_trace *trace, uint32_t k);

#endif
