/* What lesson 4's reasons say is so. Each sentence is taken apart, and each claim in it is asked of the trace anew: who
 * was ready, who slept when, what one wait answered with. Sentences that this file does not know fail. */
#include <time.h>

#include "support.h"

enum { SOCKETS_MAX = 6, PARTS_MAX = 4, FEW = 2000 };

/* One sentence about step k of a run, in which each socket's name is one capital letter. */
typedef struct claim {
  const bell_trace *trace;
  uint32_t cores;
  uint32_t k;
  uint32_t names[PARTS_MAX];  /* as sockets */
  int64_t numbers[PARTS_MAX]; /* times in microseconds; counts in thousandths */
} claim;

/* ---- asking the trace -------------------------------------------------------------------------------------------- */

static int64_t now_us(const claim *c) { return c->trace->steps[c->k].time_us; }
static int64_t free_us(const claim *c) { return c->k == 0 ? 0 : bell_trace_end_us(c->trace, c->k - 1); }
static uint32_t socket_at(const claim *c, uint32_t k) { return bell_trace_event(c->trace, k)->statement; }
static uint32_t me(const claim *c) { return socket_at(c, c->k); }
static int64_t ready_us(const claim *c) { return bell_trace_event(c->trace, c->k)->ready_us; }
static int64_t late_us(const claim *c) { return now_us(c) - ready_us(c); }

static bool is_handled_before(const claim *c, uint32_t event) {
  for (uint32_t k = 0; k < c->k; k++) {
    if (c->trace->steps[k].event == event) return true;
  }
  return false;
}

/* The earliest that a message of `socket`, or of any but this step's own (BELL_NONE), has been ready and was not
 * handled before this step; INT64_MAX when there is none. */
static int64_t waiting_since(const claim *c, uint32_t socket) {
  int64_t since_us = INT64_MAX;
  for (uint32_t e = 0; e < c->trace->event_count; e++) {
    const bell_event *event = &c->trace->events[e];
    bool asked = socket == BELL_NONE || event->statement == socket;
    if (!asked || e == c->trace->steps[c->k].event || is_handled_before(c, e)) continue;
    if (event->ready_us < since_us) since_us = event->ready_us;
  }
  return since_us;
}

static bool nothing_was_ready(const claim *c) {
  return free_us(c) < now_us(c) && ready_us(c) == now_us(c) && waiting_since(c, BELL_NONE) >= now_us(c);
}

static uint32_t batch(const claim *c, uint32_t k) { return c->trace->steps[k].queued_at; }

/* Was the socket read after an answer before this step's? */
static bool was_reported_before(const claim *c, uint32_t socket) {
  for (uint32_t k = 0; k < batch(c, c->k); k++) {
    if (socket_at(c, k) == socket) return true;
  }
  return false;
}

/* Whatever is ready and was not handled had come when its socket was reported last. */
static bool nothing_new_had_come(const claim *c) {
  for (uint32_t e = 0; e < c->trace->event_count; e++) {
    const bell_event *event = &c->trace->events[e];
    if (event->ready_us >= now_us(c) || is_handled_before(c, e)) continue;
    bool told = false;
    for (uint32_t k = 0; k < c->k; k++) {
      told |= socket_at(c, k) == event->statement && c->trace->steps[batch(c, k)].time_us >= event->ready_us;
    }
    if (!told) return false;
  }
  return free_us(c) < now_us(c);
}

/* The first step of the socket in this step's answer; BELL_NONE if it is not in it. */
static uint32_t step_in_answer(const claim *c, uint32_t socket) {
  for (uint32_t k = batch(c, c->k); k < c->k; k++) {
    if (socket_at(c, k) == socket) return k;
  }
  return BELL_NONE;
}

static int64_t sockets_in_answer(const claim *c) {
  bool seen[SOCKETS_MAX] = {false};
  int64_t count = 0;
  for (uint32_t k = c->k; k < c->trace->step_count && batch(c, k) == c->k; k++) {
    count += !seen[socket_at(c, k)];
    seen[socket_at(c, k)] = true;
  }
  return count;
}

