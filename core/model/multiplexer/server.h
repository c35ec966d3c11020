/* server: what the strategies of waiting.h share: the sockets, what has come on each, the clock and the counters. */
#ifndef BELL_SERVER_H
#define BELL_SERVER_H

#include "chain.h"
#include "multiplexer/bytes.h"
#include "multiplexer/closing.h"
#include "multiplexer/early.h"
#include "multiplexer/listener.h"
#include "multiplexer/timer.h"
#include "multiplexer/waiting.h"
#include "multiplexer/worker.h"
#include "multiplexer/writing.h"
#include "trace/readiness.h"

/* What is written to a socket, and who waits for what. */
typedef struct server_outbox {
  bell_outbox box;
  int64_t room_us; /* when there is room, or will be, as far as is known */
  uint32_t room;   /* the event that there is for what is owed, which was noticed and not served; or BELL_NONE */
  union {
    uint32_t told;   /* epoll-et: how many answers there had been when it was noticed */
    uint32_t handed; /* io_uring: how much was handed over, */
  };
  uint32_t done;          /* and what the kernel has taken of it */
  bool is_watched : 1;    /* the handler waits for room */
  bool is_expected : 1;   /* room, by an entry in the queue of arrivals */
  bool spins : 1;         /* it is watched, there is room, and nothing is owed */
  bool is_listed : 1;     /* for the strategy's own use */
  bool is_to_read : 1;    /* the wait that told of room told of something to read, too */
  bool is_registered : 1; /* epoll: the kernel knows that it is watched */
} server_outbox;

typedef struct server {
  const bell_scenario *scenario;
  bell_waiting_options options;
  bell_trace *trace;
  bell_readiness arrivals; /* messages that have not come yet, or were not noticed */
  uint32_t *next;          /* of each socket with messages: the first that was not read, or not wholly */
  uint32_t *come;          /* the index after the last that has come; not above `next` when there is none to be read */
  uint32_t *list;          /* a place for each socket, for the strategy's own use; io_uring and kqueue: two */
  uint32_t *link;          /* the same; of io_uring NULL */
  uint32_t *so_far;        /* where reads take bytes: how much was read of each socket's first message; else NULL */
  uint32_t *within;        /* there, too: what io_uring's read found when it completed, as `come`; of kqueue the same of
                              a timer, when it was told */
  server_outbox *outboxes; /* where handlers write: of each socket; else NULL */
  bell_event *events;      /* there, too, if room may come: the trace's, of which some come about */
  uint32_t answered;       /* there, too, edge-triggered: how many answers there were */
  int64_t since_us;        /* there, too: when room came that made the first of them spin, if one did */
  uint32_t watched;        /* there, too: all sockets that spin because they are watched, by exclusive or: if it is one,
                              that one */
  uint32_t spinning;       /* how many sockets are ready all the time, and are told again and again */
  uint32_t noticed;        /* where messages have sizes: the entry of `arrivals` that was noticed last */
  uint32_t news;           /* where some may be: how many messages and ends have come and were not read */
  bool has_interest;       /* can it be watched for writing? */
  bool is_told_again;      /* does the strategy tell again of what is still there? */
  bool is_asleep;          /* for good, in a write */
  bool has_bytes;          /* see bell_scenario_has_bytes */
  uint32_t signal;         /* where waits end early: the first that was not noticed */
  uint32_t descriptors;    /* where they run out: how many are left; else UINT32_MAX */
  uint32_t listener;       /* there: the socket that accepts in vain when none is left; BELL_NONE if it has a spare */
  uint32_t given;          /* with a worker: its first event that was not given to it yet, */
  int64_t worker_free_us[BELL_HAS_BYTES ? BELL_THREADS_MAX : 1]; /* and when each of its threads will be free */
  bell_chain told;       /* where turns are bounded: whom a wait has told of, a chain through `link`, */
  bell_chain remembered; /* and the server's own list, too */
  int64_t now_us;
  bell_answers answers; /* for the next step */
} server;

