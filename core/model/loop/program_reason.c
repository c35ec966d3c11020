#include "loop/program_reason.h"

#include "loop/loop_reason.h"
#include "trace/sentence.h"

static const char *const why[BELL_REASONS] = {
    [BELL_REASON_STARVED] =
        "After {steps} callbacks the run was stopped. {me} starves: what goes before it has no "
        "end; the last of that was {last}.",
    [BELL_REASON_STOPPED] = "After {steps} callbacks the run was stopped. {me} would come next.",
    [BELL_REASON_ENDED_THREW] = "{last} threw, and nobody caught it: Node ends the process here, with status 1.",
    [BELL_REASON_ENDED_EXIT] = "{last} called process.exit: Node ends the process here.",
    [BELL_REASON_BEFORE_EXIT] = "Nothing is to come any more. Node tells that as beforeExit: {me} may ask for more.",
    [BELL_REASON_EXIT] = "The process ends. Node tells that as exit: {me} runs, and nothing that it asks for will.",
};

static void print_own(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (sentence_fact_is(f, "steps")) bell_text_number(out, k);
  if (sentence_fact_is(f, "last")) sentence_print_event(trace, trace->steps[k].other, out);
}

void program_reason_print(const bell_trace *trace, uint32_t k, bell_text *out) {
  const char *sentence = why[trace->steps[k].reason];
  if (sentence == NULL) loop_reason_print(trace, k, out);
  else sentence_print(trace, k, sentence, print_own, out);
}