/* Is the socket the one whose messages were read just before this one's, in the same answer? */
static bool is_just_before(const claim *c, uint32_t socket) {
  return c->k > 0 && batch(c, c->k - 1) == batch(c, c->k) && socket_at(c, c->k - 1) == socket && socket != me(c);
}

/* How much of the time from ready to handled the one thread slept; at whom last. */
static int64_t asleep_us(const claim *c, uint32_t *last, uint32_t *sleeps) {
  int64_t sum_us = 0;
  *sleeps = 0;
  for (uint32_t k = 0; k <= c->k; k++) {
    int64_t from_us = k == 0 ? 0 : bell_trace_end_us(c->trace, k - 1);
    if (from_us < ready_us(c)) from_us = ready_us(c);
    if (c->trace->steps[k].time_us <= from_us) continue;
    sum_us += c->trace->steps[k].time_us - from_us;
    *last = k;
    ++*sleeps;
  }
  return sum_us;
}

/* How many messages are under way at a moment, those left out that begin with this step or later. */
static uint32_t under_way(const claim *c, int64_t at_us, bool or_end) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < c->k; k++) {
    int64_t end_us = bell_trace_end_us(c->trace, k);
    count += end_us > at_us || (or_end && end_us == at_us);
  }
  return count;
}

/* Has a thread handled a message in no time, just now? Then its core is free, though others in line may be under
 * way. */
static bool somebody_left(const claim *c) {
  for (uint32_t k = 0; k < c->k; k++) {
    if (c->trace->steps[k].time_us == now_us(c) && bell_trace_end_us(c->trace, k) == now_us(c)) return true;
  }
  return false;
}

/* When the step's thread could begin it. */
static int64_t wants_since(const claim *c) {
  int64_t since_us = ready_us(c);
  for (uint32_t k = 0; k < c->k; k++) {
    if (socket_at(c, k) == me(c) && bell_trace_end_us(c->trace, k) > since_us)
      since_us = bell_trace_end_us(c->trace, k);
  }
  return since_us;
}

/* ---- the claims -------------------------------------------------------------------------------------------------- */

#define ONE_THREAD_SLEPT(c, from, to) \
  ((c)->numbers[from] == free_us(c) && (c)->numbers[to] == now_us(c) && free_us(c) < now_us(c))

