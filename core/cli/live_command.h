/* live_command: the command `doorbell live`. */
#ifndef BELL_CLI_LIVE_COMMAND_H
#define BELL_CLI_LIVE_COMMAND_H

#include "live.h"
#include "output.h"

typedef struct live_request {
  bell_strategy strategy;
  live_options options;
  double scale; /* real milliseconds for one of the scenario's */
  output_format format;
} live_request;

/* Runs the scenario, which it scales, on real sockets, and prints the trace; what went wrong goes to standard error.
 * Returns the status to exit with. */
int live_command(const live_request *request, bell_scenario *scenario, const char *path);

#endif
