#include "peers.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "live_listener.h"
#include "multiplexer/file.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"

enum { RETRY_US = 1000, PATIENCE_US = 300000, PIECE = 16384 /* bytes that are sent in one call */ };

/* ---- the clock -------------------------------------------------------------------------------------------------- */

static int64_t machine_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct timespec timespec_of(int64_t us) {
  return (struct timespec){.tv_sec = (time_t)(us / 1000000), .tv_nsec = (long)(us % 1000000) * 1000};
}

int64_t live_now_us(const live_peers *peers) { return machine_us() - peers->start_us; }

void live_sleep_until(const live_peers *peers, int64_t us) {
  struct timespec until = timespec_of(peers->start_us + us);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
  }
}

/* ---- timers ----------------------------------------------------------------------------------------------------- */

/* Sets a timer by the machine's clock: a time in the past expires at once, and 0 would stop it. */
static void set_timer(const live_peers *p, uint32_t timer, int64_t first_us, int64_t every_us) {
  struct itimerspec times = {.it_value = timespec_of(p->start_us + first_us), .it_interval = timespec_of(every_us)};
  timerfd_settime(p->connections[timer].server, TFD_TIMER_ABSTIME, &times, NULL);
}

static void set_timers(const live_peers *p) {
  for (uint32_t i = 0; i < p->scenario->statement_count; i++) {
    if (!bell_timer_is(p->scenario, i) || bell_worker_is(p->scenario, i)) continue;
    int64_t first_us = p->scenario->events[bell_scenario_first_event(p->scenario, i)].ready_us;
    set_timer(p, i, first_us, bell_timer_is_periodic(p->scenario, i) ? first_us : 0);
  }
}

/* ---- sending ---------------------------------------------------------------------------------------------------- */

/* Closing the peer's end would be told as HUP by a socket pair, and by TCP only when the server has closed too. So the
 * peer shuts down its sending half, which is the same to both. A reset is what the server is told when its peer closes
 * and has not read all that was sent to it: here a byte, from the beginning on. */
