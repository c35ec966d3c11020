/* Every small scenario there is, in every real way of waiting, against a second model that is as plain as can be: time
 * goes millisecond by millisecond, lists are arrays, and "who is next?" looks at everybody. The rules are those of
 * waiting.h; where epoll_wait's order is not in its man page, they are those of ep_send_events in Linux's
 * fs/eventpoll.c: what is reported goes to the end of the list as it is reported, and what turns out to have nothing to
 * read when the front of the list comes to it is dropped. kqueue's is that of kqueue_scan in FreeBSD's
 * sys/kern/kern_event.c. What each wait tells of a socket, a pipe or a timer is what poll(2) and kqueue(2) say. */
#include "multiplexer/bytes.h"
#include "multiplexer/closing.h"
#include "multiplexer/timer.h"
#include "support.h"

enum {
  SOCKETS_MAX = 6,
  MESSAGES_MAX = 4,
  READS_MAX = 4,
  SIGNALS_MAX = 2,
  THREADS_MAX = 3,
  STEPS_MAX = 2 * SOCKETS_MAX * MESSAGES_MAX * READS_MAX,
  NOBODY = -1,
  NOT_GIVEN = 1 << 20,
  TOLD_OF = 3 /* in so many scenarios once what is told is compared, too, which takes longest */
};

/* A message, or the end, is something to read. */
typedef struct plain_socket {
  int ready[MESSAGES_MAX];
  int count; /* with the end, if it has one */
  int takes;
  bool has_end;     /* the last of them is it, */
  bool resets;      /* it is a reset, */
  bool ignores;     /* and its handler does not close the socket */
  bool watches;     /* its handler waits for room to write, too */
  int size;         /* of a message, in bytes; 0: it is read as a whole, whatever its size */
  int parts;        /* that it comes in: so many of `ready` are one message */
  int limit;        /* what a read takes at most; 0: all that is there */
  bool is_timer;    /* `ready` is when it expires, */
  bool is_periodic; /* which goes on as it began, until all of `ready` was read, */
  bool is_unread;   /* and its handler does not read it */
  bool is_listener; /* what comes are connections, */
  bool has_spare;   /* and it has a descriptor to turn them away with */
  bool hands_over;  /* what takes time the worker does, */
  bool is_worker;   /* which is this one: `ready` is when something is done, once that is known; it is_timer, too */
  int threads;      /* or as many are this one, */
  bool is_pipe;     /* it is the end of one */
  bool is_file;     /* all that is in it, and its end, can be read at once, if the thread waits for the disk */
} plain_socket;

typedef struct hallway {
  plain_socket sockets[SOCKETS_MAX];
  int count;
  int timeout;              /* of each wait; 0: it has none */
  bool keeps_time;          /* what is left of it is computed */
  int house;                /* how long the housekeeping takes */
  int signals[SIGNALS_MAX]; /* in the order of their times */
  int signal_count;
  int descriptors; /* how many are left; 0: as many as are asked for */
  string text;
  uint32_t scenarios; /* so far; of each, where it is run, */
  uint32_t runs;      /* in so many ways */
} hallway;

/* One way to serve a hallway. */
typedef struct way {
  bell_strategy strategy;
  bell_waiting_options options;
} way;

/* ---- the plain model -------------------------------------------------------------------------------------------- */

typedef struct plain_step {
  int time;
  int event;
  bell_reason reason;
  int behind;    /* of an answer: the event that came with it, behind it; of a slice: whose thread made room */
  int queued_at; /* the step that the wait ended with */
  int returned;
  int in_vain;
  int end; /* of threads */
  int bytes;
  int missing;       /* of the message, after this read */
  int takes;         /* the time of handling it, if it is whole */
  bool is_early;     /* about a timeout or a signal */
  int starved_since; /* since when a connection has kept the thread awake, for no descriptor is left; NOBODY */
  bool is_turned_away;
  bool is_asked_behind; /* a wait without sleep behind it had no step */
  int socket;           /* that it is about; what follows is of the time when its wait answered: */
  int told_at;          /* that time, */
  int told_read;        /* how many messages of the socket were read by then, */
  int told_so_far;      /* and bytes of the next */
} plain_step;

typedef struct plain_run {
  const hallway *hallway;
  hallway *work;            /* the same, in which the worker's times are noted */
  int given;                /* to it so far, */
  int free_at[THREADS_MAX]; /* and when each of its threads will be free */
  int now;
  int read[SOCKETS_MAX];   /* how many messages of each were read */
  int in_vain;             /* reads in vain since the last step */
  bool is_told_again;      /* of what is still there: level-triggered */
  bool kernel_reads;       /* as io_uring has it */
  bool tells_expirations;  /* of timers, as kqueue does */
  bool has_interest;       /* may be told that there is room to write */
  int so_far[SOCKETS_MAX]; /* bytes that were read of the message that each is at */
  int within[SOCKETS_MAX]; /* of the kernel's reads: how many messages and parts had come when each completed */
  int wait_began;          /* when the thread fell asleep, or began to spin; NOBODY while it is busy */
  int due;                 /* the housekeeping */
  int signal;              /* the first that was not noticed */
  int timeouts;            /* so far */
  int left;                /* descriptors */
  int answered_at;         /* when the last wait answered, or ended otherwise */
  int list[SOCKETS_MAX];   /* the server's own, where turns are bounded */
  int list_count;
  plain_step *steps;
  int step_count;
} plain_run;

static int event_of(const hallway *h, int socket, int message) {
  for (int s = 0; s < socket; s++) message += h->sockets[s].count;
  return message;
}

static bool is_end(const plain_run *p, int socket, int message) {
  const plain_socket *s = &p->hallway->sockets[socket];
  return s->has_end && message == s->count - 1;
}

static int takes_of(const plain_run *p, int socket, int message) {
  return is_end(p, socket, message) ? 0 : p->hallway->sockets[socket].takes;
}

/* Was its end read, and ignored? Then each read gives 0, whenever it is asked. Or did it expire, and nobody reads? */
static bool is_left_open(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  return p->read[socket] == s->count && ((s->has_end && s->ignores) || s->is_unread);
}

/* Has something come by now that was not read? */
static bool is_there(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  return p->read[socket] < s->count && s->ready[p->read[socket]] <= p->now;
}

/* Would an accept fail? */
static bool is_out(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  return s->is_listener && !s->has_spare && p->hallway->descriptors > 0 && p->left == 0;
}

/* Is there something new to read at `p->now`, and can be? */
static bool is_readable(const plain_run *p, int socket) { return is_there(p, socket) && !is_out(p, socket); }

/* Since when a connection has kept the thread awake: it had come when the thread looked, and before this moment. */
static int starved_since(const plain_run *p) {
  for (int s = 0; s < p->hallway->count; s++) {
    if (!p->is_told_again || !is_out(p, s) || p->read[s] == p->hallway->sockets[s].count) continue;
    int ready = p->hallway->sockets[s].ready[p->read[s]];
    if (ready <= p->answered_at && ready < p->now) return ready;
  }
  return NOBODY;
}

/* A read takes a descriptor, if it is an accept; or it closes a socket. */
static void count_descriptor(plain_run *p, int socket, int message, plain_step *step) {
  const plain_socket *s = &p->hallway->sockets[socket];
  if (p->hallway->descriptors == 0) return;
  bool is_closed = p->read[socket] == s->count && ((s->has_end && !s->ignores) || s->is_periodic) && !s->is_unread;
  bool is_descriptor = !s->is_timer || !p->tells_expirations;
  if (is_closed && is_descriptor) p->left++;
  if (!s->is_listener || message < 0) return;
  step->is_turned_away = p->left == 0;
  if (p->left > 0) p->left--;
  else step->takes = 0;
}

static bool is_any_readable(const plain_run *p) {
  for (int s = 0; s < p->hallway->count; s++) {
    if (is_readable(p, s)) return true;
  }
  return false;
}

/* What nobody will ever accept is no matter. */
static bool is_all_read(const plain_run *p) {
  for (int s = 0; s < p->hallway->count; s++) {
    if (!is_out(p, s) && p->read[s] < p->hallway->sockets[s].count) return false;
  }
  return true;
}

/* So many parts of a message end at this byte. */
static int end_of_parts(const plain_socket *s, int parts) { return s->size * parts / s->parts; }

/* Takes byte after byte of the message that the socket is at, while there is one and a read may take more. */
static void take_bytes(plain_run *p, int socket, plain_step *step) {
  const plain_socket *s = &p->hallway->sockets[socket];
  int first = p->read[socket] / s->parts * s->parts;
  int come = 0;                             /* of its parts */
  int sent = s->count - s->has_end - first; /* the last message may break off */
  while (come < s->parts && come < sent &&
         (p->kernel_reads ? first + come < p->within[socket] : s->ready[first + come] <= p->now))
    come++;
  while (p->so_far[socket] < end_of_parts(s, come) && (s->limit == 0 || step->bytes < s->limit)) {
    step->bytes++;
    p->so_far[socket]++;
    if (p->so_far[socket] == end_of_parts(s, p->read[socket] - first + 1)) p->read[socket]++;
  }
  step->missing = s->size - p->so_far[socket];
  if (step->missing > 0) step->takes = 0;
  else p->so_far[socket] = 0;
}

/* Work is handed over, and the thread goes on. */
static void give_work(plain_run *p, plain_step *step) {
  for (int s = 0; s < p->work->count; s++) {
    plain_socket *worker = &p->work->sockets[s];
    if (!worker->is_worker) continue;
    int *free_at = p->free_at;
    for (int i = 1; i < worker->threads; i++) {
      if (p->free_at[i] < *free_at) free_at = &p->free_at[i];
    }
    *free_at = (*free_at < p->now ? p->now : *free_at) + step->takes;
    if (p->given == worker->count) continue;
    int at = p->given++; /* in the order of time */
    for (; at > 0 && worker->ready[at - 1] > *free_at; at--) worker->ready[at] = worker->ready[at - 1];
    worker->ready[at] = *free_at;
  }
  step->takes = 0;
}

/* How often a timer has expired by now; how much a worker has done. */
static int expirations_by_now(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  int done = 0;
  while (s->is_worker && done < s->count && s->ready[done] <= p->now) done++;
  if (s->is_worker) return done;
  if (s->is_periodic) return p->now / s->ready[0];
  return p->now >= s->ready[0];
}

static void take_expirations(plain_run *p, int socket, plain_step *step) {
  const plain_socket *s = &p->hallway->sockets[socket];
  bool were_taken = p->kernel_reads || p->tells_expirations;
  int expirations = were_taken ? p->within[socket] : expirations_by_now(p, socket);
  if (!s->is_unread) step->bytes = expirations - p->read[socket];
  p->read[socket] = s->is_unread || expirations > s->count ? s->count : expirations;
}

