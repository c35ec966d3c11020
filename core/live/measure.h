/* measure: what the calls cost on this machine.
 *
 * A TSV: a comment that describes the machine, a header, and rows of `what count value unit`:
 *
 *   select, poll, epoll, io_uring    ns of one wake-up that finds one socket with a message, beside `count` idle ones;
 *                                    it stands last, so that the kernel comes by all others; io_uring's has the read
 *                                    of the message in it
 *   epoll_answer, io_uring_answer    ns of each further socket when one wake-up finds `count` of them
 *   thread_start                     ns from pthread_create to the thread's first instruction, of `count` threads
 *   thread_resident                  bytes of the process's memory that such a thread, asleep in read, keeps
 *   thread_kernel                    bytes that the kernel keeps for its stack
 *   thread_reserved                  bytes of addresses set aside for its stack
 *   system_call                      ns of the cheapest call there is
 *   read, read_in_vain               ns of a read of a message that is there, and of one that would block
 *   context_switch                   ns from one thread's write to another's return from read, both on one core
 *
 * Times are medians. What was tried and cannot be had here (a limit on open files, on threads) has no row. */
#ifndef BELL_MEASURE_H
#define BELL_MEASURE_H

#include <stdint.h>
#include <stdio.h>

/* Takes some seconds. */
void live_measure(FILE *out);

/* The parts of it. */
void measure_waits(FILE *out);
void measure_threads(FILE *out);
void measure_calls(FILE *out);

int64_t measure_now_ns(void);
int64_t measure_clock_ns(void); /* what the clock itself takes, which is in every time that it measured */
int64_t measure_median(int64_t *values, uint32_t count); /* sorts them */
void measure_print(FILE *out, const char *what, uint32_t count, int64_t value, const char *unit);

#endif
