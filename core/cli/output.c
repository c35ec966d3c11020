#include "output.h"

#include <stdlib.h>
#include <string.h>

#include "trace/reason.h"

const char *output_format_name(output_format format) {
  static const char *const names[OUTPUT_FORMATS] = {"tsv", "json", "table"};
  return names[format];
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

typedef struct column {
  const char *name;
  bool is_number;
  void (*print)(const bell_trace *trace, uint32_t step, bell_text *out);
} column;

static void print_step(const bell_trace *trace, uint32_t k, bell_text *out) {
  (void)trace;
  bell_text_number(out, (int64_t)k + 1);
}

static void print_time(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, trace->steps[k].time_us);
}

static void print_name(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_scenario_name(trace->scenario, bell_trace_event(trace, k)->statement));
}

static void print_payload(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_scenario_payload(trace->scenario, bell_trace_event(trace, k)->statement));
}

static void print_ready(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, bell_trace_event(trace, k)->ready_us);
}

static void print_latency(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_ms(out, bell_trace_latency_us(trace, k));
}

static void print_queue(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_queue_name(trace->steps[k].queue));
}

static void print_kind(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_string(out, bell_kind_name(bell_trace_statement(trace, k)->kind));
}

static void print_waits(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).waits);
}

static void print_scanned(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).scanned);
}

static void print_returned(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).returned);
}

static void print_reads(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).reads);
}

static void print_would_block(const bell_trace *trace, uint32_t k, bell_text *out) {
  bell_text_number(out, (int64_t)bell_trace_calls(trace, k).in_vain);
}

enum { COLUMNS_MAX = 12 };

typedef struct layout {
  column columns[COLUMNS_MAX];
  size_t count;
  size_t tsv_count; /* TSV has the first of them; reasons, and what a step cost, are for JSON and the table */
} layout;

#define MULTIPLEXER_COLUMNS \
  {"step", true, print_step}, {"time", true, print_time}, {"socket", false, print_name}, \
      {"payload", false, print_payload}, {"ready", true, print_ready}, { \
    "latency", true, print_latency \
  }

static const layout multiplexer = {{MULTIPLEXER_COLUMNS, {"reason", false, bell_reason_print}}, 7, 6};

static const layout waiting = {{MULTIPLEXER_COLUMNS,
                                {"waits", true, print_waits},
                                {"scanned", true, print_scanned},
                                {"returned", true, print_returned},
                                {"reads", true, print_reads},
                                {"would_block", true, print_would_block},
                                {"reason", false, bell_reason_print}},
                               12,
                               6};

static const layout loop = {{{"tick", true, print_time},
                             {"queue", false, print_queue},
                             {"callback", false, print_name},
                             {"source", false, print_kind},
                             {"reason", false, bell_reason_print}},
                            5,
                            4};

static const layout *layout_of(const bell_trace *trace) {
  if (trace->scenario->host != BELL_MULTIPLEXER) return &loop;
  return trace->answers == NULL ? &multiplexer : &waiting;
}

/* ---- one cell at a time ----------------------------------------------------------------------------------------- */

typedef struct writer {
  const bell_trace *trace;
  const layout *layout;
  FILE *out;
  bell_text cell;      /* room for one cell, made larger when a cell needs it */
  uint32_t *unhandled; /* of each socket; NULL when the strategy leaves none */
  bool failed;
} writer;

enum { CELL = 256 }; /* bytes to begin with */

static void read_cell(writer *w, void (*print)(const bell_trace *, uint32_t, bell_text *), uint32_t index) {
  w->cell.length = 0;
  print(w->trace, index, &w->cell);
  if (w->cell.length <= w->cell.capacity) return;
  char *more = realloc(w->cell.out, w->cell.length);
  if (more == NULL) {
    w->failed = true;
    w->cell.length = 0;
    return;
  }
  w->cell = (bell_text){.out = more, .capacity = w->cell.length};
  print(w->trace, index, &w->cell);
}

