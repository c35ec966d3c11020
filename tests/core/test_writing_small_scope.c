/* Small hallways whose handlers write, in every way of waiting, against a second model that is as plain as can be: time
 * goes millisecond by millisecond, a peer reads when its time has come, and "who is next?" looks at everybody. The
 * rules are those of writing.h. (What a wait costs is the business of test_waiting_small_scope.c.) */
#include "multiplexer/closing.h"
#include "multiplexer/writing.h"
#include "support.h"

enum { SOCKETS_MAX = 3, MESSAGES_MAX = 3, STEPS_MAX = 200, EVER = 400 };

typedef struct plain_socket {
  int ready[MESSAGES_MAX];
  int count;
  int takes;
  int answer; /* bytes; 0: its handler does not write */
  int buffer;
  int reads; /* bytes each time; 0: all at once */
  int every;
  bool never; /* its peer reads */
  bool watches;
  bool stops;
  bool waits;
  bool forgets;
} plain_socket;

typedef struct hallway {
  plain_socket sockets[SOCKETS_MAX];
  int count;
  string text;
} hallway;

typedef struct plain_step {
  int time;
  int socket;
  bool is_write;
  int wrote;
  int owed;
  int end;
} plain_step;

typedef struct plain_run {
  const hallway *hallway;
  bell_strategy strategy;
  int now;
  int read[SOCKETS_MAX];
  int owed[SOCKETS_MAX];
  int buffered[SOCKETS_MAX];
  int room_since[SOCKETS_MAX]; /* of who waits for it; -1: there is none, or nobody does */
  int rooms[SOCKETS_MAX];      /* how often room has come */
  bool watched[SOCKETS_MAX];
  bool registered[SOCKETS_MAX]; /* epoll: what the kernel knows of that */
  bool asleep;                  /* for good */
  bool once;                    /* edge-triggered: each is read once, */
  int most;                     /* or so often at most; 0: until a read would block */
  int own[SOCKETS_MAX];         /* whom the server's own list remembers */
  int own_count;
  plain_step steps[STEPS_MAX];
  int step_count;
} plain_run;

/* ---- the kernel and the peers ------------------------------------------------------------------------------------ */

static bool has_interest(const plain_run *p) {
  return p->strategy == BELL_READINESS || (p->strategy >= BELL_SELECT && p->strategy <= BELL_EPOLL_ET) ||
         p->strategy >= BELL_KQUEUE;
}

static bool is_told_again(const plain_run *p) {
  return has_interest(p) && p->strategy != BELL_EPOLL_ET && p->strategy != BELL_KQUEUE_CLEAR;
}

static bool is_enough(const plain_run *p, int socket) {
  const plain_socket *s = &p->hallway->sockets[socket];
  int room = s->buffer - p->buffered[socket];
  if (p->strategy >= BELL_KQUEUE) return room == s->buffer || room >= 2048;
  return p->strategy == BELL_BUSY_POLL ? room > 0 : 3 * room >= s->buffer;
}

/* Somebody waits for room, to write or because he does not stop to watch, and there is some. */
static void look(plain_run *p) {
  for (int s = 0; s < p->hallway->count; s++) {
    const plain_socket *one = &p->hallway->sockets[s];
    if (one->reads == 0 && !one->never) p->buffered[s] = 0;
    bool is_idle = is_told_again(p) && p->watched[s] && p->owed[s] == 0;
    bool is_wanted = one->answer > 0 && (p->owed[s] > 0 || is_idle);
    if (!is_wanted || !is_enough(p, s)) p->room_since[s] = -1;
    if (!is_wanted || !is_enough(p, s) || p->room_since[s] >= 0) continue;
    p->room_since[s] = p->now;
    p->rooms[s]++;
  }
}

static void pass(plain_run *p, int ms) {
  for (; ms > 0; ms--) {
    p->now++;
    for (int s = 0; s < p->hallway->count; s++) {
      const plain_socket *one = &p->hallway->sockets[s];
      bool reads = one->reads > 0 && !one->never && p->now % one->every == 0;
      if (reads) p->buffered[s] = p->buffered[s] > one->reads ? p->buffered[s] - one->reads : 0;
    }
    look(p);
  }
}