static bool turn(const claim *c) { return c->names[0] == me(c); }
static bool slept_at(const claim *c) {
  return turn(c) && c->names[1] == me(c) && ONE_THREAD_SLEPT(c, 0, 1) && late_us(c) == 0;
}
static bool slept_until(const claim *c) {
  return c->names[0] == me(c) && ONE_THREAD_SLEPT(c, 0, 1) && nothing_was_ready(c);
}
static bool only_ready(const claim *c) {
  return c->names[0] == me(c) && c->numbers[0] == ready_us(c) && waiting_since(c, BELL_NONE) > now_us(c);
}
static bool ready_longest(const claim *c) {
  return c->names[0] == me(c) && c->numbers[0] == ready_us(c) && c->numbers[1] == waiting_since(c, c->names[1]) &&
         c->numbers[1] == waiting_since(c, BELL_NONE) && ready_us(c) < c->numbers[1] && c->numbers[1] <= now_us(c);
}
static bool next_is_longest(const claim *c) {
  return c->names[0] == me(c) && c->numbers[0] == ready_us(c) && c->numbers[1] == waiting_since(c, me(c)) &&
         c->numbers[1] == waiting_since(c, BELL_NONE) && c->numbers[1] <= now_us(c);
}
static bool slept(const claim *c) { return ONE_THREAD_SLEPT(c, 0, 1) && nothing_was_ready(c); }
static bool at_once_two(const claim *c) {
  return c->names[0] == me(c) && c->names[1] > me(c) && c->names[2] == me(c) && ready_us(c) == now_us(c) &&
         waiting_since(c, c->names[1]) == now_us(c);
}
static bool tie(const claim *c) {
  return c->names[0] == me(c) && c->names[1] > me(c) && c->names[2] == me(c) && c->numbers[0] == ready_us(c) &&
         waiting_since(c, c->names[1]) == ready_us(c) && waiting_since(c, BELL_NONE) == ready_us(c);
}
static bool two_of_one(const claim *c) { return c->names[0] == me(c) && waiting_since(c, me(c)) == now_us(c); }
static bool tie_of_one(const claim *c) {
  return c->names[0] == me(c) && c->numbers[0] == ready_us(c) && waiting_since(c, me(c)) == ready_us(c);
}
static bool asked(const claim *c) {
  return c->names[0] == me(c) && c->numbers[0] == free_us(c) && c->numbers[1] == now_us(c) && nothing_was_ready(c);
}
static bool came_round(const claim *c) {
  return c->names[0] == me(c) && ready_us(c) <= now_us(c) && free_us(c) == now_us(c);
}
static bool slept_in_call(const claim *c) { return slept(c) && batch(c, c->k) == c->k; }
static bool slept_until_new(const claim *c) { return ONE_THREAD_SLEPT(c, 0, 1) && nothing_new_had_come(c); }
/* Who is in the server's own list may be told of again, or not: it has its turn behind those that were told. */
static int64_t remembered_in_round(const claim *c) {
  int64_t count = 0;
  for (uint32_t k = c->k; k < c->trace->step_count && batch(c, k) == c->k; k++) {
    count += c->trace->steps[k].reason == BELL_REASON_OWN_LIST;
  }
  return count;
}
static bool answered(const claim *c) {
  int64_t most = sockets_in_answer(c);
  int64_t count = c->numbers[0] / 1000;
  return c->names[0] == me(c) && batch(c, c->k) == c->k && count <= most && count >= most - remembered_in_round(c);
}
static bool answered_at_once(const claim *c) { return answered(c) && free_us(c) == now_us(c); }
static bool by_descriptor(const claim *c) {
  return c->names[0] == me(c) && c->k > 0 && batch(c, c->k - 1) == batch(c, c->k) && socket_at(c, c->k - 1) < me(c);
}
static bool by_completion(const claim *c) {
  return c->names[0] == me(c) && c->k > 0 && batch(c, c->k - 1) == batch(c, c->k);
}
static bool behind_earlier(const claim *c) {
  uint32_t before = step_in_answer(c, c->names[1]);
  return c->names[0] == me(c) && is_just_before(c, c->names[1]) &&
         bell_trace_event(c->trace, before)->ready_us < ready_us(c);
}
static bool behind_tie(const claim *c) {
  uint32_t before = step_in_answer(c, c->names[1]);
  return c->names[0] == me(c) && is_just_before(c, c->names[1]) && c->names[2] == c->names[1] && c->names[1] < me(c) &&
         bell_trace_event(c->trace, before)->ready_us == ready_us(c);
}
static bool keeps_place(const claim *c) {
  return c->names[0] == me(c) && is_just_before(c, c->names[1]) &&
         (was_reported_before(c, c->names[1]) || was_reported_before(c, me(c)));
}
static bool drained(const claim *c) {
  return c->names[0] == me(c) && c->k > 0 && socket_at(c, c->k - 1) == me(c) && batch(c, c->k - 1) == batch(c, c->k);
}
static bool goes_on(const claim *c) {
  uint32_t reads = 1;
  for (uint32_t k = c->k; k > 0 && socket_at(c, k - 1) == me(c) && batch(c, k - 1) == batch(c, k); k--) reads++;
  return drained(c) && reads <= c->trace->reads_a_turn;
}
/* It was read before, in a round before this one. */
static bool is_remembered(const claim *c) {
  uint32_t before = c->k;
  while (before > 0 && socket_at(c, before - 1) != me(c)) before--;
  return c->names[0] == me(c) && before > 0 && batch(c, before - 1) < batch(c, c->k);
}
static bool remembered_first(const claim *c) { return is_remembered(c) && batch(c, c->k) == c->k; }
static bool remembered_next(const claim *c) { return is_remembered(c) && batch(c, c->k) < c->k; }
static bool uses_up_turn(const claim *c) {
  bool goes_on_here =
      c->k + 1 < c->trace->step_count && socket_at(c, c->k + 1) == me(c) && batch(c, c->k + 1) == batch(c, c->k);
  return c->names[0] == me(c) && !goes_on_here;
}
static bool woke(const claim *c) {
  return c->names[0] == me(c) && c->names[1] == me(c) && late_us(c) == 0 && wants_since(c) == now_us(c) &&
         (under_way(c, now_us(c), false) < c->cores || somebody_left(c));
}
static bool own_thread(const claim *c) { return c->names[0] == me(c) && wants_since(c) == now_us(c); }
static bool waited_for_core(const claim *c) {
  return c->names[0] == me(c) && wants_since(c) < now_us(c) && under_way(c, now_us(c), true) >= c->cores;
}
static bool made_room(const claim *c) {
  uint32_t last = BELL_NONE;
  for (uint32_t k = 0; k < c->k; k++) {
    if (socket_at(c, k) == c->names[0]) last = k;
  }
  bool goes_on = last != BELL_NONE && bell_trace_end_us(c->trace, last) > now_us(c);
  for (uint32_t k = c->k + 1; k < c->trace->step_count; k++) goes_on |= socket_at(c, k) == c->names[0];
  return c->names[1] == me(c) && c->names[0] != me(c) && last != BELL_NONE && goes_on &&
         c->numbers[0] == BELL_SLICE_US && under_way(c, now_us(c), true) >= c->cores;
}
static bool waited(const claim *c) {
  return c->numbers[0] == ready_us(c) && c->numbers[1] == late_us(c) && late_us(c) > 0;
}

