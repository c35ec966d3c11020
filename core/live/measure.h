/* measure: what the calls cost on this machine.
 *
 * A TSV: a comment that describes the machine, a header, and rows of `what count value unit`:
 *
 *   CALL                  ns of the processor's time in one wait that finds one socket with a message at once, beside
 *                         `count` idle ones; it stands last, so that the kernel comes by all others; CALL is select,
 *                         poll, epoll or io_uring
 *   CALL_asleep           the same when nothing is there yet: it looks, goes to sleep, is woken by the message of that
 *                         socket, looks again
 *   CALL_woken            ns until that wait returns, from the moment before the message is written by another thread
 *                         on the same core: the write, the switch to the woken thread, the second look
 *   read_asleep, read_woken  the same of a thread that blocks in read(2) of one socket; the read is in them
 *   epoll_answer, io_uring_answer  ns of each further socket when one wait finds `count` of them at once
 *   system_call           ns of the cheapest call there is
 *   read, read_in_vain    ns of a read of a message that is there, and of one that would block
 *   context_switch        half of the ns in which two threads on one core write to each other and read, to and fro
 *   thread_start          ns from pthread_create to the thread's first instruction, of `count` threads
 *   thread_resident       bytes of the process's memory that such a thread, asleep in read, keeps
 *   thread_kernel         bytes that the kernel keeps for its stack
 *   thread_reserved       bytes of addresses set aside for its stack
 *
 * All of io_uring's have the read of the message in them. The time of a sleep is in none: a wait counts as asleep when
 * the kernel says so (ru_nvcsw in getrusage(2)), and the processor's time is that of its own thread
 * (CLOCK_THREAD_CPUTIME_ID). Times are medians. A count for which more files would have to be open than are allowed has
 * no row. */
#ifndef BELL_MEASURE_H
#define BELL_MEASURE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>

/* Takes about a minute. False when it cannot be done here: `problem`, of `size` bytes, says why. */
bool live_measure(FILE *out, char *problem, size_t size);

/* The parts of it. */
void measure_waits(FILE *out);
void measure_calls(FILE *out);
void measure_sleeping_waits(FILE *out); /* to be called on one core, */
void measure_context_switch(FILE *out); /* the same */
bool measure_threads(FILE *out, char *problem, size_t size);

/* A crowd of 30 is the second smallest: with fewer points there is no line. */
enum { MEASURE_OTHER_FILES = 16, MEASURE_FILES_MIN = 30 + MEASURE_OTHER_FILES };
rlim_t measure_files_allowed(void);

int64_t measure_now_ns(void);
int64_t measure_thread_ns(void);                  /* the processor's time of this thread */
int64_t measure_clock_ns(int64_t (*clock)(void)); /* what a clock itself takes, which is in every time it measured */
int64_t measure_median(int64_t *values, uint32_t count); /* sorts them */

/* Prints a row, unless its value is 0 or below: then it could not be measured. */
void measure_print(FILE *out, const char *what, uint32_t count, int64_t value, const char *unit);

#endif
