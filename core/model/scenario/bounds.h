/* bounds: what a scenario's text holds at most, found without reading it. Whoever reads it needs room for so much. */
#ifndef BELL_BOUNDS_H
#define BELL_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text that was measured. It belongs to somebody else. */
typedef struct bell_scenario_text {
  const char *start;
  size_t length;
  uint32_t lines;
  uint32_t times; /* words that start with a digit */
  bool is_plain;  /* no byte of it is a control character or beyond ASCII */
} bell_scenario_text;

/* Longer texts are not read: strings are found by 32-bit offsets. Of them nothing but the length is known. */
#define BELL_TEXT_MAX (UINT32_MAX - 2)

bell_scenario_text bell_scenario_measure(const char *start, size_t length);

#endif