/* Reads of the next message of a socket: a step, of which the caller fills in the rest. */
static plain_step *read_message(plain_run *p, int socket, bell_reason reason) {
  plain_step *step = &p->steps[p->step_count++];
  *step = (plain_step){.time = p->now,
                       .event = event_of(p->hallway, socket, p->read[socket]),
                       .reason = reason,
                       .behind = NOBODY,
                       .queued_at = NOBODY,
                       .in_vain = p->in_vain,
                       .takes = takes_of(p, socket, p->read[socket]),
                       .starved_since = starved_since(p),
                       .socket = socket,
                       .told_at = p->answered_at,
                       .told_read = p->read[socket],
                       .told_so_far = p->so_far[socket]};
  p->in_vain = 0;
  bool is_sized = p->hallway->sockets[socket].size > 0 && !is_end(p, socket, p->read[socket]);
  if (is_sized) take_bytes(p, socket, step);
  else if (p->hallway->sockets[socket].is_timer) take_expirations(p, socket, step);
  else p->read[socket]++;
  count_descriptor(p, socket, p->read[socket] - 1, step);
  bool is_message = step->missing == 0 && !(p->read[socket] > 0 && is_end(p, socket, p->read[socket] - 1));
  if (p->hallway->sockets[socket].hands_over && is_message) give_work(p, step);
  return step;
}

/* Is there room to write, and somebody who waits for it? */
static bool is_watched(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  bool is_closed = p->read[socket] == s->count && s->has_end && !s->ignores;
  return p->has_interest && s->watches && !is_closed;
}

/* Is it ready, as a wait says it that answers with it? */
static bool is_ready(const plain_run *p, int socket) {
  return is_there(p, socket) || is_watched(p, socket) || (p->is_told_again && is_left_open(p, socket));
}

/* ---- waits that end early ---- */

static bool is_signal_left(const plain_run *p) { return p->signal < p->hallway->signal_count; }

static bool may_spin(const plain_run *p) {
  bool spins = false;
  for (int s = 0; s < p->hallway->count; s++) {
    bool is_starved = is_out(p, s) && is_there(p, s);
    spins = spins || (p->is_told_again && (is_watched(p, s) || is_left_open(p, s) || is_starved));
  }
  return spins;
}

static plain_step *early_step(plain_run *p, int event, bell_reason reason, int wait) {
  plain_step *step = &p->steps[p->step_count++];
  for (int s = 0; s < p->hallway->count; s++) event += p->hallway->sockets[s].count;
  *step = (plain_step){.time = p->now,
                       .event = event,
                       .reason = reason,
                       .behind = NOBODY,
                       .queued_at = wait,
                       .in_vain = p->in_vain,
                       .starved_since = starved_since(p),
                       .is_early = true};
  p->in_vain = 0;
  return step;
}

/* Behind each wait: first the flags of signals, of which one may have ended it, then the clock. */
static void look_around(plain_run *p, int wait, int ending, bool has_timed_out) {
  const hallway *h = p->hallway;
  p->wait_began = NOBODY;
  for (; is_signal_left(p) && h->signals[p->signal] <= p->now; p->signal++) {
    early_step(p, p->signal, p->signal == ending ? BELL_REASON_SIGNAL : BELL_REASON_FLAG, wait);
  }
  bool is_due = h->timeout > 0 && h->keeps_time && p->due <= p->now;
  if (!has_timed_out && !is_due) return;
  early_step(p, h->signal_count + p->timeouts++, BELL_REASON_TIMEOUT, wait)->takes = h->house;
  p->due = p->now + h->timeout;
  p->now += h->house;
}

/* Nobody has anything new: does something else end the wait at this moment? Else the moment passes. */
static void pass_a_moment(plain_run *p) {
  const hallway *h = p->hallway;
  bool spins = may_spin(p);
  p->answered_at = p->now;
  if (p->wait_began == NOBODY) p->wait_began = p->now;
  for (int s = p->signal; s < h->signal_count; s++) {
    if (h->signals[s] != p->now || h->signals[s] < p->wait_began) continue;
    look_around(p, p->step_count, spins ? NOBODY : s, false);
    return;
  }
  int timeout_at = p->wait_began + h->timeout;
  if (h->keeps_time) timeout_at = p->due > p->wait_began ? p->due : p->wait_began;
  bool can_time_out = h->timeout > 0 && (h->keeps_time || !spins);
  if (can_time_out && timeout_at == p->now) look_around(p, p->step_count, NOBODY, true);
  else p->now++;
}

/* Reads and handles what a wait answered with; with `drain`, each until a read would block or gives the end. */
static void serve_answers(plain_run *p, const int *answers, int count, bool drain) {
  int wait = p->step_count;
  p->answered_at = p->now;
  bool has_news[SOCKETS_MAX]; /* else it was left open, or there is room to write */
  for (int i = 0; i < count; i++) has_news[i] = is_readable(p, answers[i]);
  for (int i = 0; i < count; i++) {
    int socket = answers[i];
    /* Whether there is a descriptor is seen when its turn comes. */
    if (p->hallway->sockets[socket].is_listener) has_news[i] = is_readable(p, socket);
    p->in_vain += is_out(p, socket) && is_there(p, socket);
    if (!has_news[i]) {
      bool is_asked = !p->kernel_reads && !p->hallway->sockets[socket].is_unread;
      p->in_vain += is_left_open(p, socket) && p->is_told_again && is_asked;
      continue;
    }
    bool is_first = p->step_count == wait;
    bool has_behind = i + 1 < count && has_news[i + 1] && is_readable(p, answers[i + 1]);
    bool may_accept = i + 1 < count && p->hallway->sockets[answers[i + 1]].is_listener;
    if (may_accept) has_behind = is_readable(p, answers[i + 1]);
    plain_step *step = read_message(p, socket, is_first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT);
    step->queued_at = wait;
    if (is_first) step->returned = count;
    if (has_behind) step->behind = event_of(p->hallway, answers[i + 1], p->read[answers[i + 1]]);
    p->now += step->takes;
    if (!drain) continue;
    while (is_readable(p, socket)) {
      step = read_message(p, socket, BELL_REASON_DRAIN);
      step->queued_at = wait;
      p->now += step->takes;
    }
    bool is_over = p->read[socket] > 0 && is_end(p, socket, p->read[socket] - 1);
    if (!is_over && !p->hallway->sockets[socket].is_unread) step->in_vain++;
  }
}

static bool is_in_list(const plain_run *p, int socket) {
  for (int i = 0; i < p->list_count; i++) {
    if (p->list[i] == socket) return true;
  }
  return false;
}

/* Reads a socket in its turn. Returns whether it used that up. */
static bool read_in_turn(plain_run *p, int socket, bell_reason reason, int wait, int most) {
  const plain_socket *s = &p->hallway->sockets[socket];
  for (int reads = 0; reads < most; reads++) {
    if (!is_readable(p, socket)) {
      int *in_vain = reads == 0 ? &p->in_vain : &p->steps[p->step_count - 1].in_vain;
      (*in_vain)++;
      return false;
    }
    plain_step *step = read_message(p, socket, reads == 0 ? reason : BELL_REASON_DRAIN);
    step->queued_at = wait;
    p->now += step->takes;
    bool is_told_whole = s->is_unread || (s->is_timer && p->tells_expirations);
    if (is_told_whole || is_end(p, socket, p->read[socket] - 1)) return false;
  }
  return true;
}

/* With turns of so many reads: those that were told, but for who is in the list, and behind them the list. Returns the
 * step that the wait ended with of which there was one. */
static int serve_turns(plain_run *p, const int *told, int told_count, int returned, int most) {
  int wait = p->step_count;
  int turns[2 * SOCKETS_MAX];
  int count = 0;
  for (int i = 0; i < told_count; i++) {
    if (!is_in_list(p, told[i]) && is_readable(p, told[i])) turns[count++] = told[i];
  }
  int fresh = count;
  int old = p->list_count;
  for (int i = 0; i < old; i++) turns[count++] = p->list[i];
  p->list_count = 0;
  p->answered_at = p->now;
  for (int i = 0; i < count; i++) {
    int before = p->step_count;
    bell_reason reason = before == wait ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT;
    int behind = i + 1 < fresh ? event_of(p->hallway, turns[i + 1], p->read[turns[i + 1]]) : NOBODY;
    bool is_left = read_in_turn(p, turns[i], i < fresh ? reason : BELL_REASON_OWN_LIST, wait, most);
    if (is_left) p->list[p->list_count++] = turns[i];
    if (p->step_count > before) p->steps[before].behind = behind;
  }
  if (p->step_count > wait) p->steps[wait].returned = returned;
  if (p->step_count > wait || old == 0) return wait;
  plain_step *last = &p->steps[wait - 1];
  last->in_vain += p->in_vain;
  last->is_asked_behind = true;
  p->in_vain = 0;
  return last->queued_at;
}

static void plain_busy_poll(plain_run *p) {
  int socket = 0;
  while (!is_all_read(p)) {
    if (socket == 0 && !is_any_readable(p)) {
      p->now++; /* idle rounds; they are counted from the time */
    } else if (is_readable(p, socket)) {
      p->now += read_message(p, socket, BELL_REASON_ROUND)->takes;
      socket = (socket + 1) % p->hallway->count;
    } else {
      p->in_vain++;
      socket = (socket + 1) % p->hallway->count;
    }
  }
}

/* select, too. */
static void plain_poll(plain_run *p) {
  while (!is_all_read(p) || is_signal_left(p)) {
    int answers[SOCKETS_MAX];
    int count = 0;
    for (int s = 0; s < p->hallway->count; s++) {
      if (is_ready(p, s)) answers[count++] = s;
    }
    if (!is_any_readable(p)) {
      pass_a_moment(p); /* of a sleep, or rounds in vain, which are counted from the time */
      continue;
    }
    int wait = p->step_count;
    serve_answers(p, answers, count, false);
    look_around(p, wait, NOBODY, false);
  }
}

/* The earliest message that has come by now and is not marked in `noticed`; which it then is. False if there is none.
 */
static bool notice_next(const plain_run *p, bool noticed[SOCKETS_MAX][MESSAGES_MAX], int *socket) {
  int message = NOBODY;
  for (int s = 0; s < p->hallway->count; s++) {
    const plain_socket *candidate = &p->hallway->sockets[s];
    for (int m = 0; m < candidate->count; m++) {
      if (noticed[s][m] || candidate->ready[m] > p->now) continue;
      if (message != NOBODY && candidate->ready[m] >= p->hallway->sockets[*socket].ready[message]) continue;
      *socket = s;
      message = m;
    }
  }
  if (message == NOBODY) return false;
  noticed[*socket][message] = true;
  return true;
}

/* What was not given to a worker by now, while nothing else can be read, never is. */
static bool is_all_noticed(const plain_run *p, bool noticed[SOCKETS_MAX][MESSAGES_MAX]) {
  for (int s = 0; s < p->hallway->count; s++) {
    for (int m = 0; m < p->hallway->sockets[s].count; m++) {
      if (!noticed[s][m] && p->hallway->sockets[s].ready[m] < NOT_GIVEN) return false;
    }
  }
  return true;
}

