#include "scale/cost.h"

#include <string.h>

const char *bell_wait_call_name(bell_wait_call call) {
  static const char *const names[BELL_WAIT_CALLS] = {"select", "poll", "epoll", "io_uring"};
  return names[call];
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

typedef struct cursor {
  const char *at;
  const char *end;
} cursor;

/* What stands before the next tab or the line's end, which is passed over. */
static cursor take(cursor *c, char stop) {
  cursor part = {c->at, c->at};
  while (part.end < c->end && *part.end != stop) part.end++;
  c->at = part.end < c->end ? part.end + 1 : c->end;
  return part;
}

static bool is_word(cursor part, const char *word) {
  size_t length = strlen(word);
  return (size_t)(part.end - part.at) == length && memcmp(part.at, word, length) == 0;
}

static bool starts_with(cursor *part, const char *word) {
  size_t length = strlen(word);
  if ((size_t)(part->end - part->at) < length || memcmp(part->at, word, length) != 0) return false;
  part->at += length;
  return true;
}

/* A whole number; what is none counts as 0. */
static double number(cursor part) {
  double value = 0;
  for (const char *p = part.at; p < part.end && *p >= '0' && *p <= '9'; p++) value = value * 10 + (*p - '0');
  return value;
}

static void add_point(bell_costs *costs, bell_wait_call call, bell_wait_cost cost, double idle, double ns) {
  uint32_t *count = &costs->wait_points[call][cost];
  if (*count < BELL_COST_POINTS_MAX) costs->waits[call][cost][(*count)++] = (bell_cost_point){idle, ns};
}

static void read_row(bell_costs *costs, cursor line) {
  static const char *const endings[BELL_WAIT_COSTS] = {"", "_asleep", "_woken"};
  cursor what = take(&line, '\t');
  double count = number(take(&line, '\t'));
  double value = number(take(&line, '\t'));
  const struct {
    const char *name;
    double *value;
  } values[] = {{"system_call", &costs->system_call_ns},        {"read", &costs->read_ns},
                {"read_in_vain", &costs->read_in_vain_ns},      {"context_switch", &costs->context_switch_ns},
                {"read_asleep", &costs->read_asleep_ns},        {"read_woken", &costs->read_woken_ns},
                {"thread_start", &costs->thread_start_ns},      {"thread_resident", &costs->thread_resident_bytes},
                {"thread_kernel", &costs->thread_kernel_bytes}, {"thread_reserved", &costs->thread_reserved_bytes}};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    if (is_word(what, values[i].name)) *values[i].value = value;
  }
  for (int call = 0; call < BELL_WAIT_CALLS; call++) {
    cursor rest = what;
    if (!starts_with(&rest, bell_wait_call_name((bell_wait_call)call))) continue;
    for (int cost = 0; cost < BELL_WAIT_COSTS; cost++) {
      if (is_word(rest, endings[cost])) add_point(costs, (bell_wait_call)call, (bell_wait_cost)cost, count, value);
    }
    if (is_word(rest, "_answer")) costs->answer_ns[call] = value;
  }
}

void bell_costs_read(bell_costs *costs, const char *tsv, size_t length) {
  *costs = (bell_costs){0};
  cursor text = {tsv, tsv + length};
  while (text.at < text.end) read_row(costs, take(&text, '\n'));
}

/* ---- between the points ----------------------------------------------------------------------------------------- */

/* What each further socket costs, from one point to the next. */
static double rise(bell_cost_point a, bell_cost_point b) { return (b.ns - a.ns) / (b.idle - a.idle); }

/* The same, to go on with. A line that falls is noise, for no call gets cheaper by more sockets; so is one that rises
 * by less than a twentieth, though it would become a mountain further on. */
static double rise_beyond(bell_cost_point a, bell_cost_point b) { return b.ns > a.ns * 1.05 ? rise(a, b) : 0; }

/* Newton's way: each step about doubles the digits that are right. The model does without <math.h>. */
static double square_root(double x) {
  if (x <= 0) return 0;
  double root = x;
  for (int i = 0; i < 64; i++) root = (root + x / root) / 2;
  return root;
}

static double along(bell_cost_point from, double ns_each, double idle) {
  return from.ns + ns_each * (idle - from.idle);
}

double bell_cost_wait_ns(const bell_costs *costs, bell_wait_call call, bell_wait_cost cost, double idle) {
  const bell_cost_point *points = costs->waits[call][cost];
  uint32_t count = costs->wait_points[call][cost];
  if (count < 2) return 0;
  uint32_t i = 0; /* the line from point i to the next */
  while (i + 2 < count && points[i + 1].idle <= idle) i++;
  bell_cost_point from = points[i];
  bell_cost_point to = points[i + 1];
  double straight = rise(from, to);
  double before = i > 0 ? rise_beyond(points[i - 1], from) : straight;
  if (before < straight) {
    bell_cost_point bend = {.idle = square_root(from.idle * to.idle)};
    bend.ns = along(from, before, bend.idle);
    return idle < bend.idle ? along(from, before, idle) : along(to, rise(bend, to), idle);
  }
  return idle < to.idle ? along(from, straight, idle) : along(to, rise_beyond(from, to), idle);
}
