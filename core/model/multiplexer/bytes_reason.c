#include "multiplexer/bytes_reason.h"

#include "multiplexer/closing.h"
#include "multiplexer/file.h"
#include "multiplexer/listener.h"
#include "multiplexer/timer.h"
#include "multiplexer/turns.h"
#include "multiplexer/worker.h"

/* NULL of a timer, too. */
static const bell_stream *stream_of(const bell_trace *trace, uint32_t event) {
  return bell_scenario_stream(trace->scenario, trace->events[event].statement);
}

static bool is_sized(const bell_trace *trace, uint32_t k) {
  bool took_some = BELL_HAS_BYTES && trace->taken != NULL && trace->taken[k].bytes > 0;
  return took_some && stream_of(trace, trace->steps[k].event) != NULL;
}

const char *bytes_event_word(const bell_trace *trace, uint32_t event) {
  const bell_stream *stream = stream_of(trace, event);
  if (bell_worker_is(trace->scenario, trace->events[event].statement)) return "piece of work";
  if (bell_timer_is(trace->scenario, trace->events[event].statement)) return "expiration";
  if (bell_listener_is(trace->scenario, trace->events[event].statement)) return "connection";
  bool is_part = bell_file_is(trace->scenario, trace->events[event].statement) || (stream != NULL && stream->parts > 1);
  return is_part ? "part" : "message";
}

bool bytes_may_be_begun(const bell_trace *trace, uint32_t event) {
  const bell_stream *stream = stream_of(trace, event);
  return stream != NULL && stream->limit < stream->size;
}

bool bytes_is_less(const bell_trace *trace, uint32_t k) {
  return is_sized(trace, k) && trace->taken[k].bytes < stream_of(trace, trace->steps[k].event)->size;
}

/* ---- what a read took -------------------------------------------------------------------------------------------- */

static bool is_at_limit(const bell_trace *trace, uint32_t k) {
  return trace->taken[k].bytes == stream_of(trace, trace->steps[k].event)->limit;
}

const char *bytes_what_broke_off(const bell_trace *trace, uint32_t k) {
  if (!BELL_HAS_BYTES || bell_bytes_broken_off(trace, k) == 0) return "";
  return !bell_closing_fails(trace, k)
             ? " A message broke off with it: {broken off} came. A read of 0 comes after a whole one too, and only who "
               "counts the bytes can tell."
             : " A message broke off with it: {broken off} came.";
}

const char *bytes_what_was_taken(const bell_trace *trace, uint32_t k) {
  if (!is_sized(trace, k)) return "";
  bool is_left = bell_bytes_unread(trace, k) > 0;
  if (!bell_trace_is_piece(trace, k)) {
    return bytes_is_less(trace, k) ? " With {took} the message of {size} is whole." : "";
  }
  if (is_left && is_at_limit(trace, k))
    return " The read takes {took} of {size}, for that is its limit; {unread lies} unread";
  if (is_left) return " The read takes {took} of {size}; {unread lies} unread";
  return " The read takes {took}, which is what is there: {so far} of {size}, and no message to handle yet.";
}

/* ---- what becomes of the rest ------------------------------------------------------------------------------------ */

/* Will anything come on the step's socket behind what has come by then? */
static bool is_more_to_come(const bell_trace *trace, uint32_t k) {
  uint32_t socket = bell_trace_event(trace, k)->statement;
  uint32_t come = bell_bytes_come(trace, socket, trace->steps[k].time_us);
  return come < bell_scenario_events_end(trace->scenario, socket);
}

/* Does the handler wait for room, of which epoll_wait will tell, and of what lies unread with it? */
static bool is_room_to_come(const bell_trace *trace, uint32_t k) {
  if (trace->strategy != BELL_EPOLL_ET || trace->written == NULL) return false;
  bool is_kept = (bell_trace_statement(trace, k)->conduct & (BELL_READS_NEVER | BELL_FORGETS_REST)) == 0;
  bool is_served = k + 1 < trace->step_count && bell_trace_is_write(trace, k + 1) &&
                   bell_trace_event(trace, k + 1)->statement == bell_trace_event(trace, k)->statement;
  return trace->written[is_served ? k + 1 : k].owed > 0 && is_kept;
}

