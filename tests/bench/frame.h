/* frame: what the native contestants of the benchmarks share. Each is a program that reads a scenario, runs it several
 * times over, and prints what that took as JSON. What goes wrong ends it. */
#ifndef TESTS_BENCH_FRAME_H
#define TESTS_BENCH_FRAME_H

#include "scenario/parser.h"

double frame_seconds(void); /* of a clock that goes on */

_Noreturn void frame_fail(const char *what);

/* Memory that nobody frees: the program ends soon. */
bell_arena frame_arena(size_t bytes);

/* The scenario in a file. `arena` is made, and holds it; `seconds` is how long it took to read it, from its text on. */
bell_scenario frame_scenario(const char *path, bell_host host, bell_arena *arena, double *seconds);

/* "NAME":[0.1,...] with the seconds that each run took, the memory being the same. */
typedef bool frame_run(bell_arena *arena, const void *of);
void frame_print_runs(const char *name, int count, frame_run *run, const void *of, bell_arena *arena);

#endif