static bool has_message(const plain_run *p, int s) {
  const plain_socket *one = &p->hallway->sockets[s];
  return p->read[s] < one->count && one->ready[p->read[s]] <= p->now;
}

static bool has_room(const plain_run *p, int s) { return p->owed[s] > 0 && p->room_since[s] >= 0; }
static bool spins(const plain_run *p, int s) { return p->owed[s] == 0 && p->room_since[s] >= 0; }

static bool is_over(const plain_run *p) {
  bool is_over = true;
  for (int s = 0; s < p->hallway->count; s++) is_over = is_over && p->read[s] == p->hallway->sockets[s].count;
  for (int s = 0; s < p->hallway->count; s++) is_over = is_over && p->owed[s] == 0;
  return is_over || p->now > EVER || p->asleep;
}

/* ---- what a handler does ----------------------------------------------------------------------------------------- */

static int write_some(plain_run *p, int s) {
  int bytes = 0;
  while (p->owed[s] > 0 && p->buffered[s] < p->hallway->sockets[s].buffer) {
    bytes++;
    p->owed[s]--;
    p->buffered[s]++;
  }
  return bytes;
}

static int write_all(plain_run *p, int s) {
  int bytes = write_some(p, s);
  while (p->owed[s] > 0 && !p->asleep) {
    look(p);
    while (!is_enough(p, s) && p->now <= EVER) pass(p, 1);
    if (!is_enough(p, s)) p->asleep = true;
    else bytes += write_some(p, s);
  }
  return bytes;
}

static void write_down(plain_run *p, int s, int step, int bytes) {
  const plain_socket *one = &p->hallway->sockets[s];
  p->steps[step].wrote = bytes;
  p->steps[step].owed = p->owed[s];
  p->steps[step].end = p->now;
  bool is_tried = p->strategy != BELL_IO_URING || bytes > 0;
  if (one->forgets && is_tried) p->owed[s] = 0;
  if (p->owed[s] > 0) p->watched[s] = true;
  else if (one->stops) p->watched[s] = false;
  if (bytes > 0) p->room_since[s] = -1; /* what there is now came now */
  look(p);
}

static void handle(plain_run *p, int s) {
  const plain_socket *one = &p->hallway->sockets[s];
  int step = p->step_count++;
  int began = p->now;
  p->steps[step] = (plain_step){.time = began, .socket = s};
  p->read[s]++;
  pass(p, one->takes);
  p->steps[step].end = p->now;
  if (one->answer == 0) return;
  bool is_first = p->owed[s] == 0;
  p->owed[s] += one->answer;
  int bytes = 0;
  bool waits = one->waits || p->strategy == BELL_BLOCKING;
  if (p->strategy == BELL_IO_URING) is_first = waits = false;
  if (waits) bytes = write_all(p, s);
  else if (is_first) bytes = write_some(p, s);
  int fell_asleep = began + one->takes;
  write_down(p, s, step, bytes);
  if (p->asleep && p->hallway->sockets[s].never) p->steps[step].end = fell_asleep;
}

static void write_rest(plain_run *p, int s) {
  int step = p->step_count++;
  p->steps[step] = (plain_step){.time = p->now, .socket = s, .is_write = true};
  int bytes = write_some(p, s);
  p->room_since[s] = -1;
  write_down(p, s, step, bytes);
}

/* ---- ways of waiting --------------------------------------------------------------------------------------------- */

/* What has become ready, in the order in which it did: what comes before room, then by the file. */
typedef struct plain_news {
  int time;
  int kind; /* 0 what comes, 1 room */
  int socket;
} plain_news;

typedef struct plain_notes {
  int messages[SOCKETS_MAX]; /* so many were noticed */
  int rooms[SOCKETS_MAX];
} plain_notes;

