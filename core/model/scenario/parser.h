/* parser: a scenario from its text. */
#ifndef BELL_PARSER_H
#define BELL_PARSER_H

#include "arena.h"
#include "scenario/problem.h"
#include "scenario/scenario.h"

/* How many bytes of arena `bell_scenario_parse` takes for this text at most; SIZE_MAX when no memory is enough. */
size_t bell_scenario_memory(const char *text, size_t length);

/* Reads the whole text, for `host`. Every problem is reported, in the order of its place. True when there was none;
 * then `scenario` lives in the arena and no longer needs the text. An arena smaller than `bell_scenario_memory`
 * said is itself reported as a problem. */
bool bell_scenario_parse(bell_scenario *scenario, const char *text, size_t length, bell_host host, bell_arena *arena,
                         bell_report report);

#endif
