/* closing: how connections end, what makes a socket ready besides a message, and what becomes of a thread that takes no
 * notice of it.
 *
 *   socket A ready 1 closes 5   At 5 the peer closes the connection, or shuts down its sending half. Nothing more will
 *                               come, and this can be read, as an event behind the messages: read gives 0. read(2):
 *                               "zero indicates end of file".
 *     ignore end                The handler reads on and does not close the socket.
 *   socket B ready 1 resets 5   The connection breaks. What came before can still be read on Linux; then read fails
 *                               with ECONNRESET, once, and gives 0 from then on. ECONNRESET in recv(2) of POSIX.
 *     watch write               The handler waits for room to write too, all the time, and has nothing to write.
 *   socket C never              Nothing is ever said, and nothing ends.
 *
 * Ready is not one thing, but a set of conditions. poll(2) and epoll_ctl(2) name them: IN, there is something to read,
 * the end too; RDHUP, the peer will send no more; HUP, and take no more; ERR, there is an error to be told; OUT, there
 * is room to write, which is so nearly always, and is reported where somebody watches for it. After a reset all of them
 * are there, but for ERR when the error has been read. select(2) knows readable and writable: "a file descriptor is
 * also ready on end-of-file". Of a pipe see pipe.h. A completion of io_uring, and a read by itself, report no
 * condition.
 *
 * A handler closes its socket when the end has been read, which takes no time. One that does not falls into a trap, for
 * a condition stays as long as what it is about; so does one that watches for writing with nothing to write, from the
 * beginning until its socket is closed:
 *
 *   select, poll, epoll, io_uring, readiness   answer at once, each time, with that socket: its thread never sleeps
 *              again. It is said to spin: it takes a whole core, and reads and writes nothing. What it reads in vain
 *              makes no step. While others have messages these rounds take no time in the model, as all calls; while
 *              nothing else comes, there are as many as the clock has time for. (An answer that has nobody else in it,
 *              while others wait, for maxevents is too small, is not counted.) io_uring has no interest in writing: a
 *              write is handed over when there is something to write.
 *   kqueue     the same; what a wait of it takes was measured nowhere, so its rounds are not counted.
 *   epoll-et   tells of the end once, for it came once: nothing spins, and the descriptor stays open for good. Of room
 *              to write it tells at the beginning, in an answer that is not counted, and with each message again.
 *   kqueue-clear   the same, but that messages bring no word of room: those are two things there (kevent.h).
 *   busy-poll  never sleeps, and reads in vain what is at its end as what has nothing.
 *   threads    the socket's own thread spins, in read alone, and keeps a core from the others.
 *   blocking   sleeps at the sockets that still have something to come, as ever; then it spins.
 *
 * Such a run would never end. Its last row is no step: BELL_SPIN_WATCHED_US after the last, it says what goes on. A
 * blocking thread that comes to a socket on which nothing is ever said sleeps there for good: the last row is the event
 * that will have waited longest. */
#ifndef BELL_CLOSING_H
#define BELL_CLOSING_H

#include "trace/trace.h"

enum { BELL_SPIN_WATCHED_US = 10000 };

/* Is it watched for writing, by a strategy that has such an interest? */
bool bell_closing_has_interest(bell_strategy strategy);
static inline bool bell_closing_watches(const bell_scenario *scenario, uint32_t socket) {
  return (scenario->statements[socket].conduct & BELL_WATCHES_WRITE) != 0;
}

/* And tells it again and again of those that are, so that they keep their thread from sleeping? */
bool bell_closing_tells_of_room(bell_strategy strategy);

/* Does its handler ignore its end? */
static inline bool bell_closing_is_ignored(const bell_scenario *scenario, uint32_t socket) {
  return (scenario->statements[socket].conduct & BELL_IGNORES_END) != 0;
}

/* Is nothing ever said on it, and does it not end? */
static inline bool bell_closing_is_silent(const bell_scenario *scenario, uint32_t socket) {
  return bell_scenario_first_event(scenario, socket) == bell_scenario_events_end(scenario, socket);
}

/* Does a run that has ignored ends go on for ever? */
bool bell_closing_spins(bell_strategy strategy);

/* How many rows more than reads a run may have. */
static inline uint32_t bell_closing_rows(const bell_scenario *scenario) { return scenario->closing ? 1 : 0; }

/* Before a run of so many rows: takes `trace.spinning`, where somebody may keep the thread from sleeping. */
void bell_closing_start(bell_trace *trace, uint32_t rows, bell_arena *arena);

/* After it: counts who spins, and adds the last row of a run that goes on for ever. There is room for it. */
void bell_closing_finish(bell_trace *trace);

/* After a blocking run: the last row if there is an event that was not handled. `handled` has a 1 for those that
 * were. */
void bell_closing_starve(bell_trace *trace, const uint8_t *handled);

/* The same; `next` is each socket's first event that was not read to its end. */
void bell_closing_starve_behind(bell_trace *trace, const uint32_t *next);

/* What is reported of a step's socket: bits as poll(2) and epoll_ctl(2) have them on Linux. */
unsigned bell_closing_reported(const bell_trace *trace, uint32_t k);

/* Of a step that is an end: does its read fail? On a real kernel a write may have failed before it, and told that. */
bool bell_closing_fails(const bell_trace *trace, uint32_t k);

/* What was reported of a step's socket, as poll(2) names it without its "POLL": "IN|RDHUP". What the read gave: a
 * "message", "0", "ECONNRESET". */
void bell_closing_print_reported(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_closing_print_result(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