/* The first that was not noticed; false when there is none. */
static bool notice(const plain_run *p, plain_notes *n, plain_news *news) {
  bool found = false;
  for (int kind = 0; kind < 2; kind++) {
    for (int s = 0; s < p->hallway->count; s++) {
      const plain_socket *one = &p->hallway->sockets[s];
      bool is_message = n->messages[s] < one->count && one->ready[n->messages[s]] <= p->now;
      bool is_room = p->room_since[s] >= 0 && n->rooms[s] < p->rooms[s];
      if (kind == 0 ? !is_message : !is_room) continue;
      int time = kind == 0 ? one->ready[n->messages[s]] : p->room_since[s];
      if (found && (time > news->time || (time == news->time && kind == news->kind))) continue;
      if (found && time == news->time && kind > news->kind) continue;
      *news = (plain_news){time, kind, s};
      found = true;
    }
  }
  if (!found) return false;
  if (news->kind == 0) n->messages[news->socket]++;
  else n->rooms[news->socket] = p->rooms[news->socket];
  return true;
}

/* The kernel's list of what became ready. */
typedef struct plain_list {
  plain_notes notes;
  int sockets[SOCKETS_MAX];
  int count;
} plain_list;

static void put_on(plain_list *list, int s) {
  bool is_listed = false;
  for (int i = 0; i < list->count; i++) is_listed = is_listed || list->sockets[i] == s;
  if (!is_listed) list->sockets[list->count++] = s;
}

static void join_all(const plain_run *p, plain_list *list) {
  for (plain_news news = {0}; notice(p, &list->notes, &news);) {
    put_on(list, news.socket);
  }
}

/* epoll_ctl looks at what it is told of anew. */
static void register_anew(plain_run *p, int s, plain_list *list) {
  if (p->watched[s] == p->registered[s]) return;
  p->registered[s] = p->watched[s];
  join_all(p, list); /* those that came before it looks */
  if (has_message(p, s) || has_room(p, s)) put_on(list, s);
}

/* With a list, edge-triggered: until a read would block. */
static void serve(plain_run *p, const int *answers, int count, plain_list *kernel, plain_list *drain) {
  bool message[SOCKETS_MAX];
  bool room[SOCKETS_MAX];
  for (int i = 0; i < count; i++) {
    message[i] = has_message(p, answers[i]);
    room[i] = has_room(p, answers[i]);
  }
  for (int i = 0; i < count && !p->asleep; i++) {
    int s = answers[i];
    if (message[i]) handle(p, s);
    if (room[i] && !p->asleep) write_rest(p, s);
    while (message[i] && drain != NULL && !p->asleep) {
      join_all(p, drain);
      if (!has_message(p, s)) break;
      handle(p, s);
    }
    if (kernel != NULL) register_anew(p, s, kernel);
  }
}

/* Where turns are bounded: what was told, twice a socket's number to be read, and one more to be written to; and behind
 * that the server's own list. */
typedef void plain_join(const plain_run *p, void *kernel);

static void serve_in_turns(plain_run *p, const int *told, int count, plain_join *join, void *kernel, bool is_epoll) {
  int turns[3 * SOCKETS_MAX];
  int turn_count = 0;
  for (int i = 0; i < count; i++) {
    bool is_remembered = false;
    for (int o = 0; o < p->own_count; o++) is_remembered = is_remembered || told[i] == 2 * p->own[o];
    if (!is_remembered) turns[turn_count++] = told[i];
  }
  for (int o = 0; o < p->own_count; o++) turns[turn_count++] = 2 * p->own[o];
  p->own_count = 0;
  for (int i = 0; i < turn_count && !p->asleep; i++) {
    int s = turns[i] / 2;
    int reads = 0;
    if (turns[i] % 2 == 1) write_rest(p, s);
    for (bool goes_on = turns[i] % 2 == 0; goes_on && reads < p->most && !p->asleep;) {
      join(p, kernel);
      goes_on = has_message(p, s);
      if (goes_on) handle(p, s);
      reads += goes_on;
    }
    if (reads == p->most && !p->asleep) p->own[p->own_count++] = s;
    if (is_epoll) register_anew(p, s, kernel);
  }
}

