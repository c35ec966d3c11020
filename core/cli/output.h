/* output: a trace as rows of text, for programs (TSV, JSON) and for people (a table). */
#ifndef BELL_CLI_OUTPUT_H
#define BELL_CLI_OUTPUT_H

#include <stdio.h>

#include "loop/orders.h"

typedef enum output_format { OUTPUT_TSV, OUTPUT_JSON, OUTPUT_TABLE, OUTPUT_FORMATS } output_format;

const char *output_format_name(output_format format);

/* Writes the whole trace, row by row; or the orders, one a line. False when memory ran out; a failed write is left for
 * ferror(out). */
bool output_print_orders(const bell_orders *orders, const bell_scenario *scenario, output_format format, FILE *out);
bool output_print(const bell_trace *trace, output_format format, FILE *out);

#endif