/* Do messages have sizes, or timers count? */
static inline bool server_has_bytes(const server *s) {
  return BELL_HAS_BYTES && (BELL_HAS_BYTES_ALONE || s->has_bytes);
}

/* Does a read take what is there of a message, or of expirations? Else it takes one event. */
static inline bool server_takes_bytes(const server *s) { return BELL_HAS_BYTES && s->trace->taken != NULL; }

/* Do handlers write? And to this socket? */
static inline bool server_has_writing(const server *s) { return BELL_HAS_BYTES && s->outboxes != NULL; }
static inline bool server_is_written_to(const server *s, uint32_t socket) {
  return server_has_writing(s) && s->outboxes[socket].box.stream != NULL;
}

/* Has room been noticed for what is owed to it? */
static inline bool server_has_room(const server *s, uint32_t socket) {
  return server_has_writing(s) && s->outboxes[socket].room != BELL_NONE;
}

static inline uint32_t server_sockets(const server *s) { return s->scenario->statement_count; }

/* Unless connections end, each socket has a message at least. So where there are as many messages as sockets, each
 * has its own number. */
static inline uint32_t server_socket_of(const server *s, uint32_t event) {
  bool one_each = s->scenario->event_count == s->scenario->statement_count && !s->scenario->closing;
  return one_each ? event : s->scenario->events[event].statement;
}

/* The end of a connection is read as a message is. One that is told again is an event behind the last, for ever. */
static inline bool server_has_message(const server *s, uint32_t socket) { return s->next[socket] < s->come[socket]; }

/* Is it a timer that its handler does not read? */
static inline bool server_leaves_unread(const server *s, uint32_t socket) {
  return s->scenario->closing && bell_timer_is_left_unread(s->scenario, s->trace->strategy, socket);
}

/* Is it at an end that was ignored, or at an expiration that was not read? */
bool server_is_left(const server *s, uint32_t socket);

/* Has the end of its connection been read, as its last event? */
bool server_is_at_end(const server *s, uint32_t socket);
static inline bool server_is_over(const server *s, uint32_t socket) {
  return s->scenario->closing && server_is_at_end(s, socket);
}

/* Is there room to write, and is it watched for that? Until it is closed. */
bool server_is_open_for_writing(const server *s, uint32_t socket);
static inline bool server_is_watched(const server *s, uint32_t socket) {
  return s->has_interest && server_is_open_for_writing(s, socket);
}

/* Does a wait answer with it? */
static inline bool server_is_ready(const server *s, uint32_t socket) {
  return server_has_message(s, socket) || server_has_room(s, socket) || server_is_watched(s, socket);
}

/* Is it a listener, and no descriptor left for what it would accept? */
static inline bool server_is_out_of_descriptors(const server *s, uint32_t socket) {
  return BELL_HAS_BYTES && s->descriptors == 0 && socket == s->listener;
}

/* Has a socket that is ready nothing new to be read? */
static inline bool server_has_none(const server *s, uint32_t socket) {
  if (!s->scenario->closing) return false;
  return !server_has_message(s, socket) || server_is_left(s, socket) || server_is_out_of_descriptors(s, socket);
}

/* Nor room for what is owed to it? */
static inline bool server_spins(const server *s, uint32_t socket) {
  return server_has_none(s, socket) && !server_has_room(s, socket);
}

/* How many connections that have come wait in vain for a descriptor, and are told again and again? */
static inline uint32_t server_starved(const server *s) {
  bool is_starved = BELL_HAS_BYTES && s->descriptors == 0 && s->listener != BELL_NONE && s->is_told_again;
  return is_starved && server_has_message(s, s->listener) ? s->come[s->listener] - s->next[s->listener] : 0;
}

/* Is somebody ready all the time? */
static inline bool server_is_kept_awake(const server *s) { return s->spinning > 0 || server_starved(s) > 0; }

