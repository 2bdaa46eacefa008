-- Fills a migrated, empty SQLite database with :rows customers and as many
-- tickets, for ./bench. One person, telephone number and contract a customer;
-- names by Zipf's law (a few everywhere, most rare); two tickets in a hundred
-- unanswered. The script drops the indexes before and makes them anew after.
-- Chance is a multiplication, so that every run makes the same rows.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -500000;
BEGIN;

CREATE TEMP TABLE part(kind TEXT, word TEXT);
INSERT INTO part(kind, word) VALUES
 ('given','Anna'),('given','Peter'),('given','Sabine'),('given','Thomas'),
 ('given','Petra'),('given','Michael'),('given','Monika'),('given','Jürgen'),
 ('given','Karin'),('given','Andreas'),('given','Ursula'),('given','Stefan'),
 ('given','Björn'),('given','Claudia'),('given','Dieter'),('given','Eva'),
 ('given','Franz'),('given','Greta'),('given','Heike'),('given','Inge'),
 ('given','Katrin'),('given','Lars'),('given','Mehmet'),('given','Norbert'),
 ('given','Olga'),('given','Rainer'),('given','Silke'),('given','Uwe'),
 ('given','Volker'),('given','Wiebke'),('given','Xaver'),('given','Zeynep'),
 ('family','Müller'),('family','Schmidt'),('family','Schneider'),
 ('family','Fischer'),('family','Weber'),('family','Meyer'),
 ('family','Wagner'),('family','Becker'),('family','Schulz'),
 ('family','Hoffmann'),('family','Koch'),('family','Bauer'),
 ('family','Richter'),('family','Klein'),('family','Wolf'),
 ('family','Schröder'),('family','Neumann'),('family','Schwarz'),
 ('family','Zimmermann'),('family','Krüger'),('family','Hartmann'),
 ('family','Lange'),('family','Krause'),('family','Köhler'),
 ('town','Berlin'),('town','Hamburg'),('town','München'),('town','Köln'),
 ('town','Frankfurt'),('town','Stuttgart'),('town','Leipzig'),
 ('town','Dortmund'),('town','Bremen'),('town','Dresden'),('town','Nürnberg'),
 ('town','Duisburg'),('town','Bochum'),('town','Bielefeld'),('town','Bonn'),
 ('town','Münster'),('town','Augsburg'),('town','Kiel'),('town','Lübeck'),
 ('town','Erfurt'),('town','Mainz'),('town','Rostock'),('town','Kassel'),
 ('town','Hagen'),('town','Potsdam'),('town','Oldenburg'),('town','Ulm'),
 ('trade','Tischlerei'),('trade','Autohaus'),('trade','Praxis'),
 ('trade','Kanzlei'),('trade','Bäckerei'),('trade','Elektro'),
 ('trade','Gasthof'),('trade','Druckerei'),('trade','Apotheke'),
 ('trade','Malerbetrieb'),('trade','Blumen'),('trade','Spedition'),
 ('head','Alt'),('head','Brink'),('head','Dorn'),('head','Eich'),
 ('head','Feld'),('head','Grün'),('head','Hein'),('head','Kirch'),
 ('head','Lind'),('head','Moor'),('head','Nord'),('head','Osten'),
 ('head','Platt'),('head','Rosen'),('head','Stein'),('head','Tann'),
 ('head','Unter'),('head','Vogel'),('head','Wald'),('head','Ziegel'),
 ('tail','berger'),('tail','hoff'),('tail','mann'),('tail','meier'),
 ('tail','kamp'),('tail','bach'),('tail','thal'),('tail','horst'),
 ('tail','brandt'),('tail','egger'),('tail','loh'),('tail','rode'),
 ('tail','reuter'),('tail','wig'),('tail','stetter'),('tail','born');
INSERT INTO part
 SELECT 'family', h.word || t.word FROM part h, part t
 WHERE h.kind = 'head' AND t.kind = 'tail';

-- Words by kind and rank with their key and its bit in the mask of words.
CREATE TEMP TABLE name(kind TEXT, rank INT, word TEXT, key TEXT, bit INT,
  PRIMARY KEY (kind, rank)) WITHOUT ROWID;
