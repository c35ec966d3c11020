#include "scenario/print.h"

void bell_scenario_print_name(const char *name, bell_text *out) {
  const char *c = name;
  while (*c != '\0' && *c != ' ' && *c != '\t' && *c != '"' && *c != '#') c++;
  (*c == '\0' ? bell_text_string : bell_text_quoted)(out, name);
}

static void print_clause(const char *word, int64_t us, bell_text *out) {
  bell_text_string(out, word);
  bell_text_ms(out, us);
}

static void print_size(const char *word, uint32_t bytes, bell_text *out) {
  bell_text_string(out, word);
  bell_text_size(out, bytes);
}

/* Of a file. */
static void print_reads(const bell_statement *s, const bell_stream *stream, bell_text *out) {
  if (s->kind != BELL_FILE || stream == NULL) return;
  bell_text_string(out, " reads ");
  bell_text_number(out, stream->expirations - 1);
}

/* Of a timer that expires again and again: its first time, and so many of them. */
static void print_again(int64_t every_us, uint32_t expirations, bell_text *out) {
  print_clause(" every ", every_us, out);
  print_clause(" until ", every_us * expirations, out);
}

static void print_descriptor(const bell_stream *stream, bell_text *out) {
  if (stream->descriptor == 0) return;
  bell_text_string(out, " fd ");
  bell_text_number(out, stream->descriptor);
}

static void print_stream(const bell_stream *stream, bell_text *out) {
  if (BELL_HAS_BYTES) print_descriptor(stream, out);
  if (stream->size > 0) print_size(" size ", stream->size, out);
  if (stream->parts > 1) {
    bell_text_string(out, " in ");
    bell_text_number(out, stream->parts);
    bell_text_string(out, " parts");
  }
  if (stream->buffer > 0) print_size(" buffer ", stream->buffer, out);
  if (stream->reads == 0) return;
  print_size(" reads ", stream->reads, out);
  print_clause(" every ", stream->every_us, out);
}

static void print_write(const bell_statement *s, uint32_t bytes, bell_text *out) {
  print_size("  write ", bytes, out);
  if ((s->conduct & BELL_WAITS_TO_WRITE) != 0) bell_text_string(out, " and wait");
  if ((s->conduct & BELL_FORGETS_REST) != 0) bell_text_string(out, " and forget");
  bell_text_string(out, "\n");
  if ((s->conduct & BELL_STOPS_WATCHING) != 0) bell_text_string(out, "  stop watching\n");
}

static void print_reference(const char *word, const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  if (statement == BELL_NONE) return;
  bell_text_string(out, word);
  bell_scenario_print_name(bell_scenario_name(scenario, statement), out);
}

/* What comes behind the first word: of most statements the name, of some what they refer to. */
static void print_names(const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  const bell_statement *s = &scenario->statements[statement];
  const bell_word *word = &bell_words[s->kind];
  bool has_name =
      word->naming == BELL_NAMES_CALLBACK || word->naming == BELL_NAMES_ITSELF || word->naming == BELL_NAMES_EVENT;
  bool is_timeout = BELL_HAS_BYTES && word->naming == BELL_NAMES_ITS_TIME;
  if (is_timeout) print_clause(scenario->keeps_time ? " every " : " ", scenario->timeout_us, out);
  else print_reference(" ", scenario, has_name ? statement : s->of, out);
  if (s->payload != 0) {
    bell_text_string(out, " ");
    bell_text_quoted(out, bell_scenario_payload(scenario, statement));
  }
  if ((word->clauses >> BELL_CLAUSE_OF & 1) != 0) print_reference(" of ", scenario, s->of, out);
  if (word->form == BELL_CLAUSE_WITH) print_reference(" with ", scenario, s->with, out);
}

