/*
 * The call page's forms: each is taken to the desk and ends on the call's page
 * again. What the page shows is put together in call_page.c.
 */
#include "doors/web/web_call.h"

#include "base/mem.h"
#include "base/text.h"
#include "desk/house.h"
#include "doors/web/page.h"
#include "doors/web/web_answer.h"
#include "doors/web/web_ticket.h"
#include "staff_views.h"

enum err
web_call_new(struct http_request *rq)
{
	int64_t id = 0;
	enum err e = call_start(door_desk(rq), STR(""), &id);

	if (e == ERR_CONFLICT && id)
		return page_done(rq, "call-open", "/calls/%lld", (long long)id);
	if (e != OK)
		return e;
	return http_redirect(rq, "/calls/%lld", (long long)id);
}

/* What was typed into the form stands in the page again, saved or not; beside
 * it where the call has gone on and no longer asks for it. */
static void
typed_back(const struct step_form *f, struct call_view *v)
{
	const struct {
		struct str typed;
		bool asked;
		struct str *shown;
	} texts[] = {
	    {f->search, v->in_search, &v->search},
	    {f->reason, v->in_reason, &v->reason},
	    {f->confirmed, v->in_confirmed, &v->confirmed},
	    {f->name, v->in_person, &v->name},
	    {f->text, v->in_text, &v->text},
	    {f->words, v->in_words, &v->words},
	    {f->question, v->in_question, &v->question},
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (str_empty(texts[i].typed))
			continue;
		if (texts[i].asked)
			*texts[i].shown = texts[i].typed;
		else if (!str_eq(texts[i].typed, *texts[i].shown))
			v->unsaved = texts[i].typed;
	}
}

static void
faults_show(struct http_request *rq, struct call_view *v)
{
	struct str name = page_fault(rq, "name");

	v->question_fault = page_fault(rq, "question");
	v->search_fault = page_fault(rq, "search");
	v->reason_fault = page_fault(rq, "reason");
	v->confirmed_fault = page_fault(rq, "confirmed");
	v->text_fault = page_fault(rq, "text");
	v->words_fault = page_fault(rq, "words");
	v->option_fault = page_fault(rq, "price");
	if (!v->option_fault.n)
		v->option_fault = page_fault(rq, "order");
	if (!v->question_fault.n)
		v->question_fault = page_fault(rq, "description");
	v->name_fault = name.n ? name : page_fault(rq, "person");
	v->number_fault = page_fault(rq, "number");
	if (!v->number_fault.n)
		v->number_fault = page_fault(rq, "customer");
}

static enum err
call_page(struct http_request *rq, const struct step_form *f)
{
	struct call_view *v = mem_new(rq->cx.mem, struct call_view);
	struct call *c = mem_new(rq->cx.mem, struct call);
	enum err e;

	if ((e = call_get(door_desk(rq), http_path_id(rq, "id"), c)) != OK ||
	    (e = call_view_fill(rq, c, v)) != OK)
		return e;
	faults_show(rq, v);
	if (f)
		typed_back(f, v);
	view_call(&rq->response.body, rq->cx.lang, v);
	return OK;
}

enum err
web_call(struct http_request *rq)
{
	return call_page(rq, NULL);
}

/* The texts that came with the form. */
static size_t
texts_read(struct http_request *rq, const struct step_form *f,
    struct call_text out[CALL_TEXTS_MOST])
{
	const struct call_text texts[] = {
	    {STR("question"), f->question},
	    {STR("search"), f->search},
	    {STR("reason"), f->reason},
	    {STR("confirmed"), f->confirmed},
	    {STR("text"), f->text},
	    {STR("price"), f->price},
	    {STR("words"), f->words},
	    {STR("order"), f->order},
	    {STR("name"), f->name},
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (http_raw(rq, texts[i].name.p).p)
			out[n++] = texts[i];
	return n;
}

/* The button "answer:given" in its two parts ("stay:" chooses nothing), and
 * with an answer whatever else the form holds. */
static enum err
move_read(struct http_request *rq, const struct step_form *f,
    struct call_move *out)
{
	long colon = str_find(f->move, STR(":"));
	struct str kind = {f->move.p, colon < 0 ? 0 : (size_t)colon};

