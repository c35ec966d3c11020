/* The model's costs against core/live/measured.tsv: fitted on every other count, they predict the counts between. The
 * environment's DOORBELL_MEASURED names another run of `doorbell live --measure`. */
#include "scale/cost.h"
#include "support.h"

static string read_file(const char *path) {
  string text = {0};
  FILE *file = fopen(path, "r");
  if (file == NULL) fail_msg("%s cannot be read", path);
  char part[4096];
  for (size_t count; (count = fread(part, 1, sizeof part, file)) > 0;) string_add_bytes(&text, part, count);
  fclose(file);
  return text;
}

static bell_costs measured(void) {
  const char *path = getenv("DOORBELL_MEASURED");
  string text = read_file(path != NULL ? path : "core/live/measured.tsv");
  bell_costs costs;
  bell_costs_read(&costs, text.bytes, text.length);
  string_free(&text);
  return costs;
}

/* The same with the first, third, ... count of each call. */
static bell_costs every_other(const bell_costs *all) {
  bell_costs some = *all;
  for (int call = 0; call < BELL_WAIT_CALLS; call++) {
    for (int cost = 0; cost < BELL_WAIT_COSTS; cost++) {
      some.wait_points[call][cost] = (all->wait_points[call][cost] + 1) / 2;
      for (uint32_t i = 0; i < some.wait_points[call][cost]; i++) {
        some.waits[call][cost][i] = all->waits[call][cost][i + i];
      }
    }
  }
  return some;
}

static void the_counts_between_are_predicted_within_a_quarter(void **state) {
  (void)state;
  static const char *const endings[BELL_WAIT_COSTS] = {"", "_asleep", "_woken"};
  bell_costs all = measured();
  bell_costs some = every_other(&all);
  print_message("what              idle  predicted   measured  off\n");
  for (int line = 0; line < BELL_WAIT_CALLS * BELL_WAIT_COSTS; line++) {
    bell_wait_call call = (bell_wait_call)(line / BELL_WAIT_COSTS);
    bell_wait_cost cost = (bell_wait_cost)(line % BELL_WAIT_COSTS);
    assert_true(all.wait_points[call][cost] >= 5);
    for (uint32_t i = 1; i < all.wait_points[call][cost]; i += 2) {
      bell_cost_point point = all.waits[call][cost][i];
      double predicted = bell_cost_wait_ns(&some, call, cost, point.idle);
      double off = predicted / point.ns - 1;
      print_message("%8s%-7s %6.0f %7.0f ns %7.0f ns %+3.0f%%\n", bell_wait_call_name(call), endings[cost], point.idle,
                    predicted, point.ns, 100 * off);
      assert_true(off > -0.25 && off < 0.25);
    }
  }
}

static void at_a_point_it_is_what_was_measured(void **state) {
  (void)state;
  bell_costs all = measured();
  for (int line = 0; line < BELL_WAIT_CALLS * BELL_WAIT_COSTS; line++) {
    bell_wait_call call = (bell_wait_call)(line / BELL_WAIT_COSTS);
    bell_wait_cost cost = (bell_wait_cost)(line % BELL_WAIT_COSTS);
    for (uint32_t i = 0; i < all.wait_points[call][cost]; i++) {
      bell_cost_point point = all.waits[call][cost][i];
      double off = bell_cost_wait_ns(&all, call, cost, point.idle) - point.ns;
      assert_true(off > -0.001 && off < 0.001);
    }
  }
}

/* do_select and do_poll in Linux's fs/select.c: before they sleep, and when they are woken. The second look costs less,
 * for nothing is to be arranged for a wake-up any more. */
static void select_and_poll_look_twice_when_they_sleep(void **state) {
  (void)state;
  bell_costs all = measured();
  for (int call = BELL_WAIT_SELECT; call <= BELL_WAIT_POLL; call++) {
    for (uint32_t i = 0; i < all.wait_points[call][BELL_WAIT_AT_ONCE]; i++) {
      bell_cost_point point = all.waits[call][BELL_WAIT_AT_ONCE][i];
      double asleep = bell_cost_wait_ns(&all, (bell_wait_call)call, BELL_WAIT_ASLEEP, point.idle) / point.ns;
      if (asleep < 1.3 || asleep > 2.7)
        fail_msg("%s, %.0f: %.2f", bell_wait_call_name((bell_wait_call)call), point.idle, asleep);
    }
  }
}

/* trace.h has it as a constant, for a run knows of no machine. */
static void the_model_takes_a_read_in_vain_for_what_was_measured(void **state) {
  (void)state;
  double off = BELL_READ_IN_VAIN_NS / measured().read_in_vain_ns - 1;
  assert_true(off > -0.25 && off < 0.25);
}

static const char straight[] =
    "# a "
    "machine\nwhat\tcount\tvalue\tunit\npoll\t10\t100\tns\npoll\t100\t1000\tns\npoll\t10000\t1000000\tns\nread\t1\t50\t"
    "ns";

static void the_line_goes_on_straight_then_bends(void **state) {
  (void)state;
  bell_costs costs;
  bell_costs_read(&costs, straight, strlen(straight));
  assert_int_equal(costs.wait_points[BELL_WAIT_POLL][BELL_WAIT_AT_ONCE], 3);
  assert_int_equal(costs.read_ns, 50);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 1), 10);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 500), 5000);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 1000), 10000);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_POLL, BELL_WAIT_AT_ONCE, 19000), 1990000);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_EPOLL, BELL_WAIT_AT_ONCE, 500), 0);
}

static void a_line_that_falls_or_hardly_rises_goes_on_flat(void **state) {
  (void)state;
  static const char noise[] = "epoll\t3000\t2424\tns\nepoll\t10000\t2444\tns\n";
  bell_costs flat;
  bell_costs_read(&flat, noise, strlen(noise));
  assert_int_equal(bell_cost_wait_ns(&flat, BELL_WAIT_EPOLL, BELL_WAIT_AT_ONCE, 1000000), 2444);
  static const char falling[] = "epoll\t10\t500\tns\nepoll\t100\t410\tns\n";
  bell_costs costs;
  bell_costs_read(&costs, falling, strlen(falling));
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_EPOLL, BELL_WAIT_AT_ONCE, 55), 455);
  assert_int_equal(bell_cost_wait_ns(&costs, BELL_WAIT_EPOLL, BELL_WAIT_AT_ONCE, 1000000), 410);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_counts_between_are_predicted_within_a_quarter),
      cmocka_unit_test(select_and_poll_look_twice_when_they_sleep),
      cmocka_unit_test(at_a_point_it_is_what_was_measured),
      cmocka_unit_test(the_model_takes_a_read_in_vain_for_what_was_measured),
      cmocka_unit_test(the_line_goes_on_straight_then_bends),
      cmocka_unit_test(a_line_that_falls_or_hardly_rises_goes_on_flat),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