static const char *who_reads_on(const bell_trace *trace, uint32_t k) {
  if (BELL_HAS_BYTES && is_room_to_come(trace, k)) return "nobody reads on until more comes, or room to write";
  return is_more_to_come(trace, k) ? "nobody reads on until more comes" : "nothing more comes, so nobody ever reads on";
}

static const char lost[] = ", and the edge was told already: {who reads on}. The cure: read until a read would block.";
static const char lost_behind[] =
    " Behind it {unread lies} unread, and the edge was told already: {who reads on}. The "
    "cure: read until a read would block.";

/* ep_modify in Linux's fs/eventpoll.c. */
static const char found_anew[] =
    ": {call} tells of that again, for epoll_ctl changes what {me} is watched for, and looks anew.";
static const char found_anew_behind[] =
    " Behind it {unread lies} unread: {call} tells of that again, for epoll_ctl "
    "changes what {me} is watched for, and looks anew.";

const char *bytes_what_follows(const bell_trace *trace, uint32_t k) {
  if (!is_sized(trace, k) || bell_bytes_unread(trace, k) == 0) return "";
  bool is_piece = bell_trace_is_piece(trace, k);
  if (bell_bytes_are_lost(trace, k)) return is_piece ? lost : lost_behind;
  bool is_read_on = bell_bytes_are_read_on(trace, k) || bell_turns_is_remembered(trace, k);
  if (trace->steps[k].is_looked_at_anew && !is_read_on) return is_piece ? found_anew : found_anew_behind;
  if (!is_piece) return "";
  if (bell_turns_is_remembered(trace, k)) return ".";
  if (bell_strategy_tells_once(trace->strategy)) {
    return bell_bytes_are_read_on(trace, k) ? ", and the thread reads on."
                                            : ", and {call} will tell of what came since it answered.";
  }
  switch (trace->strategy) {
  case BELL_BLOCKING:
    return " until the next turn of {me}.";
  case BELL_READINESS:
    return ", so {me} is ready still.";
  case BELL_BUSY_POLL:
    return " until the round comes to {me} again.";
  case BELL_THREADS:
    return ", and the thread reads on.";
  case BELL_IO_URING:
    return ", and the next read takes of them.";
  default:
    return ", so {call} answers with {me} again.";
  }
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

/* "1 KB lies", "128 bytes lie". */
static void print_unread(const bell_trace *trace, uint32_t k, bell_text *out) {
  uint64_t bytes = bell_bytes_unread(trace, k);
  bool is_one = bytes == 1 || bytes == 1024 || bytes == UINT64_C(1024) * 1024;
  bell_text_size(out, bytes);
  bell_text_string(out, is_one ? " lies" : " lie");
}

/* "2 KB of 4 KB" */
static void print_broken_off(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_size(out, bell_bytes_broken_off(trace, k));
  bell_text_string(out, " of ");
  bell_text_size(out, stream_of(trace, trace->steps[k].event)->size);
}

void bytes_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (BELL_HAS_BYTES && sentence_fact_is(f, "broken off")) print_broken_off(trace, k, out);
  if (!is_sized(trace, k)) return;
  uint32_t size = stream_of(trace, trace->steps[k].event)->size;
  if (sentence_fact_is(f, "took")) bell_text_size(out, trace->taken[k].bytes);
  if (sentence_fact_is(f, "size")) bell_text_size(out, size);
  if (sentence_fact_is(f, "so far")) bell_text_size(out, size - trace->taken[k].missing);
  if (sentence_fact_is(f, "unread lies")) print_unread(trace, k, out);
  if (sentence_fact_is(f, "who reads on")) bell_text_string(out, who_reads_on(trace, k));
}
