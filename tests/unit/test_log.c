/* Log lines nobody can forge: src/base/log.c. Standard error goes to a file
 * while a line is written. */
#include "check.h"

#include <unistd.h>

#include "base/log.h"

static char line[16384];

/* What `log_write` leaves on standard error. */
static const char *
logged(enum log_level level, const char *text)
{
	FILE *f = tmpfile();
	int kept = dup(STDERR_FILENO);
	size_t n;

	assert_non_null(f);
	dup2(fileno(f), STDERR_FILENO);
	log_write(level, "%s", text);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(f);
	n = fread(line, 1, sizeof line - 1, f);
	line[n] = '\0';
	fclose(f);
	return line;
}

static void
says_when_and_how_bad(void **state)
{
	const char *l = logged(LOG_WARN, "hello");

	assert_int_equal(strlen(l), strlen("2026-11-24T08:40:12.345Z "
					   "warn hello\n"));
	assert_string_equal(l + 24, " warn hello\n");
	assert_int_equal(l[10], 'T');
	assert_int_equal(l[23], 'Z');
}

static void
cannot_be_forged(void **state)
{
	assert_string_equal(
	    logged(LOG_INFO, "a\nb\r\033[31mc\x7f\xc2\x85") + 24,
	    " info a?b??[31mc???\n");
	assert_string_equal(logged(LOG_INFO, "Müller\xc2") + 24,
	    " info Müller\xc2\n");
}

static void
level_is_obeyed(void **state)
{
	assert_string_equal(logged(LOG_DEBUG, "x"), "");
	log_level_set(LOG_ERROR);
	assert_string_equal(logged(LOG_WARN, "x"), "");
	assert_string_not_equal(logged(LOG_ERROR, "x"), "");
	log_level_set(LOG_DEBUG);
	assert_string_not_equal(logged(LOG_DEBUG, "x"), "");
}

static void
long_lines_are_cut_and_say_so(void **state)
{
	static char text[10000];
	const char *l;

	memset(text, 'x', sizeof text - 1);
	l = logged(LOG_ERROR, text);
	assert_in_range(strlen(l), 4000, 4096);
	assert_string_equal(l + strlen(l) - 7, " [cut]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_when_and_how_bad),
	    cmocka_unit_test(cannot_be_forged),
	    cmocka_unit_test(level_is_obeyed),
	    cmocka_unit_test(long_lines_are_cut_and_say_so),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
