#include "scenario/bounds.h"

#include <string.h>

/* Eight bytes of the text at a time, in one number; of what is asked about each, the answer is its highest bit. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define ANSWERS EACH(0x80)

/* Is it less than `limit`, which is at most 128? */
static uint64_t is_below(uint64_t bytes, unsigned limit) {
  uint64_t left = ANSWERS + EACH(limit - 1) - (bytes & ~ANSWERS); /* its highest bit stays where it is not more */
  return left & ~bytes & ANSWERS;
}

static uint64_t is_byte(uint64_t bytes, unsigned char byte) { return is_below(bytes ^ EACH(byte), 1); }

/* '0' to '9' are 0x30 to 0x39. */
static uint64_t is_digit(uint64_t bytes) { return is_below(bytes ^ EACH('0'), 10); }

static uint32_t count(uint64_t answers) { return (uint32_t)((answers >> 7) * EACH(1) >> 56); }

static uint64_t eight(const char *at) {
  uint64_t bytes;
  memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/* Eight bytes, and the one behind them. */
static void measure_eight(bell_scenario_text *t, const char *at) {
  uint64_t bytes = eight(at);
  uint64_t line_feeds = is_byte(bytes, '\n');
  uint64_t tabs = is_byte(bytes, '\t');
  uint64_t spaces = tabs | is_byte(bytes, ' ');
  uint64_t odd = is_below(bytes, ' ') & ~line_feeds & ~tabs;
  odd |= (bytes & ANSWERS) | is_byte(bytes, 0x7F);
  t->lines += count(line_feeds);
  t->times += count(spaces & is_digit(eight(at + 1)));
  t->is_plain = t->is_plain && odd == 0;
}

enum { AT_A_TIME = 8 };

bell_scenario_text bell_scenario_measure(const char *start, size_t length) {
  bell_scenario_text t = {.start = start, .length = length, .lines = 1, .is_plain = true};
  if (length >= BELL_TEXT_MAX) return t;
  size_t at = 0;
  for (; length - at > AT_A_TIME; at += AT_A_TIME) measure_eight(&t, start + at);
  char rest[AT_A_TIME + 1];
  memset(rest, '-', sizeof rest);
  memcpy(rest, start + at, length - at);
  measure_eight(&t, rest);
  return t;
}
