import type { Sentences } from '../../../lib/sentences.ts';

/** What the settings of the server mean. */
export const settings: Sentences = {
  'Shortest password that an account may have, 8 to 255': 'Kürzestes Passwort, das ein Konto haben darf, 8 bis 255',
  'true: anybody may make an account': 'Jeder darf sich selbst ein Konto anlegen',
  'A sign-in ends after this long without a request': 'Eine Anmeldung endet nach dieser Zeit ohne Anfrage',
  'A sign-in ends after this long, however busy': 'Eine Anmeldung endet nach dieser Zeit in jedem Fall',
  'How long a terminal outlives a lost connection of the browser':
    'So lange besteht ein Terminal weiter, wenn der Browser die Verbindung verliert',
  'A terminal without input or output ends after this long; 0: never':
    'Ein Terminal endet nach dieser Zeit ohne Eingabe und Ausgabe; 0: nie',
  'A terminal ends after this long, however busy; 0: never':
    'Ein Terminal endet nach dieser Zeit in jedem Fall; 0: nie',
  'Most terminals that one account may have open, at one node': 'Höchstzahl offener Terminals eines Kontos, je Knoten',
  'Most connections of clients at one node; fewer where the process may not open twice as many files':
    'Höchstzahl der Verbindungen von Clients je Knoten; weniger, wo der Prozess nicht doppelt so viele Dateien öffnen darf',
  'How many of MAX_CONNECTIONS are kept for clients that are signed in':
    'Wie viele davon (MAX_CONNECTIONS) für angemeldete Clients frei bleiben',
  'Networks and host patterns that the gateway may connect to although a default denies them, separated by commas':
    'Netze und Hostnamen-Muster, zu denen sich das Gateway verbinden darf, obwohl eine Vorgabe sie sperrt; durch Kommas getrennt',
  'Networks and host patterns that it must not connect to; *: all that EGRESS_ALLOW does not name':
    'Netze und Hostnamen-Muster, zu denen es sich nicht verbinden darf; *: alles, was EGRESS_ALLOW nicht nennt',
  'Most servers of one account': 'Höchstzahl der Server eines Kontos',
  'Most servers of one organization': 'Höchstzahl der Server einer Organisation',
  'Most servers that one import may add': 'Höchstzahl der Server je Import',
  'Most folders of one account': 'Höchstzahl der Ordner eines Kontos',
  'Most folders of one organization': 'Höchstzahl der Ordner einer Organisation',
  'Most identities of one account': 'Höchstzahl der Identitäten eines Kontos',
  'Most identities of one organization': 'Höchstzahl der Identitäten einer Organisation',
  'Most generated keys of one account that wait for their identity':
    'Höchstzahl der erzeugten Schlüssel eines Kontos, die auf ihre Identität warten',
  'Most host keys and authorities pinned for one server':
    'Höchstzahl der Hostschlüssel und Zertifizierungsstellen eines Servers',
  'Most API keys of one account': 'Höchstzahl der API-Schlüssel eines Kontos',
  'Most sign-ins of one account; another one ends the one unused for longest':
    'Höchstzahl der Anmeldungen eines Kontos; eine weitere beendet die am längsten unbenutzte',
  'Most organizations that one account may own': 'Höchstzahl der Organisationen, die einem Konto gehören',
  'Most members of one organization, with those who are invited':
    'Höchstzahl der Mitglieder einer Organisation, Eingeladene eingeschlossen',
  'Most accounts of this server for self-registration to add another':
    'Höchstzahl der Konten dieses Servers, bis zu der man sich selbst eines anlegen kann',
  'Address to listen on': 'Adresse, auf der der Server Verbindungen annimmt',
  'Port to listen on': 'Port, auf dem der Server Verbindungen annimmt',
  'Where the database and, unless told otherwise, the master key lie':
    'Wo die Datenbank und, wenn nichts anderes gesagt ist, der Hauptschlüssel liegen',
  'A file of NAME=value lines with these settings; empty: DATA_DIR/gatehouse.conf, where it exists':
    'Eine Datei mit diesen Einstellungen in Zeilen der Form NAME=Wert; leer: DATA_DIR/gatehouse.conf, falls es sie gibt',
  'postgres://… to use PostgreSQL; empty: SQLite in DATA_DIR': 'postgres://… für PostgreSQL; leer: SQLite in DATA_DIR',
  'The master key itself: 64 lower-case hex digits': 'Der Hauptschlüssel selbst: 64 Hexadezimalziffern, klein',
  'A file with the master key; empty: DATA_DIR/master.key, made at the first start':
    'Eine Datei mit dem Hauptschlüssel; leer: DATA_DIR/master.key, beim ersten Start erzeugt',
  'Where people reach this server, if a proxy stands in front: https://gate.example.org':
    'Wo Benutzer diesen Server erreichen, wenn ein Proxy davor steht: https://gate.example.org',
  'Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas':
    'Adressen oder Netze von Proxys, deren X-Forwarded-For geglaubt wird; durch Kommas getrennt',
  'Least severe messages that are logged: {{levels}}': 'Ab welcher Stufe protokolliert wird: {{levels}}',
  'Bearer token that opens /metrics; empty: not served on the port':
    'Bearer-Token, mit dem man /metrics abruft; leer: auf dem Port nicht verfügbar',
  'Path of a Unix socket that serves /metrics to the user of the server alone':
    'Pfad eines Unix-Sockets, der /metrics nur dem Benutzer des Serverprozesses gibt',
  'For one start, after a restore: the code that the refused start named':
    'Für einen Start nach einer Wiederherstellung: der Code, den der abgelehnte Start genannt hat',
  'With ADMIN_PASSWORD: makes the first account at the first start':
    'Mit ADMIN_PASSWORD: legt beim ersten Start das erste Konto an',
  'Password of that account': 'Passwort dieses Kontos',
  'A file with that password, instead of ADMIN_PASSWORD': 'Eine Datei mit diesem Passwort, statt ADMIN_PASSWORD',
};
