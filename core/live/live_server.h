/* live_server: what the live strategies share: waiting, reading a message, handling it, writing down the step. */
#ifndef BELL_LIVE_SERVER_H
#define BELL_LIVE_SERVER_H

#include <sys/resource.h>
#include <sys/types.h>

#include "live.h"
#include "live_worker.h"
#include "peers.h"

/* What has come of a socket's next message. */
typedef struct live_inbox {
  unsigned char bytes[sizeof(live_record)];
  uint32_t count;       /* of the bytes; all of them once the message is whole */
  uint32_t so_far;      /* of a message that has a size: how much of it was read, */
  unsigned char *piece; /* and where a read of it goes: room for what one takes */
  uint16_t reported;    /* what the last wait that answered with the socket reported of it */
} live_inbox;

/* What is written to a socket. */
typedef struct live_outbox {
  uint32_t answer;      /* for each message; 0: nothing is */
  uint32_t owed;        /* what is still to be written */
  uint64_t written;     /* all in all, what was forgotten too */
  bool is_watched;      /* for room */
  bool is_registered;   /* epoll: the kernel knows that */
  bool is_given_up;     /* what is owed is owed for ever */
  bool is_under_way;    /* io_uring: the kernel is writing */
  unsigned char *piece; /* io_uring: what it writes */
} live_outbox;

/* A thread's own view of the server: all up to `outcome` is shared. */
typedef struct live_server {
  const bell_scenario *scenario;
  bell_waiting_options options;
  bell_trace *trace;
  live_peers *peers;
  live_connection *connections; /* `server` of each is the server's */
  live_inbox *inboxes;
  live_outbox *outboxes; /* where handlers write; else NULL */
  int *accepted;         /* of each event of a listener: the descriptor that it gave, or -1; NULL where there is none */
  uint32_t *next;        /* of each socket: its first message that was not handled */
  uint32_t reads;        /* how many there is room for */
  atomic_uint *open;     /* how many sockets more may come from */
  atomic_uint *ended;    /* how many are at an end that is ignored, where that is told again and again */
  atomic_uint *spinning; /* the same, and those that are watched for writing: they come back for ever */
  live_outcome *outcome;
  /* What leads to the thread's next step. */
  bell_calls calls;
  uint32_t answered;    /* what the last wait answered with */
  uint32_t batch;       /* the step's `queued_at` */
  int32_t result;       /* what the last read gave: see bell_measured */
  int64_t until_us;     /* when a run that goes on for ever is left alone; 0 before it begins to */
  int64_t since_us;     /* where handlers write: since when the thread wakes for nothing; 0 when it does not */
  long sleeps;          /* how often the thread had slept when its wait began */
  bool waited;          /* see bell_trace_waited */
  live_worker *worker;  /* beside the loop; NULL where there is none */
  uint32_t signal;      /* where waits end early: how many signals were noticed, */
  uint32_t flags;       /* and how many had come when the last wait began */
  int spare;            /* where descriptors run out: the one that is kept, or -1, */
  bool is_starved;      /* an accept has failed for that since the last step, which will be told again, */
  uint32_t descriptors; /* how many are left, */
  struct rlimit limit;  /* and how many there were before; 0 until that was changed */
} live_server;

static inline uint32_t live_sockets(const live_server *s) { return s->scenario->statement_count; }

static inline int live_descriptor(const live_server *s, uint32_t socket) { return s->connections[socket].server; }

static inline bool live_is_open(const live_server *s, uint32_t socket) { return live_descriptor(s, socket) >= 0; }

/* Is it to be waited for until it can be written to? */
bool live_is_watched(const live_server *s, uint32_t socket);

/* ---- waiting: what may put the thread to sleep stands between these two ------------------------------------------ */

void live_wait_begins(live_server *s);

/* Returns how often the thread slept since then. `errno` stays as it was. */
uint32_t live_wait_ended(live_server *s);

/* The same after a call that waits for many sockets. The kernel looks at `set` of them, again after each sleep. */
void live_call_ended(live_server *s, uint32_t set);

/* Such a call has come back with so many sockets. */
void live_answered(live_server *s, uint32_t count);

/* Where waits end early (early.h): the time that one may take, in `room`; NULL when it has none. The same in
 * milliseconds, rounded up; -1. */
const struct timespec *live_timeout(const live_server *s, struct timespec *room);
int live_timeout_ms(const live_server *s);

/* A wait has ended, and what it answered with was served: looks at the signals that came, and at the clock. `error` is
 * the wait's, 0 if there was none; it timed out if it answered with nobody. */
