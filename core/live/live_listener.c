#include "live_listener.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "multiplexer/closing.h"
#include "multiplexer/listener.h"

uint32_t live_count_clients(const bell_scenario *scenario) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < scenario->statement_count; i++) {
    if (!bell_listener_is(scenario, i)) continue;
    count += bell_scenario_events_end(scenario, i) - bell_scenario_first_event(scenario, i);
  }
  return count;
}

static int open_spare(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

bool live_open_clients(live_server *s, live_manner manner, uint32_t lowest) {
  const bell_scenario *scenario = s->scenario;
  uint32_t events = s->accepted != NULL ? scenario->event_count : 0;
  for (uint32_t e = 0; e < events; e++) s->accepted[e] = s->peers->clients[e] = -1;
  for (uint32_t e = 0; e < events; e++) {
    uint32_t socket = scenario->events[e].statement;
    if (!bell_listener_is(scenario, socket)) continue;
    s->peers->clients[e] = live_open_client(manner, (int)lowest);
    if (s->peers->clients[e] < 0) return false;
    bool has_spare = scenario->descriptors > 0 && bell_listener_has_spare(scenario, socket);
    if (has_spare && s->spare < 0) s->spare = open_spare();
  }
  return true;
}

/* The kernel gives the lowest number that is free, and none from the limit up. */
void live_limit_descriptors(live_server *s) {
  uint32_t left = s->scenario->descriptors;
  if (left == 0 || left >= live_count_clients(s->scenario)) return;
  rlim_t end = 0;
  for (uint32_t free = 0;; end++) {
    bool is_free = fcntl((int)end, F_GETFD) < 0;
    if (is_free && free++ == left) break;
  }
  getrlimit(RLIMIT_NOFILE, &s->limit);
  struct rlimit lowered = {.rlim_cur = end, .rlim_max = s->limit.rlim_max};
  if (setrlimit(RLIMIT_NOFILE, &lowered) != 0) live_fail(s, "setrlimit", errno);
}

/* TCP says that it is under way; a local queue that is full, that it is not. */
bool live_connect_client(live_peers *p, uint32_t listener, uint32_t event) {
  p->events[event].ready_us = live_now_us(p); /* before: it is never accepted before it is ready */
  return live_connect_to(&p->connections[listener], p->clients[event]) || errno != EAGAIN;
}

static int accept_one(const live_server *s, uint32_t listener) {
  return accept4(live_descriptor(s, listener), NULL, NULL, SOCK_CLOEXEC);
}

int live_accept(live_server *s, uint32_t listener) {
  int accepted = accept_one(s, listener);
  bool is_out = accepted < 0 && errno == EMFILE;
  if (!is_out || s->spare < 0) {
    s->is_starved = s->is_starved || (is_out && bell_closing_spins(s->trace->strategy));
    return accepted;
  }
  s->calls.reads++;
  s->calls.in_vain++;
  close(s->spare);
  accepted = accept_one(s, listener);
  int error = errno;
  if (accepted >= 0) close(accepted);
  s->spare = open_spare();
  errno = error;
  return accepted < 0 ? -1 : 0;
}

live_read_result live_take_connection(live_server *s, uint32_t listener, int result) {
  if (result < 0 || s->next[listener] == bell_scenario_events_end(s->scenario, listener)) return LIVE_NOTHING;
  s->result = result;
  if (result > 0) s->accepted[s->next[listener]] = result;
  return LIVE_MESSAGE;
}

void live_note_descriptors(live_server *s, uint32_t row) {
  if (s->trace->accepting == NULL) return;
  uint32_t waits = s->is_starved ? s->next[bell_listener_find(s->scenario)] : BELL_NONE;
  s->trace->accepting[row] = (bell_accepting){.left = s->descriptors, .waits = waits};
  s->is_starved = false;
}

void live_close_clients(live_server *s) {
  for (uint32_t e = 0; s->accepted != NULL && e < s->scenario->event_count; e++) {
    if (s->accepted[e] >= 0) close(s->accepted[e]);
    if (s->peers->clients[e] >= 0) close(s->peers->clients[e]);
  }
  if (s->spare >= 0) close(s->spare);
  if (s->limit.rlim_cur > 0) setrlimit(RLIMIT_NOFILE, &s->limit);
}