/* The one thread, while a message waited: `asleep` and `busy` are numbers 2 and 3; the name is of the last sleep. */
static bool it_did(const claim *c, bool one_sleep, bool tells_how_long, bool was_busy) {
  uint32_t last = BELL_NONE;
  uint32_t sleeps;
  int64_t sum_us = asleep_us(c, &last, &sleeps);
  if (!waited(c) || sleeps == 0 || (sleeps == 1) != one_sleep || socket_at(c, last) != c->names[0]) return false;
  if (!tells_how_long) return sum_us == late_us(c) && c->numbers[2] == c->trace->steps[last].time_us;
  return c->numbers[2] == sum_us && (was_busy ? c->numbers[3] == late_us(c) - sum_us : sum_us == late_us(c));
}
static bool was_busy(const claim *c) {
  uint32_t last;
  uint32_t sleeps;
  return waited(c) && asleep_us(c, &last, &sleeps) == 0;
}
static bool slept_over(const claim *c) { return it_did(c, true, false, false); }
static bool slept_and_busy(const claim *c) { return it_did(c, true, true, true); }
static bool slept_often(const claim *c) { return it_did(c, false, true, false); }
static bool slept_often_and_busy(const claim *c) { return it_did(c, false, true, true); }
static bool ignored(const claim *c) {
  return c->names[0] != me(c) && c->numbers[0] == waiting_since(c, c->names[0]) && c->numbers[0] < now_us(c);
}
static bool became_ready_too(const claim *c) {
  return c->names[0] != me(c) && waiting_since(c, c->names[0]) == now_us(c);
}
static bool next_too(const claim *c) { return c->numbers[0] == waiting_since(c, me(c)) && c->numbers[0] <= now_us(c); }