void live_look_around(live_server *s, int error, bool has_timed_out);

/* Is there something to wait for? A server that spins goes on for as long as the model watches it. */
bool live_goes_on(live_server *s);

/* ---- reading ----------------------------------------------------------------------------------------------------- */

typedef enum live_read_result {
  LIVE_MESSAGE, /* a whole message is in the inbox, or a piece of one that has a size: handle it before the next read */
  LIVE_END,     /* the connection's end, which the scenario has: handle it, as a message */
  LIVE_NOTHING, /* no whole message is there yet, or the end was told before */
  LIVE_ENDED    /* the peer has hung up, or the run is over: the socket was closed */
} live_read_result;

static inline bool live_is_something(live_read_result result) { return result == LIVE_MESSAGE || result == LIVE_END; }

/* Reads from a socket until its message is whole or a read would block; of a message that has a size, once. A closed
 * socket gives LIVE_ENDED. */
live_read_result live_read(live_server *s, uint32_t socket);

/* Where the rest of the message goes, and how much of it a read takes: for who reads in another way. */
void *live_inbox_end(live_server *s, uint32_t socket);
size_t live_inbox_room(const live_server *s, uint32_t socket);

/* Takes in what such a read gave: a number of bytes, 0 for the end, or an error's number below 0. */
live_read_result live_take_in(live_server *s, uint32_t socket, ssize_t result);

/* ---- handling ---------------------------------------------------------------------------------------------------- */

/* Handles the message in the inbox, or the end, now: writes the step down, is busy for what it takes, and after the
 * socket's last message closes the socket. */
void live_handle(live_server *s, uint32_t socket, bell_reason reason);

/* The parts of it, for threads, which write down under a lock and are busy in their own way. */
uint32_t live_write_down(live_server *s, uint32_t socket, bell_reason reason); /* returns the step */
uint32_t live_takes_us(const live_server *s, uint32_t step);                   /* how long handling it is to take */
void live_finish(live_server *s, uint32_t socket, uint32_t step);

/* The first of these for an event of its own. */
uint32_t live_write_down_event(live_server *s, uint32_t socket, uint32_t event, bell_reason reason);

/* ---- writing: live_writing.c ------------------------------------------------------------------------------------- */

/* Before the run: the send buffers have their sizes. */
void live_start_writing(live_server *s);

bool live_is_written_to(const live_server *s, uint32_t socket);
bool live_owes(const live_server *s, uint32_t socket);

/* Does a write come back when all of it has found room? */
bool live_waits_to_write(const live_server *s, uint32_t socket);

/* The step has handled what it read: writes the answer. With io_uring the strategy does. */
void live_answer(live_server *s, uint32_t socket, uint32_t step);

/* Writes what there is room for of what is owed: a step of its own, if there is any. Leaves the socket if that was the
 * last that is to be done with it. */
void live_write_rest(live_server *s, uint32_t socket, bell_reason reason);

/* The step alone: so much has been written. */
void live_write_down_rest(live_server *s, uint32_t socket, bell_reason reason, uint32_t bytes, int64_t ready_us);

/* What is owed next, up to `size` of it; and that so much of it was written. */
size_t live_fill_rest(const live_server *s, uint32_t socket, unsigned char *bytes, size_t size);
void live_wrote(live_server *s, uint32_t socket, size_t bytes);

/* Before a row: who spins, where handlers write. */
void live_keep_spinning(live_server *s, uint32_t row);

/* Leaves the socket, if all has been read from it, and written to it. */
void live_leave_if_done(live_server *s, uint32_t socket);

/* ------------------------------------------------------------------------------------------------------------------ */

/* One of a wait's answers, with what it reported, in the bits of poll(2), which are epoll's too: reads it once, and
 * handles what it read. */
live_read_result live_serve(live_server *s, uint32_t socket, uint32_t reported);

/* Whether the next step is the first of its answer. */
bell_reason live_place(const live_server *s);

/* The calls since the last step belong to that one. */
void live_belongs_to_last_step(live_server *s);

/* Something has failed for good: the strategy returns, and what it was is the outcome, with the error's number unless
 * that is 0. */
void live_fail(live_server *s, const char *what, int error);

/* One strategy each, in a file of its own. Each returns when nothing goes on, or after live_fail. */
void live_blocking(live_server *s);
void live_busy_poll(live_server *s);
void live_select(live_server *s);
void live_poll(live_server *s);
void live_epoll(live_server *s);
void live_epoll_et(live_server *s);
void live_threads(live_server *s);
void live_io_uring(live_server *s);

#endif
