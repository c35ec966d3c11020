#include "loop/timer_lists.h"
#include "support.h"

enum { TIMERS_MAX = 4000, DELAYS = 7 };

/* Lists as the browser's loop uses them, beside an array of all timers, which is searched from end to end. */
typedef struct timer_clock {
  timer_lists lists;
  uint32_t behind[TIMERS_MAX]; /* each timer's next in its list */
  int64_t ends_us[TIMERS_MAX]; /* TAKEN when it has ended */
  uint32_t count;
  unsigned char *memory;
} timer_clock;

#define TAKEN INT64_MAX

static timer_clock *open_clock(uint32_t delays) {
  timer_clock *k = calloc(1, sizeof *k);
  assert_non_null(k);
  size_t bytes = timer_lists_memory(delays);
  k->memory = malloc(bytes > 0 ? bytes : 1);
  assert_non_null(k->memory);
  bell_arena arena = {.base = k->memory, .capacity = bytes};
  assert_true(timer_lists_start(&k->lists, delays, &arena));
  return k;
}

static void close_clock(timer_clock *k) {
  free(k->memory);
  free(k);
}

static void set(timer_clock *k, int64_t now_us, int64_t delay_us) {
  uint32_t timer = k->count++;
  k->ends_us[timer] = now_us + delay_us;
  timer_list *list = timer_lists_of(&k->lists, delay_us, now_us + delay_us, timer);
  bell_chain_put(&list->timers, k->behind, sizeof *k->behind, timer);
}

/* The timer that ends first, taken out of its list; BELL_NONE when there is none. */
static uint32_t take(timer_clock *k) {
  timer_list *list = timer_lists_first(&k->lists);
  if (list == NULL) return BELL_NONE;
  uint32_t timer = bell_chain_take(&list->timers, k->behind, sizeof *k->behind);
  if (bell_chain_is_empty(list->timers)) {
    timer_lists_remove(&k->lists, list);
  } else {
    timer_lists_move(&k->lists, list, k->ends_us[list->timers.first], list->timers.first);
  }
  return timer;
}

/* The same, by looking at all. */
static uint32_t take_plainly(timer_clock *k) {
  uint32_t first = BELL_NONE;
  for (uint32_t t = 0; t < k->count; t++) {
    if (k->ends_us[t] != TAKEN && (first == BELL_NONE || k->ends_us[t] < k->ends_us[first])) first = t;
  }
  if (first != BELL_NONE) k->ends_us[first] = TAKEN;
  return first;
}

static void timers_end_in_the_order_of_their_times_then_of_their_setting(void **state) {
  (void)state;
  uint64_t random = 20261122;
  timer_clock *k = open_clock(DELAYS);
  int64_t now_us = 0;
  while (k->count < TIMERS_MAX) {
    if (random_below(&random, 5) < 3) {
      set(k, now_us, INT64_C(10) * random_below(&random, DELAYS));
    } else {
      assert_int_equal(take(k), take_plainly(k));
    }
    now_us += random_below(&random, 4);
  }
  uint32_t timer;
  do {
    timer = take(k);
    assert_int_equal(timer, take_plainly(k));
  } while (timer != BELL_NONE);
  close_clock(k);
}

static void a_list_that_is_removed_makes_room_for_another_delay(void **state) {
  (void)state;
  timer_clock *k = open_clock(2);
  for (int64_t delay_us = 1; delay_us < 1000; delay_us++) {
    set(k, 0, delay_us);
    set(k, 0, 2000);
    assert_int_equal(take(k), take_plainly(k));
    assert_int_equal(timer_lists_first(&k->lists)->delay_us, 2000);
  }
  close_clock(k);
}

static void the_second_list_and_the_next_expiry_are_told(void **state) {
  (void)state;
  timer_clock *k = open_clock(3);
  assert_null(timer_lists_second(&k->lists));
  set(k, 0, 30);
  assert_null(timer_lists_second(&k->lists));
  set(k, 0, 20);
  set(k, 0, 10);
  assert_int_equal(timer_lists_first(&k->lists)->delay_us, 10);
  assert_int_equal(timer_lists_second(&k->lists)->delay_us, 20);
  close_clock(k);
}

static void without_delays_there_is_no_list(void **state) {
  (void)state;
  timer_clock *k = open_clock(0);
  assert_null(timer_lists_first(&k->lists));
  close_clock(k);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(timers_end_in_the_order_of_their_times_then_of_their_setting),
      cmocka_unit_test(a_list_that_is_removed_makes_room_for_another_delay),
      cmocka_unit_test(the_second_list_and_the_next_expiry_are_told),
      cmocka_unit_test(without_delays_there_is_no_list),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