static void plain_epoll(plain_run *p, int maxevents, bool edge, bool drain, int most) {
  bool noticed[SOCKETS_MAX][MESSAGES_MAX] = {{false}};
  bool listed[SOCKETS_MAX] = {false};
  int list[SOCKETS_MAX];
  int list_count = 0;
  for (int s = 0; s < p->hallway->count; s++) { /* as the set is filled */
    if (!is_ready(p, s)) continue;
    list[list_count++] = s;
    listed[s] = true;
  }
  while (!is_all_read(p) || is_signal_left(p) || p->list_count > 0) {
    for (int s; notice_next(p, noticed, &s);) {
      if (!listed[s]) list[list_count++] = s;
      listed[s] = true;
    }
    int answers[SOCKETS_MAX];
    int count = 0;
    int looked_at = 0;
    bool is_spinning = false;
    for (int s = 0; s < p->hallway->count && !edge; s++) is_spinning = is_spinning || is_ready(p, s);
    bool is_idle = is_spinning && !is_any_readable(p); /* nobody has anything new: answers in vain, again and again */
    if (is_idle) {
      int kept = 0;
      for (int i = 0; i < list_count; i++) {
        listed[list[i]] = is_ready(p, list[i]);
        if (listed[list[i]]) list[kept++] = list[i];
      }
      list_count = kept;
    }
    while (!is_idle && looked_at < list_count && count < maxevents) {
      int s = list[looked_at++];
      listed[s] = false;
      if (is_ready(p, s)) answers[count++] = s;
    }
    list_count -= looked_at;
    for (int i = 0; i < list_count; i++) list[i] = list[i + looked_at];
    for (int i = 0; i < count && !edge; i++) {
      list[list_count++] = answers[i];
      listed[answers[i]] = true;
    }
    if (count == 0 && p->list_count == 0) {
      if (is_all_noticed(p, noticed) && !is_signal_left(p)) return; /* what is left is in stuck sockets */
      pass_a_moment(p);
      continue;
    }
    int wait = p->step_count;
    if (most > 0) wait = serve_turns(p, answers, count, count, most);
    else serve_answers(p, answers, count, drain);
    look_around(p, wait, NOBODY, false);
  }
}

/* kqueue's events: two a socket, what comes and room to write. */
enum { KEVENTS_MAX = 2 * SOCKETS_MAX };

static bool does_kevent_hold(const plain_run *p, int kevent) {
  int socket = kevent / 2;
  if (kevent % 2 == 1) return is_watched(p, socket);
  return is_there(p, socket) || (p->is_told_again && is_left_open(p, socket));
}

typedef struct plain_queue {
  int kevents[KEVENTS_MAX];
  int count;
} plain_queue;

static void enqueue(plain_queue *q, int kevent) {
  for (int i = 0; i < q->count; i++) {
    if (q->kevents[i] == kevent) return;
  }
  q->kevents[q->count++] = kevent;
}

static int dequeue(plain_queue *q) {
  int kevent = q->kevents[0];
  q->count--;
  for (int i = 0; i < q->count; i++) q->kevents[i] = q->kevents[i + 1];
  return kevent;
}

static void serve_kevents(plain_run *p, const int *kevents, int count, bool drain) {
  int wait = p->step_count;
  p->answered_at = p->now;
  bool has_news[KEVENTS_MAX];
  for (int i = 0; i < count; i++) has_news[i] = kevents[i] % 2 == 0 && is_readable(p, kevents[i] / 2);
  for (int i = 0; i < count; i++) {
    int socket = kevents[i] / 2;
    bool is_listener = p->hallway->sockets[socket].is_listener; /* is there a descriptor now? */
    if (is_listener && kevents[i] % 2 == 0) has_news[i] = is_readable(p, socket);
    if (!has_news[i]) {
      p->in_vain += kevents[i] % 2 == 0; /* the end, once more; or EMFILE */
      continue;
    }
    bool has_behind = i + 1 < count && has_news[i + 1];
    bool may_accept = i + 1 < count && kevents[i + 1] % 2 == 0 && p->hallway->sockets[kevents[i + 1] / 2].is_listener;
    if (may_accept) has_behind = is_readable(p, kevents[i + 1] / 2);
    bool is_first = p->step_count == wait;
    plain_step *step = read_message(p, socket, is_first ? BELL_REASON_ANSWER_FIRST : BELL_REASON_ANSWER_NEXT);
    step->queued_at = wait;
    if (is_first) step->returned = count;
    if (has_behind) step->behind = event_of(p->hallway, kevents[i + 1] / 2, p->read[kevents[i + 1] / 2]);
    p->now += step->takes;
    if (!drain || p->hallway->sockets[socket].is_timer) continue;
    for (; is_readable(p, socket); p->now += step->takes) {
      step = read_message(p, socket, BELL_REASON_DRAIN);
      step->queued_at = wait;
    }
    bool is_over = p->read[socket] > 0 && is_end(p, socket, p->read[socket] - 1);
    if (!is_over) step->in_vain++;
  }
}

static void plain_kqueue(plain_run *p, int maxevents, bool clear, bool drain, int most) {
  bool noticed[SOCKETS_MAX][MESSAGES_MAX] = {{false}};
  plain_queue queue = {.count = 0};
  for (int kevent = 0; kevent < 2 * p->hallway->count; kevent++) { /* as each is registered */
    if (does_kevent_hold(p, kevent)) enqueue(&queue, kevent);
  }
  while (!is_all_read(p) || is_signal_left(p) || p->list_count > 0) {
    for (int s; notice_next(p, noticed, &s);) enqueue(&queue, 2 * s);
    bool is_idle = !clear && may_spin(p) && !is_any_readable(p); /* told in vain, again and again */
    int told[KEVENTS_MAX];
    int count = 0;
    for (int left = queue.count; left > 0 && count < maxevents; left--) {
      int kevent = dequeue(&queue);
      bool is_timer = p->hallway->sockets[kevent / 2].is_timer;
      if (!does_kevent_hold(p, kevent)) continue;
      if (is_timer) p->within[kevent / 2] = expirations_by_now(p, kevent / 2);
      if (!clear && !is_timer) enqueue(&queue, kevent);
      if (!is_idle) told[count++] = kevent;
    }
    if (count == 0 && p->list_count == 0) {
      if (is_all_noticed(p, noticed) && !is_signal_left(p)) return;
      pass_a_moment(p);
      continue;
    }
    int wait = p->step_count;
    int readable[SOCKETS_MAX];
    int readable_count = 0;
    for (int i = 0; i < count; i++) {
      if (told[i] % 2 == 0) readable[readable_count++] = told[i] / 2;
    }
    if (most > 0) wait = serve_turns(p, readable, readable_count, count, most);
    else serve_kevents(p, told, count, drain);
    look_around(p, wait, NOBODY, false);
  }
}

static int come_by_now(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  if (s->is_timer) return expirations_by_now(p, socket);
  int come = 0;
  while (come < s->count && s->ready[come] <= p->now) come++;
  return come;
}

static void plain_io_uring(plain_run *p, int maxevents) {
  bool under_way[SOCKETS_MAX] = {false}; /* a read, which waits for its message */
  int completed[SOCKETS_MAX];            /* reads whose message has come, oldest first */
  int completed_count = 0;
  int answers[SOCKETS_MAX];
  int count = 0;
  for (; count < p->hallway->count; count++) answers[count] = count; /* the first wait hands all over */
  while (!is_all_read(p) || is_signal_left(p)) {
    for (;;) { /* those that were completed before this wait */
      int first = NOBODY;
      for (int s = 0; s < p->hallway->count; s++) {
        const plain_socket *sockets = p->hallway->sockets;
        if (!under_way[s] || !is_readable(p, s)) continue;
        if (first == NOBODY || sockets[s].ready[p->read[s]] < sockets[first].ready[p->read[first]]) first = s;
      }
      if (first == NOBODY) break;
      under_way[first] = false;
      p->within[first] = p->read[first] + 1; /* it completes with what came first */
      completed[completed_count++] = first;
    }
    for (int i = 0; i < count; i++) { /* those that are handed over with it */
      p->within[answers[i]] = come_by_now(p, answers[i]);
      if (is_ready(p, answers[i])) completed[completed_count++] = answers[i];
      else under_way[answers[i]] = true;
    }
    count = 0;
    bool is_idle = !is_any_readable(p); /* nobody completes but those that were left open */
    while (!is_idle && count < completed_count && count < maxevents) {
      answers[count] = completed[count];
      count++;
    }
    completed_count -= count;
    for (int i = 0; i < completed_count; i++) completed[i] = completed[i + count];
    if (count == 0) {
      pass_a_moment(p);
      continue;
    }
    int wait = p->step_count;
    serve_answers(p, answers, count, false);
    look_around(p, wait, NOBODY, false);
  }
}

/* What each thread does, and what each core runs. */
typedef struct plain_crew {
  bool is_awake[SOCKETS_MAX];
  bool slept[SOCKETS_MAX];    /* before the message that it comes to */
  int under_way[SOCKETS_MAX]; /* the step of its message, NOBODY before it has begun */
  int left[SOCKETS_MAX];
  int wants_since[SOCKETS_MAX];
  int line[SOCKETS_MAX];
  int line_count;
  int on[2]; /* threads, or NOBODY */
  int since[2];
  int made_room[2];
  int cores;
} plain_crew;

static void join_line(plain_crew *c, int thread) { c->line[c->line_count++] = thread; }

enum { FOR_EVER = -1 }; /* what is left to do of an end that is ignored */

static void come_to_next(const plain_run *p, plain_crew *c, int thread, bool slept) {
  int message = p->read[thread];
  bool spins = is_end(p, thread, message) && p->hallway->sockets[thread].ignores;
  c->is_awake[thread] = true;
  c->slept[thread] = slept;
  c->under_way[thread] = NOBODY;
  c->left[thread] = spins ? FOR_EVER : takes_of(p, thread, message);
  c->wants_since[thread] = p->now;
}

static void plain_wake(plain_run *p, plain_crew *c) {
  for (int thread = 0; thread < p->hallway->count; thread++) {
    if (c->is_awake[thread] || !is_readable(p, thread)) continue;
    come_to_next(p, c, thread, p->now > 0);
    join_line(c, thread);
  }
}

static void plain_finish(plain_run *p, plain_crew *c) {
  for (int core = 0; core < c->cores; core++) {
    int thread = c->on[core];
    if (thread == NOBODY || c->left[thread] != 0) continue;
    p->steps[c->under_way[thread]].end = p->now;
    c->is_awake[thread] = false;
    if (is_readable(p, thread)) come_to_next(p, c, thread, false);
    else c->on[core] = NOBODY;
  }
}

static void plain_begin(plain_run *p, plain_crew *c, int thread, bell_reason reason) {
  c->under_way[thread] = p->step_count;
  plain_step *step = read_message(p, thread, reason);
  if (c->slept[thread]) step->queued_at = p->step_count - 1;
  if (c->left[thread] == FOR_EVER) step->end = p->now;
  else c->left[thread] = step->takes;
}