/* Are all that are ready those that always are? */
static inline bool server_only_spins(const server *s) {
  return server_is_kept_awake(s) && s->news == server_starved(s);
}

/* Where what is to be read of a socket and its room are told apart, that has numbers behind those of all sockets. */
static inline uint32_t server_room_of(const server *s, uint32_t socket) { return server_sockets(s) + socket; }
static inline bool server_tells_of_room(const server *s, uint32_t told) { return told >= server_sockets(s); }
static inline uint32_t server_told_socket(const server *s, uint32_t told) {
  return server_tells_of_room(s, told) ? told - server_sockets(s) : told;
}

/* The event that it is about. */
static inline uint32_t server_told_event(const server *s, uint32_t told) {
  return server_tells_of_room(s, told) ? s->outboxes[told - server_sockets(s)].room : s->next[told];
}

/* The event that stands behind another one in an answer: nobody's where a socket tells again of its end. */
static inline uint32_t server_behind(const server *s, uint32_t socket) {
  if (server_spins(s, socket)) return BELL_NONE;
  return BELL_HAS_BYTES && server_has_none(s, socket) ? s->outboxes[socket].room : s->next[socket];
}

/* Whether it is the first or a later one of the answer that came before step `batch`. */
static inline bell_reason server_place(const server *s, uint32_t batch) {
  return s->trace->step_count == batch ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT;
}

/* Where a read takes what is there: the index after the socket's last event that a read now finds. */
uint32_t server_come(const server *s, uint32_t socket);

/* Before the first wait: counts those that are ready all the time. */
void server_count_watched(server *s);

/* The socket of the next message that has come by now and was not noticed yet; BELL_NONE when there is none. */
uint32_t server_notice(server *s);

/* Sleeps until the next message comes, or room; or until its wait ends early. False when nothing will end it. */
bool server_sleep(server *s);

/* Where waits end early (early.h): before the first; and behind each that answered, when those were served. `batch` is
 * the step before which it answered. */
static inline bool server_may_end_early(const server *s) { return BELL_HAS_BYTES && s->scenario->apart_count > 0; }
void server_start_early(server *s);
bool server_sleep_or_end_early(server *s);
void server_look_around(server *s, uint32_t batch);

/* Reads the socket's first message, which must have come, and handles it; or reads its end in vain. Then goes on
 * writing, if there is room for what is owed. `batch` is the step before which the wait answered that this one came
 * from. */
void server_handle(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other);

/* The same without the handling: the clock stands still. */
void server_begin(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other);

/* Has the last step read a piece of a message? Then there is nothing to handle yet. */
static inline bool server_read_piece(const server *s) {
  return bell_trace_is_piece(s->trace, s->trace->step_count - 1);
}

/* How an edge-triggered strategy reads on. */
typedef struct server_reading {
  void (*notice)(server *s, bell_chain *kernels); /* its own way to put what has come into its kernel's list, */
  bell_chain *kernels;                            /* which is this one; */
  uint32_t batch;                                 /* the step before which the wait answered; */
  /* behind a turn, which began with that step, where the kernel looks anew at what has changed its interest; or NULL */
  void (*look_anew)(server *s, bell_chain *kernels, uint32_t socket, uint32_t step);
} server_reading;

/* Reads a socket until a read would block, or tells the end: it is not told again. That last read belongs to the step
 * before it, for there may be none after. Or reads it `most` times; then returns true. */
bool server_read_on(server *s, uint32_t socket, server_reading on, uint32_t most);

/* Writes down a step that begins now. */
void server_add_step(server *s, uint32_t event, uint32_t batch, bell_reason reason, uint32_t other);

/* ---- writing: server_writing.c ---------------------------------------------------------------------------------- */

/* How many rows there are at most in which a socket is served because there is room. */
uint32_t server_count_rooms(const bell_scenario *scenario, bell_strategy strategy);

/* What it keeps. */
void server_take_writing(server *s, uint32_t rows, bell_arena *arena);

