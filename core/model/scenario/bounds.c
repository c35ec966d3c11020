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

static uint64_t eight(const char *at) {
  uint64_t bytes;
  memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

enum { AT_A_TIME = 8, COUNT_MAX = 255 / AT_A_TIME };

/* How many answers there are in all eight columns of bytes: one byte is to hold their sum. */
static uint32_t sum_of(uint64_t columns) { return (uint32_t)(columns * EACH(1) >> 56); }

/* `count` times eight bytes, and the one behind them. To sum up each time would take longer than all the rest. */
static void measure(bell_scenario_text *text, const char *at, size_t count) {
  uint64_t lines = 0; /* how many each column has */
  uint64_t times = 0;
  uint64_t odd = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t bytes = eight(at + i * AT_A_TIME);
    uint64_t line_feeds = is_byte(bytes, '\n');
    uint64_t tabs = is_byte(bytes, '\t');
    uint64_t spaces = tabs | is_byte(bytes, ' ');
    lines += line_feeds >> 7;
    times += (spaces & is_digit(eight(at + i * AT_A_TIME + 1))) >> 7;
    odd |= (is_below(bytes, ' ') & ~line_feeds & ~tabs) | (bytes & ANSWERS) | is_byte(bytes, 0x7F);
  }
  text->lines += sum_of(lines);
  text->times += sum_of(times);
  text->is_plain = text->is_plain && odd == 0;
}

bell_scenario_text bell_scenario_measure(const char *start, size_t length) {
  bell_scenario_text text = {.start = start, .length = length, .lines = 1, .is_plain = true};
  if (length == 0 || length >= BELL_TEXT_MAX) return text;
  size_t left = (length - 1) / AT_A_TIME; /* of eight bytes with one behind them */
  const char *at = start;
  while (left > 0) {
    size_t count = left < COUNT_MAX ? left : COUNT_MAX;
    measure(&text, at, count);
    at += count * AT_A_TIME;
    left -= count;
  }
  char rest[AT_A_TIME + 1];
  memset(rest, '-', sizeof rest);
  memcpy(rest, at, (size_t)(start + length - at));
  measure(&text, rest, 1);
  return text;
}