static void plain_give(plain_run *p, plain_crew *c) {
  for (int core = 0; core < c->cores; core++) {
    if (c->on[core] != NOBODY || c->line_count == 0) continue;
    int thread = c->on[core] = c->line[0];
    int before = c->made_room[core];
    for (int i = 1; i < c->line_count; i++) c->line[i - 1] = c->line[i];
    c->line_count--;
    c->since[core] = p->now;
    c->made_room[core] = NOBODY;
    if (c->under_way[thread] != NOBODY) continue;
    plain_begin(p, c, thread, c->wants_since[thread] < p->now ? BELL_REASON_CORE : BELL_REASON_THREAD);
    if (before == NOBODY) continue;
    p->steps[p->step_count - 1].reason = BELL_REASON_SLICE;
    p->steps[p->step_count - 1].behind = event_of(p->hallway, before, p->read[before] - 1);
  }
}

/* Called when no core is idle, or nobody waits. */
static void plain_make_room(plain_run *p, plain_crew *c) {
  int needed = c->line_count;
  for (int core = 0; core < c->cores && c->line_count > 0; core++) {
    if (p->now - c->since[core] < BELL_SLICE_US / 1000) continue;
    if (needed == 0) {
      c->since[core] = p->now;
      continue;
    }
    needed--;
    c->made_room[core] = c->on[core];
    join_line(c, c->on[core]);
    c->on[core] = NOBODY;
  }
}

static void plain_go_on(plain_run *p, plain_crew *c) {
  for (int core = 0; core < c->cores; core++) {
    int thread = c->on[core];
    if (thread != NOBODY && c->under_way[thread] == NOBODY) plain_begin(p, c, thread, BELL_REASON_THREAD);
  }
}

static bool is_somebody_done(const plain_crew *c) {
  for (int core = 0; core < c->cores; core++) {
    if (c->on[core] != NOBODY && c->left[c->on[core]] == 0) return true;
  }
  return false;
}

/* Is there something to read, or to be done? A thread that reads in vain for ever does nothing. */
static bool is_work_left(const plain_run *p, const plain_crew *c) {
  bool is_left = !is_all_read(p);
  for (int thread = 0; thread < p->hallway->count; thread++) is_left = is_left || c->left[thread] > 0;
  for (int core = 0; core < c->cores; core++) {
    is_left = is_left || (c->on[core] != NOBODY && c->left[c->on[core]] != FOR_EVER);
  }
  return is_left;
}

static void plain_threads(plain_run *p, int cores) {
  plain_crew c = {.cores = cores, .on = {NOBODY, NOBODY}, .made_room = {NOBODY, NOBODY}};
  for (; is_work_left(p, &c); p->now++) {
    do {
      plain_wake(p, &c);
      plain_finish(p, &c);
      plain_give(p, &c);
      plain_make_room(p, &c);
      plain_give(p, &c);
      plain_go_on(p, &c);
    } while (is_somebody_done(&c));
    for (int core = 0; core < cores; core++) {
      bool works = c.on[core] != NOBODY && c.left[c.on[core]] > 0;
      if (works) c.left[c.on[core]]--;
    }
  }
}

/* The event that came first, of all of which something was not read, but for one; equal times in the order of the file.
 * NOBODY when none has come. */
static int came_first(const plain_run *p, int but) {
  int first = NOBODY;
  int first_ready = 0;
  for (int s = 0; s < p->hallway->count; s++) {
    const plain_socket *sockets = p->hallway->sockets;
    for (int m = p->read[s]; m < sockets[s].count && sockets[s].ready[m] <= p->now && !is_out(p, s); m++) {
      int event = event_of(p->hallway, s, m);
      bool is_earlier = first == NOBODY || sockets[s].ready[m] < first_ready;
      if (event == but || !is_earlier) continue;
      first = event;
      first_ready = sockets[s].ready[m];
    }
  }
  return first;
}

static int socket_at(const hallway *h, int event) {
  int socket = 0;
  while (event >= h->sockets[socket].count) event -= h->sockets[socket++].count;
  return socket;
}

static int ready_of(const hallway *h, int event) {
  int socket = socket_at(h, event);
  return h->sockets[socket].ready[event - event_of(h, socket, 0)];
}

/* The beginner's two, where a step is a read. */
static void plain_blocking(plain_run *p) {
  int last_wait = NOBODY;
  for (int socket = 0; !is_all_read(p); socket = (socket + 1) % p->hallway->count) {
    if (p->hallway->sockets[socket].count == 0) return; /* a sleep for good */
    if (p->read[socket] == p->hallway->sockets[socket].count) continue;
    if (!is_readable(p, socket)) last_wait = p->step_count;
    while (!is_readable(p, socket)) p->now++;
    plain_step *step = read_message(p, socket, BELL_REASON_TURN);
    step->queued_at = last_wait;
    step->behind = came_first(p, NOBODY);
    if (step->behind == step->event) step->behind = NOBODY;
    p->now += step->takes;
  }
}

static void plain_readiness(plain_run *p) {
  int last_wait = NOBODY;
  while (!is_all_read(p)) {
    if (!is_any_readable(p)) last_wait = p->step_count;
    while (!is_any_readable(p)) p->now++;
    p->answered_at = p->now;
    int event = came_first(p, NOBODY);
    int behind = came_first(p, event);
    bool is_tie = behind != NOBODY && ready_of(p->hallway, behind) == ready_of(p->hallway, event);
    bell_reason reason = behind == NOBODY ? BELL_REASON_ONLY_READY
                         : is_tie         ? BELL_REASON_READY_TIE
                                          : BELL_REASON_READY_LONGEST;
    plain_step *step = read_message(p, socket_at(p->hallway, event), reason);
    step->queued_at = last_wait;
    step->behind = behind;
    p->now += step->takes;
  }
}

/* Is one told again of what is still there? */
static bool tells_again(bell_strategy strategy) {
  return strategy != BELL_BUSY_POLL && strategy != BELL_EPOLL_ET && strategy != BELL_THREADS &&
         strategy != BELL_KQUEUE_CLEAR;
}

/* What a strategy finds. One that notices a timer by its read cannot leave that out; and a timer that is not read does
 * not expire again. */
static plain_socket file_as_met(plain_socket file, bell_strategy strategy) {
  bool is_read_apart = strategy == BELL_THREADS || strategy == BELL_IO_URING; /* each part when the disk gives it */
  for (int m = 0; is_read_apart && m < file.count; m++) {
    file.ready[m] = file.takes * (m + 1 < file.count ? m + 1 : file.count - 1);
  }
  if (is_read_apart) file.takes = 0;
  if (strategy < BELL_KQUEUE) return file;
  file.has_end = file.ignores = false; /* of which kqueue does not tell */
  file.count--;
  return file;
}

static hallway as_met(const hallway *h, bell_strategy strategy) {
  hallway met = *h;
  bool reads_alone =
      strategy == BELL_BLOCKING || strategy == BELL_BUSY_POLL || strategy >= BELL_THREADS; /* kqueue tells all of it */
  for (int s = 0; s < met.count; s++) {
    if (reads_alone) met.sockets[s].is_unread = false;
    if (met.sockets[s].is_unread && met.sockets[s].count > 1) met.sockets[s].count = 1;
    if (met.sockets[s].is_file) met.sockets[s] = file_as_met(met.sockets[s], strategy);
  }
  return met;
}

/* Its steps are there until the next run. */
static plain_run run_plain(hallway *h, way w) {
  static plain_step steps[STEPS_MAX];
  plain_run p = {.hallway = h, .work = h, .wait_began = NOBODY, .due = h->timeout, .left = h->descriptors};
  p.steps = steps;
  int maxevents = (int)w.options.maxevents;
  int most = w.options.reads_a_turn;
  p.is_told_again = tells_again(w.strategy);
  p.tells_expirations = w.strategy >= BELL_KQUEUE;
  p.has_interest = (w.strategy >= BELL_SELECT && w.strategy <= BELL_EPOLL_ET) || w.strategy >= BELL_KQUEUE;
  p.kernel_reads = w.strategy == BELL_IO_URING;
  switch (w.strategy) {
  case BELL_BLOCKING:
    plain_blocking(&p);
    break;
  case BELL_READINESS:
    plain_readiness(&p);
    break;
  case BELL_BUSY_POLL:
    plain_busy_poll(&p);
    break;
  case BELL_EPOLL:
    plain_epoll(&p, maxevents, false, false, 0);
    break;
  case BELL_EPOLL_ET:
    plain_epoll(&p, maxevents, true, !w.options.no_drain, most);
    break;
  case BELL_THREADS:
    plain_threads(&p, (int)w.options.cores);
    break;
  case BELL_IO_URING:
    plain_io_uring(&p, maxevents);
    break;
  case BELL_KQUEUE:
    plain_kqueue(&p, maxevents, false, false, 0);
    break;
  case BELL_KQUEUE_CLEAR:
    plain_kqueue(&p, maxevents, true, !w.options.no_drain, most);
    break;
  default:
    plain_poll(&p);
  }
  return p;
}

/* ---- both, side by side ----------------------------------------------------------------------------------------- */

static uint32_t or_none(int index) { return index < 0 ? BELL_NONE : (uint32_t)index; }

static bool has_other(bell_reason reason) {
  return reason == BELL_REASON_ANSWER_FIRST || reason == BELL_REASON_ANSWER_NEXT || reason == BELL_REASON_SLICE ||
         reason == BELL_REASON_OWN_LIST || reason <= BELL_REASON_READY_TIE;
}

static bool is_same_step(const bell_trace *trace, uint32_t k, const plain_step *plain) {
  const bell_step *step = &trace->steps[k];
  static const bell_answers none = {0}; /* of the beginner's */
  const bell_answers *answers = trace->answers == NULL ? &none : &trace->answers[k];
  bool same_answers = answers->returned == (uint32_t)plain->returned && answers->in_vain == (uint32_t)plain->in_vain;
  bool same_end = answers->end_us == INT64_C(1000) * plain->end;
  bool same_bytes = trace->taken == NULL || (trace->taken[k].bytes == (uint32_t)plain->bytes &&
                                             trace->taken[k].missing == (uint32_t)plain->missing);
  if (!same_bytes) return false;
  return step->time_us == INT64_C(1000) * plain->time && step->event == (uint32_t)plain->event &&
         step->reason == plain->reason && step->queued_at == or_none(plain->queued_at) &&
         step->queue == BELL_QUEUE_NONE && (trace->strategy == BELL_THREADS ? same_end : same_answers) &&
         (!has_other(plain->reason) || step->other == or_none(plain->behind));
}

/* The two runs as rows, each beside the other; the test fails. */
static void show_difference(const hallway *h, way w, const bell_trace *trace, const plain_run *plain) {
  print_error("%s, maxevents %u, %s, turns of %d, cores %u; of:\n%s", bell_strategy_name(w.strategy),
              w.options.maxevents, w.options.no_drain ? "no drain" : "drain", w.options.reads_a_turn, w.options.cores,
              h->text.bytes);
  print_error("time event reason other queued_at returned in_vain end\n");
  uint32_t plain_count = (uint32_t)plain->step_count;
  for (uint32_t k = 0; k < trace->step_count || k < plain_count; k++) {
    if (k < trace->step_count) {
      const bell_step *s = &trace->steps[k];
      print_error("%g %u %u %d %d %u %u %g", (double)s->time_us / 1000, s->event, s->reason, (int)s->other,
                  (int)s->queued_at, trace->answers == NULL ? 0 : trace->answers[k].returned,
                  trace->answers == NULL ? 0 : trace->answers[k].in_vain, (double)bell_trace_end_us(trace, k) / 1000);
    }
    if (k < plain_count) {
      const plain_step *s = &plain->steps[k];
      print_error("\tshould be %d %d %u %d %d %d %d %d", s->time, s->event, s->reason, s->behind, s->queued_at,
                  s->returned, s->in_vain, s->end);
    }
    print_error("\n");
  }
  fail();
}