static bool is_any_news(const plain_run *p) {
  bool is_any = false;
  for (int s = 0; s < p->hallway->count; s++) is_any = is_any || has_message(p, s) || has_room(p, s);
  return is_any;
}

static void plain_poll(plain_run *p) {
  while (!is_over(p)) {
    int answers[SOCKETS_MAX];
    int count = 0;
    for (int s = 0; s < p->hallway->count; s++) {
      if (has_message(p, s) || has_room(p, s)) answers[count++] = s;
    }
    if (count == 0) pass(p, 1);
    serve(p, answers, count, NULL, NULL);
  }
}

static bool is_ready(const plain_run *p, int s) { return has_message(p, s) || has_room(p, s) || spins(p, s); }

/* Edge-triggered, what has come to the front of the list is reported for its room, too, if somebody watches for it. */
static bool is_writable(const plain_run *p, int s) {
  return p->watched[s] && p->hallway->sockets[s].answer > 0 && is_enough(p, s);
}

static void join_list(const plain_run *p, void *list) { join_all(p, list); }

static void serve_by_epoll(plain_run *p, const int *answers, int count, plain_list *list, bool edge) {
  int told[2 * SOCKETS_MAX];
  int told_count = 0;
  for (int i = 0; i < count; i++) {
    if (has_message(p, answers[i])) told[told_count++] = 2 * answers[i];
    if (has_room(p, answers[i])) told[told_count++] = 2 * answers[i] + 1;
  }
  if (p->most > 0) serve_in_turns(p, told, told_count, join_list, list, true);
  else serve(p, answers, count, list, edge && !p->once ? list : NULL);
}

static void plain_epoll(plain_run *p, int maxevents, bool edge) {
  plain_list list = {.count = 0};
  for (int s = 0; s < p->hallway->count; s++) { /* as the set is filled */
    if (has_message(p, s) || spins(p, s)) list.sockets[list.count++] = s;
  }
  while (!is_over(p)) {
    join_all(p, &list);
    int answers[SOCKETS_MAX];
    int count = 0;
    int looked_at = 0;
    bool is_spinning = false;
    for (int s = 0; s < p->hallway->count; s++) is_spinning = is_spinning || (!edge && spins(p, s));
    bool is_idle = is_spinning && !is_any_news(p);
    int kept = 0;
    for (int i = 0; i < list.count && is_idle; i++) {
      if (is_ready(p, list.sockets[i])) list.sockets[kept++] = list.sockets[i];
    }
    if (is_idle) list.count = kept;
    while (!is_idle && looked_at < list.count && count < maxevents) {
      int s = list.sockets[looked_at++];
      if (is_ready(p, s) || (edge && is_writable(p, s))) answers[count++] = s;
    }
    list.count -= looked_at;
    for (int i = 0; i < list.count; i++) list.sockets[i] = list.sockets[i + looked_at];
    for (int i = 0; i < count && !edge; i++) list.sockets[list.count++] = answers[i];
    if (count == 0 && p->own_count == 0) pass(p, 1);
    serve_by_epoll(p, answers, count, &list, edge);
  }
}

/* kqueue's events: two a socket, what comes and room to write. */
typedef struct plain_queue {
  plain_notes notes;
  int kevents[2 * SOCKETS_MAX];
  int count;
} plain_queue;

static bool does_kevent_hold(const plain_run *p, int kevent) {
  int s = kevent / 2;
  return kevent % 2 == 0 ? has_message(p, s) : has_room(p, s) || spins(p, s);
}

static void enqueue(plain_queue *q, int kevent) {
  bool is_in = false;
  for (int i = 0; i < q->count; i++) is_in = is_in || q->kevents[i] == kevent;
  if (!is_in) q->kevents[q->count++] = kevent;
}