/* In a sentence, @ is a socket and # a number. */
static const struct {
  const char *sentence;
  bool (*is_so)(const claim *c);
} known[] = {
    {"It is @'s turn in the list, so the thread slept at @ from # to # ms.", slept_at},
    {"It is @'s turn in the list.", turn},
    {"Its message has been ready since # ms: it waited # ms, for the thread was busy.", was_busy},
    {"Its message has been ready since # ms: it waited # ms, for the thread slept at @ until # ms.", slept_over},
    {"Its message has been ready since # ms: it waited # ms, for the thread slept # ms at @ and was busy for # ms.",
     slept_and_busy},
    {"Its message has been ready since # ms: it waited # ms, for the thread slept # ms, last at @.", slept_often},
    {"Its message has been ready since # ms: it waited # ms, for the thread slept # ms, last at @, and was busy for # "
     "ms.",
     slept_often_and_busy},
    {"@ has been ready since # ms, and nobody looked.", ignored},
    {"@ became ready too, and must wait for its turn.", became_ready_too},
    {"Behind it its next message is ready too, since # ms, and must wait for the next turn.", next_too},
    {"Nothing was ready, so the thread slept from # to # ms, until @ was.", slept_until},
    {"Only @ is ready, since # ms.", only_ready},
    {"@ has been ready longest, since # ms; its next message since # ms.", next_is_longest},
    {"@ has been ready longest, since # ms; @ since # ms.", ready_longest},
    {"Nothing was ready, so the thread slept from # to # ms.", slept},
    {"Then @ and @ became ready at once; @ comes first in the list.", at_once_two},
    {"@ and @ became ready at the same time, # ms; @ comes first in the list.", tie},
    {"Then two messages of @ came at once; they go in their order.", two_of_one},
    {"Two messages of @ became ready at the same time, # ms; they go in their order.", tie_of_one},
    {"Nobody slept: the thread asked one after another, from # to # ms, until @ had a message to read.", asked},
    {"The round came to @, and its message was there.", came_round},
    {"Nothing was ready, so the thread slept in select from # to # ms.", slept_in_call},
    {"Nothing was ready, so the thread slept in poll from # to # ms.", slept_in_call},
    {"Nothing was ready, so the thread slept in epoll_wait from # to # ms.", slept_in_call},
    {"Nothing new had come, so the thread slept in epoll_wait from # to # ms.", slept_until_new},
    {"Nothing was ready, so the thread slept in kevent from # to # ms.", slept_in_call},
    {"Nothing new had come, so the thread slept in kevent from # to # ms.", slept_until_new},
    {"Nothing was complete, so the thread slept in io_uring_enter from # to # ms.", slept_in_call},
    {"It answered with # socket, @ first.", answered},
    {"It answered with # sockets, @ first.", answered},
    {"It answered with # completion, @ first.", answered},
    {"It answered with # completions, @ first.", answered},
    {"It answered with # event, @ first.", answered},
    {"It answered with # events, @ first.", answered},
    {"Something was ready, so select answered at once, with # socket, @ first.", answered_at_once},
    {"Something was ready, so select answered at once, with # sockets, @ first.", answered_at_once},
    {"Something was ready, so poll answered at once, with # socket, @ first.", answered_at_once},
    {"Something was ready, so poll answered at once, with # sockets, @ first.", answered_at_once},
    {"Something was ready, so epoll_wait answered at once, with # socket, @ first.", answered_at_once},
    {"Something was ready, so epoll_wait answered at once, with # sockets, @ first.", answered_at_once},
    {"Something new had come, so epoll_wait answered at once, with # socket, @ first.", answered_at_once},
    {"Something new had come, so epoll_wait answered at once, with # sockets, @ first.", answered_at_once},
    {"Something was ready, so kevent answered at once, with # event, @ first.", answered_at_once},
    {"Something was ready, so kevent answered at once, with # events, @ first.", answered_at_once},
    {"Something new had come, so kevent answered at once, with # event, @ first.", answered_at_once},
    {"Something new had come, so kevent answered at once, with # events, @ first.", answered_at_once},
    {"Something was complete, so io_uring_enter answered at once, with # completion, @ first.", answered_at_once},
    {"Something was complete, so io_uring_enter answered at once, with # completions, @ first.", answered_at_once},
    {"@ was in the same answer of select, which goes by the order of descriptors.", by_descriptor},
    {"@ was in the same answer of poll, which goes by the order of descriptors.", by_descriptor},
    {"@ was in the same answer of io_uring_enter, which goes by the order of completion.", by_completion},
    {"@ was in the same answer of epoll_wait, behind @, which became ready first.", behind_earlier},
    {"@ was in the same answer of epoll_wait, behind @: both became ready at the same time, and @ comes first in the "
     "scenario.",
     behind_tie},
    {"@ was in the same answer of epoll_wait, behind @: what is reported goes to the end of the kernel's list at once, "
     "and keeps that place.",
     keeps_place},
    {"@ was in the same answer of epoll_wait, behind @: their places go by the messages that put them on the kernel's "
     "list, not by those that are read now.",
     keeps_place},
    {"@ was in the same answer of kevent, behind @, which became ready first.", behind_earlier},
    {"@ was in the same answer of kevent, behind @: both became ready at the same time, and @ comes first in the "
     "scenario.",
     behind_tie},
    {"@ was in the same answer of kevent, behind @: an event that is told goes to the end of the kernel's queue at "
     "once, and keeps that place.",
     keeps_place},
    {"@ was in the same answer of kevent, behind @: their places go by the messages that put them on the kernel's "
     "list, not by those that are read now.",
     keeps_place},
    {"@ is read until nothing is left: edge-triggered, kevent reports what comes, not what is left over.", drained},
    {"@ is read until nothing is left: edge-triggered, epoll_wait reports what comes, not what is left over.", drained},
    {"@'s turn goes on, with read # of #: edge-triggered, kevent reports what comes, not what is left over.", goes_on},
    {"@'s turn goes on, with read # of #: edge-triggered, epoll_wait reports what comes, not what is left over.",
     goes_on},
    {"The server's own list remembers @, so the thread did not sleep: epoll_wait, with a timeout of #, told of nobody "
     "new.",
     remembered_first},
    {"The server's own list remembers @, so the thread did not sleep: kevent, with a timeout of #, told of nobody new.",
     remembered_first},
    {"The server's own list remembers @, behind the others.", remembered_next},
    {"The turn is over, with read # of #: the server's own list remembers @.", uses_up_turn},
    {"@'s message woke @'s own thread, and a core was free.", woke},
    {"@'s own thread has a message to read, and a core to run on.", own_thread},
    {"@'s own thread had to wait until a core was free.", waited_for_core},
    {"Every core was busy, so @'s thread, which has had its slice of # ms, makes room for @'s.", made_room},
    {"Its message has been ready since # ms: it waited # ms.", waited},
};