static const plain_socket *socket_of(const hallway *h, int event, bool *is_its_end) {
  const plain_socket *s = h->sockets;
  while (event >= s->count) event -= s++->count;
  *is_its_end = s->has_end && event == s->count - 1;
  return s;
}

static bool is_ignored(const hallway *h, const plain_step *step) {
  bool is_its_end = false;
  if (step->is_early) return false;
  const plain_socket *s = socket_of(h, step->event, &is_its_end);
  return is_its_end && s->ignores;
}

static bool is_unread(const hallway *h, const plain_step *step) {
  bool is_its_end = false;
  return !step->is_early && socket_of(h, step->event, &is_its_end)->is_unread;
}

static bool is_timers(const hallway *h, const plain_step *step) {
  bool is_its_end = false;
  return !step->is_early && socket_of(h, step->event, &is_its_end)->is_timer;
}

/* A wait that answers at once, and the reads of those that it answers with: nanoseconds, by measured.tsv. */
static uint64_t round_ns(bell_strategy strategy, uint64_t sockets, uint64_t spinning) {
  if (strategy == BELL_SELECT) return 900 + 150 * sockets + spinning * BELL_READ_IN_VAIN_NS;
  if (strategy == BELL_POLL) return 700 + 145 * sockets + spinning * BELL_READ_IN_VAIN_NS;
  return strategy == BELL_EPOLL ? 500 + spinning * BELL_READ_IN_VAIN_NS : 1370;
}

/* In so many milliseconds. What a wait of kqueue takes was measured nowhere. */
static uint64_t rounds_in(bell_strategy strategy, uint64_t ms, uint64_t sockets, uint64_t spinning) {
  return strategy == BELL_KQUEUE ? 0 : ms * 1000000 / round_ns(strategy, sockets, spinning);
}

static void add_calls(bell_calls *sum, bell_calls calls) {
  sum->reads += calls.reads;
  sum->in_vain += calls.in_vain;
  sum->waits += calls.waits;
  sum->scanned += calls.scanned;
  sum->returned += calls.returned;
}

/* What the steps cost, and what they add up to. Only here do idle rounds count. */
static void check_calls(const hallway *h, way w, const bell_trace *trace, const plain_run *plain) {
  uint64_t sockets = (uint64_t)h->count;
  uint64_t scanned_at_a_wait = w.strategy == BELL_SELECT ? sockets + 3 : w.strategy == BELL_POLL ? sockets : 0;
  bell_calls sum = {0};
  int64_t end = 0;
  int64_t idle = 0;
  uint32_t wake_ups = 0;
  uint32_t messages = 0;
  bool is_never_idle = false; /* a thread reads in vain for ever */
  uint64_t ended = 0;    /* sockets at an end that is ignored, and those watched for writing: they keep the thread */
  uint64_t writable = 0; /* from sleeping, as does a timer that is not read */
  bool may_write = (w.strategy >= BELL_SELECT && w.strategy <= BELL_EPOLL) || w.strategy == BELL_KQUEUE;
  for (int s = 0; s < h->count; s++) writable += may_write && h->sockets[s].watches;
  CHECK_EQUAL(h->text.bytes, "scanned at a wait", bell_trace_scanned(trace), scanned_at_a_wait);
  for (uint32_t k = 0; k < trace->step_count; k++) {
    const plain_step *step = &plain->steps[k];
    bell_calls calls = bell_trace_calls(trace, k);
    uint64_t in_vain = (uint64_t)step->in_vain + step->is_turned_away;
    uint64_t rounds = 0;
    uint64_t starved = step->starved_since != NOBODY;
    int64_t spun_from = end;
    bool is_alone = starved > 0 && ended + writable == 0;
    if (is_alone && step->starved_since > end) spun_from = step->starved_since;
    ended += starved; /* for this step */
    if (step->time > end) {
      if (w.strategy == BELL_BUSY_POLL) {
        uint64_t round_ns = sockets * BELL_READ_IN_VAIN_NS;
        uint64_t idle_ns = (uint64_t)(step->time - end) * 1000000;
        for (uint64_t ns = round_ns; ns <= idle_ns; ns += round_ns) in_vain += sockets; /* nobody sleeps */
      } else if (ended + writable > 0) {
        rounds = rounds_in(w.strategy, (uint64_t)(step->time - spun_from), sockets, ended);
        idle += spun_from - end;
      } else if (!is_never_idle) {
        idle += step->time - end;
      }
    }
    bool slept = w.strategy == BELL_THREADS ? step->queued_at != NOBODY : step->time > end && ended + writable == 0;
    CHECK_EQUAL(h->text.bytes, "spins", bell_trace_spins(trace, k), ended + writable > 0);
    if (slept && w.strategy != BELL_BUSY_POLL) wake_ups++;
    bool carried = w.strategy == BELL_IO_URING; /* the kernel has read already */
    if (!carried) in_vain += rounds * ended;
    CHECK_EQUAL(h->text.bytes, "in vain", calls.in_vain, in_vain);
    bool is_told = w.strategy >= BELL_KQUEUE && is_timers(h, step);
    CHECK_EQUAL(h->text.bytes, "reads", calls.reads,
                in_vain + (carried || is_told || is_unread(h, step) || step->is_early ? 0 : 1));
    CHECK_EQUAL(h->text.bytes, "returned", calls.returned, (uint64_t)step->returned + rounds * (ended + writable));
    bool ended_early = step->is_early && step->queued_at == (int)k && ended + writable == 0;
    bool asked_first = step->reason == BELL_REASON_OWN_LIST && step->queued_at == (int)k;
    bool has_wait = step->reason == BELL_REASON_ANSWER_FIRST || asked_first || ended_early;
    CHECK_EQUAL(h->text.bytes, "waits", calls.waits, rounds + has_wait + step->is_asked_behind);
    CHECK_EQUAL(h->text.bytes, "scanned", calls.scanned, calls.waits * scanned_at_a_wait * (slept ? 2 : 1));
    ended -= starved;
    bool is_its_end = false;
    if (step->is_early) {
      add_calls(&sum, calls);
      end = bell_trace_end_us(trace, k) / 1000;
      continue;
    }
    const plain_socket *its = socket_of(h, step->event, &is_its_end);
    messages += !is_its_end && step->missing == 0;
    if (is_its_end && its->watches && may_write) writable--;
    if (is_ignored(h, step) && w.strategy == BELL_THREADS) is_never_idle = true;
    if (is_ignored(h, step) && tells_again(w.strategy)) ended++;
    if (is_unread(h, step) && tells_again(w.strategy)) writable++;
    add_calls(&sum, calls);
    int64_t step_end = bell_trace_end_us(trace, k) / 1000;
    if (step_end > end) end = step_end;
  }
  bell_calls all = bell_trace_all_calls(trace);
  CHECK(h->text.bytes, memcmp(&all, &sum, sizeof sum) == 0);
  bell_totals totals = bell_trace_totals(trace);
  CHECK_EQUAL(h->text.bytes, "messages", totals.messages, messages);
  CHECK_EQUAL(h->text.bytes, "end", totals.end_us, 1000 * end);
  CHECK_EQUAL(bell_strategy_name(w.strategy), "idle", totals.idle_us, 1000 * idle);
  CHECK_EQUAL(bell_strategy_name(w.strategy), "wake-ups", totals.wake_ups, wake_ups);
}

/* ---- what is told ------------------------------------------------------------------------------------------------ */

/* The step that the wait told of: what is read on is read because of that one. NULL when none did. */
static const plain_step *step_told_of(const plain_run *p, int k) {
  if (p->steps[k].is_early) return NULL;
  while (p->steps[k].reason == BELL_REASON_DRAIN) k--;
  return p->steps[k].reason == BELL_REASON_OWN_LIST ? NULL : &p->steps[k];
}

static bool is_end_told(const plain_socket *s, const plain_step *told) {
  return s->has_end && s->ready[s->count - 1] <= told->told_at;
}

/* poll(2). After a reset there is an error, too. The end of a pipe is no data. */
static void add_conditions(const plain_socket *s, const plain_step *told, string *out) {
  bool is_over = is_end_told(s, told) && !s->is_file;
  bool has_data = told->told_read < s->count - s->has_end;
  if (!s->is_pipe || has_data) string_add(out, "|IN"); /* of a file, always */
  if (s->watches) string_add(out, "|OUT");
  if (is_over && !s->is_pipe) string_add(out, "|RDHUP");
  if (is_over && (s->is_pipe || s->resets)) string_add(out, "|HUP");
  if (is_over && s->resets) string_add(out, "|ERR");
}

/* How many messages, or parts, or connections, had come and were not read. */
static int count_told(const plain_socket *s, const plain_step *told) {
  int count = 0;
  for (int m = told->told_read; m < s->count - s->has_end; m++) count += s->ready[m] <= told->told_at;
  return count;
}

/* In bytes, part for part; of the first some have been read. */
static int bytes_told(const plain_socket *s, const plain_step *told) {
  int bytes = end_of_parts(s, told->told_read % s->parts) - told->told_so_far;
  for (int m = told->told_read; m < told->told_read + count_told(s, told); m++) {
    bytes += end_of_parts(s, m % s->parts + 1) - end_of_parts(s, m % s->parts);
  }
  return bytes;
}

/* kqueue(2). A timer's event says what its read gives elsewhere. */
static void add_event(const plain_socket *s, const plain_step *told, string *out) {
  if (s->is_timer) {
    string_add(out, "TIMER %d", told->bytes);
    return;
  }
  string_add(out, "READ");
  if (s->is_listener) string_add(out, " %d", count_told(s, told));
  else if (s->size > 0) string_add(out, " %d", bytes_told(s, told));
  if (is_end_told(s, told)) string_add(out, s->resets ? " EOF ECONNRESET" : " EOF");
}

static void check_told(const hallway *h, way w, const bell_trace *trace, const plain_run *plain) {
  string told_of = {0};
  string reported = {0};
  for (int k = 0; k < plain->step_count; k++) {
    const plain_step *told = step_told_of(plain, k);
    const plain_socket *s = told != NULL ? &h->sockets[told->socket] : NULL;
    string_cut(&told_of, 0);
    string_cut(&reported, 0);
    bool is_event = w.strategy >= BELL_KQUEUE;
    if (told != NULL && is_event && told == &plain->steps[k]) add_event(s, told, &told_of);
    if (told != NULL && w.strategy == BELL_SELECT) string_add(&told_of, s->watches ? "readable|writable" : "readable");
    if (told != NULL && w.strategy >= BELL_POLL && !is_event) add_conditions(s, told, &told_of);
    string_add_cell(&reported, bell_closing_print_reported, trace, (uint32_t)k);
    const char *expected = told_of.bytes[0] == '|' ? told_of.bytes + 1 : told_of.bytes;
    if (strcmp(expected, reported.bytes) != 0) print_error("step %d\n", k);
    CHECK_TEXT(h->text.bytes, bell_strategy_name(w.strategy), reported.bytes, expected);
  }
  string_free(&told_of);
  string_free(&reported);
}

