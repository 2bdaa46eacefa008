/*
 * The list is cut to stems once.
 */
#include "answers/kin.h"

#include <pthread.h>

enum { GROUP_WORDS = 5 };

/* Folded, as they would be typed. */
static const char *const group[][GROUP_WORDS] = {
    {"passwort", "kennwort", "zugangsdaten"},
    {"backup", "sicherung", "datensicherung", "sicherungskopie"},
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
    {"login", "passwort", "zugangsdaten"},
    {"konto", "account", "benutzerkonto"},
    {"preis", "kosten", "gebuhr", "tarif"},
    {"kostet", "preis", "tarif"},
    {"teuer", "preis", "tarif"},
    {"kundigen", "beenden"},
    {"storung", "ausfall", "kaputt"},
    {"langsam", "lahm", "geschwindigkeit", "bandbreite", "speedtest"},
    {"schnell", "geschwindigkeit", "bandbreite"},
    {"umziehen", "umzug", "wohnungswechsel"},
    {"umschreiben", "inhaber", "ubertragen", "eigentumer", "besitzer"},
    {"umleiten", "weiterleiten", "weiterleitung", "umleitung", "redirect"},
    {"ubersicht", "verzeichnis", "index", "liste"},
    {"anhalten", "beenden", "stoppen"},
    {"starten", "einschalten", "hochfahren"},
    {"neustarten", "neustart", "starten"},
    {"hochladen", "upload", "ubertragen"},
    {"herunterladen", "download", "runterladen"},
    {"posteingang", "postfach", "briefkasten"},
    {"mailbox", "postfach"},
    {"urlaub", "abwesenheit"},
    {"werbung", "reklame", "spam", "junk", "junkmail"},
    {"verschlusselung", "zertifikat", "ssl", "https", "unsicher"},
    {"speicherplatz", "speicher", "voll", "uberfullt"},
    {"zuruckschicken", "zurucksenden", "ruckgabe"},
    {"moglich", "verfugbar", "verfugbarkeit"},
    {"dorf", "ort", "wohnort", "anschrift"},
    {"bezahlen", "zahlung", "lastschrift", "einziehen", "abbuchen"},
    {"bankverbindung", "kontonummer", "iban", "bankkonto", "girokonto"},
    {"wlan", "wifi", "funknetz"},
    {"sperren", "blockieren"},
    {"fehler", "problem"},
    {"ordner", "verzeichnis"},
    {"benutzer", "anwender", "nutzer"},
    {"protokoll", "log", "logdatei"},
    {"ansprechpartner", "kontakt"},
    {"erreichen", "kontakt"},
    {"offnungszeiten", "sprechzeiten", "erreichbar", "kontakt"},
    {"hotline", "anrufen", "telefon", "kontakt"},
    {"anleitung", "handbuch", "hilfe", "dokumentation"},
    {"zugangsdaten", "einwahldaten", "anmeldedaten", "benutzername"},
    {"rechnung", "abrechnung", "invoice"},
    {"abbuchen", "abbuchung", "lastschrift", "einzug"},
    {"mahnung", "zahlungserinnerung"},
    {"gutschrift", "erstattung", "ruckerstattung"},
    {"bestellen", "bestellung", "kaufen"},
    {"zuruckgeben", "zurucksenden", "ruckgabe", "retoure"},
    {"lieferung", "versand", "zustellung"},
    {"defekt", "kaputt", "reparatur", "reparieren"},
    {"tauschen", "austausch", "ersatz"},
    {"garantie", "gewahrleistung"},
    {"formular", "antrag", "vordruck"},
    {"techniker", "monteur"},
    {"leuchte", "lampe", "led"},
    {"rechner", "computer", "pc"},
    {"programm", "software", "app", "anwendung"},
    {"installieren", "installation", "setup"},
    {"aktualisieren", "aktualisierung", "update", "upgrade"},
    {"freischalten", "aktivieren", "einschalten"},
    {"abschalten", "ausschalten", "deaktivieren"},
    {"voreinstellung", "standard", "vorgabe", "default"},
    {"rechte", "berechtigung", "zugriffsrechte"},
    {"befehlszeile", "kommandozeile", "terminal"},
    {"kompilieren", "ubersetzen", "kompilierung"},
    {"glossar", "begriffe", "worterbuch"},
    {"verbergen", "verstecken", "ausblenden"},
    {"gleichzeitig", "parallel"},
    {"absturz", "absturzen", "crash"},
    {"datenschutz", "dsgvo"},
    {"agb", "geschaftsbedingungen"},
};

enum { GROUPS = sizeof group / sizeof *group };

/* All stems of each word, so that "werbe" of "Werbemail" meets "Werbung". */
static struct word stem_of[GROUPS][GROUP_WORDS][STEMS_MOST];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
stems_make(void)
{
	for (size_t i = 0; i < GROUPS; i++)
		for (size_t k = 0; k < GROUP_WORDS && group[i][k]; k++) {
			struct word w = {.n =
				(unsigned char)strlen(group[i][k])};

			memcpy(w.p, group[i][k], w.n);
			(void)terms_stems(&w, stem_of[i][k]);
		}
}

static bool
is_stem_of(size_t i, size_t k, const struct word *stem)
{
	for (size_t j = 0; j < STEMS_MOST; j++)
		if (str_eq(word_str(&stem_of[i][k][j]), word_str(stem)))
			return true;
	return false;
}

static bool
is_in(size_t i, const struct word *stem)
{
	for (size_t k = 0; k < GROUP_WORDS && group[i][k]; k++)
		if (is_stem_of(i, k, stem))
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
			if (n < KIN_WORDS && !is_stem_of(i, k, stem))
				out[n++] = group[i][k];
	}
	out[n] = NULL;
}