static void print_statement_name(const bell_trace *trace, uint32_t statement, bell_text *out) {
  bell_text_string(out, bell_scenario_name(trace->scenario, statement));
}

/* Writes the cell, with each character of `special` as a backslash and its letter in `letters`. */
static void write_escaped(const writer *w, const char *special, const char *letters) {
  for (size_t i = 0; i < w->cell.length; i++) {
    char c = w->cell.out[i];
    const char *found = memchr(special, c, strlen(special));
    if (found == NULL) {
      putc(c, w->out);
    } else {
      putc('\\', w->out);
      putc(letters[found - special], w->out);
    }
  }
}

/* ---- stuck sockets ---------------------------------------------------------------------------------------------- */

/* Counts each socket's messages that were never handled, which epoll-et without draining leaves behind. */
static bool count_unhandled(writer *w) {
  const bell_trace *trace = w->trace;
  uint32_t sockets = trace->scenario->statement_count;
  w->unhandled = calloc(sockets > 0 ? sockets : 1, sizeof *w->unhandled);
  if (w->unhandled == NULL) return false;
  for (uint32_t i = 0; i < trace->event_count; i++) w->unhandled[trace->events[i].statement]++;
  for (uint32_t k = 0; k < trace->step_count; k++) w->unhandled[bell_trace_event(trace, k)->statement]--;
  return true;
}

/* ---- TSV -------------------------------------------------------------------------------------------------------- */

