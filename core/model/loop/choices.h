/* choices: where a loop's order is not guaranteed, which way does this run go?
 *
 * At each such point the loop asks for one of `count` options; option 0 is the model's own. A run without choices takes
 * option 0 everywhere. One with choices goes the way that `taken` says, as far as it says, then option 0, and notes how
 * many options each point had: so that whoever asks can run again and go another way. */
#ifndef BELL_CHOICES_H
#define BELL_CHOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BELL_CHOICES_MAX = 256 }; /* points in a run; past them a run takes option 0 */

typedef struct bell_choices {
  int64_t late_us; /* the loop may be late by less than this; asleep it catches up */
  uint32_t count;  /* points that this run came to */
  uint32_t given;  /* of these, how many have their option in `taken` before the run */
  bool more;       /* there were more points than fit */
  uint8_t taken[BELL_CHOICES_MAX];
  uint8_t options[BELL_CHOICES_MAX];
} bell_choices;

#define BELL_LATE_US 1000 /* what a step's reason goes by */

/* One of `count` options. */
static inline uint32_t bell_choose(bell_choices *choices, uint32_t count) {
  if (choices == NULL || count < 2) return 0;
  if (choices->count == BELL_CHOICES_MAX) {
    choices->more = true;
    return 0;
  }
  uint32_t point = choices->count++;
  choices->options[point] = (uint8_t)(count < UINT8_MAX ? count : UINT8_MAX);
  if (point >= choices->given) choices->taken[point] = 0;
  return choices->taken[point];
}

/* Another way, for the next run: the last point with an option left takes it. False when every way was gone. */
static inline bool bell_choose_otherwise(bell_choices *choices) {
  uint32_t point = choices->count;
  while (point > 0 && choices->taken[point - 1] + 1 == choices->options[point - 1]) point--;
  if (point == 0) return false;
  choices->taken[point - 1]++;
  choices->given = point;
  choices->count = 0;
  return true;
}

#endif
