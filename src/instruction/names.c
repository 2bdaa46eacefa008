/*
 * Tables of words and nothing else: what a fact, a piece of evidence and an
 * outcome are called on pages and drawings. The German ones are in the
 * catalogue (locale/de.po); the names for files and the API are in vocabulary.c.
 */
#include "instruction/names.h"

#include "base/i18n.h"

static const char *const outcomes[OUTCOME__MAX] = {
    [OUTCOME_ANSWERED] = N_("answered at once"),
    [OUTCOME_REFERRED] = N_("referred to the website"),
    [OUTCOME_KNOWN_FAULT] = N_("known fault"),
    [OUTCOME_CUSTOMERS_FAULT] = N_("the customer's own problem"),
    [OUTCOME_TICKET] = N_("written as a ticket"),
    [OUTCOME_ORDER] = N_("order"),
    [OUTCOME_CONSULTATION] = N_("paid consultation"),
    [OUTCOME_TRANSFERRED] = N_("transferred"),
    [OUTCOME_REFUSED] = N_("refused"),
    [OUTCOME_DECLINED] = N_("offer declined"),
    [OUTCOME_RECORDED] = N_("recorded"),
    [OUTCOME_HUNG_UP] = N_("ended at once"),
    [OUTCOME_ABANDONED] = N_("the caller left"),
};

static const char *const facts[FACT__MAX] = {
    [FACT_CUSTOMER_KNOWN] = N_("Is the customer known?"),
    [FACT_CUSTOMER_FORMER] = N_("Was this a customer once?"),
    [FACT_CONTRACT_ACTIVE] = N_("Is a contract running?"),
    [FACT_PERSON_KNOWN] = N_("Is the person known?"),
    [FACT_PHONE_KNOWN] = N_("Is the telephone number known?"),
    [FACT_LIMIT_REACHED] = N_("Is the time for the call up?"),
    [FACT_ORDER_IN_HAND] =
	N_("Is somebody working on an order of this customer?"),
};

static const char *const inputs[INPUT__MAX] = {
    [INPUT_NONE] = "",
    [INPUT_NUMBER] = N_("the customer number"),
    [INPUT_CUSTOMER] = N_("the customer's number or name"),
    [INPUT_CONFIRMED] = N_("what was checked instead of the number"),
    [INPUT_PERSON] = N_("the name of the person on the line"),
    [INPUT_QUESTION] = N_("the exact question"),
    [INPUT_SEARCH] = N_("what was searched for"),
    [INPUT_TAKEN] = N_("an answer that was found"),
    [INPUT_REASON] = N_("why no answer served"),
    [INPUT_TEXT] = N_("a note"),
    [INPUT_PRICE] = N_("a price from the list"),
    [INPUT_WORDS] = N_("what the caller answered to the price"),
    [INPUT_ORDER] = N_("the order that is being worked on"),
};

static const char *const evidences[EVIDENCE__MAX] = {
    [EVIDENCE_CUSTOMER] = N_("who the customer is"),
    [EVIDENCE_BY_NUMBER] = N_("the number was given"),
    [EVIDENCE_BY_VOICE] = N_("the voice was recognised"),
    [EVIDENCE_BY_CHECK] = N_("something else was checked"),
    [EVIDENCE_PERSON] = N_("who is on the line"),
    [EVIDENCE_CONTRACT] = N_("a contract is running"),
    [EVIDENCE_QUESTION] = N_("the exact question"),
    [EVIDENCE_SEARCH] = N_("an answer was searched for"),
    [EVIDENCE_REASON] = N_("why no answer served"),
    [EVIDENCE_REASON_NOT_THERE] = N_("it stands nowhere"),
    [EVIDENCE_REASON_NOT_CLEAR] = N_("it cannot be understood"),
    [EVIDENCE_REASON_NOT_FOUND] = N_("the caller did not find it"),
    [EVIDENCE_READ_BACK] = N_("the question was read back"),
    [EVIDENCE_INTERNET_HINT] = N_("the internet was pointed out"),
    [EVIDENCE_KIND_PROSPECT] = N_("wants to become a customer"),
    [EVIDENCE_KIND_PARTNER] = N_("calls for a contract partner"),
    [EVIDENCE_KIND_LEGAL] = N_("announces legal action"),
    [EVIDENCE_PAGE_NAMED] = N_("the page was named"),
    [EVIDENCE_SERVICES_SEEN] = N_("the services were looked at"),
    [EVIDENCE_PRICE_SAID] = N_("the price was said"),
    [EVIDENCE_ACCEPTED] = N_("the price was accepted"),
    [EVIDENCE_FOR_WORK] = N_("it is about work"),
    [EVIDENCE_FOR_CHANGE] = N_("it is about a change of a website"),
    [EVIDENCE_FOR_REPAIR] = N_("it is about damage that others caused"),
    [EVIDENCE_ORDER_NAMED] = N_("the order was named"),
    [EVIDENCE_PAID] = N_("the caller pays for the time"),
};

const char *
outcome_words(enum outcome outcome)
{
	return outcomes[outcome];
}

const char *
fact_question(enum fact fact)
{
	return facts[fact];
}

const char *
input_words(enum input input)
{
	return inputs[input];
}

const char *
evidence_words(enum evidence evidence)
{
	return evidences[evidence];
}
