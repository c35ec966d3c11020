#include "output.h"

#include <string.h>

#include "lessons.h"
#include "multiplexer/calls.h"
#include "stuck.h"
#include "trace/totals.h"
#include "writer.h"

const char *output_format_name(output_format format) {
  static const char *const names[OUTPUT_FORMATS] = {"tsv", "json", "table"};
  return names[format];
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

/* Those that a format shows of a trace. */
typedef struct layout {
  const bell_column *columns[BELL_COLUMNS_MAX];
  size_t count;
} layout;

static bool is_shown(const bell_column *at, const bell_trace *trace, output_format format) {
  if (at->place == BELL_COLUMN_OF_CLOSING) return trace->scenario->closing;
  if (at->place == BELL_COLUMN_OF_REPORTS) {
    return trace->scenario->closing || bell_strategy_is_kqueue(trace->strategy);
  }
  if (at->place == BELL_COLUMN_OF_BYTES) return trace->scenario->sized;
  if (at->place == BELL_COLUMN_OF_TIMERS) return trace->scenario->timer_count > trace->scenario->has_worker;
  if (at->place == BELL_COLUMN_OF_WRITING) return trace->written != NULL;
  if (at->place == BELL_COLUMN_OF_CALLS && trace->answers == NULL) return false;
  return at->place == BELL_COLUMN_ALWAYS || format != OUTPUT_TSV;
}

static layout layout_of(const bell_trace *trace, output_format format) {
  const bell_lesson *lesson = bell_lesson_of(trace->scenario->host);
  layout chosen = {.count = 0};
  for (uint32_t c = 0; c < lesson->column_count; c++) {
    if (is_shown(&lesson->columns[c], trace, format)) chosen.columns[chosen.count++] = &lesson->columns[c];
  }
  return chosen;
}

/* ---- what the formats share ------------------------------------------------------------------------------------- */

typedef struct sheet {
  writer w;
  const writer_escapes *escapes;
  const bell_trace *trace;
  layout layout;
  stuck stuck; /* none where the strategy leaves none */
} sheet;

/* What must be escaped in a name, and the letters for it. JSON: RFC 8259, section 7; a name has no other control
 * character. */
static const writer_escapes escapes_of[OUTPUT_FORMATS] = {
    [OUTPUT_TSV] = {"\\\t\n", "\\tn"}, [OUTPUT_JSON] = {"\\\"\t", "\\\"t"}, [OUTPUT_TABLE] = {"", ""}};

/* A column's `print` with the types that a writer knows. */
typedef struct cell {
  const bell_trace *trace;
  void (*print)(const bell_trace *trace, uint32_t index, bell_text *out);
} cell;

static void print_cell(const void *what, uint32_t index, bell_text *out) {
  const cell *c = what;
  c->print(c->trace, index, out);
}

static bool is_number(const bell_column *at) { return at->number != NULL || at->us != NULL; }

/* Puts a cell at `to`, and returns where it ends. */
static char *put_cell(sheet *s, const bell_column *at, uint32_t k, char *to) {
  if (at->us != NULL) return bell_put_ms(to, at->us(s->trace, k));
  if (at->number != NULL) return bell_put_number(to, at->number(s->trace, k));
  if (at->string != NULL) return writer_put_string(&s->w, to, at->string(s->trace, k), s->escapes);
  return writer_put_printed(&s->w, to, print_cell, &(cell){s->trace, at->print}, k, s->escapes);
}

/* Appends a cell; returns where it begins. */
static size_t add_cell(sheet *s, const bell_column *at, uint32_t k) {
  size_t start = s->w.text.length;
  writer_ends_at(&s->w, put_cell(s, at, k, writer_place(&s->w)));
  return start;
}

static void add_name(sheet *s, uint32_t statement) {
  const char *name = bell_scenario_name(s->trace->scenario, statement);
  writer_ends_at(&s->w, writer_put_string(&s->w, writer_place(&s->w), name, s->escapes));
}

/* Rows go by time, sockets and names by the file. At a million rows each name is far from the one before, and waiting
 * for memory would take longer than all the rest. So it is asked for some rows ahead: first for the event, which says
 * where the statement is, then for that, which says where the name is. It is inline by force: GCC takes a function that
 * only prefetches for one that does nothing, and drops the call. */
enum { AHEAD = 8 };

static inline __attribute__((always_inline)) void look_ahead(const bell_trace *trace, uint32_t k) {
  uint32_t left = trace->step_count - k;
  if (left > 3 * AHEAD) __builtin_prefetch(bell_trace_event(trace, k + 3 * AHEAD));
  if (left > 2 * AHEAD) __builtin_prefetch(bell_trace_statement(trace, k + 2 * AHEAD));
  if (left > AHEAD) {
    __builtin_prefetch(bell_scenario_name(trace->scenario, bell_trace_event(trace, k + AHEAD)->statement));
  }
}

/* ---- lists of names --------------------------------------------------------------------------------------------- */

/* How one is written in each format: what stands before it, around its names, between them, and behind it. */
typedef struct list_style {
  const char *before;
  const char *quote;
  const char *between;
  const char *behind;
} list_style;

static void print_names(sheet *s, const uint32_t *statements, uint32_t count, output_format format) {
  static const list_style styles[OUTPUT_FORMATS] = {{"", "", "\t", "\n"}, {"[", "\"", ",", "]"}, {"", "", ", ", "\n"}};
  const list_style *style = &styles[format];
  writer_string(&s->w, style->before);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) writer_string(&s->w, style->between);
    writer_string(&s->w, style->quote);
    add_name(s, statements[i]);
    writer_string(&s->w, style->quote);
  }
  writer_string(&s->w, style->behind);
}

