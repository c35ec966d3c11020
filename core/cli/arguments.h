/* arguments: the command line and its help. What there is to say of an option stands in one row of a table. */
#ifndef BELL_CLI_ARGUMENTS_H
#define BELL_CLI_ARGUMENTS_H

#include "lessons.h"
#include "live_command.h"

typedef enum command { MULTIPLEX, LIVE, LOOP, COMMANDS } command;

/* What the command line asks for. */
typedef struct request {
  command command;           /* COMMANDS when none is named: for help and version alone */
  const bell_lesson *lesson; /* the command's; NULL when none is named */
  bool help;
  bool version;
  bool measure;
  bool orders;
  live_request live; /* of its strategy, options of waiting and format, multiplex and loop have their part too */
  bell_host host;    /* of loop */
  const char *path;
} request;

/* Reads the command line. When something in it is wrong, says what on standard error and exits with 2. */
request arguments_read(int argc, char **argv);

/* Prints the help of one command, or that of all (COMMANDS). */
void arguments_print_help(command of, FILE *out);

#endif