/* What its handler does other than usual, a line each. */
static void print_conduct(const bell_statement *s, const bell_stream *stream, bell_text *out) {
  if ((s->conduct & BELL_IGNORES_END) != 0) bell_text_string(out, "  ignore end\n");
  if ((s->conduct & BELL_WATCHES_WRITE) != 0) bell_text_string(out, "  watch write\n");
  bool may_be_unread = BELL_HAS_BYTES && (s->kind == BELL_TIMER || s->kind == BELL_WORKER);
  bool is_unread = may_be_unread && (s->conduct & BELL_LEAVES_UNREAD) != 0;
  if (is_unread) bell_text_string(out, "  leave unread\n");
  if (BELL_HAS_BYTES && (s->conduct & BELL_HANDS_OVER) != 0) bell_text_string(out, "  hand over\n");
  bool has_spare = BELL_HAS_BYTES && s->kind == BELL_ACCEPTING && (s->conduct & BELL_KEEPS_SPARE) != 0;
  if (has_spare) bell_text_string(out, "  keep spare\n");
  if (stream == NULL || stream->parts == 0) return;
  if (stream->limit < UINT32_MAX) {
    print_size("  read up to ", stream->limit, out);
    bell_text_string(out, "\n");
  }
  if (stream->answer > 0) print_write(s, stream->answer, out);
}

/* What a listener has of descriptors, and a worker of threads. */
static void print_bound(const bell_scenario *scenario, const bell_statement *s, bell_text *out) {
  bool is_pool = s->kind == BELL_WORKER && s->threads > 1;
  bool is_bounded = s->kind == BELL_ACCEPTING && scenario->descriptors > 0;
  if (!is_pool && !is_bounded) return;
  bell_text_string(out, is_pool ? " threads " : " descriptors ");
  bell_text_number(out, is_pool ? s->threads : scenario->descriptors);
}

static const bell_stream *stream_of(const bell_scenario *scenario, uint32_t statement) {
  bool has_some = BELL_HAS_BYTES && scenario->stream_count > 0 && scenario->statements[statement].depth == 0;
  return has_some ? bell_scenario_find_stream(scenario, statement) : NULL;
}

void bell_scenario_print_statement(const bell_scenario *scenario, uint32_t statement, bell_text *out) {
  const bell_statement *s = &scenario->statements[statement];
  for (unsigned d = 0; d < s->depth; d++) bell_text_string(out, "  ");
  bell_text_string(out, bell_words[s->kind].text);
  print_names(scenario, statement, out);
  uint32_t events_end = s->depth == 0 ? bell_scenario_events_end(scenario, statement) : 0;
  bool has_end = events_end > s->first_event && bell_scenario_is_end(scenario, events_end - 1);
  if (has_end) events_end--;
  const bell_stream *stream = stream_of(scenario, statement);
  bool is_again = stream != NULL && stream->parts == 0 && s->kind != BELL_FILE;
  print_reads(s, stream, out);
  bool speaks = (bell_words[s->kind].edge_clauses >> BELL_CLAUSE_READY & 1) != 0;
  if (is_again) print_again(scenario->events[s->first_event].ready_us, stream->expirations, out);
  if (is_again) events_end = s->first_event;
  for (uint32_t e = s->first_event; e < events_end; e++) {
    print_clause(e == s->first_event ? " ready " : " ", scenario->events[e].ready_us, out);
  }
  if (scenario->closing && events_end == s->first_event && !is_again && speaks) bell_text_string(out, " never");
  if (has_end) {
    const char *clause = (s->conduct & BELL_RESETS) != 0 ? " resets " : " closes ";
    print_clause(clause, scenario->events[events_end].ready_us, out);
  }
  if (stream != NULL) print_stream(stream, out);
  if (BELL_HAS_BYTES && s->depth == 0 && (s->conduct & BELL_READS_NEVER) != 0) bell_text_string(out, " reads never");
  bool has_delay = s->depth > 0 && bell_words[s->kind].form == BELL_CLAUSE_AFTER;
  if (has_delay) print_clause(" after ", s->after_us, out);
  if (s->depth > 0 && s->forever) bell_text_string(out, " forever");
  if (s->takes_us > 0) print_clause(" takes ", s->takes_us, out);
  if (BELL_HAS_BYTES) print_bound(scenario, s, out);
  bell_text_string(out, "\n");
  if (s->depth == 0) print_conduct(s, stream, out);
}

void bell_scenario_print(const bell_scenario *scenario, bell_text *out) {
  for (uint32_t i = 0; i < scenario->statement_count; i++) bell_scenario_print_statement(scenario, i, out);
}