static void enqueue_news(const plain_run *p, plain_queue *q) {
  for (plain_news news = {0}; notice(p, &q->notes, &news);) enqueue(q, 2 * news.socket + news.kind);
}

static void join_queue(const plain_run *p, void *queue) { enqueue_news(p, queue); }

static void serve_by_kqueue(plain_run *p, const int *told, const bool *has_news, int count, plain_queue *q,
                            bool clear) {
  for (int i = 0; i < count && !p->asleep; i++) {
    int s = told[i] / 2;
    if (!has_news[i]) continue;
    if (told[i] % 2 == 1) write_rest(p, s);
    else handle(p, s);
    for (bool drains = clear && !p->once && told[i] % 2 == 0; drains && !p->asleep;) {
      enqueue_news(p, q);
      drains = has_message(p, s);
      if (drains) handle(p, s);
    }
  }
}

static void plain_kqueue(plain_run *p, int maxevents, bool clear) {
  plain_queue q = {.count = 0};
  for (int kevent = 0; kevent < 2 * p->hallway->count; kevent++) { /* as each is registered */
    if (does_kevent_hold(p, kevent)) enqueue(&q, kevent);
  }
  while (!is_over(p)) {
    enqueue_news(p, &q);
    bool is_idle = !is_any_news(p); /* what is told is nothing new */
    int told[2 * SOCKETS_MAX];
    bool has_news[2 * SOCKETS_MAX];
    int count = 0;
    for (int left = q.count; left > 0 && count < maxevents; left--) {
      int kevent = q.kevents[0];
      q.count--;
      for (int i = 0; i < q.count; i++) q.kevents[i] = q.kevents[i + 1];
      if (!does_kevent_hold(p, kevent)) continue;
      if (!clear) enqueue(&q, kevent);
      if (is_idle) continue;
      has_news[count] = kevent % 2 == 0 || has_room(p, kevent / 2);
      told[count++] = kevent;
    }
    if (count == 0 && p->own_count == 0) pass(p, 1);
    if (p->most > 0) serve_in_turns(p, told, count, join_queue, &q, false);
    else serve_by_kqueue(p, told, has_news, count, &q, clear);
  }
}

static void plain_readiness(plain_run *p) {
  while (!is_over(p)) {
    plain_news first = {0};
    bool found = false;
    for (int kind = 0; kind < 2; kind++) {
      for (int s = 0; s < p->hallway->count; s++) {
        if (kind == 0 ? !has_message(p, s) : !has_room(p, s)) continue;
        int time = kind == 0 ? p->hallway->sockets[s].ready[p->read[s]] : p->room_since[s];
        if (found && time >= first.time) continue;
        first = (plain_news){time, kind, s};
        found = true;
      }
    }
    if (!found) pass(p, 1);
    else if (first.kind == 0) handle(p, first.socket);
    else write_rest(p, first.socket);
  }
}

static void plain_blocking(plain_run *p) {
  for (int s = 0; !is_over(p); s = (s + 1) % p->hallway->count) {
    if (p->read[s] == p->hallway->sockets[s].count) continue;
    while (!has_message(p, s)) pass(p, 1);
    handle(p, s);
  }
}

static void plain_busy_poll(plain_run *p) {
  for (int s = 0; !is_over(p); s = (s + 1) % p->hallway->count) {
    if (s == 0) {
      while (!is_any_news(p) && !is_over(p)) pass(p, 1);
    }
    serve(p, &s, 1, NULL, NULL);
  }
}

/* What io_uring does for each socket: a read, and where something is owed a write. */
typedef struct plain_ring {
  enum { IDLE, TO_HAND_OVER, UNDER_WAY, COMPLETE } state[2][SOCKETS_MAX]; /* of reads, of writes */
  int handed[SOCKETS_MAX];                                                /* of the write: how much, */
  int done[SOCKETS_MAX];                                                  /* and how much of it found room */
  int queue[2 * SOCKETS_MAX][2];                                          /* what is complete: kind, socket */
  int count;
} plain_ring;