/* A run in which an end was ignored goes on for ever, where one is told again or reads on: then the trace has a row
 * more. It is left out of what is compared after this. */
static void check_stop(const hallway *h, way w, bell_trace *trace, const plain_run *plain) {
  const plain_step *last = NULL;
  int end = 0;
  for (int k = 0; k < plain->step_count; k++) {
    const plain_step *step = &plain->steps[k];
    int step_end = w.strategy == BELL_THREADS ? step->end : step->time + step->takes;
    if (step_end > end) end = step_end;
    if (is_ignored(h, step) || is_unread(h, step)) last = step;
  }
  bool may_write = (w.strategy >= BELL_SELECT && w.strategy <= BELL_EPOLL) || w.strategy == BELL_KQUEUE;
  bool stays_watched = false;
  int event_of_watched = NOBODY;
  for (int s = 0; s < h->count; s++) {
    const plain_socket *one = &h->sockets[s];
    if (!may_write || !one->watches || (one->has_end && !one->ignores)) continue;
    stays_watched = true;
    if (event_of_watched == NOBODY && one->count > 0) event_of_watched = event_of(h, s, one->count - 1);
  }
  int starved = NOBODY;
  for (int s = 0; s < h->count && tells_again(w.strategy); s++) {
    if (is_out(plain, s) && plain->read[s] < h->sockets[s].count) starved = s;
  }
  int waits_since = starved != NOBODY ? h->sockets[starved].ready[plain->read[starved]] : 0;
  bool is_alone = starved != NOBODY && last == NULL && !stays_watched;
  if (is_alone && waits_since > end) end = waits_since;
  bool goes_on = starved != NOBODY || (last != NULL && (tells_again(w.strategy) || w.strategy == BELL_THREADS)) ||
                 (stays_watched && plain->step_count > 0);
  bool has_row = trace->step_count > 0 && bell_trace_is_stop(trace, trace->step_count - 1);
  CHECK_EQUAL(h->text.bytes, "goes on for ever", has_row, goes_on);
  if (!has_row) return;
  const bell_step *row = &trace->steps[--trace->step_count];
  int last_event = plain->steps[plain->step_count - 1].event;
  int expected = last != NULL ? last->event : event_of_watched != NOBODY ? event_of_watched : last_event;
  if (starved != NOBODY) expected = event_of(h, starved, plain->read[starved]);
  CHECK_EQUAL(h->text.bytes, "the last row's event", row->event, expected);
  CHECK_EQUAL(h->text.bytes, "the last row's reason", row->reason, BELL_REASON_SPINS);
  CHECK_EQUAL(h->text.bytes, "the last row's time", row->time_us, 1000 * end + BELL_SPIN_WATCHED_US);
}

static void check_way(hallway *all, const bell_scenario *scenario, way w, unsigned char *memory, size_t bytes) {
  bell_trace trace;
  bell_arena arena = {.base = memory, .capacity = bytes};
  hallway met = as_met(all, w.strategy);
  const hallway *h = &met;
  CHECK(h->text.bytes, bell_waiting_run(&trace, scenario, w.strategy, w.options, &arena));
  plain_run plain = run_plain(&met, w);
  check_stop(h, w, &trace, &plain);
  bool same = trace.step_count == (uint32_t)plain.step_count;
  for (uint32_t k = 0; same && k < trace.step_count; k++) same = is_same_step(&trace, k, &plain.steps[k]);
  if (!same) show_difference(h, w, &trace, &plain);
  check_calls(h, w, &trace, &plain);
  bool tells = (w.strategy >= BELL_SELECT && w.strategy <= BELL_EPOLL_ET) || w.strategy >= BELL_KQUEUE;
  if (tells && all->scenarios % TOLD_OF == 0) check_told(h, w, &trace, &plain);
  all->runs++;
}

/* Where messages have sizes. The last row of a run that goes on for ever is closing's business. */
static void check_beginners(hallway *h, const bell_scenario *scenario, unsigned char *memory, size_t bytes) {
  bell_strategy first = h->descriptors > 0 ? BELL_READINESS : BELL_BLOCKING;
  for (bell_strategy s = first; s <= BELL_READINESS && bell_scenario_has_bytes(scenario); s++) {
    bell_trace trace;
    bell_arena arena = {.base = memory, .capacity = bytes};
    way w = {.strategy = s};
    hallway met = as_met(h, s);
    CHECK(h->text.bytes, bell_waiting_run(&trace, scenario, s, w.options, &arena));
    plain_run plain = run_plain(&met, w);
    if (trace.step_count > 0 && bell_trace_is_stop(&trace, trace.step_count - 1)) trace.step_count--;
    bool same = trace.step_count == (uint32_t)plain.step_count;
    for (uint32_t k = 0; same && k < trace.step_count; k++) same = is_same_step(&trace, k, &plain.steps[k]);
    if (!same) show_difference(h, w, &trace, &plain);
    h->runs++;
  }
}

/* In all ways that bound their answers, but epoll. */
static void check_beside_a_file(hallway *h, const bell_scenario *scenario, uint32_t maxevents, unsigned char *memory,
                                size_t bytes) {
  const way ways[] = {{BELL_IO_URING, {.maxevents = maxevents}},
                      {BELL_KQUEUE, {.maxevents = maxevents}},
                      {BELL_KQUEUE_CLEAR, {.maxevents = maxevents}},
                      {BELL_KQUEUE_CLEAR, {.maxevents = maxevents, .no_drain = true}},
                      {BELL_KQUEUE_CLEAR, {.maxevents = maxevents, .reads_a_turn = 1}},
                      {BELL_KQUEUE_CLEAR, {.maxevents = maxevents, .reads_a_turn = 2}}};
  for (size_t i = 0; i < COUNT_OF(ways); i++) check_way(h, scenario, ways[i], memory, bytes);
}

static void check_hallway(hallway *h) {
  if (!is_run_here(h->scenarios++)) return;
  static const uint32_t maxevents[] = {1, 2, 64};
  reading r = read_good(h->text.bytes, BELL_MULTIPLEXER);
  size_t bytes = 0;
  for (bell_strategy s = 0; s < BELL_STRATEGIES; s++) {
    size_t its_own = bell_waiting_memory(&r.scenario, s);
    if (its_own > bytes) bytes = its_own;
  }
  unsigned char *memory = malloc(bytes + 1);
  assert_non_null(memory);
#define CHECK_WAY(...) check_way(h, &r.scenario, (way){__VA_ARGS__}, memory, bytes)
  bool ends_early = h->timeout + h->signal_count > 0; /* which needs a wait */
  bool is_bounded = h->descriptors > 0;               /* so does that, but for the beginner's */
  bool has_worker = false;
  bool is_left_unread = false;
  for (int s = 0; s < h->count; s++) has_worker = has_worker || h->sockets[s].is_worker;
  for (int s = 0; s < h->count; s++) is_left_unread = is_left_unread || (has_worker && h->sockets[s].is_unread);
  if (is_bounded || has_worker) ends_early = true;
  if (!ends_early) CHECK_WAY(BELL_BUSY_POLL, {0});
  CHECK_WAY(BELL_SELECT, {0});
  CHECK_WAY(BELL_POLL, {0});
  bool has_file = false;
  for (int s = 0; s < h->count; s++) has_file = has_file || h->sockets[s].is_file;
  for (size_t i = 0; i < COUNT_OF(maxevents); i++) {
    if (has_file) check_beside_a_file(h, &r.scenario, maxevents[i], memory, bytes);
    if (has_file) continue; /* of which epoll takes none */
    CHECK_WAY(BELL_EPOLL, {.maxevents = maxevents[i]});
    if (is_left_unread) continue; /* what is told edge-triggered is not shown */
    CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i]});
    CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i], .no_drain = true});
    if (has_worker) CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i], .reads_a_turn = 1});
    if (has_worker) CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i], .reads_a_turn = 2});
    if (has_worker) continue;
    if (!is_bounded) CHECK_WAY(BELL_IO_URING, {.maxevents = maxevents[i]});
    CHECK_WAY(BELL_KQUEUE, {.maxevents = maxevents[i]});
    CHECK_WAY(BELL_KQUEUE_CLEAR, {.maxevents = maxevents[i]});
    CHECK_WAY(BELL_KQUEUE_CLEAR, {.maxevents = maxevents[i], .no_drain = true});
    if (is_bounded) continue;
    CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i], .reads_a_turn = 1});
    CHECK_WAY(BELL_EPOLL_ET, {.maxevents = maxevents[i], .reads_a_turn = 2});
    CHECK_WAY(BELL_KQUEUE_CLEAR, {.maxevents = maxevents[i], .reads_a_turn = 1});
    CHECK_WAY(BELL_KQUEUE_CLEAR, {.maxevents = maxevents[i], .reads_a_turn = 2});
  }
  for (uint32_t cores = 1; cores <= 2 && !ends_early; cores++) CHECK_WAY(BELL_THREADS, {.cores = cores});
  bool has_beginners = h->timeout + h->signal_count == 0 && !has_worker;
  if (has_beginners) check_beginners(h, &r.scenario, memory, bytes);
#undef CHECK_WAY
  free(memory);
  reading_free(&r);
}

static void add_timer(hallway *h, plain_socket timer) {
  string_add(&h->text, "timer %c", 'A' + h->count);
  if (timer.is_periodic) string_add(&h->text, " every %d until %d", timer.ready[0], timer.ready[timer.count - 1]);
  else string_add(&h->text, " ready %d", timer.ready[0]);
  if (timer.takes > 0) string_add(&h->text, " takes %d", timer.takes);
  string_add(&h->text, timer.is_unread ? "\n  leave unread\n" : "\n");
  h->sockets[h->count++] = timer;
}

static void add_listener(hallway *h, plain_socket listener) {
  string_add(&h->text, "listener %c ready", 'A' + h->count);
  for (int m = 0; m < listener.count; m++) string_add(&h->text, " %d", listener.ready[m]);
  if (listener.takes > 0) string_add(&h->text, " takes %d", listener.takes);
  if (h->descriptors > 0) string_add(&h->text, " descriptors %d", h->descriptors);
  string_add(&h->text, listener.has_spare ? "\n  keep spare\n" : "\n");
  h->sockets[h->count++] = listener;
}

static void add_worker(hallway *h, plain_socket worker) {
  string_add(&h->text, "worker %c", 'A' + h->count);
  if (worker.takes > 0) string_add(&h->text, " takes %d", worker.takes);
  if (worker.threads > 1) string_add(&h->text, " threads %d", worker.threads);
  string_add(&h->text, worker.is_unread ? "\n  leave unread\n" : "\n");
  h->sockets[h->count++] = worker;
}

static void add_file(hallway *h, plain_socket file) {
  string_add(&h->text, "file %c reads %d", 'A' + h->count, file.count - 1);
  if (file.takes > 0) string_add(&h->text, " takes %d", file.takes);
  string_add(&h->text, file.ignores ? "\n  ignore end\n" : "\n");
  h->sockets[h->count++] = file;
}

