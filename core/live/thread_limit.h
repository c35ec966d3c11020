/* thread_limit: why no more threads could be started, and which limit is to be raised. */
#ifndef BELL_THREAD_LIMIT_H
#define BELL_THREAD_LIMIT_H

/* To be asked right after pthread_create has failed, while the threads before it are still there: of all limits
 * pthread_create says EAGAIN. */
const char *live_thread_limit(void);

#endif