/* ---- TSV -------------------------------------------------------------------------------------------------------- */

static void print_tsv(sheet *s) {
  size_t count = s->layout.count;
  for (size_t c = 0; c < count; c++) {
    writer_string(&s->w, s->layout.columns[c]->name);
    writer_string(&s->w, c + 1 < count ? "\t" : "\n");
  }
  for (uint32_t k = 0; k < s->trace->step_count; k++) {
    look_ahead(s->trace, k);
    char *to = writer_place(&s->w);
    for (size_t c = 0; c < count; c++) {
      to = put_cell(s, s->layout.columns[c], k, to);
      *to++ = (char)(c + 1 < count ? '\t' : '\n');
    }
    writer_ends_at(&s->w, to);
    writer_row_ends(&s->w);
  }
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void print_json_cell(sheet *s, const bell_column *at, uint32_t k) {
  if (!is_number(at)) writer_string(&s->w, "\"");
  add_cell(s, at, k);
  if (!is_number(at)) writer_string(&s->w, "\"");
}

static void print_json_name(sheet *s, uint32_t statement) {
  writer_string(&s->w, "\"");
  add_name(s, statement);
  writer_string(&s->w, "\"");
}

static void print_json_key(sheet *s, const char *before, const char *key) {
  writer_string(&s->w, before);
  writer_string(&s->w, "\"");
  writer_string(&s->w, key);
  writer_string(&s->w, "\":");
}

static void print_json_row(sheet *s, uint32_t k) {
  for (size_t c = 0; c < s->layout.count; c++) {
    print_json_key(s, c == 0 ? "{" : ",", s->layout.columns[c]->name);
    print_json_cell(s, s->layout.columns[c], k);
  }
  writer_string(&s->w, "}");
}

static void print_json_ms(sheet *s, const char *key, int64_t us) {
  print_json_key(s, ",", key);
  writer_ms(&s->w, us);
}

static void print_json_count(sheet *s, const char *key, uint64_t count) {
  print_json_key(s, ",", key);
  writer_number(&s->w, (int64_t)count);
}

static void print_json_calls(sheet *s) {
  bell_calls calls = bell_trace_all_calls(s->trace);
  print_json_count(s, "waits", calls.waits);
  print_json_count(s, "scanned", calls.scanned);
  print_json_count(s, "returned", calls.returned);
  print_json_count(s, "reads", calls.reads);
  print_json_count(s, "would_block", calls.in_vain);
  print_json_key(s, ",", "stuck");
  print_names(s, s->stuck.sockets, s->stuck.count, OUTPUT_JSON);
}

/* The promises whose rejection nobody handled, when that was told, and after which callback. */
static void print_json_rejections(sheet *s) {
  print_json_key(s, ",\n", "unhandled");
  writer_string(&s->w, "[");
  for (uint32_t i = 0; i < s->trace->unhandled_count; i++) {
    bell_rejection rejection = s->trace->unhandled[i];
    print_json_key(s, i > 0 ? ",{" : "{", "promise");
    print_json_name(s, rejection.statement);
    print_json_ms(s, "tick", bell_trace_end_us(s->trace, rejection.step));
    print_json_key(s, ",", "after");
    print_json_name(s, bell_trace_event(s->trace, rejection.step)->statement);
    writer_string(&s->w, "}");
  }
  writer_string(&s->w, "]");
}

static void print_json(sheet *s) {
  bell_totals totals = bell_trace_totals(s->trace);
  writer_string(&s->w, "{\"rows\":[");
  for (uint32_t k = 0; k < s->trace->step_count; k++) {
    look_ahead(s->trace, k);
    writer_string(&s->w, k == 0 ? "\n" : ",\n");
    print_json_row(s, k);
    writer_row_ends(&s->w);
  }
  writer_string(&s->w, "],\n\"totals\":{\"messages\":");
  writer_number(&s->w, totals.messages);
  print_json_ms(s, "end", totals.end_us);
  print_json_ms(s, "mean_latency", totals.mean_latency_us);
  print_json_ms(s, "median_latency", totals.median_latency_us);
  print_json_ms(s, "p99_latency", totals.p99_latency_us);
  print_json_ms(s, "max_latency", totals.max_latency_us);
  print_json_ms(s, "idle", totals.idle_us);
  print_json_count(s, "wake_ups", totals.wake_ups);
  if (s->trace->answers != NULL) print_json_calls(s);
  writer_string(&s->w, "}");
  if (s->trace->unhandled != NULL) print_json_rejections(s);
  writer_string(&s->w, "}\n");
}

/* ---- a table for people ----------------------------------------------------------------------------------------- */

static size_t characters(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

/* Numbers stand at the right of their column, words at the left; the last column is not filled up. The cell begins at
 * `start`. */
static void fill_up(sheet *s, size_t c, size_t start, size_t width) {
  bool is_right = is_number(s->layout.columns[c]);
  size_t shown = characters(s->w.text.out + start, s->w.text.length - start);
  bool is_last = c + 1 == s->layout.count;
  if (shown < width && !is_last) writer_pad(&s->w, is_right ? start : s->w.text.length, width - shown);
  writer_string(&s->w, is_last ? "\n" : "  ");
}

static void find_widths(sheet *s, size_t *widths) {
  for (size_t c = 0; c < s->layout.count; c++) {
    widths[c] = strlen(s->layout.columns[c]->name);
    if (c + 1 == s->layout.count) continue;
    for (uint32_t k = 0; k < s->trace->step_count; k++) {
      size_t start = add_cell(s, s->layout.columns[c], k);
      size_t shown = characters(s->w.text.out + start, s->w.text.length - start);
      if (shown > widths[c]) widths[c] = shown;
      s->w.text.length = start; /* it was measured alone */
    }
  }
}

static void print_ms(sheet *s, const char *label, int64_t us) {
  writer_string(&s->w, label);
  writer_string(&s->w, " ");
  writer_ms(&s->w, us);
  writer_string(&s->w, " ms");
}

static void print_table_totals(sheet *s) {
  bell_totals totals = bell_trace_totals(s->trace);
  print_ms(s, "\nend", totals.end_us);
  print_ms(s, ", idle", totals.idle_us);
  print_ms(s, "; latency: mean", totals.mean_latency_us);
  print_ms(s, ", median", totals.median_latency_us);
  print_ms(s, ", p99", totals.p99_latency_us);
  print_ms(s, ", max", totals.max_latency_us);
  writer_string(&s->w, "; wake-ups ");
  writer_number(&s->w, totals.wake_ups);
  writer_string(&s->w, "\n");
}

static void print_table(sheet *s) {
  size_t widths[BELL_COLUMNS_MAX] = {0};
  find_widths(s, widths);
  for (size_t c = 0; c < s->layout.count; c++) {
    size_t start = s->w.text.length;
    writer_string(&s->w, s->layout.columns[c]->name);
    fill_up(s, c, start, widths[c]);
  }
  for (uint32_t k = 0; k < s->trace->step_count; k++) {
    for (size_t c = 0; c < s->layout.count; c++) {
      fill_up(s, c, add_cell(s, s->layout.columns[c], k), widths[c]);
    }
    writer_row_ends(&s->w);
  }
  print_table_totals(s);
  for (uint32_t i = 0; i < s->stuck.count; i++) {
    writer_string(&s->w, "stuck: ");
    add_name(s, s->stuck.sockets[i]);
    writer_string(&s->w, ", with messages that were never read: ");
    writer_number(&s->w, s->stuck.messages[s->stuck.sockets[i]]);
    writer_string(&s->w, "\n");
  }
  for (uint32_t i = 0; i < s->trace->unhandled_count; i++) {
    bell_rejection rejection = s->trace->unhandled[i];
    writer_string(&s->w, "rejected, and nobody handled it: ");
    add_name(s, rejection.statement);
    writer_string(&s->w, ", told at ");
    writer_ms(&s->w, bell_trace_end_us(s->trace, rejection.step));
    writer_string(&s->w, " ms, after ");
    add_name(s, bell_trace_event(s->trace, rejection.step)->statement);
    writer_string(&s->w, "\n");
  }
}

/* ---- orders ----------------------------------------------------------------------------------------------------- */

static void print_orders(sheet *s, const bell_orders *orders, output_format format) {
  bool is_json = format == OUTPUT_JSON;
  if (is_json) writer_string(&s->w, "{\"orders\":[\n");
  for (uint32_t i = 0; i < orders->count; i++) {
    if (is_json && i > 0) writer_string(&s->w, ",\n");
    print_names(s, bell_orders_at(orders, i), orders->lengths[i], format);
    writer_row_ends(&s->w);
  }
  if (is_json) {
    writer_string(&s->w, orders->complete ? "],\n\"complete\":true,\"runs\":" : "],\n\"complete\":false,\"runs\":");
    writer_number(&s->w, orders->runs);
    writer_string(&s->w, "}\n");
  }
  if (format == OUTPUT_TABLE) {
    writer_string(&s->w, "\n");
    writer_number(&s->w, orders->count);
    writer_string(&s->w, orders->count == 1 ? " order" : " orders");
    writer_string(&s->w, orders->complete ? "\n" : ", or more\n");
  }
}

/* ----------------------------------------------------------------------------------------------------------------- */

static bool start_sheet(sheet *s, const bell_trace *trace, output_format format, FILE *out) {
  *s = (sheet){.trace = trace, .escapes = &escapes_of[format]};
  return writer_start(&s->w, out);
}

bool output_print(const bell_trace *trace, output_format format, FILE *out) {
  static void (*const print[OUTPUT_FORMATS])(sheet *) = {print_tsv, print_json, print_table};
  sheet s;
  if (!start_sheet(&s, trace, format, out)) return false;
  s.layout = layout_of(trace, format);
  bool good = trace->answers == NULL || stuck_find(&s.stuck, trace);
  if (good) print[format](&s);
  stuck_free(&s.stuck);
  return writer_end(&s.w) && good;
}

bool output_print_orders(const bell_orders *orders, const bell_scenario *scenario, output_format format, FILE *out) {
  bell_trace trace = {.scenario = scenario};
  sheet s;
  if (!start_sheet(&s, &trace, format, out)) return false;
  print_orders(&s, orders, format);
  return writer_end(&s.w);
}