	*out = (struct call_move){
	    .id = http_path_id(rq, "id"),
	    .seq = f->seq,
	    .step = f->step,
	    .kind = entry_kind_of(kind),
	    .stay = str_is(kind, "stay"),
	};
	if (str_is(kind, "take") && str_to_i64((struct str){f->move.p +
		colon + 1, f->move.n - kind.n - 1}, &out->document))
		out->kind = ENTRY_ANSWER;
	if (colon < 0 || (out->kind == ENTRY__MAX && !out->stay))
		return fail(&rq->cx, ERR_INVALID, "",
		    N_("Please choose one of the answers."));
	out->answer = (struct str){f->move.p + colon + 1,
	    f->move.n - (size_t)colon - 1};
	if (out->stay || out->kind == ENTRY_ANSWER) {
		out->texts = texts_read(rq, f, out->text);
		out->person = f->name;
		out->person_id = f->name.n ? 0 : f->person;
	}
	return OK;
}

enum err
web_call_step(struct http_request *rq)
{
	const struct step_form *f = rq->form;
	struct call_move m;
	int64_t ticket = 0;
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = move_read(rq, f, &m)) == OK &&
	    (e = call_move(door_desk(rq), &m, &ticket)) == OK)
		return http_redirect(rq, "/calls/%lld", (long long)m.id);
	return page_comes_back(rq, e) ? call_page(rq, f) : e;
}

enum err
web_call_choose(struct http_request *rq)
{
	const struct choose_form *f = rq->form;
	int64_t id = http_path_id(rq, "id");
	enum err e = rq->cx.fault.err;

	if (e == OK && (e = call_customer(door_desk(rq), id, f->customer,
			    f->typed)) == OK)
		return http_redirect(rq, "/calls/%lld", (long long)id);
	return page_comes_back(rq, e) ? call_page(rq, NULL) : e;
}

/* The paid time ends; the call goes on. */
enum err
web_call_stop(struct http_request *rq)
{
	int64_t id = http_path_id(rq, "id");
	enum err e = consultation_stop(door_desk(rq), id);

	if (e == OK)
		return http_redirect(rq, "/calls/%lld", (long long)id);
	return page_comes_back(rq, e) ? call_page(rq, NULL) : e;
}

enum err
web_call_lookup(struct http_request *rq)
{
	struct lookup_view v;
	enum err e;

	e = lookup_fill(rq, http_raw(rq, "typed"), http_path_id(rq, "id"), 0,
	    &v);
	if (e == OK)
		view_lookup(&rq->response.body, rq->cx.lang, &v);
	return e;
}

/* Searched while it is typed; the answer is what was found. */
static enum err
search_type(struct http_request *rq, struct str words)
{
	struct found_view v = {.call = http_path_id(rq, "id")};
	struct answer_hits hits;
	enum err e;

	if ((e = call_search(door_desk(rq), v.call, words, &hits)) != OK)
		return e;
	found_fill(rq, &hits, words, 0, &v);
	view_found(&rq->response.body, rq->cx.lang, &v);
	return OK;
}

/* Saves a field while it is typed; a question's verdict comes back. */
enum err
web_call_type(struct http_request *rq)
{
	const struct step_form *f = rq->form;
	struct call_text text[CALL_TEXTS_MOST];
	size_t n = texts_read(rq, f, text);
	struct wording_verdict judged;
	struct verdict_view v;
	enum err e;

	if (http_raw(rq, "search").p)
		return search_type(rq, f->search);
	for (size_t i = 0; i < n; i++)
		if ((e = call_type(door_desk(rq), http_path_id(rq, "id"),
			 text[i].name, text[i].value)) != OK)
			return e;
	if (!http_raw(rq, "question").p) {
		rq->response.status = 204;
		return OK;
	}
	(void)wording_judge(door_desk(rq)->house->wording, f->question,
	    &judged);
	verdict_fill(rq, f->question, &judged, &v);
	view_verdict(&rq->response.body, rq->cx.lang, &v);
	return OK;
}
