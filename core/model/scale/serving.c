#include "scale/serving.h"

const char *bell_server_name(bell_server server) {
  static const char *const names[BELL_SERVERS] = {"loop", "pool", "threads"};
  return names[server];
}

const char *bell_lack_name(bell_lack lack) {
  static const char *const names[BELL_LACKS] = {"none", "core", "thread", "time"};
  return names[lack];
}

bell_crew bell_serving_crew(const bell_costs *costs, bell_server server, uint32_t workers, uint32_t cores,
                            uint64_t slice_ns) {
  bell_crew crew = {.threads = 1, .cores = cores, .slice_ns = slice_ns};
  crew.switch_ns = (uint64_t)costs->context_switch_ns;
  if (server == BELL_SERVER_THREADS) crew.threads = BELL_A_THREAD_EACH;
  if (server != BELL_SERVER_POOL) return crew;
  crew.threads = workers;
  crew.tell_ns = (uint64_t)bell_cost_wait_ns(costs, BELL_WAIT_EPOLL, BELL_WAIT_WOKEN, 0);
  return crew;
}

/* ---- what comes ------------------------------------------------------------------------------------------------- */

static bool is_slow(const bell_load *load, uint32_t message) { return message % load->slow_one_of == 0; }

static uint64_t takes_ns(const bell_load *load, uint32_t message) {
  return is_slow(load, message) ? load->slow_ns : load->quick_ns;
}

static uint64_t comes_ns(const bell_load *load, uint32_t message) {
  uint64_t before = message - message % load->at_once;
  return before * 1000000000 / load->rate;
}

static double mean_of(const bell_load *load, double quick, double slow) {
  return (quick * (load->slow_one_of - 1.0) + slow) / load->slow_one_of;
}

/* How often a core is given to a thread until it has done its message, while others wait. */
static uint64_t turns(uint64_t ns, const bell_crew *crew) { return (ns + crew->slice_ns - 1) / crew->slice_ns; }