static void complete(plain_ring *r, int kind, int s) {
  r->state[kind][s] = COMPLETE;
  r->queue[r->count][0] = kind;
  r->queue[r->count++][1] = s;
}

/* Of what was handed over, what there is room for. One that waits completes when that is all. */
static bool try_to_write(plain_run *p, plain_ring *r, int s) {
  int later = p->owed[s] - (r->handed[s] - r->done[s]);
  p->owed[s] -= later;
  r->done[s] += write_some(p, s);
  p->owed[s] += later;
  look(p);
  return p->hallway->sockets[s].waits ? r->done[s] == r->handed[s] : r->done[s] > 0;
}

/* Completes what is under way, as long as something is: messages first, for here no handling takes time. */
static void complete_all(plain_run *p, plain_ring *r) {
  for (int kind = 0; kind < 2; kind++) {
    for (int s = 0; s < p->hallway->count; s++) {
      bool is_there = false;
      if (r->state[kind][s] != UNDER_WAY) continue;
      if (kind == 0) is_there = has_message(p, s);
      while (kind == 1 && !is_there && is_enough(p, s)) is_there = try_to_write(p, r, s);
      if (is_there) complete(r, kind, s);
    }
  }
}

static void plain_io_uring(plain_run *p, int maxevents) {
  plain_ring r = {.count = 0};
  int order[2 * SOCKETS_MAX][2]; /* what is handed over with the next wait */
  int order_count = 0;
  for (int s = 0; s < p->hallway->count; s++) {
    order[order_count][0] = 0;
    order[order_count++][1] = s;
  }
  while (p->now <= EVER) {
    complete_all(p, &r);
    for (int i = 0; i < order_count; i++) {
      int kind = order[i][0];
      int s = order[i][1];
      r.state[kind][s] = UNDER_WAY;
      r.handed[s] = kind == 1 ? p->owed[s] : r.handed[s];
      if (kind == 1) r.done[s] = 0;
      bool is_there = kind == 0 ? has_message(p, s) : try_to_write(p, &r, s);
      if (is_there) complete(&r, kind, s);
    }
    order_count = 0;
    if (r.count == 0) complete_all(p, &r);
    int count = r.count < maxevents ? r.count : maxevents;
    if (count == 0) pass(p, 1);
    int answers[2 * SOCKETS_MAX][2];
    for (int i = 0; i < r.count; i++) {
      int *to = i < count ? answers[i] : r.queue[i - count];
      to[0] = r.queue[i][0];
      to[1] = r.queue[i][1];
    }
    r.count -= count;
    for (int i = 0; i < count; i++) {
      int kind = answers[i][0];
      int s = answers[i][1];
      r.state[kind][s] = IDLE;
      if (kind == 0) {
        handle(p, s);
      } else {
        int step = p->step_count++;
        p->steps[step] = (plain_step){.time = p->now, .socket = s, .is_write = true};
        write_down(p, s, step, r.done[s]);
      }
      if (p->owed[s] > 0 && r.state[1][s] == IDLE) {
        r.state[1][s] = TO_HAND_OVER;
        order[order_count][0] = 1;
        order[order_count++][1] = s;
      }
      if (kind == 1) continue;
      order[order_count][0] = 0;
      order[order_count++][1] = s;
    }
  }
}

/* ---- both, side by side ------------------------------------------------------------------------------------------ */

static void fail_with(const hallway *h, bell_strategy strategy, bell_waiting_options how, const bell_trace *trace,
                      const plain_run *plain) {
  print_error("%s, maxevents %u%s, turns of %u, of:\n%s", bell_strategy_name(strategy), how.maxevents,
              how.no_drain ? ", no drain" : "", (unsigned)how.reads_a_turn, h->text.bytes);
  for (uint32_t k = 0; k < trace->step_count || k < (uint32_t)plain->step_count; k++) {
    if (k < trace->step_count) {
      print_error("%g %s%s wrote %d owed %d end %g", (double)trace->steps[k].time_us / 1000, step_name(trace, k),
                  bell_trace_is_write(trace, k) ? "!" : "", (int)trace->written[k].bytes, (int)trace->written[k].owed,
                  (double)bell_trace_end_us(trace, k) / 1000);
    }
    if (k < (uint32_t)plain->step_count) {
      const plain_step *s = &plain->steps[k];
      print_error("\tshould be %d %c%s wrote %d owed %d end %d", s->time, 'A' + s->socket, s->is_write ? "!" : "",
                  s->wrote, s->owed, s->end);
    }
    print_error("\n");
  }
  fail();
}

