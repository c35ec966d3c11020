/* node_loop: lesson 5, Node's loop: the phases of libuv, with Node's own two queues between all callbacks.
 *
 *   main     the main script runs first, to its end
 *   then, round after round, as long as anything is to come:
 *   timers   the timers that are due
 *   poll     sleeps until a timer is due or a socket is ready, unless an immediate waits; then the callbacks of the
 *            sockets that are ready now: what becomes ready meanwhile waits for the next round (as may one of two that
 *            become ready at once, which the model finds together: orders.h)
 *   check    the immediates that were queued before this phase began
 *
 * After every callback the tick queue (process.nextTick) runs until it is empty, then the microtask queue, and both
 * over again until both are empty. (After one that throws they may wait: bell_loop_throw.) A promise that is a source
 * joins the microtask queue when its time has come.
 * Sources: libuv's uv_run, src/unix/core.c, from 1.45 on; Node's lib/internal/process/task_queues.js and
 * lib/internal/timers.js, of version 20.
 *
 * Timers: a delay is at least 1 ms. A source `timer NAME ready T` was set at 0, before the main script. The phase looks
 * at the clock once, as it begins; what becomes due during it waits for the next round. libuv has one timer for all of
 * Node's. It is set as the phase ends, to 1 ms at least, by libuv's own clock, which stands still while callbacks run:
 * only a round, and the setting of a timer, bring it up to date. The ticks and microtasks after the last timer come
 * behind that; if they bring the clock past libuv's timer, the phase begins again. Source: Environment::RunTimers in
 * Node's src/env.cc, and uv__run_timers.
 *
 * One trait is not modeled: libuv takes at most 1024 sockets at once. And Node's clock has whole milliseconds, of which
 * nobody knows where they begin: node_open.h has the orders that this leaves open.
 *
 * The rule is in node_loop.c. Which other orders are allowed is in node_open.c. */
#ifndef BELL_NODE_LOOP_H
#define BELL_NODE_LOOP_H

#include "loop/loop_parts.h"

typedef enum node_loop_phase { NODE_LOOP_TIMERS, NODE_LOOP_POLL, NODE_LOOP_CHECK } node_loop_phase;

typedef struct node_loop {
  bell_loop loop;
  node_loop_phase phase; /* check, before the first round */
  bell_chain main;       /* the main script, until it runs */
  bell_chain sockets;    /* ready, for the next poll */
  bell_chain turn;       /* what the phase at work has yet to run */
  bool is_draining;      /* the microtask queue has begun: it goes before ticks until it is empty */

  uint32_t next_list;     /* of lists that expire at once, the one that was filed first goes first */
  int64_t next_expiry_us; /* the list for which libuv's timer was set */
  int64_t alarm_us;       /* when libuv's timer is due */
  int64_t clock_us;       /* libuv's clock; no callback moves it, but by setting a timer */
  bool is_new;            /* the timers phase is about to begin */
  bool has_begun_check;   /* after an error: the check phase has begun, but for its immediates */
  bool is_in_pass;        /* Node goes through its lists */
  bool has_thrown;        /* what ran last did, and ticks are skipped: see bell_loop_throw */
  bool goes_again;        /* and it was the last immediate */
  uint32_t again_end;     /* immediates before this one are those that came then */
  bell_step *next;        /* goes before ticks and microtasks, for the one before it threw; or NULL */
  int64_t pass_us;        /* the time by which this pass finds timers due */
  uint32_t pass_step;     /* the first step of this pass */
  int64_t delay_us;       /* the list whose timer runs, or ran just now; 0 when none did */

  struct {           /* what node_open.c keeps, to see where another callback might have come */
    uint32_t close;  /* were the loop a little late, it would go before the next callback of a phase; or BELL_NONE */
    bool is_apart;   /* rather, were that callback ready a little later than the one before it */
    int64_t look_us; /* when poll looked for sockets */
    uint32_t behind; /* `close`, as soon as poll's turn is over */
    bool has_turn;   /* a socket of this turn has run */
    int64_t edge_us; /* when a timer was set beyond a millisecond's edge, the last time */
  } open;
} node_loop;

/* What loop.h asks of a host, for an event that was just made: false when there is no room. */
void node_loop_start(bell_loop *loop);
void node_loop_begin(bell_loop *loop); /* all that is known beforehand is known */
bell_step *node_loop_take(bell_loop *loop);
bool node_loop_know(bell_loop *loop, uint32_t event);      /* beforehand */
bool node_loop_set_timer(bell_loop *loop, uint32_t event); /* ready after its delay from now on */
bool node_loop_cancel(bell_loop *loop, uint32_t event);
bool node_loop_has_between(bell_loop *loop);
bool node_loop_throw(bell_loop *loop);
bell_step *node_loop_take_first(bell_loop *loop);
bool node_loop_goes_again(const bell_loop *loop, uint32_t immediate);
void node_loop_begin_in_poll(bell_loop *loop);

/* Who has waited longest for a turn of the loop, or would be the next to get one; BELL_NONE when nothing is to come but
 * what goes before all turns. */
uint32_t node_loop_next(bell_loop *loop);

enum { NODE_LOOP_TIMER_LEAST_US = 1000 }; /* a delay is at least 1 ms */

/* Puts every socket and promise whose time has come into its queue. */
void node_loop_notice(node_loop *n);

/* Is the first timer of this list due? */
static inline bool node_loop_is_due(const node_loop *n, const timer_list *list, int64_t now_us) {
  return list != NULL && !bell_chain_is_empty(list->timers) && loop_ready_us(&n->loop, list->timers.first) <= now_us;
}

#endif
