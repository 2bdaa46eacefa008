/*
 * Rules of thumb, strongest first: hidden, then the main part, then tags and
 * roles, then words in ids and classes as German and English sites use them.
 */
#include "answers/region.h"

#include <ctype.h>
#include <strings.h>

enum { WORD_BYTES = 24 };

static const struct word {
	const char *word;
	enum region region;
} by_tag[] = {
    {"nav", REGION_MENU}, {"footer", REGION_FOOTER}, {"aside", REGION_ASIDE},
    {"script", REGION_HIDDEN}, {"style", REGION_HIDDEN},
    {"template", REGION_HIDDEN}, {"noscript", REGION_HIDDEN},
    {"svg", REGION_HIDDEN}, {"math", REGION_HIDDEN},
    {"iframe", REGION_HIDDEN}, {"object", REGION_HIDDEN},
    {"select", REGION_HIDDEN}, {"textarea", REGION_HIDDEN},
    {"button", REGION_HIDDEN}, {"noframes", REGION_HIDDEN}, {0}},
  by_role[] = {
    {"navigation", REGION_MENU}, {"menu", REGION_MENU},
    {"menubar", REGION_MENU}, {"banner", REGION_MENU},
    {"contentinfo", REGION_FOOTER}, {"complementary", REGION_ASIDE},
    {"search", REGION_ASIDE}, {0}},
  by_word[] = {
    {"cookie", REGION_BANNER}, {"cookies", REGION_BANNER},
    {"cookiebanner", REGION_BANNER}, {"consent", REGION_BANNER},
    {"gdpr", REGION_BANNER}, {"dsgvo", REGION_BANNER},
    {"footer", REGION_FOOTER}, {"fuss", REGION_FOOTER},
    {"fusszeile", REGION_FOOTER},
    {"nav", REGION_MENU}, {"navi", REGION_MENU}, {"navbar", REGION_MENU},
    {"navigation", REGION_MENU}, {"menu", REGION_MENU},
    {"menue", REGION_MENU}, {"mainmenu", REGION_MENU},
    {"hauptmenue", REGION_MENU}, {"submenu", REGION_MENU},
    {"breadcrumb", REGION_MENU}, {"breadcrumbs", REGION_MENU},
    {"brotkrumen", REGION_MENU}, {"topbar", REGION_MENU},
    {"sidebar", REGION_ASIDE}, {"seitenleiste", REGION_ASIDE},
    {"randspalte", REGION_ASIDE}, {0}},
  unseen[] = {
    {"visually-hidden", REGION_HIDDEN}, {"visuallyhidden", REGION_HIDDEN},
    {"sr-only", REGION_HIDDEN}, {"screen-reader-text", REGION_HIDDEN}, {0}};

static enum region
found(const struct word *list, struct str word)
{
	for (; list->word; list++)
		if (strlen(list->word) == word.n &&
		    strncasecmp(list->word, word.p, word.n) == 0)
			return list->region;
	return 0;
}

/* The first of the words in `s` that the list knows; words are divided by
 * spaces, and by other marks too unless `whole`. */
static enum region
any_of(const struct word *list, const char *s, bool whole)
{
	while (s && *s) {
		size_t n = 0;
		enum region r;

		while (s[n] && !isspace((unsigned char)s[n]) &&
		    (whole || isalnum((unsigned char)s[n]) ||
			(unsigned char)s[n] >= 0x80))
			n++;
		if (n && n <= WORD_BYTES &&
		    (r = found(list, (struct str){s, n})))
			return r;
		s += s[n] ? n + 1 : n;
	}
	return 0;
}

static bool
style_hides(const char *style)
{
	char bare[200];
	size_t n = 0;

	for (; style && *style && n + 1 < sizeof bare; style++)
		if (!isspace((unsigned char)*style))
			bare[n++] = (char)tolower((unsigned char)*style);
	bare[n] = '\0';
	return strstr(bare, "display:none") ||
	    strstr(bare, "visibility:hidden");
}

static bool
is_hidden(const struct region_tag *t)
{
	return t->hidden || style_hides(t->style) ||
	    (t->aria_hidden && strcasecmp(t->aria_hidden, "true") == 0) ||
	    (strcmp(t->name, "dialog") == 0 && !t->open) ||
	    any_of(unseen, t->classes, true);
}

static bool
is_main(const struct region_tag *t)
{
	static const char *const ids[] = {"main", "content", "inhalt",
	    "main-content", "maincontent"};

	if (strcmp(t->name, "main") == 0 ||
	    (t->role && strcasecmp(t->role, "main") == 0))
		return true;
	for (size_t i = 0; t->id && i < sizeof ids / sizeof *ids; i++)
		if (strcasecmp(t->id, ids[i]) == 0)
			return true;
	return false;
}

/* Elements whose classes speak of the page as a whole. */
static bool
is_whole(const char *name)
{
	return strcmp(name, "html") == 0 || strcmp(name, "body") == 0;
}

enum region
region_inside(const struct region_tag *t, enum region around, bool *main)
{
	enum region r;

	if (around == REGION_HIDDEN || is_hidden(t))
		return REGION_HIDDEN;
	if (around != REGION_BANNER && is_main(t)) {
		*main = true;
		return REGION_BODY;
	}
	if (is_whole(t->name))
		return around;
	r = found(by_tag, str_of(t->name));
	if (!r && strcmp(t->name, "header") == 0 && !*main)
		r = REGION_MENU;
	if (!r)
		r = any_of(by_role, t->role, true);
	if (!r)
		r = any_of(by_word, t->id, false);
	if (!r)
		r = any_of(by_word, t->classes, false);
	return r > around || around == REGION_BODY ? (r ? r : around) : around;
}
