#include "multiplexer/listener_reason.h"

#include "multiplexer/bytes.h"
#include "multiplexer/listener.h"

static const char lost[] =
    " Behind it {queued} in the queue, and the edge was told already: nobody accepts on until another connection "
    "comes. "
    "The cure: accept until it would block.";
static const char turned_away[] =
    " No descriptor is left, so accept fails with EMFILE. The handler closes its spare one, accepts, closes the "
    "connection at once, and opens the spare one again: the peer is told, and nobody spins.";
static const char took_last[] =
    " accept takes the last descriptor: from now on it fails with EMFILE, until one is closed.";
static const char took_last_of_edge[] =
    " accept takes the last descriptor: from now on it fails with EMFILE. Edge-triggered, {call} does not tell again "
    "of "
    "who waits in the queue then, though one be closed.";
static const char took_last_with_spare[] = " accept takes the last descriptor, besides the spare one.";
static const char took_one[] = " accept takes a descriptor for it: {descriptors left} left.";
static const char gave_back[] = " So a descriptor is free: {descriptors left} left.";
static const char gave_back_untold[] =
    " So a descriptor is free, but edge-triggered {call} does not tell again of who waits in the queue of {listener}: "
    "nobody accepts until another connection comes. The cure: accept again when a descriptor is free, too.";

/* Does a connection wait that an edge-triggered server was told of in vain? */
static bool is_somebody_untold(const bell_trace *trace, uint32_t k) {
  if (!bell_strategy_tells_once(trace->strategy)) return false;
  int64_t told_us = trace->steps[trace->steps[k].queued_at].time_us;
  uint32_t listener = bell_listener_find(trace->scenario);
  uint32_t come = bell_bytes_come(trace, listener, told_us);
  while (k-- > 0) { /* not far: it took the last descriptor */
    if (bell_listener_is_step(trace, k)) return trace->steps[k].event + 1 < come;
  }
  return false;
}

static const char *what_the_last_means(const bell_trace *trace, uint32_t k) {
  uint32_t listener = bell_trace_event(trace, k)->statement;
  if (bell_listener_has_spare(trace->scenario, listener)) return took_last_with_spare;
  return bell_strategy_tells_once(trace->strategy) ? took_last_of_edge : took_last;
}

const char *listener_what_it_took(const bell_trace *trace, uint32_t k) {
  if (!bell_listener_is_step(trace, k)) return bell_trace_is_end(trace, k) ? "" : listener_what_it_gave_back(trace, k);
  if (bell_trace_is_turned_away(trace, k)) return turned_away;
  if (trace->accepting != NULL && trace->accepting[k].left == 1) return what_the_last_means(trace, k);
  if (bell_listener_lost(trace, k) > 0) return lost;
  return trace->accepting != NULL ? took_one : "";
}

const char *listener_what_it_gave_back(const bell_trace *trace, uint32_t k) {
  if (trace->accepting == NULL) return "";
  uint32_t left = trace->accepting[k].left;
  if (bell_listener_left_behind(trace, k, left) == left) return "";
  return left == 0 && is_somebody_untold(trace, k) ? gave_back_untold : gave_back;
}

/* "1 is", "2 are" */
static void print_left(const bell_trace *trace, uint32_t k, bell_text *out) {
  uint32_t left = bell_listener_left_behind(trace, k, trace->accepting[k].left);
  bell_text_number(out, left);
  bell_text_string(out, left == 1 ? " is" : " are");
}

/* "1 more waits", "2 more wait" */
static void print_queued(const bell_trace *trace, uint32_t k, bell_text *out) {
  uint32_t count = bell_listener_lost(trace, k);
  bell_text_number(out, count);
  bell_text_string(out, count == 1 ? " more waits" : " more wait");
}

void listener_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  bool is_bounded = trace->accepting != NULL && !bell_trace_is_stop(trace, k);
  if (is_bounded && sentence_fact_is(f, "listener")) {
    sentence_print_statement(trace, bell_listener_find(trace->scenario), out);
  }
  if (is_bounded && sentence_fact_is(f, "descriptors left")) print_left(trace, k, out);
  if (sentence_fact_is(f, "queued")) print_queued(trace, k, out);
}