static bool is_same(const bell_trace *trace, uint32_t k, const plain_step *s) {
  return trace->steps[k].time_us == INT64_C(1000) * s->time &&
         bell_trace_event(trace, k)->statement == (uint32_t)s->socket && bell_trace_is_write(trace, k) == s->is_write &&
         trace->written[k].bytes == (uint32_t)s->wrote && trace->written[k].owed == (uint32_t)s->owed &&
         bell_trace_end_us(trace, k) == INT64_C(1000) * s->end;
}

static void check(const hallway *h, const bell_scenario *scenario, bell_strategy strategy, bell_waiting_options how) {
  bell_lesson_options options = {.strategy = strategy, .waiting = how};
  uint32_t maxevents = how.maxevents;
  bell_arena arena = {.capacity = bell_multiplexer_lesson.memory(scenario, options)};
  arena.base = malloc(arena.capacity + 1);
  bell_trace trace;
  assert_true(bell_multiplexer_lesson.run(&trace, scenario, options, &arena));
  plain_run plain = {.hallway = h, .strategy = strategy, .once = how.no_drain, .most = (int)how.reads_a_turn};
  for (int s = 0; s < h->count; s++) {
    plain.watched[s] = plain.registered[s] = h->sockets[s].watches;
    plain.room_since[s] = -1;
  }
  look(&plain);
  if (strategy == BELL_BLOCKING) plain_blocking(&plain);
  else if (strategy == BELL_READINESS) plain_readiness(&plain);
  else if (strategy == BELL_BUSY_POLL) plain_busy_poll(&plain);
  else if (strategy == BELL_IO_URING) plain_io_uring(&plain, (int)maxevents);
  else if (strategy >= BELL_KQUEUE) plain_kqueue(&plain, (int)maxevents, strategy == BELL_KQUEUE_CLEAR);
  else if (strategy <= BELL_POLL) plain_poll(&plain);
  else plain_epoll(&plain, (int)maxevents, strategy == BELL_EPOLL_ET);
  bool is_spinning = false;
  for (int s = 0; s < h->count; s++)
    is_spinning = is_spinning || (!plain.asleep && is_told_again(&plain) && spins(&plain, s));
  bool has_row = trace.step_count > 0 && bell_trace_is_stop(&trace, trace.step_count - 1);
  bool spins_for_ever = has_row && trace.steps[trace.step_count - 1].reason == BELL_REASON_SPINS;
  if (has_row) trace.step_count--;
  for (int ms = 0; ms < EVER && !is_spinning && is_told_again(&plain) && !plain.asleep; ms++) { /* room may come yet */
    pass(&plain, 1);
    for (int s = 0; s < h->count; s++) is_spinning = is_spinning || spins(&plain, s);
  }
  bool same = trace.step_count == (uint32_t)plain.step_count;
  for (uint32_t k = 0; same && k < trace.step_count; k++) same = is_same(&trace, k, &plain.steps[k]);
  if (!same) fail_with(h, strategy, how, &trace, &plain);
  CHECK_EQUAL(h->text.bytes, bell_strategy_name(strategy), spins_for_ever, is_spinning);
  free(arena.base);
}

