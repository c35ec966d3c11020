#include "multiplexer/closing_reason.h"

#include "multiplexer/bytes_reason.h"
#include "multiplexer/calls.h"
#include "multiplexer/closing.h"
#include "multiplexer/file.h"
#include "multiplexer/kevent.h"
#include "multiplexer/listener.h"
#include "multiplexer/pipe.h"
#include "multiplexer/timer.h"
#include "multiplexer/worker.h"
#include "multiplexer/writing_reason.h"

/* ---- why it came next ------------------------------------------------------------------------------------------- */

static const char could_not_sleep[] =
    "The thread could not sleep: from {spun} to {time} ms {call} answered {rounds} times at once, for {those}. "
    "Then {me} had {news}.";
static const char could_not_sleep_uncounted[] =
    "The thread could not sleep: from {spun} to {time} ms {call} answered at once, again and again, for {those}. "
    "Then {me} had {news}.";
static const char could_not_rest[] =
    "The thread could not sleep from {spun} to {time} ms, for {those}, and so ready all the time. "
    "Then {me} had {news}.";
static const char new_besides[] =
    "Of what is new {me} comes first, ready since {ready} ms; {those}, and so ready all the time.";
static const char in_vain_besides[] =
    "Something was ready, so {call} answered at once, with {answers}: {fresh} something new; {those}.";

/* The sockets in the step's answer that have something new: they have steps. */
static uint32_t count_fresh(const bell_trace *trace, uint32_t k) {
  uint32_t next = k + 1;
  while (next < trace->step_count && trace->steps[next].queued_at == k) next++;
  return next - k;
}

const char *closing_why(const bell_trace *trace, uint32_t k) {
  if (!bell_trace_spins(trace, k)) return NULL;
  bool waited = bell_trace_waited(trace, k);
  if (trace->strategy == BELL_READINESS) return waited ? could_not_rest : new_besides;
  if (trace->steps[k].reason != BELL_REASON_ANSWER_FIRST) return NULL;
  bool idled = trace->measured != NULL ? bell_trace_rounds(trace, k) > 0 : waited;
  if (idled) return bell_strategy_is_kqueue(trace->strategy) ? could_not_sleep_uncounted : could_not_sleep;
  return trace->answers[k].returned > count_fresh(trace, k) ? in_vain_besides : NULL;
}

/* ---- an end ----------------------------------------------------------------------------------------------------- */

const char *closing_what_happened(const bell_trace *trace, uint32_t k) {
  static const char *const sentences[2][2] = {
      {" The peer has closed the connection: read gives 0, and the handler closes {me} too.",
       " The peer has closed the connection: read gives 0, but the handler does not close {me}"},
      {" The peer has reset the connection: read fails with ECONNRESET, and the handler closes {me}.",
       " The peer has reset the connection: read fails with ECONNRESET, but the handler does not close {me}"}};
  static const char *const of_pipe[2] = {
      " Nobody has its other end any more: read gives 0, and the handler closes {me} too.",
      " Nobody has its other end any more: read gives 0, but the handler does not close {me}"};
  static const char *const of_file[2] = {" It is read to its end: read gives 0, and the handler closes {me} too.",
                                         " It is read to its end: read gives 0, but the handler does not close {me}"};
  uint32_t source = bell_trace_event(trace, k)->statement;
  uint8_t conduct = bell_trace_statement(trace, k)->conduct;
  if (bell_pipe_is(trace->scenario, source)) return of_pipe[(conduct & BELL_IGNORES_END) != 0];
  if (bell_file_is(trace->scenario, source)) return of_file[(conduct & BELL_IGNORES_END) != 0];
  return sentences[bell_closing_fails(trace, k)][(conduct & BELL_IGNORES_END) != 0];
}

const char *closing_what_follows(const bell_trace *trace, uint32_t k) {
  if (!bell_trace_is_ignored_end(trace, k)) return "";
  switch (trace->strategy) {
  case BELL_EPOLL_ET:
#ifndef DOORBELL_WITHOUT_BYTES
  case BELL_KQUEUE_CLEAR:
#endif
    return ". Edge-triggered, {call} tells of it this once: the descriptor stays open.";
  case BELL_BUSY_POLL:
    return ", and goes on asking it in vain.";
  case BELL_THREADS:
    return ", and its thread reads on.";
  case BELL_BLOCKING:
    return ", and reads it again whenever its turn comes.";
  default:
    return ", so {me} is ready from now on, for ever.";
  }
}

/* ---- a run that never ends -------------------------------------------------------------------------------------- */

static const char wakes_for_nothing[] =
    "This goes on for ever, at 100 % of a core: {call} answers at once, for {those}. The thread woke {rounds} times in "
    "{watched} ms, and {no use}. {cure}";
static const char wakes_uncounted[] =
    "This goes on for ever, at 100 % of a core: {call} answers at once, for {those}. The thread woke again and again, "
    "and {no use}. {cure}";
static const char completes_for_nothing[] =
    "This goes on for ever, at 100 % of a core: each new read completes at once, with 0, for {those}. The thread woke "
    "{rounds} times in {watched} ms for nothing. {cure}";
