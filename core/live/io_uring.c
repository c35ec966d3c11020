#include "live_server.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

static const char unavailable[] = "io_uring is not available here";

#ifdef DOORBELL_LIBURING
#include <liburing.h>

enum { ENTRIES_MAX = 4096 }; /* operations that are handed over in one call */

static const uint64_t a_write = UINT64_C(1) << 32; /* in an operation's data, beside its socket */

/* An operation's place, to be handed over with the next call. */
static struct io_uring_sqe *next_entry(struct io_uring *ring) {
  struct io_uring_sqe *entry = io_uring_get_sqe(ring);
  if (entry != NULL) return entry;
  io_uring_submit(ring); /* no room: hand over what is there */
  return io_uring_get_sqe(ring);
}

/* A read of what is missing of the socket's next message. */
static void prepare(live_server *s, struct io_uring *ring, uint32_t socket) {
  struct io_uring_sqe *entry = next_entry(ring);
  void *end = live_inbox_end(s, socket);
  size_t room = live_inbox_room(s, socket);
  int descriptor = live_descriptor(s, socket);
  if (s->connections[socket].is_listener) io_uring_prep_accept(entry, descriptor, NULL, NULL, SOCK_CLOEXEC);
  else {
    const live_connection *its = &s->connections[socket];
    bool is_socket = !its->is_timer && !its->is_pipe && !its->is_file;
    uint64_t where_it_ended = (uint64_t)-1; /* the last read of a file; to the others it means nothing */
    if (is_socket) io_uring_prep_recv(entry, descriptor, end, room, 0);
    else io_uring_prep_read(entry, descriptor, end, (unsigned)room, where_it_ended);
  }
  io_uring_sqe_set_data64(entry, socket);
}

/* A write of what is owed, as much as one answer. What is written lies there until it completes. */
static void prepare_write(live_server *s, struct io_uring *ring, uint32_t socket) {
  live_outbox *o = &s->outboxes[socket];
  if (o->piece == NULL) o->piece = malloc(o->answer);
  if (o->piece == NULL) return live_fail(s, "io_uring", ENOMEM);
  size_t bytes = live_fill_rest(s, socket, o->piece, o->answer);
  int flags = MSG_NOSIGNAL | (live_waits_to_write(s, socket) ? MSG_WAITALL : 0);
  struct io_uring_sqe *entry = next_entry(ring);
  io_uring_prep_send(entry, live_descriptor(s, socket), o->piece, bytes, flags);
  io_uring_sqe_set_data64(entry, socket | a_write);
  o->is_under_way = true;
}

/* A write has completed. */
static void take_written(live_server *s, uint32_t socket, int result) {
  s->outboxes[socket].is_under_way = false;
  if (result <= 0 || !live_is_open(s, socket)) return; /* the peer is gone, which will be read */
  live_wrote(s, socket, (size_t)result);
  bool first = s->trace->step_count == s->batch;
  bell_reason reason = first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT;
  live_write_down_rest(s, socket, reason, (uint32_t)result, live_now_us(s->peers));
}

static void take_read(live_server *s, uint32_t socket, int given) {
  live_read_result result = live_take_in(s, socket, given);
  bool first = s->trace->step_count == s->batch;
  if (live_is_something(result)) live_handle(s, socket, first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT);
}

/* Takes up to `maxevents` completions, which carry the data, from the queue. */
static void serve(live_server *s, struct io_uring *ring) {
  uint32_t ready = io_uring_cq_ready(ring);
  if (ready > s->options.maxevents) ready = s->options.maxevents;
  live_answered(s, ready);
  for (; ready > 0; ready--) {
    struct io_uring_cqe *completion;
    if (io_uring_peek_cqe(ring, &completion) != 0) return;
    uint64_t data = io_uring_cqe_get_data64(completion);
    int given = completion->res;
    io_uring_cqe_seen(ring, completion);
    uint32_t socket = (uint32_t)data;
    bool is_write = (data & a_write) != 0;
    if (is_write) take_written(s, socket, given);
    else take_read(s, socket, given);
    if (!live_is_open(s, socket)) continue;
    if (live_owes(s, socket) && !s->outboxes[socket].is_under_way) prepare_write(s, ring, socket);
    if (!is_write) prepare(s, ring, socket);
  }
}

/* Hands over what is prepared, and waits for a completion. */
static int wait_for_one(live_server *s, struct io_uring *ring) {
  struct timespec room;
  if (live_timeout(s, &room) == NULL) return io_uring_submit_and_wait(ring, 1);
  struct __kernel_timespec timeout = {.tv_sec = room.tv_sec, .tv_nsec = room.tv_nsec};
  struct io_uring_cqe *completion;
  return io_uring_submit_and_wait_timeout(ring, &completion, 1, &timeout, NULL);
}

/* One read of each socket is under way in the kernel. */
static void run(live_server *s, struct io_uring *ring) {
  for (uint32_t i = 0; i < live_sockets(s); i++) prepare(s, ring, i);
  while (live_goes_on(s)) {
    live_wait_begins(s);
    int error = wait_for_one(s, ring);
    live_call_ended(s, 0);
    if (error < 0 && error != -EINTR && error != -ETIME) return live_fail(s, "io_uring_enter", -error);
    bool is_early = io_uring_cq_ready(ring) == 0; /* whatever it says: it may give how many it has handed over */
    bool is_signal = is_early && atomic_load(&s->peers->signals) > s->flags;
    if (!is_early) serve(s, ring);
    live_look_around(s, is_signal ? EINTR : 0, is_early && !is_signal);
  }
}

void live_io_uring(live_server *s) {
  struct io_uring ring;
  struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE, .cq_entries = 2 * ENTRIES_MAX};
  while (params.cq_entries < 2 * live_sockets(s)) params.cq_entries *= 2; /* each may have two completions waiting */
  int error = io_uring_queue_init_params(ENTRIES_MAX, &ring, &params);
  if (error < 0) return live_fail(s, unavailable, -error);
  run(s, &ring);
  io_uring_queue_exit(&ring);
  for (uint32_t i = 0; s->outboxes != NULL && i < live_sockets(s); i++) free(s->outboxes[i].piece);
}
#else
void live_io_uring(live_server *s) { live_fail(s, unavailable, ENOSYS); }
#endif
