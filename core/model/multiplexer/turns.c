#include "multiplexer/turns.h"

#include "chain.h"
#include "multiplexer/kevent.h"
#include "multiplexer/server.h"

bool bell_turns_check(const bell_scenario *scenario, bell_waiting_options options, bell_report report) {
  if (options.reads_a_turn == 0 || scenario->descriptors == 0) return true;
  return bell_waiting_refuse(scenario, bell_listener_find(scenario), BELL_PROBLEM_TURNS, report);
}

/* ---- what a trace says of them ----------------------------------------------------------------------------------- */

/* The step that its turn began with. */
static uint32_t begin_of(const bell_trace *trace, uint32_t k) {
  while (trace->steps[k].reason == BELL_REASON_DRAIN) k--;
  return k;
}

uint32_t bell_turns_read(const bell_trace *trace, uint32_t k) { return k - begin_of(trace, k) + 1; }

bool bell_turns_is_from_list(const bell_trace *trace, uint32_t k) {
  return BELL_HAS_BYTES && trace->reads_a_turn > 0 && trace->steps[begin_of(trace, k)].reason == BELL_REASON_OWN_LIST;
}

/* Could a read behind it give more? */
static bool may_read_on(const bell_trace *trace, uint32_t k) {
  if (bell_trace_is_write(trace, k) || bell_trace_is_stop(trace, k) || trace->steps[k].is_asleep) return false;
  return !bell_timer_is_unread(trace, k) && !bell_kevent_has_read(trace, k) && !bell_trace_is_end(trace, k);
}

bool bell_turns_is_remembered(const bell_trace *trace, uint32_t k) {
  if (!BELL_HAS_BYTES || trace->reads_a_turn == 0 || bell_early_is_step(trace, k)) return false;
  return bell_turns_read(trace, k) == trace->reads_a_turn && may_read_on(trace, k);
}

uint32_t bell_turns_waits_in_vain(const bell_trace *trace, uint32_t k) {
  if (!BELL_HAS_BYTES || trace->reads_a_turn == 0) return 0;
  const bell_step *step = &trace->steps[k];
  bool is_before = step->reason == BELL_REASON_OWN_LIST && step->queued_at == k && trace->answers[k].returned == 0;
  return (uint32_t)is_before + step->is_asked_behind;
}

/* ---- the server: who is in neither of its chains is absent from `link` ------------------------------------------- */

enum { ABSENT = BELL_CHAIN_END - 1 };

void server_start_turns(server *s) {
  s->told = s->remembered = BELL_CHAIN_EMPTY;
  s->trace->reads_a_turn = s->options.reads_a_turn;
  uint32_t turns = (server_has_writing(s) ? 2 : 1) * server_sockets(s);
  for (uint32_t turn = 0; turn < turns; turn++) s->link[turn] = ABSENT;
}

void server_tell_turns(server *s, uint32_t told) {
  if (s->link[told] == ABSENT) bell_chain_put(&s->told, s->link, sizeof *s->link, told);
}

static uint32_t leave(server *s, bell_chain *turns) {
  uint32_t turn = bell_chain_take(turns, s->link, sizeof *s->link);
  s->link[turn] = ABSENT;
  return turn;
}

/* Reads a socket, unless nothing is left there. Its list is to remember it if it used up its turn. */
static void read_in_turn(server *s, uint32_t socket, bell_reason reason, uint32_t other, server_reading on) {
  on.notice(s, on.kernels);
  if (!server_has_message(s, socket)) {
    s->answers.in_vain++;
    return;
  }
  server_handle(s, socket, on.batch, reason, other);
  bool reads_on = may_read_on(s->trace, s->trace->step_count - 1);
  bool is_left = reads_on && server_read_on(s, socket, on, s->options.reads_a_turn - 1);
  if (is_left) bell_chain_put(&s->remembered, s->link, sizeof *s->link, socket);
}

static void take_turn(server *s, uint32_t turn, bell_reason reason, uint32_t other, server_reading on) {
  uint32_t socket = server_told_socket(s, turn);
  uint32_t step = s->trace->step_count;
  if (socket != turn) server_write_rest(s, socket, on.batch, reason, other);
  else read_in_turn(s, socket, reason, other, on);
  if (on.look_anew != NULL) on.look_anew(s, on.kernels, socket, step);
}

/* What a round without a step cost belongs to the step before it. */
static void belongs_to_last_step(server *s) {
  uint32_t last = s->trace->step_count - 1;
  s->trace->steps[last].is_asked_behind = true;
  s->trace->answers[last].in_vain += s->answers.in_vain;
  s->answers = (bell_answers){0};
}

uint32_t server_take_turns(server *s, server_reading on) {
  uint32_t before = s->trace->step_count;
  bell_chain told = s->told;
  bell_chain list = s->remembered;
  bool was_asked = !bell_chain_is_empty(list);
  s->told = s->remembered = BELL_CHAIN_EMPTY;
  on.batch = before;
  while (!bell_chain_is_empty(told)) {
    uint32_t turn = leave(s, &told);
    uint32_t other = bell_chain_is_empty(told) ? BELL_NONE : server_told_event(s, told.first);
    take_turn(s, turn, server_place(s, before), other, on);
  }
  while (!bell_chain_is_empty(list)) take_turn(s, leave(s, &list), BELL_REASON_OWN_LIST, BELL_NONE, on);
  if (s->trace->step_count > before || !was_asked) return before; /* else it told of room to write alone */
  belongs_to_last_step(s);
  return s->trace->steps[before - 1].queued_at;
}