static void add_socket(hallway *h, plain_socket socket) {
  if (socket.is_file) {
    add_file(h, socket);
    return;
  }
  if (socket.is_worker) {
    add_worker(h, socket);
    return;
  }
  if (socket.is_timer) {
    add_timer(h, socket);
    return;
  }
  if (socket.is_listener) {
    add_listener(h, socket);
    return;
  }
  int messages = socket.count - socket.has_end;
  bool may_be_pipe = !socket.resets && !socket.watches; /* which is served as a socket is: every other one */
  bool is_pipe = may_be_pipe && (h->scenarios + (uint32_t)h->count) % 2 == 0;
  string_add(&h->text, "%s %c %s", is_pipe ? "pipe" : "socket", 'A' + h->count, messages > 0 ? "ready" : "never");
  for (int m = 0; m < messages; m++) string_add(&h->text, " %d", socket.ready[m]);
  if (socket.takes > 0) string_add(&h->text, " takes %d", socket.takes);
  if (socket.size > 0) string_add(&h->text, " size %d bytes in %d parts", socket.size, socket.parts);
  if (socket.has_end) string_add(&h->text, socket.resets ? " resets %d" : " closes %d", socket.ready[messages]);
  string_add(&h->text, socket.ignores ? "\n  ignore end\n" : "\n");
  if (socket.watches) string_add(&h->text, "  watch write\n");
  if (socket.hands_over) string_add(&h->text, "  hand over\n");
  if (socket.limit > 0) string_add(&h->text, "  read up to %d bytes\n", socket.limit);
  socket.is_pipe = is_pipe;
  h->sockets[h->count++] = socket;
}

/* ---- every scenario of up to 3 sockets -------------------------------------------------------------------------- */

enum { SMALL_SOCKETS = 3, SMALL_TIME = 3, SMALL_TAKES = 2 };

static void check_hallways_that_begin_so(hallway *h);

static void check_hallways_with(hallway *h, plain_socket socket) {
  size_t length = h->text.length;
  add_socket(h, socket);
  check_hallways_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

static void check_hallways_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == SMALL_SOCKETS) return;
  for (int takes = 0; takes <= SMALL_TAKES; takes++) {
    for (int first = 0; first <= SMALL_TIME; first++) {
      check_hallways_with(h, (plain_socket){.ready = {first}, .count = 1, .takes = takes});
      for (int second = first; second <= SMALL_TIME; second++) {
        check_hallways_with(h, (plain_socket){.ready = {first, second}, .count = 2, .takes = takes});
      }
    }
  }
}

static void every_scenario_of_up_to_3_sockets_runs_as_the_rules_of_waiting_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_hallways_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  assert_int_equal(h.scenarios, 1 + 42 + 42 * 42 + 42 * 42 * 42);
  string_free(&h.text);
}

/* ---- connections that end --------------------------------------------------------------------------------------- */

enum { ENDING_SOCKETS = 2, ENDING_TIME = 2, ENDING_TAKES = 1 };

static void check_endings_that_begin_so(hallway *h);

static void check_endings_with(hallway *h, plain_socket socket) {
  for (int watches = 0; watches < 2; watches++) {
    size_t length = h->text.length;
    socket.watches = watches;
    add_socket(h, socket);
    check_endings_that_begin_so(h);
    h->count--;
    string_cut(&h->text, length);
  }
}

/* As it is, and with each end that it may have. */
static void check_each_ending(hallway *h, plain_socket socket) {
  check_endings_with(h, socket);
  int earliest = socket.count > 0 ? socket.ready[socket.count - 1] : 0;
  socket.has_end = true;
  socket.count++;
  for (int end = earliest; end <= ENDING_TIME; end++) {
    socket.ready[socket.count - 1] = end;
    socket.ignores = false;
    check_endings_with(h, socket);
    socket.ignores = true;
    check_endings_with(h, socket);
  }
}

static void check_endings_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == ENDING_SOCKETS) return;
  check_each_ending(h, (plain_socket){.count = 0});
  for (int takes = 0; takes <= ENDING_TAKES; takes++) {
    for (int first = 0; first <= ENDING_TIME; first++) {
      check_each_ending(h, (plain_socket){.ready = {first}, .count = 1, .takes = takes});
      for (int second = first; second <= ENDING_TIME; second++) {
        check_each_ending(h, (plain_socket){.ready = {first, second}, .count = 2, .takes = takes});
      }
    }
  }
}

static void every_scenario_of_2_connections_that_may_end_runs_as_the_rules_of_closing_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_endings_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- messages with sizes ---------------------------------------------------------------------------------------- */

enum { SIZED_SOCKETS = 2, SIZED_TIME = 2, SIZED_TAKES = 1, SIZED_BYTES = 3 };

static void check_sizes_that_begin_so(hallway *h);

static void check_sizes_with(hallway *h, plain_socket socket) {
  size_t length = h->text.length;
  add_socket(h, socket);
  check_sizes_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

/* Read as a whole, and with each limit; two that come one after the other are two messages, or one in two parts. */
static void check_each_size(hallway *h, plain_socket socket) {
  check_sizes_with(h, socket);
  socket.size = SIZED_BYTES;
  for (socket.parts = 1; socket.parts <= socket.count; socket.parts++) {
    for (socket.limit = 0; socket.limit < SIZED_BYTES; socket.limit++) check_sizes_with(h, socket);
  }
}

static void check_sizes_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == SIZED_SOCKETS) return;
  for (int takes = 0; takes <= SIZED_TAKES; takes++) {
    for (int first = 0; first <= SIZED_TIME; first++) {
      check_each_size(h, (plain_socket){.ready = {first}, .count = 1, .takes = takes});
      for (int second = first; second <= SIZED_TIME; second++) {
        check_each_size(h, (plain_socket){.ready = {first, second}, .count = 2, .takes = takes});
      }
    }
  }
}

static void every_scenario_of_2_sockets_with_sizes_runs_as_the_rules_of_bytes_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_sizes_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- timers ------------------------------------------------------------------------------------------------------ */

enum { TIMER_SOURCES = 3, TIMER_TAKES = 2, TIMER_TIME = 2, EXPIRATIONS = 3 };

static void check_timers_that_begin_so(hallway *h);

static void check_timers_with(hallway *h, plain_socket source) {
  size_t length = h->text.length;
  add_socket(h, source);
  check_timers_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

/* Read, and left unread. */
static void check_each_timer(hallway *h, plain_socket timer) {
  check_timers_with(h, timer);
  timer.is_unread = true;
  check_timers_with(h, timer);
}

static void check_timers_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == TIMER_SOURCES) return;
  for (int takes = 0; takes <= TIMER_TAKES; takes += TIMER_TAKES) {
    for (int ready = 0; ready <= TIMER_TIME; ready++) {
      check_timers_with(h, (plain_socket){.ready = {ready}, .count = 1, .takes = takes});
      check_each_timer(h, (plain_socket){.ready = {ready}, .count = 1, .takes = takes, .is_timer = true});
    }
    for (int every = 1; every <= TIMER_TIME; every++) {
      plain_socket timer = {.takes = takes, .is_timer = true, .is_periodic = true};
      for (int e = 0; e < EXPIRATIONS; e++) timer.ready[e] = every * (e + 1);
      timer.count = 1;
      check_each_timer(h, timer);
      timer.count = EXPIRATIONS;
      check_each_timer(h, timer);
    }
  }
}

static void every_scenario_of_3_sources_with_timers_runs_as_the_rules_of_timers_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_timers_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- waits that end early ---------------------------------------------------------------------------------------- */

/* Of this hallway, with a timeout, signals, or both. Their lines stand where they may: here above all others. */
static void check_early(hallway *h, hallway early) {
  hallway with = *h;
  with.text = (string){0};
  string_cut(&with.text, 0);
  for (int s = 0; s < early.signal_count; s++) {
    string_add(&with.text, "signal S%d ready %d\n", s, early.signals[s]);
    with.signals[s] = early.signals[s];
  }
  with.signal_count = early.signal_count;
  with.timeout = early.timeout;
  with.keeps_time = early.keeps_time;
  with.house = early.house;
  if (early.timeout > 0) {
    string_add(&with.text, "timeout %s%d takes %d\n", early.keeps_time ? "every " : "", early.timeout, early.house);
  }
  string_add(&with.text, "%s", h->text.bytes);
  check_hallway(&with);
  h->scenarios += with.scenarios - h->scenarios;
  h->runs = with.runs;
  string_free(&with.text);
}

enum { EARLY_SOURCES = 2, EARLY_TIME = 3, EARLY_TIMEOUT = 2 };

static void check_all_early(hallway *h) {
  for (int timeout = 0; timeout <= EARLY_TIMEOUT; timeout++) {
    for (int keeps = 0; keeps < (timeout > 0 ? 2 : 1); keeps++) {
      for (int house = 0; house <= (timeout > 0 ? 1 : 0); house++) {
        hallway early = {.timeout = timeout, .keeps_time = keeps, .house = house};
        if (timeout > 0) check_early(h, early);
        for (early.signals[0] = 0; early.signals[0] <= EARLY_TIME; early.signals[0]++) {
          early.signal_count = 1;
          check_early(h, early);
          early.signal_count = 2;
          for (int s = early.signals[0]; s <= EARLY_TIME; s++) {
            early.signals[1] = s;
            check_early(h, early);
          }
        }
      }
    }
  }
}

static void check_early_that_begin_so(hallway *h);