static uint32_t times_said[COUNT_OF(known)];

/* ---- reading sentences ------------------------------------------------------------------------------------------- */

/* Where the text goes on behind such a sentence; NULL if it does not begin with it. */
static const char *read_sentence(const char *text, const char *sentence, claim *c) {
  uint32_t names = 0;
  uint32_t numbers = 0;
  for (; *sentence != '\0'; sentence++) {
    if (*sentence == '@') {
      if (*text < 'A' || *text >= 'A' + SOCKETS_MAX) return NULL;
      c->names[names++] = (uint32_t)(*text++ - 'A');
    } else if (*sentence == '#') {
      char *end;
      c->numbers[numbers++] = (int64_t)(strtod(text, &end) * 1000 + 0.5);
      if (end == text || *text == ' ') return NULL;
      text = end;
    } else if (*sentence != *text++) {
      return NULL;
    }
  }
  return *text == ' ' ? text + 1 : *text == '\0' ? text : NULL;
}

static void check_claims(const char *label, const char *scenario, const bell_trace *trace, uint32_t cores, uint32_t k) {
  char *reason = reason_sentence(trace, k);
  for (const char *rest = reason; *rest != '\0';) {
    const char *next = NULL;
    bool so = false;
    for (size_t i = 0; i < COUNT_OF(known) && next == NULL; i++) {
      claim c = {.trace = trace, .cores = cores, .k = k};
      next = read_sentence(rest, known[i].sentence, &c);
      if (next == NULL) continue;
      so = known[i].is_so(&c);
      times_said[i]++;
    }
    if (next == NULL || !so) {
      fail_msg("%s, step %u: %s: \"%s\"\nof \"%s\"; the scenario:\n%s", label, k,
               so || next == NULL ? "unknown" : "not so", rest, reason, scenario);
    }
    rest = next;
  }
  free(reason);
}

