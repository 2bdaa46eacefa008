/*
 * The list is cut to stems once.
 */
#include "answers/kin.h"

#include <pthread.h>

enum { GROUP_WORDS = 5 };

/* Folded, as they would be typed. */
static const char *const group[][GROUP_WORDS] = {
    {"passwort", "kennwort", "zugangsdaten"},
    {"backup", "sicherung", "datensicherung"},
    {"wiederherstellen", "zuruckspielen", "zuruckholen", "retten"},
    {"handy", "smartphone", "mobiltelefon", "iphone"},
    {"website", "webseite", "homepage", "internetseite"},
    {"telefonnummer", "rufnummer", "telefon"},
    {"adresse", "anschrift"},
    {"einrichten", "anlegen", "erstellen", "hinzufugen"},
    {"loschen", "entfernen"},
    {"andern", "wechseln", "umstellen"},
    {"einstellen", "konfigurieren", "einrichten"},
    {"anmelden", "einloggen", "login"},
    {"konto", "account", "benutzerkonto"},
    {"preis", "kosten", "gebuhr", "tarif"},
    {"kostet", "preis", "tarif"},
    {"teuer", "preis", "tarif"},
    {"kundigen", "beenden"},
    {"storung", "ausfall", "kaputt"},
    {"langsam", "geschwindigkeit", "bandbreite", "speedtest"},
    {"schnell", "geschwindigkeit", "bandbreite"},
    {"umziehen", "umzug"},
    {"umschreiben", "inhaber", "ubertragen"},
    {"umleiten", "weiterleiten", "weiterleitung"},
    {"ubersicht", "verzeichnis", "index", "liste"},
    {"anhalten", "beenden", "stoppen"},
    {"starten", "einschalten", "hochfahren"},
    {"neustarten", "neustart", "starten"},
    {"hochladen", "upload", "ubertragen"},
    {"herunterladen", "download"},
    {"posteingang", "postfach"},
    {"mailbox", "postfach"},
    {"urlaub", "abwesenheit"},
    {"werbung", "reklame", "spam"},
    {"verschlusselung", "zertifikat", "ssl", "https"},
    {"speicherplatz", "speicher"},
    {"moglich", "verfugbar", "verfugbarkeit"},
    {"bezahlen", "zahlung", "lastschrift"},
    {"bankverbindung", "kontonummer", "iban"},
    {"wlan", "wifi", "funknetz"},
    {"sperren", "blockieren"},
    {"fehler", "problem"},
    {"ordner", "verzeichnis"},
    {"benutzer", "anwender", "nutzer"},
    {"protokoll", "log", "logdatei"},
    {"ansprechpartner", "kontakt"},
    {"erreichen", "kontakt"},
    {"offnungszeiten", "sprechzeiten", "erreichbar"},
    {"anleitung", "handbuch", "hilfe"},
};

enum { GROUPS = sizeof group / sizeof *group };

static struct word stem_of[GROUPS][GROUP_WORDS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
stems_make(void)
{
	for (size_t i = 0; i < GROUPS; i++)
		for (size_t k = 0; k < GROUP_WORDS && group[i][k]; k++) {
			struct word w = {.n =
				(unsigned char)strlen(group[i][k])};

			memcpy(w.p, group[i][k], w.n);
			terms_stem(&w, &stem_of[i][k]);
		}
}

static bool
is_in(size_t i, const struct word *stem)
{
	for (size_t k = 0; k < GROUP_WORDS && group[i][k]; k++)
		if (str_eq(word_str(&stem_of[i][k]), word_str(stem)))
			return true;
	return false;
}

void
kin_of(const struct word *stem, const char *out[KIN_WORDS + 1])
{
	size_t n = 0;

	(void)pthread_once(&once, stems_make);
	for (size_t i = 0; i < GROUPS; i++) {
		if (!is_in(i, stem))
			continue;
		for (size_t k = 0; k < GROUP_WORDS && group[i][k]; k++)
			if (n < KIN_WORDS &&
			    !str_eq(word_str(&stem_of[i][k]), word_str(stem)))
				out[n++] = group[i][k];
	}
	out[n] = NULL;
}