INSERT INTO name
 SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY rowid), word, key,
        1 << (unicode(key) * 961 + unicode(substr(key, 2)) * 31
              + unicode(substr(key, 3))) % 61
 FROM (SELECT rowid, kind, word, lower(replace(replace(replace(replace(word,
         'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss')) AS key FROM part);

-- Who is behind each number: ranks 1 .. n - 1 of n, the first most often.
-- Among ten thousand, telephone numbers consist of the digits 0 to 3, so that
-- as many of them end alike as among a million, and the search by last digits
-- finds as many.
CREATE TEMP TABLE who AS
 SELECT value AS id,
        CAST(pow(33, value * 2654435761 % 4294967296 / 4294967296.0) AS INT)
          AS given,
        CAST(pow(345, value * 2246822519 % 4294967296 / 4294967296.0) AS INT)
          AS family,
        CAST(pow(28, value * 3266489917 % 4294967296 / 4294967296.0) AS INT)
          AS town,
        CAST(pow(13, value * 668265263 % 4294967296 / 4294967296.0) AS INT)
          AS trade,
        CAST(pow(33, value * 374761393 % 4294967296 / 4294967296.0) AS INT)
          AS given2,
        '49' || (200 + value * 2654435761 % 700)
          || substr('0000000' || CASE WHEN :rows < 100000
               THEN printf('%x', value * 40503 >> 4 & 0x3333333)
               ELSE value * 40503 % 10000000 END, -7) AS e164
 FROM generate_series(1, :rows);

CREATE TEMP TABLE full AS
 SELECT w.id, w.e164, a.word AS given, a.key AS given_key, a.bit AS given_bit,
        f.word AS family, f.key AS family_key, f.bit AS family_bit,
        t.word AS town, t.key AS town_key, t.bit AS town_bit,
        b.word AS trade, b.key AS trade_key, b.bit AS trade_bit,
        g.word AS given2, g.key AS given2_key, g.bit AS given2_bit,
        w.id % 3 = 0 AS is_firm
 FROM who w
 JOIN name a ON a.kind = 'given' AND a.rank = w.given
 JOIN name f ON f.kind = 'family' AND f.rank = w.family
 JOIN name t ON t.kind = 'town' AND t.rank = w.town
 JOIN name b ON b.kind = 'trade' AND b.rank = w.trade
 JOIN name g ON g.kind = 'given' AND g.rank = w.given2;
-- firms are called by their trade, others by their given name
UPDATE full SET given = trade, given_key = trade_key, given_bit = trade_bit
 WHERE is_firm;

INSERT INTO customer
 SELECT id, 1000000 + id, 1000000 + id, given || ' ' || family,
        given_key || ' ' || family_key, 'Hauptstr. ' || (1 + id % 180),
        substr('0000' || (id * 7919 % 100000), -5), town,
        'post@kunde' || id || '.example', '', 1, 1700000000000, 1700000000000
 FROM full ORDER BY id;
INSERT INTO person
 SELECT id, id, given2 || ' ' || family, given2_key || ' ' || family_key,
        'Buchhaltung', '', TRUE, 1
 FROM full ORDER BY id;
INSERT INTO contract
 SELECT id, id, 'V' || id, CASE id % 3 WHEN 0 THEN 'DSL 100'
          WHEN 1 THEN 'Webhosting M' ELSE 'Homepage Plus' END,
        '2020-01-01', CASE WHEN id % 20 = 7 THEN '2024-12-31' ELSE '' END,
        '', 1
 FROM full ORDER BY id;
INSERT INTO phone
 SELECT id, id, id, e164, substr(e164, 12, 1) || substr(e164, 11, 1)
          || substr(e164, 10, 1) || substr(e164, 9, 1) || substr(e164, 8, 1)
          || substr(e164, 7, 1) || substr(e164, 6, 1) || substr(e164, 5, 1)
          || substr(e164, 4, 1) || substr(e164, 3, 1) || substr(e164, 2, 1)
          || substr(e164, 1, 1), 'Zentrale'
 FROM full ORDER BY id;

CREATE TEMP TABLE word AS
 SELECT given_key AS key, id, given_bit | family_bit | town_bit | given2_bit
   AS mask FROM full
 UNION ALL SELECT family_key, id,
   given_bit | family_bit | town_bit | given2_bit FROM full
 UNION ALL SELECT town_key, id,
   given_bit | family_bit | town_bit | given2_bit FROM full
 UNION ALL SELECT given2_key, id,
   given_bit | family_bit | town_bit | given2_bit FROM full
   WHERE given2_key <> given_key;
INSERT INTO customer_word(word, customer_id, mask)
 SELECT key, id, mask FROM word ORDER BY key, id;

-- Tickets: of every fifty one waits, seven are answered, the rest is closed.
CREATE TEMP TABLE question(n INTEGER PRIMARY KEY, text TEXT);
INSERT INTO question(text) VALUES
 ('Beim Senden an gmx.de meldet der Server seit heute 8 Uhr den Fehler 550.'),
 ('Der Anschluss in der Werkstatt hat seit Montag 14 Uhr kein DSL-Signal.'),
 ('Auf der Startseite der Homepage fehlt seit gestern das Bild im Kopf.'),
 ('Das Zertifikat des Shops ist laut Browser am Dienstag abgelaufen.'),
 ('Die Rechnung vom Oktober nennt zweimal den Betrag für Webhosting M.'),
 ('Neue Nachrichten an buchhaltung@ kommen erst nach einer Stunde an.'),
 ('Nach dem Umzug der Domain zeigt www noch auf die alte Adresse.');
INSERT INTO ticket(id, state, kind, customer_id, person_id, caller_name,
  caller_number, summary, question, search_words, search_reason, read_back,
  internet_hint, door, call_id, employee_id, opened_ms, waiting_ms, version)
 SELECT id, CASE WHEN id % 50 = 3 THEN 1 WHEN id % 50 < 8 THEN 2 ELSE 3 END,
        1, customer, customer, caller, '', text,
        text || ' Der Kunde hat das Gerät neu gestartet; was ist zu tun? (Fall '
          || id || ')', 'fehler server', 'keine Seite dazu', TRUE, TRUE, 4,
        NULL, 1, opened, opened, 1
 FROM (SELECT t.value AS id, 1 + t.value * 2654435761 % :rows AS customer,
              q.text, 1760000000000 + t.value * 1000 AS opened
       FROM generate_series(1, :rows) t
       JOIN question q ON q.n = 1 + t.value % 7) x
 JOIN (SELECT id AS person, given2 || ' ' || family AS caller FROM full) p
   ON p.person = x.customer
 ORDER BY id;
INSERT INTO ticket_message(ticket_id, kind, employee_id, body, at_ms)
 SELECT id, 1, 1, 'Der Fehler lag am Absender-Eintrag der Domain; er ist seit '
   || '9 Uhr berichtigt, und neue Nachrichten gehen hinaus.', opened_ms
 FROM ticket WHERE state <> 1 ORDER BY id;
COMMIT;
