#include "multiplexer/writing_reason.h"

#include "multiplexer/closing.h"
#include "multiplexer/writing.h"

static bool has_writing(const bell_trace *trace) { return BELL_HAS_BYTES && trace->written != NULL; }

static const bell_statement *socket_of(const bell_trace *trace, uint32_t k) { return bell_trace_statement(trace, k); }

/* How much is written for each message of the step's socket. */
static uint32_t answer_of(const bell_trace *trace, uint32_t k) {
  const bell_stream *stream = bell_scenario_find_stream(trace->scenario, bell_trace_event(trace, k)->statement);
  return stream != NULL ? stream->answer : 0;
}

static bool is_waiting(const bell_trace *trace, uint32_t k) {
  return bell_writing_waits(trace->scenario, trace->strategy, bell_trace_event(trace, k)->statement);
}

/* When the step's message had been handled: of threads, which share cores, and of a real kernel that was kept. */
static int64_t handled_us(const bell_trace *trace, uint32_t k) {
  if (trace->strategy == BELL_THREADS || trace->measured != NULL) return trace->handled_us[k];
  return trace->steps[k].time_us + socket_of(trace, k)->takes_us;
}

/* Has the step handled a message, and answered it? */
static bool is_answer(const bell_trace *trace, uint32_t k) {
  bool is_other = bell_trace_is_write(trace, k) || bell_trace_is_piece(trace, k) || bell_trace_is_end(trace, k);
  return !is_other && answer_of(trace, k) > 0;
}

int64_t writing_waited_us(const bell_trace *trace, uint32_t k) {
  bool may_wait = has_writing(trace) && is_waiting(trace, k) && is_answer(trace, k);
  return may_wait ? bell_trace_end_us(trace, k) - handled_us(trace, k) : 0;
}

bool writing_sleeps_for_good(const bell_trace *trace, uint32_t k) {
  return has_writing(trace) && k > 0 && trace->steps[k - 1].is_asleep;
}

const char *writing_why(const bell_trace *trace, uint32_t k) {
  bool may_follow = k > 0 && bell_trace_is_write(trace, k) && !bell_trace_is_write(trace, k - 1);
  if (!may_follow || bell_trace_event(trace, k)->statement != bell_trace_event(trace, k - 1)->statement) return NULL;
  if (trace->strategy == BELL_BUSY_POLL && !bell_trace_waited(trace, k)) return "The round is at {me} still.";
  bool is_same = trace->steps[k].reason == BELL_REASON_ANSWER_NEXT && trace->strategy != BELL_IO_URING &&
                 trace->steps[k].queued_at == trace->steps[k - 1].queued_at;
  return is_same ? "The same answer of {call} told of room to write at {me}, too." : NULL;
}

/* ---- what was written -------------------------------------------------------------------------------------------- */

/* Has it failed, for the connection was reset? What it takes, a write takes when the step is over. */
static bool has_failed(const bell_trace *trace, uint32_t k) {
  bool is_tried = bell_trace_is_write(trace, k) || is_answer(trace, k);
  return is_tried && trace->written[k].owed > 0 &&
         bell_writing_reset_us(trace, bell_trace_event(trace, k)->statement) <= bell_trace_end_us(trace, k);
}

static const char whole[] = " Its answer of {answer} finds room: write takes all of it.";

static const char *what_waited(const bell_trace *trace, uint32_t k) {
  if (trace->steps[k].is_asleep) {
    return " Of its answer of {answer} write takes {wrote}, and waits for room for the rest: the peer never reads, so "
           "the thread sleeps for good.";
  }
  return writing_waited_us(trace, k) == 0 ? whole
         : trace->strategy == BELL_THREADS
             ? " Its answer of {answer} is more than there is room for: write waits, and {me}'s own thread sleeps "
               "in it from {handled} to {end} ms."
             : " Its answer of {answer} is more than there is room for: write waits, and the thread sleeps in it from "
               "{handled} to {end} ms, whoever else is ready.";
}

static const char *what_was_answered(const bell_trace *trace, uint32_t k) {
  bell_written written = trace->written[k];
  uint32_t answer = answer_of(trace, k);
  if (written.owed > answer) return " Its answer of {answer} is put behind what is still to be written: {owed} in all.";
  if (trace->strategy == BELL_IO_URING) return " Its answer of {answer} is handed over with the next wait.";
  if (is_waiting(trace, k)) return what_waited(trace, k);
  if (written.owed == 0) return whole;
  return written.bytes > 0
             ? " Of its answer of {answer} write takes {wrote}, and then fails with EAGAIN, for the buffer is full."
             : " For its answer of {answer} there is no room: write fails with EAGAIN, for the buffer is full.";
}