static const char reads_for_nothing[] =
    "This goes on for ever, at 100 % of a core: read gives 0 at once, for {those}, and the thread reads again: "
    "{rounds} times in {watched} ms. {cure}";
static const char never_rests[] =
    "This goes on for ever: the wait comes back at once, for {those}. The thread never sleeps again, and does nothing. "
    "{cure}";
static const char sleeps_for_good[] =
    "{me} never gets its turn: the thread sleeps at {silent}, on which nothing is ever said, and such a sleep has no "
    "end. {me} is ready at {ready} ms, and nobody looks.";
static const char sleeps_in_write[] =
    "{me} never gets its turn: the thread sleeps in write at {writer}, whose peer never reads, and such a sleep has no "
    "end. {me} is ready at {ready} ms, and nobody looks. The cure: a thread that serves others waits in no write.";

const char *closing_why_for_ever(const bell_trace *trace, uint32_t k) {
  bool is_in_write = BELL_HAS_BYTES && writing_sleeps_for_good(trace, k);
  if (trace->steps[k].reason == BELL_REASON_STARVED) return is_in_write ? sleeps_in_write : sleeps_for_good;
  if (bell_strategy_is_kqueue(trace->strategy)) return wakes_uncounted;
  switch (trace->strategy) {
  case BELL_READINESS:
    return never_rests;
  case BELL_IO_URING:
    return completes_for_nothing;
  case BELL_BLOCKING:
  case BELL_THREADS:
    return reads_for_nothing;
  default:
    return wakes_for_nothing;
  }
}

/* ---- facts ------------------------------------------------------------------------------------------------------ */

/* The first socket on which nothing is ever said: a blocking thread comes no further. */
static uint32_t silent_socket(const bell_scenario *scenario) {
  uint32_t socket = 0;
  while (!bell_closing_is_silent(scenario, socket)) socket++;
  return socket;
}

/* If it is one that is watched for writing, it is this. */
static uint32_t watched_socket(const bell_trace *trace, uint32_t k) {
  return BELL_HAS_BYTES && trace->watched != NULL ? trace->watched[k] : trace->first_awake.writable;
}

const char *closing_descriptor_word(const bell_trace *trace) {
  return BELL_HAS_BYTES && trace->scenario->has_others ? "descriptor" : "socket";
}

/* "A is", or "3 sockets are". */
static void print_who(const bell_trace *trace, uint32_t count, uint32_t socket, bell_text *out) {
  if (count > 1) bell_text_number(out, count);
  else sentence_print_statement(trace, socket, out);
  if (count > 1) bell_text_string(out, " ");
  if (count > 1) bell_text_string(out, closing_descriptor_word(trace));
  bell_text_string(out, count > 1 ? "s are " : " is ");
}

/* "T has expired and is not read", or "2 timers have". */
static const char *what_is_unread(const bell_trace *trace, uint32_t count) {
  bool has_worker = trace->scenario->has_worker;
  if (count > 1) return has_worker ? " can be read and are not" : " timers have expired and are not read";
  bool is_worker = has_worker && bell_worker_is(trace->scenario, trace->first_awake.unread);
  return is_worker ? " has done something and is not read" : " has expired and is not read";
}

static const char *cure_of_unread(const bell_trace *trace, uint32_t count) {
  if (!trace->scenario->has_worker) return "read a timer when it has expired";
  if (count > 1) return "read what can be read";
  bool is_worker = bell_worker_is(trace->scenario, trace->first_awake.unread);
  return is_worker ? "read an eventfd when it was written to" : "read a timer when it has expired";
}

static void print_unread(const bell_trace *trace, uint32_t count, bell_text *out) {
  if (count > 1) bell_text_number(out, count);
  else sentence_print_statement(trace, trace->first_awake.unread, out);
  bell_text_string(out, what_is_unread(trace, count));
}

/* Beside others, and alone. */
static void print_starved(const bell_trace *trace, uint32_t k, bool is_first, bell_text *out) {
  if (!is_first) bell_text_string(out, ", and ");
  sentence_print_statement(trace, trace->events[trace->accepting[k].waits].statement, out);
  bell_text_string(out, " has a connection for which no descriptor is left");
}

/* Who keeps the thread from sleeping. */
static void print_those(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_spinning spinning = trace->spinning[k];
  if (spinning.ended > 0) {
    print_who(trace, spinning.ended, spinning.ended == 1 ? trace->first_awake.ended : 0, out);
    bell_text_string(out, spinning.ended == 1 ? "at its end and was not closed" : "at their end and were not closed");
  }
  if (spinning.ended > 0 && spinning.writable > 0) bell_text_string(out, ", and ");
  if (spinning.writable > 0) {
    print_who(trace, spinning.writable, spinning.writable == 1 ? watched_socket(trace, k) : 0, out);
    bell_text_string(out, "watched for writing with nothing to write");
  }
  uint32_t unread = bell_trace_unread(trace, k);
  if (!BELL_HAS_BYTES) return;
  if (unread > 0 && spinning.ended + spinning.writable > 0) bell_text_string(out, ", and ");
  if (unread > 0) print_unread(trace, unread, out);
  bool is_first = bell_trace_awake(trace, k) == bell_trace_starved(trace, k);
  if (bell_trace_starved(trace, k) > 0) print_starved(trace, k, is_first, out);
}

