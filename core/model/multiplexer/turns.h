/* turns: a bounded drain. An edge-triggered server that reads a socket until a read would block starves all others as
 * long as that one has something to read. So it reads at most so many times, its socket's turn, and goes on to the
 * others. What is left over the kernel does not tell of again: the server must remember it itself.
 *
 * epoll(7), "Starvation (edge-triggered)": "The solution is to maintain a ready list and mark the file descriptor as
 * ready in its associated data structure, thereby allowing the application to remember which files need to be processed
 * but still round robin amongst all the ready files. This also supports ignoring subsequent events you receive for file
 * descriptors that are already ready".
 *
 * The server goes in rounds. Before each it waits; it sleeps in that wait only if its list is empty, and else asks,
 * with a timeout of 0, who is new. Then those that were told have their turn, in the order of the answer, but for who
 * is in the list already; and behind them those in the list, in its order. In its turn a socket is read until a read
 * would block, or gives the end; or until it was read `reads_a_turn` times. Who used up its turn goes to the end of the
 * list, for there may be more: only a read tells. So one that had just as much as that costs a read in vain, and maybe
 * a wait in vain, before the server can sleep. A read in vain ends a turn as it ends a drain, and belongs to the step
 * before it; where it is all that the turn has, to the next step. Where a round has no step at all, what it cost
 * belongs to the one before it.
 *
 * A listener's turn is so many accepts. A timer that its handler leaves unread, and kqueue's, which tells all of it, is
 * not read on.
 *
 * A handler that writes answers each message in its socket's turn; once there is no room, what it answers is put
 * behind what is owed. Room to write is a turn of its own, in the place of its answer: behind the reads, if the same
 * answer told of something to read. Then all is written that finds room, for more than that a write cannot take
 * anyway; so it needs no bound, and the server's list has nobody for his room: the next write that fails has the
 * kernel tell again. It does not wait for the turn of a socket that the list remembers. Behind a turn in which its
 * handler has begun to watch for writing, or has stopped to, epoll_ctl looks at the socket anew, and tells of what is
 * left over, too (writing.h); who is in the list is ignored then, as ever. What a socket that is watched with nothing
 * to write tells in vain while its peer reads is not shown: where `maxevents` is too small for all, it may bring the
 * list its turn sooner.
 *
 * Descriptors that run out are not shown with it: when none is left, a server whose list remembers its listener would
 * spin, and one whose list forgets it would never come back to it. */
#ifndef BELL_TURNS_H
#define BELL_TURNS_H

#include "multiplexer/waiting.h"

/* Can a scenario be served so? If not, a problem is reported. */
bool bell_turns_check(const bell_scenario *scenario, bell_waiting_options options, bell_report report);

/* Has the step used up its socket's turn, so that the server's own list remembers it? */
bool bell_turns_is_remembered(const bell_trace *trace, uint32_t k);

/* Did the turn that the step belongs to come from the server's own list, not from an answer? */
bool bell_turns_is_from_list(const bell_trace *trace, uint32_t k);

/* Which read of its turn the step is, from 1. */
uint32_t bell_turns_read(const bell_trace *trace, uint32_t k);

/* The waits around a step that answered with nobody: the one before it, and the one of a round in vain behind it. */
uint32_t bell_turns_waits_in_vain(const bell_trace *trace, uint32_t k);

#endif
