#include "support.h"
#include "trace/readiness.h"

enum { EVENTS_MAX = 20000 };

/* A queue whose events are all in one table, as a run has them. */
typedef struct hall {
  bell_readiness queue;
  bell_scenario scenario;
  bell_statement source; /* whose they all are */
  bell_event events[EVENTS_MAX];
  uint32_t count; /* events in the table */
  unsigned char *memory;
} hall;

static hall *open_hall(const int64_t *ready_us, uint32_t known, uint32_t later) {
  hall *h = calloc(1, sizeof *h);
  assert_non_null(h);
  for (; h->count < known; h->count++) h->events[h->count].ready_us = ready_us[h->count];
  h->scenario = (bell_scenario){.statements = &h->source, .events = h->events, .event_count = known};
  size_t bytes = bell_readiness_memory(known, later) + bell_readiness_scratch(known);
  h->memory = malloc(bytes > 0 ? bytes : 1);
  assert_non_null(h->memory);
  bell_arena arena = {.base = h->memory, .capacity = bytes};
  assert_true(bell_readiness_start(&h->queue, &h->scenario, later, &arena));
  return h;
}

static void add(hall *h, int64_t ready_us) {
  h->events[h->count].ready_us = ready_us;
  bell_readiness_add(&h->queue, (bell_ready){.ready_us = ready_us, .event = h->count++});
}

/* The index of who is ready first, BELL_NONE when nobody is left. */
static uint32_t first(const hall *h) {
  const bell_ready *ready = bell_readiness_first(&h->queue);
  return ready == NULL ? BELL_NONE : ready->event;
}

static uint32_t take(hall *h) { return first(h) == BELL_NONE ? BELL_NONE : bell_readiness_take(&h->queue).event; }

static void close_hall(hall *h) {
  free(h->memory);
  free(h);
}

static void check_order(hall *h, const uint32_t *expected, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    assert_int_equal(first(h), expected[i]);
    assert_int_equal(take(h), expected[i]);
  }
  assert_int_equal(first(h), BELL_NONE);
}

static void an_empty_queue_has_nobody(void **state) {
  (void)state;
  hall *h = open_hall(NULL, 0, 0);
  check_order(h, NULL, 0);
  close_hall(h);
}

static void events_come_out_in_the_order_of_their_ready_time(void **state) {
  (void)state;
  static const int64_t ready[] = {6000, 1000, 3000,  0,     INT64_C(9000000000000000), 2999,
                                  256,  255,  65536, 65535, BELL_TIME_MAX_US};
  static const uint32_t order[] = {3, 7, 6, 1, 5, 2, 0, 9, 8, 10, 4};
  hall *h = open_hall(ready, COUNT_OF(ready), 0);
  check_order(h, order, COUNT_OF(order));
  close_hall(h);
}

static void equal_times_come_out_in_the_order_of_their_index(void **state) {
  (void)state;
  static const int64_t ready[] = {2, 1, 2, 1, 2, 1};
  static const uint32_t order[] = {1, 3, 5, 0, 2, 4};
  hall *h = open_hall(ready, COUNT_OF(ready), 0);
  check_order(h, order, COUNT_OF(order));
  close_hall(h);
}

static void what_is_added_later_takes_its_place_among_the_known(void **state) {
  (void)state;
  static const int64_t ready[] = {10, 20, 30};
  hall *h = open_hall(ready, COUNT_OF(ready), 4);
  assert_int_equal(take(h), 0);
  add(h, 25); /* 3 */
  add(h, 20); /* 4: after 1, which is known and equal */
  add(h, 5);  /* 5: earlier than everything that is left */
  add(h, 40); /* 6 */
  static const uint32_t order[] = {5, 1, 4, 3, 2, 6};
  check_order(h, order, COUNT_OF(order));
  close_hall(h);
}

static void equal_times_added_later_come_out_in_the_order_of_their_index(void **state) {
  (void)state;
  hall *h = open_hall(NULL, 0, 100);
  uint32_t order[100];
  for (uint32_t i = 0; i < 100; i++) {
    add(h, i % 2);
    order[i / 2 + (i % 2 ? 50 : 0)] = i;
  }
  check_order(h, order, COUNT_OF(order));
  close_hall(h);
}

