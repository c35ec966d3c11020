#include "live_server.h"

#include <errno.h>

static const char unavailable[] = "io_uring is not available here";

#ifdef DOORBELL_LIBURING
#include <liburing.h>

enum { ENTRIES_MAX = 4096 }; /* reads that are handed over in one call */

/* A read of what is missing of the socket's next message, to be handed over with the next call. */
static void prepare(live_server *s, struct io_uring *ring, uint32_t socket) {
  struct io_uring_sqe *entry = io_uring_get_sqe(ring);
  if (entry == NULL) { /* no room: hand over what is there */
    io_uring_submit(ring);
    entry = io_uring_get_sqe(ring);
  }
  void *end = live_inbox_end(s, socket);
  size_t room = live_inbox_room(s, socket);
  if (s->connections[socket].is_timer) io_uring_prep_read(entry, live_descriptor(s, socket), end, (unsigned)room, 0);
  else io_uring_prep_recv(entry, live_descriptor(s, socket), end, room, 0);
  io_uring_sqe_set_data64(entry, socket);
}

/* Takes up to `maxevents` completions, which carry the data, from the queue. */
static void serve(live_server *s, struct io_uring *ring) {
  uint32_t ready = io_uring_cq_ready(ring);
  if (ready > s->options.maxevents) ready = s->options.maxevents;
  live_answered(s, ready);
  for (; ready > 0; ready--) {
    struct io_uring_cqe *completion;
    if (io_uring_peek_cqe(ring, &completion) != 0) return;
    uint32_t socket = (uint32_t)io_uring_cqe_get_data64(completion);
    live_read_result result = live_take_in(s, socket, completion->res);
    io_uring_cqe_seen(ring, completion);
    bool first = s->trace->step_count == s->batch;
    if (live_is_something(result)) live_handle(s, socket, first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT);
    if (live_is_open(s, socket)) prepare(s, ring, socket);
  }
}

/* One read of each socket is under way in the kernel. */
static void run(live_server *s, struct io_uring *ring) {
  for (uint32_t i = 0; i < live_sockets(s); i++) prepare(s, ring, i);
  while (live_goes_on(s)) {
    live_wait_begins(s);
    int error = io_uring_submit_and_wait(ring, 1);
    live_call_ended(s, 0);
    if (error < 0 && error != -EINTR) return live_fail(s, "io_uring_enter", -error);
    serve(s, ring);
  }
}

void live_io_uring(live_server *s) {
  struct io_uring ring;
  struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE, .cq_entries = 2 * ENTRIES_MAX};
  while (params.cq_entries < live_sockets(s)) params.cq_entries *= 2; /* each may have one completion waiting */
  int error = io_uring_queue_init_params(ENTRIES_MAX, &ring, &params);
  if (error < 0) return live_fail(s, unavailable, -error);
  run(s, &ring);
  io_uring_queue_exit(&ring);
}
#else
void live_io_uring(live_server *s) { live_fail(s, unavailable, ENOSYS); }
#endif
