/* sentence: what the reasons of both lessons are printed with: a sentence that has facts of a step in it, in braces.
 *
 *     {me}                                          the step's callback or socket
 *     {ready} {other ready} {free} {time} {late}    times in milliseconds: see bell_step and bell_trace
 *
 * and what each lesson adds. */
#ifndef BELL_SENTENCE_H
#define BELL_SENTENCE_H

#include "trace/trace.h"

/* What a reason says, for a thread that slept before the step and for one that did not. */
typedef struct sentence_pair {
  const char *slept;
  const char *awake;
} sentence_pair;

/* The word in the braces. */
typedef bell_slice sentence_fact;

static inline bool sentence_fact_is(sentence_fact f, const char *word) { return bell_slice_is(f, word); }

/* Prints what a lesson's own words stand for. */
typedef void sentence_print_fact(const bell_trace *trace, uint32_t k, sentence_fact f, bell_text *out);

void sentence_print(const bell_trace *trace, uint32_t k, const char *sentence, sentence_print_fact *own,
                    bell_text *out);

/* The name of a step, of an event, of a statement. */
void sentence_print_step(const bell_trace *trace, uint32_t k, bell_text *out);
void sentence_print_event(const bell_trace *trace, uint32_t event, bell_text *out);
void sentence_print_statement(const bell_trace *trace, uint32_t statement, bell_text *out);

/* Is the event that had to wait of the same source as the one that runs? Then its name would not tell them apart. */
bool sentence_other_is_same(const bell_trace *trace, uint32_t k);

#endif
