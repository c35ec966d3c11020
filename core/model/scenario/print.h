/* print: a scenario as text, one statement a line, without comments: parsing it gives the same scenario again. */
#ifndef BELL_PRINT_H
#define BELL_PRINT_H

#include "scenario/scenario.h"

void bell_scenario_print(const bell_scenario *scenario, bell_text *out);
void bell_scenario_print_name(const char *name, bell_text *out); /* in quotes where it needs them */
void bell_scenario_print_statement(const bell_scenario *scenario, uint32_t statement, bell_text *out);

#endif
