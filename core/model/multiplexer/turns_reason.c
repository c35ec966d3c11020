#include "multiplexer/turns_reason.h"

#include "multiplexer/listener.h"
#include "multiplexer/turns.h"

static const char goes_on[] =
    "{me}'s turn goes on, with {read of turn}: edge-triggered, {call} reports what comes, not what is left over.";
static const char list_first[] =
    "The server's own list remembers {me}, so the thread did not sleep: {call}, with a timeout of 0, told of nobody "
    "new.";
static const char list_next[] = "The server's own list remembers {me}, behind the others.";
static const char is_over[] = " The turn is over, with {read of turn}: the server's own list remembers {me}.";

const char *turns_why(const bell_trace *trace, uint32_t k) {
  if (trace->reads_a_turn == 0) return NULL;
  const bell_step *step = &trace->steps[k];
  if (step->reason == BELL_REASON_DRAIN) return goes_on;
  if (step->reason == BELL_REASON_OWN_LIST) return step->queued_at == k ? list_first : list_next;
  return NULL;
}

const char *turns_what_follows(const bell_trace *trace, uint32_t k) {
  return bell_turns_is_remembered(trace, k) ? is_over : "";
}

/* "read 2 of 4" */
void turns_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out) {
  if (!sentence_fact_is(f, "read of turn")) return;
  bell_text_string(out, bell_listener_is_step(trace, k) ? "accept " : "read ");
  bell_text_number(out, bell_turns_read(trace, k));
  bell_text_string(out, " of ");
  bell_text_number(out, trace->reads_a_turn);
}