double bell_serving_most(const bell_load *load, const bell_crew *crew) {
  double each_ns = mean_of(load, (double)load->quick_ns, (double)load->slow_ns);
  if (crew->threads <= crew->cores) return crew->threads * 1e9 / each_ns;
  double switch_ns = (double)crew->switch_ns;
  if (crew->threads == BELL_A_THREAD_EACH) {
    each_ns += mean_of(load, (double)turns(load->quick_ns, crew), (double)turns(load->slow_ns, crew)) * switch_ns;
  } else {
    each_ns += each_ns / (double)crew->slice_ns * switch_ns; /* a worker keeps its core from message to message */
  }
  return crew->cores * 1e9 / each_ns;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

typedef struct core {
  bool is_idle;
  bell_handler has;
  uint64_t since_ns; /* when its thread began, the switch behind it */
  uint64_t end_ns;   /* when the message will have been handled, unless the thread has to make room */
} core;

typedef struct serving {
  const bell_load *load;
  const bell_crew *crew;
  uint64_t now_ns;
  uint32_t come;  /* so many messages */
  uint32_t taken; /* of these, those that have, or had, a thread; the others stand in the queue */
  uint32_t done;
  core cores[BELL_CORES_MAX];
  bell_handler *line;
  uint32_t first; /* place in `line` of the first that stands in it */
  uint32_t waiting;
  uint64_t switches;
  uint64_t latency_ns[2]; /* of the quick, and of the slow, added up */
  bell_served served;
} serving;

static core *end_of_cores(serving *s) { return s->cores + s->crew->cores; }

static void join_line(serving *s, bell_handler handler) {
  s->line[(s->first + s->waiting++) % BELL_SERVED_MAX] = handler;
}

static bell_handler leave_line(serving *s) {
  bell_handler handler = s->line[s->first];
  s->first = (s->first + 1) % BELL_SERVED_MAX;
  s->waiting--;
  return handler;
}

static bell_handler take(serving *s) {
  uint32_t message = s->taken++;
  return (bell_handler){takes_ns(s->load, message), message};
}

static void come(serving *s) {
  while (s->come < s->load->messages && comes_ns(s->load, s->come) <= s->now_ns) s->come++;
  while (s->taken < s->come && s->taken - s->done < s->crew->threads) join_line(s, take(s));
}

static void note_done(serving *s, uint32_t message) {
  uint64_t latency_ns = s->now_ns + s->crew->tell_ns - comes_ns(s->load, message);
  s->done++;
  bool slow = is_slow(s->load, message);
  s->latency_ns[slow] += latency_ns;
  if (!slow && latency_ns > s->served.quick_max_ns) s->served.quick_max_ns = latency_ns;
}

static void finish(serving *s) {
  for (core *of = s->cores; of < end_of_cores(s); of++) {
    if (of->is_idle || of->end_ns > s->now_ns) continue;
    note_done(s, of->has.message);
    of->is_idle = s->taken == s->come;
    if (of->is_idle) continue;
    of->has = take(s);
    of->end_ns = s->now_ns + of->has.left_ns;
  }
}

static void give(serving *s) {
  for (core *on = s->cores; on < end_of_cores(s) && s->waiting > 0; on++) {
    if (!on->is_idle) continue;
    bell_handler handler = leave_line(s);
    uint64_t since_ns = s->now_ns + s->crew->switch_ns;
    *on = (core){.has = handler, .since_ns = since_ns, .end_ns = since_ns + handler.left_ns};
    s->switches++;
  }
}

static void make_room(serving *s) {
  uint32_t needed = s->waiting;
  if (needed == 0) return;
  for (core *of = s->cores; of < end_of_cores(s); of++) {
    if (of->since_ns + s->crew->slice_ns > s->now_ns) continue;
    if (needed == 0) {
      of->since_ns = s->now_ns;
      continue;
    }
    needed--;
    of->has.left_ns = of->end_ns - s->now_ns;
    of->is_idle = true;
    join_line(s, of->has);
  }
}

static void note_waiting(serving *s) {
  uint32_t queue = s->come - s->taken;
  if (queue > s->served.queue_max) s->served.queue_max = queue;
  if (s->waiting > s->served.line_max) s->served.line_max = s->waiting;
}

/* Moves the clock to when something happens next. */
static void advance(serving *s) {
  uint64_t next_ns = s->come < s->load->messages ? comes_ns(s->load, s->come) : UINT64_MAX;
  for (core *of = s->cores; of < end_of_cores(s); of++) {
    if (of->is_idle) continue;
    if (of->end_ns < next_ns) next_ns = of->end_ns;
    uint64_t slice_ends_ns = of->since_ns + s->crew->slice_ns;
    if (s->waiting > 0 && slice_ends_ns < next_ns) next_ns = slice_ends_ns;
  }
  s->now_ns = next_ns;
}

bell_served bell_serving_run(const bell_load *load, const bell_crew *crew, bell_handler line[BELL_SERVED_MAX]) {
  serving s = {.load = load, .crew = crew, .line = line};
  for (core *of = s.cores; of < end_of_cores(&s); of++) of->is_idle = true;
  for (;;) {
    come(&s);
    finish(&s);
    give(&s);
    make_room(&s);
    give(&s);
    note_waiting(&s);
    if (s.done == load->messages) break;
    advance(&s);
  }
  uint32_t slow = (load->messages - 1) / load->slow_one_of + 1;
  s.served.quick_ns = (double)s.latency_ns[false] / (load->messages - slow);
  s.served.slow_ns = (double)s.latency_ns[true] / slow;
  s.served.switches = (double)s.switches * 1e9 / (double)s.now_ns;
  return s.served;
}

bell_lack bell_serving_lack(const bell_load *load, const bell_crew *crew, const bell_served *served) {
  if (load->rate > bell_serving_most(load, crew)) return BELL_LACK_TIME;
  if (served->queue_max > 0) return BELL_LACK_THREAD;
  return served->line_max > 0 ? BELL_LACK_CORE : BELL_LACK_NONE;
}
