#pragma once
/*
 * The closed sets that an instruction file and the desk share. A file may use
 * these names and no others: facts are computed by the desk, inputs are shown
 * and judged by it, outcomes are carried out by it. A new ability of the desk
 * is one more line here; the engine itself knows no single name, but for the
 * limit of a call and that it was paid for.
 *
 * Sets of facts, evidence and inputs travel as bits: BIT(FACT_CUSTOMER_KNOWN).
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define BIT(index) ((uint64_t)1 << (index))

/* What is so, whoever asks: id, name in the file. */
#define FACT_LIST(X)                                                           \
	X(FACT_CUSTOMER_KNOWN, "customer-known")                               \
	X(FACT_CUSTOMER_FORMER, "customer-former")                             \
	X(FACT_CONTRACT_ACTIVE, "contract-active")                             \
	X(FACT_PERSON_KNOWN, "person-known")                                   \
	X(FACT_PHONE_KNOWN, "phone-known")                                     \
	X(FACT_LIMIT_REACHED, "limit-reached")                                 \
	X(FACT_ORDER_IN_HAND, "order-in-hand")

/* What is on record: id, name, whether it holds for the whole call (else it is
 * gone when the next matter begins). */
#define EVIDENCE_LIST(X)                                                       \
	X(EVIDENCE_CUSTOMER, "customer", true)                                 \
	X(EVIDENCE_BY_NUMBER, "by-number", true)                               \
	X(EVIDENCE_BY_VOICE, "by-voice", true)                                 \
	X(EVIDENCE_BY_CHECK, "by-check", true)                                 \
	X(EVIDENCE_PERSON, "person", true)                                     \
	X(EVIDENCE_CONTRACT, "contract", true)                                 \
	X(EVIDENCE_QUESTION, "question", false)                                \
	X(EVIDENCE_SEARCH, "search", false)                                    \
	X(EVIDENCE_REASON, "reason", false)                                    \
	X(EVIDENCE_REASON_NOT_THERE, "reason-not-there", false)                \
	X(EVIDENCE_REASON_NOT_CLEAR, "reason-not-clear", false)                \
	X(EVIDENCE_REASON_NOT_FOUND, "reason-not-found", false)                \
	X(EVIDENCE_READ_BACK, "read-back", false)                              \
	X(EVIDENCE_INTERNET_HINT, "internet-hint", false)                      \
	X(EVIDENCE_KIND_PROSPECT, "kind-prospect", false)                      \
	X(EVIDENCE_KIND_PARTNER, "kind-partner", false)                        \
	X(EVIDENCE_KIND_LEGAL, "kind-legal", false)                            \
	X(EVIDENCE_PAGE_NAMED, "page-named", false)                            \
	X(EVIDENCE_SERVICES_SEEN, "services-seen", false)                      \
	X(EVIDENCE_PRICE_SAID, "price-said", false)                            \
	X(EVIDENCE_ACCEPTED, "accepted", false)                                \
	X(EVIDENCE_FOR_WORK, "for-work", false)                                \
	X(EVIDENCE_FOR_CHANGE, "for-change", false)                            \
	X(EVIDENCE_FOR_REPAIR, "for-repair", false)                            \
	X(EVIDENCE_ORDER_NAMED, "order-named", false)                          \
	X(EVIDENCE_PAID, "paid", true)

/* What the desk can show in a step, and find acceptable:
 *   number     a customer, found by the number the caller said
 *   customer   a customer, found in any way (number, name, telephone)
 *   confirmed  a customer, and what was checked instead of the number
 *   person     the person on the line, chosen or new
 *   question   the question, judged exact (wording.h)
 *   search     a search over the company's answers, made in this matter
 *   taken      an answer that was taken from what was found
 *   reason     why no answer served
 *   text       a free note
 *   price      a price, chosen from the list
 *   words      a price, and what the caller answered to it, word for word
 *   order      an order in progress that somebody is in charge of */
#define INPUT_LIST(X)                                                          \
	X(INPUT_NONE, "none")                                                  \
	X(INPUT_NUMBER, "number")                                              \
	X(INPUT_CUSTOMER, "customer")                                          \
	X(INPUT_CONFIRMED, "confirmed")                                        \
	X(INPUT_PERSON, "person")                                              \
	X(INPUT_QUESTION, "question")                                          \
	X(INPUT_SEARCH, "search")                                              \
	X(INPUT_TAKEN, "taken")                                                \
	X(INPUT_REASON, "reason")                                              \
	X(INPUT_TEXT, "text")                                                  \
	X(INPUT_PRICE, "price")                                                \
	X(INPUT_WORDS, "words")                                                \
	X(INPUT_ORDER, "order")

/* How a matter can end. */
#define OUTCOME_LIST(X)                                                        \
	X(OUTCOME_ANSWERED, "answered")                                        \
	X(OUTCOME_REFERRED, "referred")                                        \
	X(OUTCOME_KNOWN_FAULT, "known-fault")                                  \
	X(OUTCOME_CUSTOMERS_FAULT, "customers-fault")                          \
	X(OUTCOME_TICKET, "ticket")                                            \
	X(OUTCOME_ORDER, "order")                                              \
	X(OUTCOME_CONSULTATION, "consultation")                                \
	X(OUTCOME_TRANSFERRED, "transferred")                                  \
	X(OUTCOME_REFUSED, "refused")                                          \
	X(OUTCOME_DECLINED, "declined")                                        \
	X(OUTCOME_RECORDED, "recorded")                                        \
	X(OUTCOME_HUNG_UP, "hung-up")                                          \
	X(OUTCOME_ABANDONED, "abandoned")

/* Who keeps a rule: the steps of the guide, the daily rounds, or the books in
 * which breaches are entered. */
#define KEEPER_LIST(X)                                                         \
	X(KEEPER_GUIDE, "guide")                                               \
	X(KEEPER_ROUNDS, "rounds")                                             \
	X(KEEPER_BOOKS, "books")

#define X(id, ...) id,
enum fact { FACT_LIST(X) FACT__MAX };
enum evidence { EVIDENCE_LIST(X) EVIDENCE__MAX };
enum input { INPUT_LIST(X) INPUT__MAX };
enum outcome { OUTCOME_LIST(X) OUTCOME__MAX };
enum keeper { KEEPER_LIST(X) KEEPER__MAX };
#undef X

/* The names as the file and the API spell them, for example "known-fault". */
const char *fact_name(enum fact fact);
const char *evidence_name(enum evidence evidence);
const char *input_name(enum input input);
const char *outcome_name(enum outcome outcome);
const char *keeper_name(enum keeper keeper);

/* The member of that name, or the set's __MAX if there is none. */
enum fact fact_of(struct str name);
enum evidence evidence_of(struct str name);
enum input input_of(struct str name);
enum outcome outcome_of(struct str name);
enum keeper keeper_of(struct str name);

/* The evidence that outlives a matter (who is calling), as bits. */
uint64_t evidence_of_call(void);

/* The evidence on which the desk acts at once, so that no step back undoes it:
 * a price was said, and what was answered to it is written down. */
uint64_t evidence_binding(void);
