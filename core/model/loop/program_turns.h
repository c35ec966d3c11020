/* program_turns: which task a browser takes next, where the callbacks are a program's: bell_loop_open.next_source. No
 * standard says so of all of it; what is here is what Chromium does, and event_loop_open.h has what else is allowed.
 *
 * Some sources have a priority (Prioritized Task Scheduling, "effective priority"): user-blocking tasks go before all
 * others; background tasks, and then idle callbacks, only when no other task waits. What goes on after scheduler.yield
 * goes before the tasks of the same priority: of user-visible ones, before all others too.
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
  program_port ports[BELL_PORTS];
  program_port *ran; /* the port whose task runs, or is over; NULL when it is another's */
  uint32_t rounds;
} program_turns;

/* A source is another port's from now on. No message is on its way to the one before; its last task may be running. */
void program_turns_pass_on(program_turns *turns, bell_source source);

/* A task of this source is asked for, a port's message or another's. */
void program_turns_expect(program_turns *turns, bell_source source);

/* A task runs. */
void program_turns_run(program_turns *turns, bell_source source);

/* It was over at `us`, and its microtasks are, and another will be taken. */
void program_turns_next(program_turns *turns, int64_t us);

/* `turns` is a program_turns. */
bell_source program_turns_source(const void *turns, const bell_loop *loop, bell_source oldest);

#endif