static bool end_one(live_peers *p, uint32_t socket, uint32_t event) {
  live_connection *connection = &p->connections[socket];
  p->events[event].ready_us = live_now_us(p);
  if (!connection->is_pipe && (p->scenario->statements[socket].conduct & BELL_RESETS) == 0) {
    shutdown(connection->peer, SHUT_WR);
    return true;
  }
  struct linger at_once = {.l_onoff = 1}; /* to TCP, the same; to a pipe, nothing */
  setsockopt(connection->peer, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(connection->peer);
  connection->peer = -1;
  return true;
}

/* Before the run: what makes a reset of a close. */
static void send_unread_bytes(const live_peers *p) {
  for (uint32_t i = 0; p->scenario->closing && i < p->scenario->statement_count; i++) {
    bool resets = p->connections[i].peer >= 0 && (p->scenario->statements[i].conduct & BELL_RESETS) != 0;
    if (resets && !p->resets_at_once) send(p->connections[i].server, "", 1, MSG_NOSIGNAL);
  }
}

/* Sends what is still missing of an event that brings a part of a message. `sent` is how much of the message was sent,
 * the whole of it until the next one begins. False when the buffer is full. */
static bool send_part(live_peers *p, const bell_stream *stream, uint32_t socket, uint32_t event) {
  uint32_t place = event - bell_scenario_first_event(p->scenario, socket);
  uint32_t end = (uint32_t)((uint64_t)stream->size * (place % stream->parts + 1) / stream->parts);
  uint32_t begin = (uint32_t)((uint64_t)stream->size * (place % stream->parts) / stream->parts);
  if (begin == 0 && p->sent[socket] == stream->size) p->sent[socket] = 0;
  if (p->sent[socket] <= begin) p->events[event].ready_us = live_now_us(p);
  while (p->sent[socket] < end) {
    unsigned char bytes[PIECE];
    uint32_t count = end - p->sent[socket] < PIECE ? end - p->sent[socket] : PIECE;
    for (uint32_t i = 0; i < count; i++) bytes[i] = live_byte(place / stream->parts, p->sent[socket] + i);
    ssize_t gone = live_send(&p->connections[socket], bytes, count);
    if (gone < 0 && errno != EINTR) return errno != EAGAIN && errno != EWOULDBLOCK;
    if (gone > 0) {
      p->sent[socket] += (uint32_t)gone;
      p->sends++;
    }
  }
  return true;
}

/* The kernel sends what is of a timer; what is in a file lies there. */
static bool comes_by_itself(const live_peers *p, uint32_t source) {
  return bell_timer_is(p->scenario, source) || bell_file_is(p->scenario, source);
}

/* Sends a message. False when the socket's buffer is full. A server that has closed its end needs no more. */
static bool send_one(live_peers *p, uint32_t socket, uint32_t event) {
  if (comes_by_itself(p, socket)) return true;
  if (p->connections[socket].is_listener) return live_connect_client(p, socket, event);
  if (bell_scenario_is_end(p->scenario, event)) return end_one(p, socket, event);
  const bell_stream *stream = bell_scenario_stream(p->scenario, socket);
  if (stream != NULL) return send_part(p, stream, socket, event);
  uint32_t first = bell_scenario_first_event(p->scenario, socket);
  uint32_t end = bell_scenario_events_end(p->scenario, socket);
  live_record record = {.sequence = event - first, .is_last = event + 1 == end};
  p->events[event].ready_us = live_now_us(p); /* before: a message is never handled before it is ready */
  for (;;) {
    if (live_send(&p->connections[socket], &record, sizeof record) >= 0) return true;
    if (errno != EINTR) return errno != EAGAIN && errno != EWOULDBLOCK;
  }
}

/* Sends what is due on a socket, as far as its buffer has room. */
static void send_due(live_peers *p, uint32_t socket) {
  while (p->next[socket] < p->due[socket] && send_one(p, socket, p->next[socket])) {
    p->next[socket]++;
    p->held--;
    p->sends++;
  }
}

static void send_signal(live_peers *p, uint32_t event) {
  p->events[event].ready_us = live_now_us(p);
  atomic_fetch_add(&p->signals, 1);
  pthread_kill(p->server, SIGUSR2);
}

/* Sends all that is due by `now_us`, in order. */
static void send_all_due(live_peers *p, int64_t now_us) {
  for (uint32_t socket = 0; p->held > 0 && socket < p->scenario->statement_count; socket++) send_due(p, socket);
  const bell_ready *first;
  while ((first = bell_readiness_first(&p->queue)) != NULL && first->ready_us <= now_us) {
    uint32_t event = bell_readiness_take(&p->queue).event;
    if (event >= p->scenario->event_count) {
      send_signal(p, event);
      continue;
    }
    uint32_t socket = p->scenario->events[event].statement;
    p->due[socket]++;
    p->held++;
    send_due(p, socket);
  }
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Is it what the server writes? Of what is forgotten nobody here knows. */
static bool is_answer(live_peers *p, uint32_t socket, const unsigned char *bytes, size_t count) {
  const bell_stream *stream = bell_scenario_find_stream(p->scenario, socket);
  if ((p->scenario->statements[socket].conduct & (BELL_FORGETS_REST | BELL_RESETS)) != 0) return true;
  size_t i = 0;
  for (; i < count; i++) {
    uint64_t at = p->readings[socket].count + i;
    if (bytes[i] != live_byte((uint32_t)(at / stream->answer), (uint32_t)(at % stream->answer))) break;
  }
  return i == count;
}

/* Reads up to so much of what is there. */
static void read_some(live_peers *p, uint32_t socket, uint64_t most) {
  while (most > 0) {
    unsigned char bytes[PIECE];
    size_t count = most < PIECE ? (size_t)most : PIECE;
    ssize_t got = recv(p->connections[socket].peer, bytes, count, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    if (!is_answer(p, socket, bytes, (size_t)got)) p->is_garbled = true;
    p->readings[socket].count += (uint64_t)got;
    most -= (uint64_t)got;
  }
}

/* Each peer reads when it is time to; one that reads all, again and again. */
static void read_all_due(live_peers *p, int64_t now_us) {
  for (uint32_t i = 0; p->readings != NULL && i < p->scenario->statement_count; i++) {
    const bell_stream *stream = bell_scenario_find_stream(p->scenario, i);
    bool is_read = stream != NULL && stream->answer > 0 && p->connections[i].peer >= 0;
    if (!is_read || (p->scenario->statements[i].conduct & BELL_READS_NEVER) != 0) continue;
    if (stream->reads == 0) read_some(p, i, UINT64_MAX);
    for (; stream->reads > 0 && p->readings[i].next_us <= now_us; p->readings[i].next_us += stream->every_us) {
      read_some(p, i, stream->reads);
    }
  }
}

/* When the first of them reads; the earlier of that and `moment_us`. */
static int64_t next_reading_us(const live_peers *p, int64_t moment_us) {
  for (uint32_t i = 0; p->readings != NULL && i < p->scenario->statement_count; i++) {
    const bell_stream *stream = bell_scenario_find_stream(p->scenario, i);
    if (stream == NULL || stream->answer == 0 || (p->scenario->statements[i].conduct & BELL_READS_NEVER) != 0) continue;
    int64_t next_us = stream->reads > 0 ? p->readings[i].next_us : live_now_us(p) + RETRY_US;
    if (next_us < moment_us) moment_us = next_us;
  }
  return moment_us;
}

/* How long a server may have to wait until a peer has read a whole buffer. */
static int64_t longest_reading_us(const live_peers *p) {
  int64_t longest_us = 0;
  for (uint32_t i = 0; i < p->scenario->stream_count; i++) {
    const bell_stream *stream = &p->scenario->streams[i];
    if (stream->reads == 0) continue;
    uint32_t buffer = stream->buffer > 0 ? stream->buffer : BELL_BUFFER;
    int64_t us = (int64_t)stream->every_us * (buffer / stream->reads + 2);
    if (us > longest_us) longest_us = us;
  }
  return longest_us;
}

/* ---- the thread ------------------------------------------------------------------------------------------------- */

/* Nobody reads any more: every wait of the server comes back now, for its peer has hung up. Where the peer had gone
 * already, that is no news, and edge-triggered nothing is told of it twice; and TCP brings no end before what waits for
 * a full buffer. So the server's own end is shut, too. A pipe has neither: the signal ends a wait that waits for it. */
static void hang_up(live_peers *p) {
  atomic_store(&p->over, true);
  pthread_kill(p->server, SIGUSR2); /* it may wait for nothing else */
  for (uint32_t i = 0; i < p->scenario->statement_count; i++) {
    if (bell_worker_is(p->scenario, i)) eventfd_write(p->connections[i].server, 1);
    else if (bell_timer_is(p->scenario, i)) set_timer(p, i, 0, 0);
    else if (p->connections[i].is_pipe) live_send(&p->connections[i], "", 1);
    shutdown(p->connections[i].peer, SHUT_RDWR);
    shutdown(p->connections[i].server, SHUT_RDWR);
  }
}

/* Sleeps until then. Returns 0, or sooner the signal that came: SIGINT, or SIGUSR1, the server's "I have ended". */
static int sleep_or_signal(const live_peers *p, int64_t until_us) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGUSR1);
  for (;;) {
    int64_t left_us = until_us - live_now_us(p);
    struct timespec left = timespec_of(left_us > 0 ? left_us : 0);
    int signal = sigtimedwait(&signals, NULL, &left);
    if (signal > 0) return signal;
    if (errno != EINTR) return 0;
  }
}

/* The next thing to do: send again what did not fit, send the next message, or look whether the server still moves. */
static int64_t next_moment_us(const live_peers *p) {
  const bell_ready *first = bell_readiness_first(&p->queue);
  if (p->held > 0 && !atomic_load(&p->over)) return live_now_us(p) + RETRY_US;
  return first != NULL && !atomic_load(&p->over) ? first->ready_us : live_now_us(p) + p->patience_us;
}

/* Sleeps until there is something to do: to read meanwhile ends no sleep. */
static int sleep_and_read(live_peers *p) {
  int64_t until_us = next_moment_us(p);
  for (;;) {
    int64_t moment_us = next_reading_us(p, until_us);
    int signal = sleep_or_signal(p, moment_us);
    if (signal != 0) return signal;
    if (!atomic_load(&p->over)) read_all_due(p, live_now_us(p));
    if (moment_us == until_us) return 0;
  }
}

/* It has been told everything, or its buffers are full, and for long nothing more finds room, and it handles nothing:
 * it sleeps for good, beside what it was not told again. (Another one may be busy for long on a crowded machine.) */
static bool sleeps_for_good(live_peers *p) {
  unsigned moves = atomic_load(&p->handled) + p->sends;
  int64_t now_us = live_now_us(p);
  bool is_still = moves == p->moves && bell_readiness_first(&p->queue) == NULL;
  if (!is_still) p->moved_us = now_us;
  p->moves = moves;
  return p->may_oversleep && now_us - p->moved_us >= p->patience_us;
}

static void *run(void *context) {
  live_peers *p = context;
  for (;;) {
    int signal = sleep_and_read(p);
    if (signal == SIGUSR1) return NULL;
    if (signal == SIGINT) p->interrupted = true;
    bool is_over = p->interrupted || sleeps_for_good(p);
    if (is_over) hang_up(p);
    else send_all_due(p, live_now_us(p));
  }
}

bool live_peers_start(live_peers *p) {
  uint32_t longest_us = 0;
  for (uint32_t i = 0; i < p->scenario->statement_count; i++) {
    if (p->scenario->statements[i].takes_us > longest_us) longest_us = p->scenario->statements[i].takes_us;
  }
  int64_t works_us = (int64_t)longest_us * p->scenario->given_max; /* of a worker, one after another */
  p->patience_us = PATIENCE_US + (int64_t)longest_us + works_us + longest_reading_us(p);
  for (uint32_t i = 0; p->readings != NULL && i < p->scenario->stream_count; i++) {
    p->readings[p->scenario->streams[i].statement].next_us = p->scenario->streams[i].every_us;
  }
  send_unread_bytes(p);
  p->start_us = machine_us();
  send_all_due(p, 0);
  for (uint32_t i = 0; i < p->scenario->event_count; i++) {
    if (!comes_by_itself(p, p->events[i].statement)) p->events[i].ready_us = 0;
  }
  p->start_us = machine_us();
  set_timers(p);
  errno = pthread_create(&p->thread, NULL, run, p);
  return errno == 0;
}

void live_peers_stop(live_peers *p) {
  pthread_kill(p->thread, SIGUSR1);
  pthread_join(p->thread, NULL);
}