/* `later` bounds how many wait at a time, not how many there ever are. */
static void room_is_free_again_once_an_event_was_taken(void **state) {
  (void)state;
  hall *h = open_hall(NULL, 0, 2);
  add(h, 0);
  for (uint32_t i = 0; i < 1000; i++) {
    add(h, i + 1);
    assert_int_equal(take(h), i);
  }
  static const uint32_t last[] = {1000};
  check_order(h, last, 1);
  close_hall(h);
}

static void an_arena_too_small_is_refused(void **state) {
  (void)state;
  bell_statement source = {0};
  bell_event events[5] = {{.ready_us = 1}};
  const bell_scenario scenario = {.statements = &source, .events = events, .event_count = 5};
  size_t bytes = bell_readiness_memory(5, 3) + bell_readiness_scratch(5);
  assert_true(bytes > 0);
  for (size_t capacity = 0; capacity < bytes; capacity++) {
    unsigned char *memory = malloc(capacity > 0 ? capacity : 1);
    bell_arena arena = {.base = memory, .capacity = capacity};
    bell_readiness queue;
    assert_false(bell_readiness_start(&queue, &scenario, 3, &arena));
    free(memory);
  }
}

/* The obvious way: look at all that wait, take the earliest; the lowest index wins. */
static uint32_t earliest(const hall *h, const bool *taken) {
  uint32_t best = BELL_NONE;
  for (uint32_t i = 0; i < h->count; i++) {
    if (!taken[i] && (best == BELL_NONE || h->events[i].ready_us < h->events[best].ready_us)) best = i;
  }
  return best;
}

static void any_mix_of_adding_and_taking_agrees_with_looking_at_all(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 300; seed++) {
    uint64_t chance = seed;
    uint32_t known = random_below(&chance, 40);
    uint32_t later = random_below(&chance, 40);
    uint32_t span = 1 + random_below(&chance, 30);
    int64_t scale = random_below(&chance, 2) ? 1 : INT64_C(123456789012);
    int64_t ready[40];
    for (uint32_t i = 0; i < known; i++) ready[i] = random_below(&chance, span) * scale;
    hall *h = open_hall(ready, known, later);
    bool taken[100] = {false};
    for (uint32_t expected; (expected = earliest(h, taken)) != BELL_NONE || h->count < known + later;) {
      if (h->count < known + later && random_below(&chance, 2)) {
        add(h, random_below(&chance, span) * scale);
        continue;
      }
      uint32_t actual = take(h);
      if (actual != expected) fail_msg("seed %u: took %u, should be %u", (unsigned)seed, actual, expected);
      if (actual != BELL_NONE) taken[actual] = true;
    }
    check_order(h, NULL, 0);
    close_hall(h);
  }
}

static void many_known_events_are_sorted_and_stable(void **state) {
  (void)state;
  static int64_t ready[EVENTS_MAX];
  uint64_t chance = 4;
  for (uint32_t i = 0; i < EVENTS_MAX; i++) ready[i] = random_below(&chance, 5000) * INT64_C(77777);
  hall *h = open_hall(ready, EVENTS_MAX, 0);
  uint32_t before = take(h);
  for (uint32_t i = 1; i < EVENTS_MAX; i++) {
    uint32_t event = take(h);
    assert_true(ready[before] < ready[event] || (ready[before] == ready[event] && before < event));
    before = event;
  }
  check_order(h, NULL, 0);
  close_hall(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_empty_queue_has_nobody),
      cmocka_unit_test(events_come_out_in_the_order_of_their_ready_time),
      cmocka_unit_test(equal_times_come_out_in_the_order_of_their_index),
      cmocka_unit_test(what_is_added_later_takes_its_place_among_the_known),
      cmocka_unit_test(equal_times_added_later_come_out_in_the_order_of_their_index),
      cmocka_unit_test(room_is_free_again_once_an_event_was_taken),
      cmocka_unit_test(an_arena_too_small_is_refused),
      cmocka_unit_test(any_mix_of_adding_and_taking_agrees_with_looking_at_all),
      cmocka_unit_test(many_known_events_are_sorted_and_stable),
  };
  return cmocka_run_group_tests_name("readiness", tests, NULL, NULL);
}
