#include "multiplexer/worker_reason.h"

#include "multiplexer/worker.h"

static const char given[] =
    " Its handler hands the work over to {worker}, who needs {needs} ms for it, and the thread goes on.";
static const char done_once[] = " The read gives 1: {me} has done one piece of work, which is answered now.";
static const char done_often[] =
    " The read gives {expirations}: {me} has done so many pieces of work without a read, and all are answered. Who "
    "answers one a wake forgets {missed}.";

const char *worker_what_was_given(const bell_trace *trace, uint32_t k) {
  return bell_trace_is_given(trace, k) ? given : "";
}

/* "W", or "one of W's 4 threads". */
static void print_worker(const bell_trace *trace, bell_text *out) {
  uint32_t threads = trace->scenario->statements[trace->scenario->worker].threads;
  if (threads > 1) bell_text_string(out, "one of ");
  sentence_print_statement(trace, trace->scenario->worker, out);
  if (threads == 1) return;
  bell_text_string(out, "'s ");
  bell_text_number(out, threads);
  bell_text_string(out, " threads");
}

const char *worker_what_was_done(int64_t pieces) { return pieces == 1 ? done_once : done_often; }

void worker_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (!trace->scenario->has_worker) return;
  if (sentence_fact_is(f, "worker")) print_worker(trace, out);
  if (sentence_fact_is(f, "needs")) bell_text_ms(out, bell_trace_statement(trace, k)->takes_us);
}
