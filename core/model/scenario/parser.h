/* parser: a scenario from its text. */
#ifndef BELL_PARSER_H
#define BELL_PARSER_H

#include "arena.h"
#include "scenario/bounds.h"
#include "scenario/problem.h"
#include "scenario/scenario.h"

/* How many bytes of arena `bell_scenario_parse` takes for this text at most; SIZE_MAX when no memory is enough. */
size_t bell_scenario_memory(bell_scenario_text text);

/* Reads the whole text, for `host`. Every problem is reported, in the order of its place. True when there was none;
 * then `scenario` lives in the arena and no longer needs the text. An arena smaller than `bell_scenario_memory`
 * said is itself reported as a problem. */
bool bell_scenario_parse(bell_scenario *scenario, bell_scenario_text text, bell_host host, bell_arena *arena,
                         bell_report report);

#endif
