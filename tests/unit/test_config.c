/* The configuration: src/base/config.c, and reading files: file.c. */
#include "check.h"

#include <unistd.h>

#include "base/config.h"
#include "base/file.h"

struct job {
	struct complaints c;
	struct config config;
};

static int
prepare(void **state)
{
	struct job *job = talloc_zero(NULL, struct job);

	unsetenv("DIENSTWEG_LISTEN");
	unsetenv("DIENSTWEG_DATABASE");
	unsetenv("DIENSTWEG_CLOCK");
	complaints_init(&job->c, job, "desk.yaml");
	config_defaults(&job->config);
	*state = job;
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

static void
every_key_is_read(void **state)
{
	struct job *job = *state;
	struct config *config = &job->config;

	assert_int_equal(config_parse(job,
			     STR("listen: \"[::1]:0\"\n"
				 "database: postgresql://desk@/desk\n"
				 "time_zone: UTC\n"
				 "country_code: 43\n"
				 "company: Müller & Söhne\n"
				 "public_url: https://desk.example/\n"
				 "workers: 8\n"
				 "instruction: a.yaml\n"
				 "wording: w.tsv\n"
				 "prices: p.yaml\n"
				 "session: 1h30m\n"
				 "log_level: debug\n"
				 "clock: var/clock\n"
				 "sites: [https://a.example/, http://b.example]\n"
				 "private_hosts: [b.example, \"[::1]:81\"]\n"
				 "crawl_every: 0s\n"
				 "crawl_pause: 2s\n"
				 "crawl_wait: 3s\n"
				 "crawl_time: 2h\n"
				 "crawl_pages: 7\n"
				 "crawl_depth: 4\n"
				 "crawl_megabytes: 5\n"
				 "demo_site: 127.0.0.1:8081\n"),
			     &job->c, config),
	    OK);
	check_str(config->listen.host, "::1");
	assert_int_equal(config->listen.port, 0);
	check_str(config->database, "postgresql://desk@/desk");
	check_str(config->time_zone, "UTC");
	check_str(config->country_code, "43");
	assert_int_equal(config->sites.n, 2);
	check_str(config->sites.v[1], "http://b.example");
	assert_int_equal(config->private_hosts.n, 2);
	check_str(config->private_hosts.v[1], "[::1]:81");
	assert_int_equal(config->crawl_every_ms, 0);
	assert_int_equal(config->crawl_pause_ms, 2000);
	assert_int_equal(config->crawl_wait_ms, 3000);
	assert_int_equal(config->crawl_time_ms, 2 * 3600 * 1000);
	assert_int_equal(config->crawl_pages, 7);
	assert_int_equal(config->crawl_depth, 4);
	assert_int_equal(config->crawl_megabytes, 5);
	assert_int_equal(config->demo_site.port, 8081);
	check_str(config->company, "Müller & Söhne");
	check_str(config->public_url, "https://desk.example");
	assert_int_equal(config->workers, 8);
	check_str(config->instruction_file, "a.yaml");
	check_str(config->wording_file, "w.tsv");
	check_str(config->prices_file, "p.yaml");
	assert_int_equal(config->session_ms, 5400000);
	assert_int_equal(config->log_level, LOG_DEBUG);
	check_str(config->clock_file, "var/clock");
}

static void
nothing_said_is_fine(void **state)
{
	struct job *job = *state;

	assert_int_equal(config_load(job, NULL, &job->c, &job->config), OK);
	assert_int_equal(config_parse(job, STR(""), &job->c, &job->config),
	    OK);
	check_str(job->config.listen.host, "127.0.0.1");
	assert_int_equal(job->config.listen.port, 8080);
	check_str(job->config.database, "sqlite:var/dienstweg.db");
	check_str(job->config.time_zone, "Europe/Berlin");
	assert_int_equal(job->config.session_ms, 43200000);
	assert_ptr_equal(config_clock(job, &job->config), clock_system());
}

static void
bad_values_are_named_with_their_place(void **state)
{
	struct job *job = *state;

	assert_int_equal(config_parse(job,
			     STR("listen: 127.0.0.1\n"
				 "colour: blue\n"
				 "database: mysql://root:secret@x/y\n"
				 "workers: [1]\n"),
			     &job->c, &job->config),
	    ERR_INVALID);
	check_str(complaints_text(job, &job->c),
	    "desk.yaml:1:9: listen: must be an address and a port like "
	    "\"127.0.0.1:8080\"\n"
	    "desk.yaml:2:9: colour: is not known\n"
	    "desk.yaml:3:11: database: must begin with \"sqlite:\" or "
	    "\"postgresql://\"\n"
	    "desk.yaml:4:10: workers: must be a single value\n");
}

static void
a_list_is_no_configuration(void **state)
{
	struct job *job = *state;

	assert_int_equal(config_parse(job, STR("- a\n"), &job->c, &job->config),
	    ERR_INVALID);
	assert_int_equal(config_parse(job, STR("a\n"), &job->c, &job->config),
	    ERR_INVALID);
	assert_int_equal(job->c.n, 2);
}

static void
values_have_limits(void **state)
{
	static const struct {
		const char *key, *value;
		bool ok;
	} rows[] = {
	    {"listen", "0.0.0.0:65535", true},
	    {"listen", "localhost:80", true},
	    {"listen", "0.0.0.0:65536", false},
	    {"listen", ":80", false},
	    {"listen", "[]:80", false},
	    {"listen", "::1:80", false},
	    {"listen", "a b:80", false},
	    {"listen", "a:-1", false},
	    {"listen", "a:", false},
	    {"listen", "", false},
	    {"database", "sqlite:", false},
	    {"database", "sqlite:x", true},
	    {"database", "postgres://h/d", true},
	    {"time_zone", "Europe/Nowhere", false},
	    {"country_code", "049", false},
	    {"country_code", "1234", false},
	    {"country_code", "", false},
	    {"country_code", "1", true},
		    {"company", "", false},
	    {"company", "a\nb", false},
				    {"public_url", "", true},
	    {"public_url", "ftp://x", false},
	    {"public_url", "https://", false},
	    {"public_url", "https:///", false},
	    {"public_url", "https://x y", false},
	    {"public_url", "http://desk:8080", true},
	    {"workers", "256", true},
	    {"workers", "257", false},
	    {"workers", "-1", false},
	    {"session", "59s", false},
	    {"session", "90d", true},
	    {"session", "91d", false},
	    {"log_level", "Info", false},
	    {"nonsense", "x", false},
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(!config_set(job, &job->config, rows[i].key,
			      str_of(rows[i].value)) == rows[i].ok,
		    rows[i].value);
}

static void
environment_comes_after_the_file(void **state)
{
	char path[] = "/tmp/configXXXXXX";
	static const char text[] = "listen: a:1\ndatabase: sqlite:file\n";
	struct job *job = *state;
	int fd = mkstemp(path);

	assert_true(write(fd, text, strlen(text)) > 0);
	close(fd);
	setenv("DIENSTWEG_LISTEN", "b:2", 1);
	setenv("DIENSTWEG_CLOCK", path, 1);
	assert_int_equal(config_load(job, path, &job->c, &job->config), OK);
	check_str(job->config.listen.host, "b");
	check_str(job->config.database, "sqlite:file");
	check_str(job->config.clock_file, path);
	assert_ptr_not_equal(config_clock(job, &job->config), clock_system());
	setenv("DIENSTWEG_LISTEN", "nonsense", 1);
	assert_int_equal(
	    config_load(job, path, &job->c, &job->config), ERR_INVALID);
	assert_non_null(strstr(job->c.item[0].text.p, "DIENSTWEG_LISTEN must"));
	unlink(path);
}

static void
missing_files_are_said_to_be_missing(void **state)
{
	struct job *job = *state;
	struct str s;

	assert_int_equal(
	    config_load(job, "/nowhere/x.yaml", &job->c, &job->config),
	    ERR_NOT_FOUND);
	check_str(complaints_text(job, &job->c),
	    "desk.yaml: No such file or directory\n");
	assert_int_equal(file_read(job, "/", 10, &s), ERR_INTERNAL);
	assert_int_equal(
	    file_read(job, "/proc/self/stat", 3, &s), ERR_TOO_LARGE);
	assert_int_equal(file_read(job, "/dev/null", 0, &s), OK);
	check_str(s, "");
}

static void
the_crawls_values_are_checked(void **state)
{
	static const struct {
		const char *key, *value;
		bool good;
	} rows[] = {
	    {"sites", "", true},
	    {"sites", "https://a.example/\n http://b.example/x ", true},
	    {"sites", "a.example", false},
	    {"sites", "ftp://a.example", false},
	    {"sites", "https://a.example\nhttps://", false},
	    {"private_hosts", "a.example\n10.0.0.1:8080", true},
	    {"private_hosts", "http://a.example/", false},
	    {"smtp", "smtp://mail.example:587", true},
	    {"smtp", "smtps://[::1]", true},
	    {"smtp", "", true},
	    {"smtp", "smtp://", false},
	    {"smtp", "http://mail.example", false},
	    {"smtp", "smtp://user:pw@mail.example", false},
	    {"smtp", "smtp://mail.example/x", false},
	    {"smtp_tls", "always", true},
	    {"smtp_tls", "if-offered", true},
	    {"smtp_tls", "never", false},
	    {"smtp_wait", "6m", false},
	    {"mail_from", "Hilfe <hilfe@house.example>", true},
	    {"mail_from", "hilfe@house.example", true},
	    {"mail_from", "hilfe", false},
	    {"mail_from", "@house.example", false},
	    {"mail_from", "Hilfe <hilfe@house.example", false},
	    {"mail_from", "a@b.example> <c@d.example", false},
	    {"crawl_every", "0s", true},
	    {"crawl_every", "91d", false},
	    {"crawl_pause", "0s", true},
	    {"crawl_pause", "61s", false},
	    {"crawl_wait", "0s", false},
	    {"crawl_time", "8d", false},
	    {"crawl_pages", "0", false},
	    {"crawl_pages", "1000001", false},
	    {"crawl_depth", "30", true},
	    {"crawl_depth", "31", false},
	    {"crawl_megabytes", "501", false},
	    {"demo_site", "127.0.0.1", false},
	};
	struct job *job = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *why = config_set(job, &job->config, rows[i].key,
		    str_of(rows[i].value));

		check_row(!why == rows[i].good, rows[i].value);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_key_is_read),
	    TEST(nothing_said_is_fine),
	    TEST(bad_values_are_named_with_their_place),
	    TEST(a_list_is_no_configuration),
	    TEST(values_have_limits),
	    TEST(the_crawls_values_are_checked),
	    TEST(environment_comes_after_the_file),
	    TEST(missing_files_are_said_to_be_missing),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
