/* memory: large blocks for the command. */
#ifndef BELL_CLI_MEMORY_H
#define BELL_CLI_MEMORY_H

#include <stddef.h>

/* As malloc, for `free`. A large block has large pages where the kernel has them: at a million sockets a row's name
 * lies far from the one before, and with small pages even to find where that is means a wait for memory. */
void *memory_take(size_t bytes);

#endif