static void print_tsv(writer *w) {
  size_t count = w->layout->tsv_count;
  for (size_t c = 0; c < count; c++) {
    fprintf(w->out, "%s%c", w->layout->columns[c].name, c + 1 < count ? '\t' : '\n');
  }
  for (uint32_t k = 0; k < w->trace->step_count; k++) {
    for (size_t c = 0; c < count; c++) {
      read_cell(w, w->layout->columns[c].print, k);
      write_escaped(w, "\\\t\n", "\\tn");
      putc(c + 1 < count ? '\t' : '\n', w->out);
    }
  }
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void print_json_row(writer *w, uint32_t k) {
  for (size_t c = 0; c < w->layout->count; c++) {
    const column *at = &w->layout->columns[c];
    read_cell(w, at->print, k);
    fprintf(w->out, "%s\"%s\":", c == 0 ? "{" : ",", at->name);
    if (!at->is_number) putc('"', w->out);
    write_escaped(w, "\\\"\t", "\\\"t"); /* RFC 8259, section 7; a name has no other control character */
    if (!at->is_number) putc('"', w->out);
  }
  putc('}', w->out);
}

static void print_json_ms(writer *w, const char *key, int64_t us) {
  w->cell.length = 0;
  bell_text_ms(&w->cell, us);
  fprintf(w->out, ",\"%s\":%.*s", key, (int)w->cell.length, w->cell.out);
}

static void print_json_count(const writer *w, const char *key, uint64_t count) {
  fprintf(w->out, ",\"%s\":%llu", key, (unsigned long long)count);
}

static void print_json_calls(writer *w) {
  bell_calls calls = bell_trace_all_calls(w->trace);
  print_json_count(w, "waits", calls.waits);
  print_json_count(w, "scanned", calls.scanned);
  print_json_count(w, "returned", calls.returned);
  print_json_count(w, "reads", calls.reads);
  print_json_count(w, "would_block", calls.in_vain);
  fputs(",\"stuck\":[", w->out);
  const char *comma = "";
  for (uint32_t socket = 0; socket < w->trace->scenario->statement_count; socket++) {
    if (w->unhandled[socket] == 0) continue;
    read_cell(w, print_statement_name, socket);
    fprintf(w->out, "%s\"", comma);
    write_escaped(w, "\\\"\t", "\\\"t");
    putc('"', w->out);
    comma = ",";
  }
  putc(']', w->out);
}

/* The promises whose rejection nobody handled. */
static void print_json_rejections(writer *w) {
  fputs(",\n\"unhandled\":[", w->out);
  for (uint32_t i = 0; i < w->trace->unhandled_count; i++) {
    read_cell(w, print_statement_name, w->trace->unhandled[i].statement);
    fputs(i == 0 ? "\"" : ",\"", w->out);
    write_escaped(w, "\\\"\t", "\\\"t");
    putc('"', w->out);
  }
  putc(']', w->out);
}

static void print_json(writer *w) {
  bell_totals totals = bell_trace_totals(w->trace);
  fputs("{\"rows\":[", w->out);
  for (uint32_t k = 0; k < w->trace->step_count; k++) {
    fputs(k == 0 ? "\n" : ",\n", w->out);
    print_json_row(w, k);
  }
  fprintf(w->out, "],\n\"totals\":{\"messages\":%lu", (unsigned long)totals.messages);
  print_json_ms(w, "end", totals.end_us);
  print_json_ms(w, "mean_latency", totals.mean_latency_us);
  print_json_ms(w, "median_latency", totals.median_latency_us);
  print_json_ms(w, "p99_latency", totals.p99_latency_us);
  print_json_ms(w, "max_latency", totals.max_latency_us);
  print_json_ms(w, "idle", totals.idle_us);
  fprintf(w->out, ",\"wake_ups\":%lu", (unsigned long)totals.wake_ups);
  if (w->trace->answers != NULL) print_json_calls(w);
  putc('}', w->out);
  if (w->trace->unhandled != NULL) print_json_rejections(w);
  fputs("}\n", w->out);
}

/* ---- a table for people ----------------------------------------------------------------------------------------- */

static size_t characters(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

static void pad(const writer *w, size_t from, size_t to) {
  for (; from < to; from++) putc(' ', w->out);
}

/* Numbers stand at the right of their column, words at the left; the last column is not filled up. */
static void print_padded(const writer *w, size_t c, const char *bytes, size_t length, size_t width) {
  size_t shown = characters(bytes, length);
  if (c > 0) fputs("  ", w->out);
  if (w->layout->columns[c].is_number) pad(w, shown, width);
  fwrite(bytes, 1, length, w->out);
  if (!w->layout->columns[c].is_number && c + 1 < w->layout->count) pad(w, shown, width);
}

static void find_widths(writer *w, size_t *widths) {
  for (size_t c = 0; c < w->layout->count; c++) {
    widths[c] = strlen(w->layout->columns[c].name);
    if (c + 1 == w->layout->count) continue;
    for (uint32_t k = 0; k < w->trace->step_count; k++) {
      read_cell(w, w->layout->columns[c].print, k);
      size_t shown = characters(w->cell.out, w->cell.length);
      if (shown > widths[c]) widths[c] = shown;
    }
  }
}

static void print_ms(writer *w, const char *label, int64_t us) {
  w->cell.length = 0;
  bell_text_ms(&w->cell, us);
  fprintf(w->out, "%s %.*s ms", label, (int)w->cell.length, w->cell.out);
}

static void print_table(writer *w) {
  size_t widths[COLUMNS_MAX] = {0};
  find_widths(w, widths);
  for (size_t c = 0; c < w->layout->count; c++) {
    const char *name = w->layout->columns[c].name;
    print_padded(w, c, name, strlen(name), widths[c]);
  }
  putc('\n', w->out);
  for (uint32_t k = 0; k < w->trace->step_count; k++) {
    for (size_t c = 0; c < w->layout->count; c++) {
      read_cell(w, w->layout->columns[c].print, k);
      print_padded(w, c, w->cell.out, w->cell.length, widths[c]);
    }
    putc('\n', w->out);
  }
  bell_totals totals = bell_trace_totals(w->trace);
  print_ms(w, "\nend", totals.end_us);
  print_ms(w, ", idle", totals.idle_us);
  print_ms(w, "; latency: mean", totals.mean_latency_us);
  print_ms(w, ", median", totals.median_latency_us);
  print_ms(w, ", p99", totals.p99_latency_us);
  print_ms(w, ", max", totals.max_latency_us);
  fprintf(w->out, "; wake-ups %lu\n", (unsigned long)totals.wake_ups);
  for (uint32_t i = 0; w->unhandled != NULL && i < w->trace->scenario->statement_count; i++) {
    if (w->unhandled[i] == 0) continue;
    read_cell(w, print_statement_name, i);
    fprintf(w->out, "stuck: %.*s, with messages that were never read: %lu\n", (int)w->cell.length, w->cell.out,
            (unsigned long)w->unhandled[i]);
  }
  for (uint32_t i = 0; i < w->trace->unhandled_count; i++) {
    read_cell(w, print_statement_name, w->trace->unhandled[i].statement);
    fprintf(w->out, "rejected, and nobody handled it: %.*s\n", (int)w->cell.length, w->cell.out);
  }
}

/* ---- orders ----------------------------------------------------------------------------------------------------- */

/* How an order is written in each format: what stands before it, around its names, between
 * them, behind it; and what must be
 * escaped in a name. */
typedef struct order_style {
  const char *before;
  const char *quote;
  const char *between;
  const char *behind;
  const char *special;
  const char *letters;
} order_style;

static void print_order(writer *w, const uint32_t *statements, uint32_t length, const order_style *style) {
  fputs(style->before, w->out);
  for (uint32_t k = 0; k < length; k++) {
    if (k > 0) fputs(style->between, w->out);
    fputs(style->quote, w->out);
    read_cell(w, print_statement_name, statements[k]);
    write_escaped(w, style->special, style->letters);
    fputs(style->quote, w->out);
  }
  fputs(style->behind, w->out);
}

static void print_orders(writer *w, const bell_orders *orders, output_format format) {
  static const order_style styles[OUTPUT_FORMATS] = {
      {"", "", "\t", "\n", "\\\t\n", "\\tn"}, {"[", "\"", ",", "]", "\\\"\t", "\\\"t"}, {"", "", ", ", "\n", "", ""}};
  bool is_json = format == OUTPUT_JSON;
  if (is_json) fputs("{\"orders\":[\n", w->out);
  for (uint32_t i = 0; i < orders->count; i++) {
    if (is_json && i > 0) fputs(",\n", w->out);
    print_order(w, bell_orders_at(orders, i), orders->lengths[i], &styles[format]);
  }
  const char *complete = orders->complete ? "true" : "false";
  if (is_json) fprintf(w->out, "],\n\"complete\":%s,\"runs\":%lu}\n", complete, (unsigned long)orders->runs);
  if (format == OUTPUT_TABLE) {
    fprintf(w->out, "\n%lu %s%s\n", (unsigned long)orders->count, orders->count == 1 ? "order" : "orders",
            orders->complete ? "" : ", or more");
  }
}

/* ----------------------------------------------------------------------------------------------------------------- */

bool output_print(const bell_trace *trace, output_format format, FILE *out) {
  static void (*const print[OUTPUT_FORMATS])(writer *) = {print_tsv, print_json, print_table};
  writer w = {.trace = trace, .layout = layout_of(trace), .out = out, .cell = {.out = malloc(CELL), .capacity = CELL}};
  w.failed = w.cell.out == NULL || (trace->answers != NULL && !count_unhandled(&w));
  if (!w.failed) print[format](&w);
  free(w.unhandled);
  free(w.cell.out);
  return !w.failed;
}

bool output_print_orders(const bell_orders *orders, const bell_scenario *scenario, output_format format, FILE *out) {
  bell_trace trace = {.scenario = scenario};
  writer w = {.trace = &trace, .out = out, .cell = {.out = malloc(CELL), .capacity = CELL}};
  w.failed = w.cell.out == NULL;
  if (!w.failed) print_orders(&w, orders, format);
  free(w.cell.out);
  return !w.failed;
}
