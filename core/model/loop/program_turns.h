/* program_turns: which task a browser takes next, where the callbacks are a program's: bell_loop_open.next_source. No
 * standard says so of all of it; what is here is what Chromium does, and event_loop_open.h has what else is allowed.
 *
 * The scheduler's sources have a priority (Prioritized Task Scheduling, "effective priority"): user-blocking tasks go
 * before all others; background tasks only when no other task waits. What goes on after scheduler.yield goes before the
 * tasks of the same priority: of user-visible ones, before all others too.
 *
 * Idle callbacks come in idle periods. One begins when no task waits, with all idle callbacks that were asked for by
 * then, and ends when it is over with them, or at its deadline: 50 ms later at the most, or when the next timer ends or
 * the next frame is drawn. Those that are left over wait for the next one. Sources: HTML 8.1.7.3, "start an idle
 * period" and "computeDeadline"; requestIdleCallback 5.2 "start an idle period algorithm", 5.3 "invoke idle callbacks
 * algorithm".
 *
 * A message port is a task source of its own (HTML 9.4.4, "port message queue"), so two ports may go either way. In
 * Chromium the first message of a port that has none queues a task. Whenever a task of the port is over, with its
 * microtasks, each of its messages that has no task yet queues one, behind whatever waits then: a round. So of messages
 * to a, b, a, b, a in turn, a's last two go together: a, b, a, a, b. Source: mojo::Connector,
 * "ReadAllAvailableMessages" and "ScheduleDispatchOfPendingMessagesOrWaitForMore", in Chromium's
 * mojo/public/cpp/bindings/lib/connector.cc. */
#ifndef BELL_PROGRAM_TURNS_H
#define BELL_PROGRAM_TURNS_H

#include "loop/loop.h"

enum { PROGRAM_ROUNDS = 16 }; /* of a port at a time; what comes in more is of the last one */

/* When tasks of a port were queued, and how many of them have not run. */
typedef struct program_round {
  int64_t since_us;
  uint32_t since_event; /* before that one was asked for, */
  uint32_t number;      /* and behind those of a round before, as no event was asked for in between */
  uint32_t tasks;
} program_round;

typedef struct program_port {
  uint32_t waiting; /* its messages, of which */
  uint32_t queued;  /* so many have the task of a round; 0: the first one has its own, since it came */
  uint32_t first;   /* the oldest of its rounds */
  uint32_t count;
  program_round rounds[PROGRAM_ROUNDS]; /* a ring */
} program_port;

typedef struct program_turns {
  const bell_trace *trace;
  uint32_t idle_count; /* of the idle callbacks that wait, the first so many are of the period that has begun */
  int64_t idle_end_us; /* its deadline */
  program_port ports[BELL_PORTS];
  program_port *ran; /* the port whose task runs, or is over; NULL when it is another's */
  uint32_t rounds;
} program_turns;

/* A source is another port's from now on. No message is on its way to the one before; its last task may be running. */
void program_turns_pass_on(program_turns *turns, bell_source source);

/* A task of this source is asked for, a port's message or another's. */
void program_turns_expect(program_turns *turns, bell_source source);

/* A task runs. */
void program_turns_run(program_turns *turns, const bell_loop *loop, bell_source source);

/* This event is about to be cancelled. */
void program_turns_cancel(program_turns *turns, const bell_loop *loop, uint32_t event);

/* It was over at `us`, and its microtasks are, and another will be taken. */
void program_turns_next(program_turns *turns, int64_t us);

/* `turns` is a program_turns. */
bell_source program_turns_source(const void *turns, const bell_loop *loop, bell_source oldest, uint32_t *may);

/* 1 + the scheduler's effective priority; 0 for what is not the scheduler's. */
int program_turns_priority(bell_source source);

/* Is the first idle callback that waits one of the period that has begun? */
bool program_turns_is_in_idle_period(const program_turns *turns, const bell_loop *loop);

#endif