static void check_early_with(hallway *h, plain_socket source) {
  size_t length = h->text.length;
  add_socket(h, source);
  check_early_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

static void check_early_that_begin_so(hallway *h) {
  check_all_early(h);
  if (h->count == EARLY_SOURCES) return;
  for (int ready = 0; ready <= EARLY_TIME; ready += EARLY_TIME) {
    for (int takes = 0; takes <= 2; takes += 2) {
      check_early_with(h, (plain_socket){.ready = {ready, 5}, .count = 2, .takes = takes});
    }
    check_early_with(h, (plain_socket){.ready = {ready}, .count = 1, .has_end = true, .ignores = true});
    check_early_with(h, (plain_socket){.ready = {ready}, .count = 1, .watches = true});
  }
  check_early_with(h, (plain_socket){.ready = {2, 4}, .count = 2, .is_timer = true, .is_periodic = true});
  check_early_with(h, (plain_socket){.ready = {2}, .count = 1, .is_timer = true, .is_unread = true});
}

static void every_wait_that_ends_early_ends_as_the_rules_of_early_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_early_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- a listener, and descriptors that run out -------------------------------------------------------------------- */

enum { ACCEPTING_SOURCES = 3, ACCEPTING_TIME = 4, DESCRIPTORS = 2 };

static void check_accepting_that_begin_so(hallway *h, bool has_listener);

static void check_accepting_with(hallway *h, plain_socket source, bool has_listener) {
  size_t length = h->text.length;
  add_socket(h, source);
  check_accepting_that_begin_so(h, has_listener || source.is_listener);
  h->count--;
  string_cut(&h->text, length);
}

/* With as many descriptors as are asked for, and with few. */
static void check_each_listener(hallway *h, plain_socket listener) {
  check_accepting_with(h, listener, true);
  for (h->descriptors = 1; h->descriptors <= DESCRIPTORS; h->descriptors++) {
    check_accepting_with(h, listener, true);
    listener.has_spare = true;
    check_accepting_with(h, listener, true);
    listener.has_spare = false;
  }
  h->descriptors = 0;
}

/* Sources that close, at a time before, among and behind the connections; one that does not; one that spins. */
static void check_accepting_that_begin_so(hallway *h, bool has_listener) {
  if (has_listener) check_hallway(h);
  if (h->count == ACCEPTING_SOURCES) return;
  for (int end = 1; end <= ACCEPTING_TIME; end++) {
    for (int takes = 0; takes <= 2; takes += 2) {
      plain_socket closes = {.ready = {end - 1, end}, .count = 2, .takes = takes, .has_end = true};
      check_accepting_with(h, closes, has_listener);
    }
  }
  check_accepting_with(h, (plain_socket){.ready = {2}, .count = 1, .has_end = true, .ignores = true}, has_listener);
  check_accepting_with(h, (plain_socket){.ready = {1}, .count = 1, .watches = true}, has_listener);
  check_accepting_with(h, (plain_socket){.ready = {2, 4}, .count = 2, .is_timer = true, .is_periodic = true},
                       has_listener);
  if (has_listener) return;
  for (int first = 0; first <= ACCEPTING_TIME - 1; first++) {
    for (int last = first; last <= ACCEPTING_TIME; last++) {
      for (int takes = 0; takes <= 1; takes++) {
        check_each_listener(
            h, (plain_socket){.ready = {first, first, last}, .count = 3, .takes = takes, .is_listener = true});
      }
    }
  }
}

static void every_scenario_of_3_sources_with_a_listener_runs_as_the_rules_of_listener_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_accepting_that_begin_so(&h, false);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- a worker ---------------------------------------------------------------------------------------------------- */

enum { WORKER_SOURCES = 2, WORKER_TIME = 2, WORKER_TAKES = 2 };

/* How much may be handed over. */
static int count_work(const hallway *h) {
  int count = 0;
  for (int s = 0; s < h->count; s++) {
    const plain_socket *one = &h->sockets[s];
    if (one->hands_over) count += (one->count - one->has_end) / (one->size > 0 ? one->parts : 1);
  }
  return count;
}

static plain_socket worker_of(int pieces, int takes, int threads) {
  plain_socket worker = {.is_worker = true, .is_timer = true, .takes = takes, .count = pieces, .threads = threads};
  for (int m = 0; m < pieces; m++) worker.ready[m] = NOT_GIVEN;
  return worker;
}

/* The worker stands at the end, read, left unread, and as two threads. */
static void check_workers(hallway *h) {
  size_t length = h->text.length;
  for (int takes = 0; takes <= 1; takes++) {
    for (int manner = 0; manner < 3; manner++) {
      plain_socket worker = worker_of(count_work(h), takes, manner == 2 ? 2 : 1);
      worker.is_unread = manner == 1;
      add_socket(h, worker);
      check_hallway(h);
      h->count--;
      string_cut(&h->text, length);
    }
  }
}

static void check_working_that_begin_so(hallway *h);

static void check_working_with(hallway *h, plain_socket source) {
  size_t length = h->text.length;
  add_socket(h, source);
  check_working_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

/* Sockets that hand over, or do not; some that end, or come in parts; a timer. */
static void check_working_that_begin_so(hallway *h) {
  if (count_work(h) > 0) check_workers(h);
  if (h->count == WORKER_SOURCES) return;
  for (int takes = 1; takes <= WORKER_TAKES; takes++) {
    for (int first = 0; first <= WORKER_TIME; first++) {
      for (int last = first; last <= WORKER_TIME; last++) {
        plain_socket socket = {.ready = {first, last}, .count = 2, .takes = takes};
        check_working_with(h, socket);
        socket.hands_over = true;
        check_working_with(h, socket);
        socket.has_end = socket.ignores = true;
        check_working_with(h, socket);
      }
    }
    plain_socket parts = {.ready = {0, 2}, .count = 2, .takes = takes, .size = 4, .parts = 2, .limit = 1};
    parts.hands_over = true;
    check_working_with(h, parts);
  }
  check_working_with(h, (plain_socket){.ready = {1}, .count = 1, .is_timer = true, .is_unread = true});
  check_working_with(h, (plain_socket){.ready = {1, 2}, .count = 2, .takes = 2, .is_timer = true, .is_periodic = true});
}

static void every_scenario_of_2_sources_with_a_worker_runs_as_the_rules_of_worker_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_working_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

enum { FILE_SOURCES = 3, FILE_TAKES = 2, FILE_READS = 2 };

static void check_files_that_begin_so(hallway *h);

static void check_files_with(hallway *h, plain_socket source) {
  size_t length = h->text.length;
  add_socket(h, source);
  check_files_that_begin_so(h);
  h->count--;
  string_cut(&h->text, length);
}

static void check_files_that_begin_so(hallway *h) {
  check_hallway(h);
  if (h->count == FILE_SOURCES) return;
  for (int takes = 0; takes <= FILE_TAKES; takes++) {
    for (int reads = 1; reads <= FILE_READS; reads++) {
      plain_socket file = {.count = reads + 1, .takes = takes, .has_end = true, .is_file = true};
      check_files_with(h, file);
      file.ignores = true;
      check_files_with(h, file);
    }
    for (int ready = 0; ready <= 3; ready += 3) {
      check_files_with(h, (plain_socket){.ready = {ready, 3}, .count = 2, .takes = takes, .has_end = ready > 0});
    }
  }
  check_files_with(h, (plain_socket){.ready = {1}, .count = 1, .watches = true});
  check_files_with(h, (plain_socket){.ready = {2, 4}, .count = 2, .takes = 1, .is_timer = true, .is_periodic = true});
}

static void every_scenario_of_3_sources_with_files_runs_as_the_rules_of_file_say(void **state) {
  (void)state;
  hallway h = {0};
  string_cut(&h.text, 0);
  check_files_that_begin_so(&h);
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

static void add_ending(uint64_t *chance, plain_socket *socket, int ready) {
  if (random_below(chance, 6) == 0) socket->count = 0;
  socket->watches = random_below(chance, 3) == 0;
  if (random_below(chance, 2) == 0) return;
  socket->has_end = true;
  socket->resets = random_below(chance, 3) == 0;
  socket->ignores = random_below(chance, 2) == 0;
  socket->ready[socket->count++] = ready;
}

/* Of at most READS_MAX reads a part. */
static void add_size(uint64_t *chance, plain_socket *socket) {
  int messages = socket->count - socket->has_end;
  if (messages == 0 || random_below(chance, 4) == 0) return;
  int parts[] = {1, messages, messages + socket->has_end}; /* which breaks off */
  socket->parts = parts[random_below(chance, 3)];
  socket->size = socket->parts + (int)random_below(chance, 6);
  if (random_below(chance, 3) > 0) socket->limit = (socket->size + 2) / 3 + (int)random_below(chance, 4);
}

/* Instead of a socket. */
static plain_socket timer_by_chance(uint64_t *chance, int takes) {
  plain_socket timer = {.is_timer = true, .count = 1, .takes = takes, .is_unread = random_below(chance, 4) == 0};
  timer.ready[0] = (int)random_below(chance, 8);
  timer.is_periodic = timer.ready[0] > 0 && random_below(chance, 3) > 0;
  if (!timer.is_periodic) return timer;
  timer.count = 1 + (int)random_below(chance, MESSAGES_MAX);
  for (int e = 1; e < timer.count; e++) timer.ready[e] = timer.ready[0] * (e + 1);
  return timer;
}

/* Some of what epoll's list can come to takes more sockets and more messages than can all be tried. */
static void so_do_random_scenarios_of_up_to_6_sockets(void **state) {
  (void)state;
  hallway h = {0};
  for (uint64_t seed = 0; seed < 10000; seed++) {
    uint64_t chance = seed;
    h.count = 0;
    string_cut(&h.text, 0);
    for (uint32_t sockets = 1 + random_below(&chance, SOCKETS_MAX); sockets > 0; sockets--) {
      plain_socket socket = {.count = 1 + (int)random_below(&chance, MESSAGES_MAX - 1)};
      socket.takes = (int)random_below(&chance, 4);
      int ready = (int)random_below(&chance, 8);
      for (int m = 0; m < socket.count; m++) {
        socket.ready[m] = ready;
        ready += (int)random_below(&chance, 4);
      }
      bool may_end = seed % 2 == 1; /* every other hallway is a beginner's */
      if (may_end) add_ending(&chance, &socket, ready);
      if (seed % 4 > 1) add_size(&chance, &socket);
      bool is_timer = seed % 8 > 5 && random_below(&chance, 2) == 0;
      if (is_timer) socket = timer_by_chance(&chance, socket.takes);
      bool is_file = seed % 16 == 11 && random_below(&chance, 3) == 0;
      if (is_file) {
        socket = (plain_socket){.count = 2 + (int)random_below(&chance, MESSAGES_MAX - 1), .takes = socket.takes};
        socket.has_end = socket.is_file = true;
        socket.ignores = random_below(&chance, 2) == 0;
      }
      bool has_room = count_work(&h) + (socket.count - socket.has_end) <= MESSAGES_MAX;
      socket.hands_over = seed % 5 == 4 && !is_timer && !is_file && has_room && random_below(&chance, 2) == 0;
      add_socket(&h, socket);
    }
    bool has_worker = seed % 5 == 4;
    if (has_worker && h.count == SOCKETS_MAX) continue;
    if (has_worker)
      add_socket(&h, worker_of(count_work(&h), (int)random_below(&chance, 3), 1 + (int)(seed % THREADS_MAX)));
    check_hallway(&h);
  }
  print_message("%u scenarios, %u runs\n", h.scenarios, h.runs);
  string_free(&h.text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_scenario_of_up_to_3_sockets_runs_as_the_rules_of_waiting_say),
      cmocka_unit_test(every_scenario_of_2_connections_that_may_end_runs_as_the_rules_of_closing_say),
      cmocka_unit_test(every_scenario_of_2_sockets_with_sizes_runs_as_the_rules_of_bytes_say),
      cmocka_unit_test(every_scenario_of_3_sources_with_timers_runs_as_the_rules_of_timers_say),
      cmocka_unit_test(every_wait_that_ends_early_ends_as_the_rules_of_early_say),
      cmocka_unit_test(every_scenario_of_3_sources_with_a_listener_runs_as_the_rules_of_listener_say),
      cmocka_unit_test(every_scenario_of_2_sources_with_a_worker_runs_as_the_rules_of_worker_say),
      cmocka_unit_test(every_scenario_of_3_sources_with_files_runs_as_the_rules_of_file_say),
      cmocka_unit_test(so_do_random_scenarios_of_up_to_6_sockets),
  };
  return cmocka_run_group_tests_name("waiting, small scope", tests, NULL, NULL);
}