static void print_fresh(const bell_trace *trace, uint32_t k, bell_text *out) {
  uint32_t count = count_fresh(trace, k);
  sentence_print_step(trace, k, out);
  if (count > 1) bell_text_string(out, " and ");
  if (count == 2) sentence_print_step(trace, k + 1, out);
  if (count > 2) bell_text_number(out, count - 1);
  if (count > 2) bell_text_string(out, " others");
  bell_text_string(out, count == 1 ? " has" : " have");
}

static void print_cure(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_spinning spinning = trace->spinning[k];
  bell_text_string(out, "The cure: ");
  if (spinning.ended > 0) bell_text_string(out, "close a ");
  if (spinning.ended > 0) bell_text_string(out, closing_descriptor_word(trace));
  if (spinning.ended > 0) bell_text_string(out, " when read gives 0");
  if (spinning.ended > 0 && spinning.writable > 0) bell_text_string(out, "; ");
  if (spinning.writable > 0) bell_text_string(out, "watch for writing only while there is something to write");
  if (BELL_HAS_BYTES && bell_trace_unread(trace, k) > 0) {
    if (spinning.ended + spinning.writable > 0) bell_text_string(out, "; ");
    bell_text_string(out, cure_of_unread(trace, bell_trace_unread(trace, k)));
  }
  if (BELL_HAS_BYTES && bell_trace_starved(trace, k) > 0) {
    if (bell_trace_awake(trace, k) > 1) bell_text_string(out, "; ");
    bell_text_string(out, "close what is not needed, and keep a spare descriptor to turn away who comes then");
  }
  bell_text_string(out, ".");
}

/* What comes of it that a thread wakes. */
static void print_nothing(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_spinning spinning = trace->spinning[k];
  bool reads = spinning.ended > 0 || (BELL_HAS_BYTES && bell_trace_unread(trace, k) > 0);
  bool accepts = BELL_HAS_BYTES && bell_trace_starved(trace, k) > 0;
  if (accepts) bell_text_string(out, "accepted ");
  if (accepts && bell_trace_awake(trace, k) == 1) bell_text_string(out, "nothing: accept fails with EMFILE");
  else if (accepts) bell_text_string(out, spinning.writable > 0 ? "and wrote nothing" : "and read nothing");
  else if (reads) bell_text_string(out, spinning.writable > 0 ? "read and wrote nothing" : "read nothing");
  else bell_text_string(out, "wrote nothing");
}

static const char *word_of(const bell_trace *trace, uint32_t k) {
  if (bell_trace_is_write(trace, k)) return "room";
  if (bell_trace_is_end(trace, k)) return "end";
  bool is_data = BELL_HAS_BYTES && bytes_is_less(trace, k);
  return is_data ? "data" : bytes_event_word(trace, trace->steps[k].event);
}

/* What is new of a step's socket. */
static const char *what_came(const bell_trace *trace, uint32_t k) {
  if (bell_trace_is_write(trace, k)) return "room to write";
  if (bell_trace_is_end(trace, k)) return "its end";
  if (BELL_HAS_BYTES && bytes_is_less(trace, k)) return "data";
  uint32_t source = bell_trace_event(trace, k)->statement;
  if (bell_worker_is(trace->scenario, source)) return "something done";
  if (bell_timer_is(trace->scenario, source)) return "an expiration";
  if (bell_file_is(trace->scenario, source)) return "data";
  return bell_listener_is_step(trace, k) ? "a connection" : "a message";
}

void closing_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  bool is_accept = bell_listener_is_step(trace, k);
  bool is_write = bell_trace_is_write(trace, k);
  if (sentence_fact_is(f, "news")) bell_text_string(out, what_came(trace, k));
  bool has_read = is_write || bell_kevent_has_read(trace, k);
  if (sentence_fact_is(f, "news") && !has_read) bell_text_string(out, is_accept ? " to accept" : " to read");
  if (sentence_fact_is(f, "spun")) bell_text_ms(out, bell_trace_spun_from_us(trace, k, bell_trace_free_us(trace, k)));
  if (sentence_fact_is(f, "thing")) bell_text_string(out, word_of(trace, k));
  if (sentence_fact_is(f, "rounds")) bell_text_number(out, (int64_t)bell_trace_rounds(trace, k));
  if (sentence_fact_is(f, "watched")) bell_text_ms(out, BELL_SPIN_WATCHED_US);
  if (sentence_fact_is(f, "those")) print_those(trace, k, out);
  if (sentence_fact_is(f, "fresh")) print_fresh(trace, k, out);
  if (sentence_fact_is(f, "cure")) print_cure(trace, k, out);
  if (sentence_fact_is(f, "no use")) print_nothing(trace, k, out);
  if (sentence_fact_is(f, "silent")) sentence_print_statement(trace, silent_socket(trace->scenario), out);
}