/* ---- random scenarios -------------------------------------------------------------------------------------------- */

static void check_all(const char *label, const char *text, bell_strategy strategy, bell_waiting_options options) {
  char way[160];
  snprintf(way, sizeof way, "%s: %s, maxevents %u, cores %u%s", label, bell_strategy_name(strategy), options.maxevents,
           options.cores, options.no_drain ? ", no drain" : "");
  run r;
  if (strategy <= BELL_READINESS) run_multiplexer(&r, text, strategy);
  else run_waiting(&r, text, strategy, options);
  for (uint32_t k = 0; k < r.trace.step_count; k++) check_claims(way, text, &r.trace, options.cores, k);
  run_free(&r);
}

static void invent(uint64_t *chance, string *text) {
  uint32_t sockets = 1 + random_below(chance, SOCKETS_MAX);
  uint32_t spread = 1 + random_below(chance, 12);
  for (uint32_t s = 0; s < sockets; s++) {
    double ready = random_below(chance, spread);
    string_add(text, "socket %c ready", (int)('A' + s));
    for (uint32_t m = 1 + random_below(chance, 4); m > 0; m--) {
      string_add(text, " %g", ready);
      ready += random_below(chance, 2 * spread) / 2.0;
    }
    if (random_below(chance, 3) > 0) string_add(text, " takes %g", random_below(chance, 16) / 2.0);
    string_add(text, "\n");
  }
}

static void what_a_reason_says_is_so(void **state) {
  (void)state;
  const char *wanted = getenv("DOORBELL_SEED");
  uint64_t seed = wanted != NULL ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
  print_message("DOORBELL_SEED=%llu\n", (unsigned long long)seed);
  for (uint32_t round = 0; round < rounds(FEW); round++, seed++) {
    uint64_t chance = seed;
    string text = {0};
    invent(&chance, &text);
    char label[64];
    snprintf(label, sizeof label, "DOORBELL_SEED=%llu", (unsigned long long)seed);
    bell_waiting_options options = {.maxevents = 1 + random_below(&chance, 4), .cores = 1 + random_below(&chance, 3)};
    for (int s = 0; s < BELL_STRATEGIES; s++) check_all(label, text.bytes, (bell_strategy)s, options);
    options.no_drain = true;
    check_all(label, text.bytes, BELL_EPOLL_ET, options);
    check_all(label, text.bytes, BELL_KQUEUE_CLEAR, options);
    options.no_drain = false;
    options.reads_a_turn = (1 + random_below(&chance, 3)) & 3;
    check_all(label, text.bytes, BELL_EPOLL_ET, options);
    check_all(label, text.bytes, BELL_KQUEUE_CLEAR, options);
    string_free(&text);
  }
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    if (times_said[i] == 0) fail_msg("never said: %s", known[i].sentence);
  }
}

/* A message that waits through very many sleeps: they are not all added up. */
static void of_very_many_sleeps_the_last_is_told(void **state) {
  (void)state;
  string text = {0};
  for (int i = 0; i < 150; i++) string_add(&text, "socket s%d ready %d\n", i, i + 1);
  string_add(&text, "socket Late ready 0\n");
  run r;
  run_multiplexer(&r, text.bytes, BELL_BLOCKING);
  char *reason = reason_sentence(&r.trace, 150);
  CHECK_CONTAINS(text.bytes, "reason", reason,
                 "waited 150 ms, for the thread went from one to the next, and slept last at s149, until 150 ms.");
  free(reason);
  run_free(&r);
  string_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_a_reason_says_is_so),
      cmocka_unit_test(of_very_many_sleeps_the_last_is_told),
  };
  return cmocka_run_group_tests_name("claims", tests, NULL, NULL);
}
