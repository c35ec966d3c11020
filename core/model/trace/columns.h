/* columns: what a row of a trace shows, cell by cell. These are the columns that any lesson may have; what a
 * lesson alone knows of stands in its own room. */
#ifndef BELL_COLUMNS_H
#define BELL_COLUMNS_H

#include "trace/trace.h"

enum { BELL_COLUMNS_MAX = 20 };

/* Where a column is shown. */
typedef enum bell_column_place {
  BELL_COLUMN_ALWAYS,
  BELL_COLUMN_NOT_IN_TSV, /* for JSON and for people */
  BELL_COLUMN_OF_CALLS,   /* the same, of a run that counts its system calls: see bell_trace.answers */
  BELL_COLUMN_OF_CLOSING, /* of a scenario in which connections end: bell_scenario.closing */
  BELL_COLUMN_OF_REPORTS, /* the same; and of kqueue, whose events say more than that something is ready */
  BELL_COLUMN_OF_BYTES,   /* of one in which messages have sizes, */
  BELL_COLUMN_OF_TIMERS,  /* or with timers, */
  BELL_COLUMN_OF_WRITING, /* or in which handlers write */
} bell_column_place;

/* How its cell in row k is found: one of these. */
typedef struct bell_column {
  const char *name;
  bell_column_place place;
  int64_t (*number)(const bell_trace *trace, uint32_t k);
  int64_t (*us)(const bell_trace *trace, uint32_t k); /* shown in milliseconds */
  const char *(*string)(const bell_trace *trace, uint32_t k);
  void (*print)(const bell_trace *trace, uint32_t k, bell_text *out); /* what must be put together */
} bell_column;

int64_t bell_column_step(const bell_trace *trace, uint32_t k); /* counted from 1 */
int64_t bell_column_time(const bell_trace *trace, uint32_t k);
const char *bell_column_name(const bell_trace *trace, uint32_t k);
const char *bell_column_payload(const bell_trace *trace, uint32_t k);
int64_t bell_column_ready(const bell_trace *trace, uint32_t k);
int64_t bell_column_latency(const bell_trace *trace, uint32_t k);
const char *bell_column_queue(const bell_trace *trace, uint32_t k);
const char *bell_column_kind(const bell_trace *trace, uint32_t k);

#endif
