/* columns: what a row of a trace shows, cell by cell, as text. These are the columns that any lesson may have; what a
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
  BELL_COLUMN_OF_BYTES,   /* of one in which messages have sizes */
} bell_column_place;

typedef struct bell_column {
  const char *name;
  bool is_number;
  bell_column_place place;
  void (*print)(const bell_trace *trace, uint32_t k, bell_text *out);
} bell_column;

void bell_column_step(const bell_trace *trace, uint32_t k, bell_text *out); /* counted from 1 */
void bell_column_time(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_name(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_payload(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_ready(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_latency(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_queue(const bell_trace *trace, uint32_t k, bell_text *out);
void bell_column_kind(const bell_trace *trace, uint32_t k, bell_text *out);

#endif