/* Before the first wait. */
void server_start_writing(server *s, uint32_t rows);

/* Before a row: who is watched for writing, and spins. */
void server_keep_watched(server *s, uint32_t row);

/* The entry in the queue of arrivals that is about a socket's room. */
static inline bool server_is_of_room(const server *s, uint32_t event) {
  return server_has_writing(s) && event >= s->scenario->event_count;
}

/* It was taken from the queue, where it was expected then. Is the socket ready now? */
bool server_notice_room(server *s, uint32_t socket, int64_t expected_us);

/* Did the last wait, which answered at that time, find room? */
bool server_finds_room(const server *s, uint32_t socket, int64_t answered_us);

/* The last step has handled what it read: writes the answer. */
void server_answer(server *s, uint32_t socket);

/* If there is room, and the socket was not closed since: goes on writing, in a step of its own. */
void server_write_rest(server *s, uint32_t socket, uint32_t batch, bell_reason reason, uint32_t other);

/* The socket's own thread has handled what the step read: writes the answer, as far as there is room. False when that
 * is not all: then it will be woken, or sleeps for good. */
bool server_write_as_thread(server *s, uint32_t socket, uint32_t step);

/* io_uring: hands over a write of what is owed. Does it complete at once? */
bool server_begin_write(server *s, uint32_t socket);

/* After the last step: who spins is kept for the last row of a run that goes on for ever. */
void server_finish_writing(server *s);

/* ---- descriptors that run out: listener.c ----------------------------------------------------------------------- */

/* Before the first wait. */
void server_start_accepting(server *s);

/* A row is written down that begins now; or will be, behind all steps. */
void server_note_descriptors(server *s, uint32_t row);

/* Behind a step: has it taken a descriptor, or given one back? */
void server_count_descriptor(server *s, uint32_t step);

/* ---- a thread beside the loop: worker.c -------------------------------------------------------------------------- */

/* Before the first wait. */
void server_start_worker(server *s);

/* A handler gives it work. */
void server_give(server *s, uint32_t takes_us);

/* ---- a bounded drain: turns.c ------------------------------------------------------------------------------------ */

static inline bool server_has_turns(const server *s) { return BELL_HAS_BYTES && s->options.reads_a_turn > 0; }

/* Does the server's own list remember somebody? */
static inline bool server_remembers(const server *s) {
  return server_has_turns(s) && !bell_chain_is_empty(s->remembered);
}

/* Before the first wait. */
void server_start_turns(server *s);

/* The wait tells of a socket that it can be read, or of its room to write: it will have its turn in the next round. */
void server_tell_turns(server *s, uint32_t told);

/* That round. Returns the step before which the wait answered that its last step came from. */
uint32_t server_take_turns(server *s, server_reading on);

/* ---- those that nobody waits with ------------------------------------------------------------------------------- */

/* Serves a socket of which an answer told nothing new: one that was left open at its end is read in vain. */
void server_pass(server *s, uint32_t socket);

/* A message comes alone when nothing is left to be read, and no other comes until it has been handled. In a scenario of
 * many sockets most do. It is read where it comes, without a look at its socket: among a million sockets each look is
 * one into slow memory, and a run with a few looks a message takes ten times as long. The caller knows that nothing is
 * left to be read. Each is the only answer of a wait, and its step has so many reads in vain; or else it is found by a
 * round of reading all sockets. */
void server_answer_those_alone(server *s, uint32_t in_vain);
void server_find_those_alone(server *s);

/* One strategy each, in a file of its own. The first two are the beginner's, where messages have sizes. */
void bell_blocking_bytes(server *s);
void bell_readiness_bytes(server *s);
void bell_busy_poll(server *s);
void bell_select(server *s);
void bell_poll(server *s);
void bell_epoll(server *s);
void bell_epoll_et(server *s);
void bell_threads(server *s);
void bell_io_uring(server *s);
void bell_kqueue(server *s); /* in both of its manners */

#endif
