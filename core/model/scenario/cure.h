/* cure: what would be right, as text that can take the place of the line that is wrong. */
#ifndef BELL_CURE_H
#define BELL_CURE_H

#include "scenario/problem.h"

/* The line, or lines, without the last line's end, that a problem's line becomes. False, and nothing printed, where
 * only the author knows. The cured text has no problem in this place, or another one. */
bool bell_problem_cure(const bell_problem *problem, bell_text *out);

#endif
