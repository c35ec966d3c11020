#include "scenario/usage.h"

static const char *const values[BELL_CLAUSES] = {
    [BELL_CLAUSE_READY] = " T",
    [BELL_CLAUSE_TAKES] = " D",
    [BELL_CLAUSE_AFTER] = " D",
    [BELL_CLAUSE_OF] = " PROMISE",
    [BELL_CLAUSE_WITH] = " PROMISE",
    [BELL_CLAUSE_FOREVER] = "",
    [BELL_CLAUSE_NEVER] = "",
    [BELL_CLAUSE_CLOSES] = " T",
    [BELL_CLAUSE_RESETS] = " T",
    [BELL_CLAUSE_SIZE] = " SIZE",
    [BELL_CLAUSE_IN] = " N parts",
    [BELL_CLAUSE_BUFFER] = " SIZE",
    [BELL_CLAUSE_READS] = " SIZE every D",
    [BELL_CLAUSE_AND] = " wait | and forget",
#ifndef DOORBELL_WITHOUT_BYTES
    [BELL_CLAUSE_EVERY] = " D",
    [BELL_CLAUSE_UNTIL] = " T",
    [BELL_CLAUSE_DESCRIPTORS] = " N",
    [BELL_CLAUSE_FD] = " N",
    [BELL_CLAUSE_THREADS] = " N",
#endif
};

static void print_names(bell_kind kind, bool is_at_edge, bell_text *out) {
  switch ((bell_naming)bell_words[kind].naming) {
  case BELL_NAMES_CALLBACK:
    bell_text_string(out, " NAME [\"PAYLOAD\"]");
    break;
  case BELL_NAMES_ITSELF:
    bell_text_string(out, is_at_edge ? " NAME [\"PAYLOAD\"]" : " NAME");
    break;
  case BELL_NAMES_SETTLED:
    bell_text_string(out, " PROMISE");
    break;
  case BELL_NAMES_VALUE:
    bell_text_string(out, " [PROMISE]");
    break;
  case BELL_NAMES_ITS_TIME:
    bell_text_string(out, " D [\"PAYLOAD\"]");
    break;
  case BELL_NAMES_EVENT:
  case BELL_NAMES_AMOUNT:
    if (bell_words[kind].event != NULL) bell_text_string(out, " ");
    if (bell_words[kind].event != NULL) bell_text_string(out, bell_words[kind].event);
    if (bell_words[kind].naming == BELL_NAMES_AMOUNT) bell_text_string(out, " SIZE");
    break;
  case BELL_NAMES_NOTHING:
    break;
  }
}

static void print_word(bell_kind kind, bell_clause clause, bell_text *out) {
  bool is_number = BELL_HAS_BYTES && kind == BELL_FILE && clause == BELL_CLAUSE_READS;
  bell_text_string(out, bell_clause_name(clause));
  bell_text_string(out, is_number ? " N" : values[clause]);
}

/* Does it stand in the place of `ready`? Of these, `ready` is shown. */
static const unsigned instead_of_ready = 1U << BELL_CLAUSE_NEVER | (unsigned)BELL_HAS_BYTES << BELL_CLAUSE_EVERY |
                                         (unsigned)BELL_HAS_BYTES << BELL_CLAUSE_UNTIL;

/* Parts are parts of a size. What may be ready again and again says so in another way. */
static void print_clause(bell_kind kind, bell_clause clause, unsigned all, bell_text *out) {
  bool is_once = bell_words[kind].is_once || (BELL_HAS_BYTES && (all >> BELL_CLAUSE_EVERY & 1) != 0);
  print_word(kind, clause, out);
  if (clause == BELL_CLAUSE_READY && !is_once) bell_text_string(out, " [T...]");
  if (clause != BELL_CLAUSE_SIZE) return;
  bell_text_string(out, " [");
  print_word(kind, BELL_CLAUSE_IN, out);
  bell_text_string(out, "]");
}

/* Does the clause make another kind of it, or say how it ends? Then no other such clause may stand beside it. */
static bool stands_alone(bell_kind kind, bell_clause clause) {
  if (clause == BELL_CLAUSE_CLOSES || clause == BELL_CLAUSE_RESETS) return true;
  bool is_of_forms = clause == BELL_CLAUSE_AFTER || clause == BELL_CLAUSE_WITH;
  return is_of_forms && bell_word_form(kind, clause) != kind;
}

/* First what must be there, then what may, then one of what may not stand together. */
static void print_clauses(bell_kind kind, unsigned all, bell_text *out) {
  unsigned clauses = all & ~(instead_of_ready | 1U << BELL_CLAUSE_IN);
  unsigned needed = clauses & bell_words[kind].needs;
  bool is_open = false;
  for (bell_clause clause = 0; clause < BELL_CLAUSES; clause++) {
    if ((needed >> clause & 1) == 0) continue;
    bell_text_string(out, " ");
    print_clause(kind, clause, all, out);
  }
  for (bell_clause clause = 0; clause < BELL_CLAUSES; clause++) {
    if (((clauses & ~needed) >> clause & 1) == 0 || stands_alone(kind, clause)) continue;
    bell_text_string(out, " [");
    print_clause(kind, clause, all, out);
    bell_text_string(out, "]");
  }
  for (bell_clause clause = 0; clause < BELL_CLAUSES; clause++) {
    if ((clauses >> clause & 1) == 0 || !stands_alone(kind, clause)) continue;
    bell_text_string(out, is_open ? " | " : " [");
    print_clause(kind, clause, all, out);
    is_open = true;
  }
  if (is_open) bell_text_string(out, "]");
}

bool bell_usage_print(bell_kind kind, bell_host host, bell_kind under, bell_text *out) {
  if (!bell_word_fits(kind, host, under)) return false;
  bool is_at_edge = under == BELL_KINDS;
  bell_text_string(out, bell_words[kind].text);
  print_names(kind, is_at_edge, out);
  print_clauses(kind, bell_word_clauses(kind, host, !is_at_edge), out);
  return true;
}
