/* Mail as it goes over the wire: src/net/mime.c. That real mail programs read it
 * as it was written is seen in tests/http/mail.test.mjs. */
#include "check.h"

#include "base/mem.h"
#include "net/mime.h"

static struct mime_mail
mail(void)
{
	return (struct mime_mail){.from = STR("Desk <desk@house.example>"),
	    .to_name = STR(""),
	    .to = STR("a@b.example"),
	    .subject = STR("Hello"),
	    .id = STR("1@house.example"),
	    .reply_to = STR(""),
	    .at_ms = 1795507200000,
	    .lang = STR(""),
	    .body = STR("Hi")};
}

static void
a_plain_mail(void **state)
{
	struct mime_mail m = mail();

	check_str(mime_write(*state, &m),
	    "Date: Tue, 24 Nov 2026 08:00:00 +0000\r\n"
	    "From: \"Desk\"\r\n <desk@house.example>\r\n"
	    "To: a@b.example\r\n"
	    "Subject: Hello\r\n"
	    "Message-ID: <1@house.example>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\nHi\r\n");
}

static void
headers_say_what_is_so(void **state)
{
	struct mime_mail m = mail();
	struct str text;

	m.reply_to = STR("0@house.example");
	m.automatic = true;
	m.lang = STR("de");
	text = mime_write(*state, &m);
	assert_true(str_find(text, STR("\r\nIn-Reply-To: <0@house.example>\r\n"
		"References: <0@house.example>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"Content-Language: de\r\n")) > 0);
}

/* No text of a field begins a line of the header, however it is made. */
static void
headers_cannot_be_injected(void **state)
{
	static const char *const bad[] = {"x\r\nBcc: c@d.example",
	    "x\nBcc: c@d.example", "x\rBcc: c", "\r\n\r\nbody",
	    "=?utf-8?B?DQpCY2M6?=", "\"\r\nBcc: c", "\\\"", "ä\nBcc: x",
	    "\xff\xfe\nBcc: x"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct mime_mail m = mail();
		struct str text, line;
		size_t lines = 0;

		m.subject = m.to_name = str_of(bad[i]);
		text = mime_write(*state, &m);
		while (str_take(&text, '\n', &line) && line.n > 1) {
			check_row(!str_starts(line, STR("Bcc")), bad[i]);
			check_row(line.n <= 79 && line.p[line.n - 1] == '\r',
			    bad[i]);
			lines++;
		}
		check_row(str_is(str_trim(text), "Hi"), bad[i]);
		check_row(lines >= 9, bad[i]);
	}
}

static void
bodies_are_quoted(void **state)
{
	static const struct {
		const char *body, *wire;
	} rows[] = {
	    {"", "\r\n"},
	    {"a = b", "a =3D b\r\n"},
	    {"ü", "=C3=BC\r\n"},
	    {"end \nand\t", "end=20\r\nand=09\r\n"},
	    {"a\n\n.\nb", "a\r\n\r\n.\r\nb\r\n"},
	    {"012345678901234567890123456789012345678901234567890123456789"
	     "0123456789012345678901234",
		"012345678901234567890123456789012345678901234567890123456789"
		"012345678901234=\r\n5678901234\r\n"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_mail m = mail();
		struct str text;

		m.body = str_of(rows[i].body);
		text = mime_write(*state, &m);
		text.p += str_find(text, STR("\r\n\r\n")) + 4;
		check_row(str_is(str_of(text.p), rows[i].wire), text.p);
	}
}

static void
long_subjects_are_folded(void **state)
{
	struct mime_mail m = mail();
	struct str text;

	m.subject = STR("Größe ist nicht alles, aber Größe und Maß und "
			"Straße und Füße und Bäche und Öl");
	text = mime_write(*state, &m);
	assert_true(str_find(text, STR("Subject: =?utf-8?B?R3LDtsOfZSBpc3QgbmljaHQgYWxsZXMsIGFiZXIgR3LDtsOfZSB1bmQg?=\r\n =?utf-8?B?")) > 0);
}

static void
addresses(void **state)
{
	check_str(mime_address(*state, STR("Desk <a@b.example>")),
	    "a@b.example");
	check_str(mime_address(*state, STR("a@b.example")), "a@b.example");
}

static int
prepare(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int
done(void **state)
{
	talloc_free(*state);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, prepare, done)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_plain_mail),
	    TEST(headers_say_what_is_so),
	    TEST(headers_cannot_be_injected),
	    TEST(bodies_are_quoted),
	    TEST(long_subjects_are_folded),
	    TEST(addresses),
	};

	return cmocka_run_group_tests_name("mime", tests, NULL, NULL);
}