static void add_socket(hallway *h, plain_socket s) {
  string_add(&h->text, "socket %c ready", 'A' + h->count);
  for (int m = 0; m < s.count; m++) string_add(&h->text, " %d", s.ready[m]);
  if (s.takes > 0) string_add(&h->text, " takes %d", s.takes);
  if (s.answer > 0) string_add(&h->text, " buffer %d bytes", s.buffer);
  if (s.answer > 0 && s.never) string_add(&h->text, " reads never");
  else if (s.answer > 0 && s.reads > 0) string_add(&h->text, " reads %d bytes every %d", s.reads, s.every);
  string_add(&h->text, "\n");
  if (s.answer > 0) {
    string_add(&h->text, "  write %d bytes%s\n", s.answer, s.waits ? " and wait" : s.forgets ? " and forget" : "");
  }
  if (s.watches) string_add(&h->text, "  watch write\n");
  if (s.stops) string_add(&h->text, "  stop watching\n");
  h->sockets[h->count++] = s;
}

static plain_socket random_socket(uint64_t *chance, bool may_take) {
  plain_socket s = {.count = 1 + (int)random_below(chance, MESSAGES_MAX)};
  int ready = (int)random_below(chance, 4);
  for (int m = 0; m < s.count; m++) {
    s.ready[m] = ready;
    ready += (int)random_below(chance, 5);
  }
  if (may_take) s.takes = (int)random_below(chance, 3);
  if (random_below(chance, 4) == 0) return s;
  s.answer = 1 + (int)random_below(chance, 9);
  s.buffer = 1 + (int)random_below(chance, 6);
  s.never = random_below(chance, 8) == 0;
  s.reads = (int)random_below(chance, 4);
  s.every = 1 + (int)random_below(chance, 5);
  switch (random_below(chance, 6)) {
  case 0:
    s.waits = true;
    break;
  case 1:
    s.forgets = true;
    break;
  case 2:
    s.watches = true;
    break;
  case 3:
    break;
  default:
    s.stops = true;
  }
  return s;
}

static void check_those_told_once(const hallway *h, const bell_scenario *scenario, bell_waiting_options how) {
  check(h, scenario, BELL_EPOLL_ET, how);
  check(h, scenario, BELL_KQUEUE_CLEAR, how);
}

static void random_hallways_write_as_the_rules_of_writing_say(void **state) {
  (void)state;
  static const uint32_t maxevents[] = {1, 2, 64};
  hallway h = {0};
  for (uint64_t seed = 0; seed < 30000; seed++) {
    uint64_t chance = seed;
    h.count = 0;
    string_cut(&h.text, 0);
    bool may_take = random_below(&chance, 2) == 0;
    bool is_written_to = false;
    for (uint32_t sockets = 1 + random_below(&chance, SOCKETS_MAX); sockets > 0; sockets--) {
      plain_socket s = random_socket(&chance, may_take);
      is_written_to = is_written_to || s.answer > 0;
      add_socket(&h, s);
    }
    if (!is_written_to || !is_run_here((uint32_t)seed)) continue;
    reading r = read_good(h.text.bytes, BELL_MULTIPLEXER);
    for (bell_strategy s = 0; s < BELL_EPOLL; s++) check(&h, &r.scenario, s, (bell_waiting_options){.maxevents = 64});
    for (size_t i = 0; i < COUNT_OF(maxevents); i++) {
      bell_waiting_options how = {.maxevents = maxevents[i]};
      check(&h, &r.scenario, BELL_EPOLL, how);
      check(&h, &r.scenario, BELL_KQUEUE, how);
      if (!may_take) check(&h, &r.scenario, BELL_IO_URING, how);
      check_those_told_once(&h, &r.scenario, how);
      if (seed % 2 == 0) continue; /* they take most of the time */
      how.no_drain = true;
      check_those_told_once(&h, &r.scenario, how);
      how.no_drain = false;
      how.reads_a_turn = (1 + (seed + i) % 3) & 3;
      check_those_told_once(&h, &r.scenario, how);
    }
    reading_free(&r);
  }
  string_free(&h.text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_hallways_write_as_the_rules_of_writing_say),
  };
  return cmocka_run_group_tests_name("writing, small scope", tests, NULL, NULL);
}