static const char *what_completed(const bell_trace *trace, uint32_t k) {
  return trace->written[k].owed == 0 ? " The write is complete: the last {wrote} found room."
                                     : " The write is complete, and short: {wrote} found room.";
}

const char *writing_what_was_written(const bell_trace *trace, uint32_t k) {
  if (!has_writing(trace)) return "";
  bool is_lost = bell_trace_is_end(trace, k) && trace->written[k].owed > 0;
  bool is_kept = bell_trace_is_ignored_end(trace, k) && (socket_of(trace, k)->conduct & BELL_RESETS) == 0;
  if (is_lost && !is_kept) return " What it still had to write, {owed}, is lost.";
  if (has_failed(trace, k)) {
    return " Of its answer of {answer} write takes {wrote}, and then fails at {end} ms, for the peer has reset the "
           "connection.";
  }
  if (is_answer(trace, k)) return what_was_answered(trace, k);
  if (!bell_trace_is_write(trace, k)) return "";
  if (trace->strategy == BELL_IO_URING) return what_completed(trace, k);
  return trace->written[k].owed == 0 ? " There is room again: write takes the last {wrote}"
                                     : " There is room again: write takes {wrote}, and then fails with EAGAIN.";
}

/* ---- what becomes of the rest ------------------------------------------------------------------------------------ */

/* Nothing is left of it. */
static const char *what_follows_the_last(const bell_trace *trace, uint32_t k) {
  bool is_told_again = bell_closing_has_interest(trace->strategy) && !bell_strategy_tells_once(trace->strategy);
  if (!is_told_again) return ".";
  return (socket_of(trace, k)->conduct & BELL_STOPS_WATCHING) != 0
             ? ", and the handler stops to watch for writing."
             : ", but the handler goes on to watch for writing, with nothing to write.";
}

const char *writing_what_follows(const bell_trace *trace, uint32_t k) {
  if (!has_writing(trace)) return "";
  bool is_write = bell_trace_is_write(trace, k);
  if (!is_write && trace->strategy == BELL_IO_URING) return "";
  bool is_first = is_answer(trace, k) && !is_waiting(trace, k) && trace->written[k].owed <= answer_of(trace, k);
  if (is_write && trace->strategy == BELL_IO_URING && trace->written[k].owed == 0) return "";
  if (is_write && trace->written[k].owed == 0) return what_follows_the_last(trace, k);
  if (trace->written[k].owed == 0 || !(is_write || is_first) || has_failed(trace, k)) return "";
  uint8_t conduct = socket_of(trace, k)->conduct;
  if ((conduct & BELL_FORGETS_REST) != 0) {
    return " Nobody looks at how much it took, and the rest, {owed}, is never sent. The cure: keep it, and write it "
           "when there is room.";
  }
  if ((conduct & BELL_READS_NEVER) != 0) {
    return " The handler keeps {owed}, for which there will never be room: the peer does not read. The cure: a bound "
           "to what is kept, and to how long.";
  }
  if (trace->strategy == BELL_BUSY_POLL) return " The handler keeps {owed}, and tries again in each round.";
  if (trace->strategy == BELL_IO_URING) return " The handler keeps {owed}, and hands that over with the next wait.";
  if (bell_strategy_tells_once(trace->strategy)) {
    return " The handler keeps {owed}: {call} will tell of room once, when it comes.";
  }
  return is_write ? " The handler keeps {owed}, and watches on."
                  : " The handler keeps {owed}, and watches for writing.";
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

static void print_sleeper(const bell_trace *trace, uint32_t k, bell_text *out) {
  if (writing_sleeps_for_good(trace, k)) sentence_print_step(trace, k - 1, out);
}

void writing_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (!has_writing(trace)) return;
  if (sentence_fact_is(f, "answer")) bell_text_size(out, answer_of(trace, k));
  if (sentence_fact_is(f, "wrote")) bell_text_size(out, trace->written[k].bytes);
  if (sentence_fact_is(f, "owed")) bell_text_size(out, trace->written[k].owed);
  if (sentence_fact_is(f, "handled")) bell_text_ms(out, handled_us(trace, k));
  if (sentence_fact_is(f, "end")) bell_text_ms(out, bell_trace_end_us(trace, k));
  if (sentence_fact_is(f, "writer")) print_sleeper(trace, k, out);
}
