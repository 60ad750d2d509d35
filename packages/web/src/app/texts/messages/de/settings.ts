/** What the settings of the server mean, by their names; a setting without a row is shown as the server words it. */
export const settings: Readonly<Record<string, string>> = {
  HOST: 'Adresse, auf der der Server Verbindungen annimmt',
  PORT: 'Port, auf dem der Server Verbindungen annimmt',
  DATA_DIR: 'Verzeichnis der Datenbank und, wenn nicht anders eingestellt, des Hauptschlüssels',
  CONFIG_FILE:
    'Datei mit diesen Einstellungen in Zeilen der Form NAME=Wert; leer: DATA_DIR/gatehouse.conf, falls vorhanden',
  DATABASE_URL: 'postgres://… für PostgreSQL; leer: SQLite in DATA_DIR',
  ENCRYPTION_KEY: 'Der Hauptschlüssel selbst: 64 Hexadezimalziffern in Kleinbuchstaben',
  ENCRYPTION_KEY_FILE: 'Datei mit dem Hauptschlüssel; leer: DATA_DIR/master.key, beim ersten Start erzeugt',
  PUBLIC_URL: 'Adresse dieses Servers für Benutzer, wenn er hinter einem Proxy steht: https://gate.example.org',
  TRUST_PROXY:
    'Adressen oder Netze von Proxys, deren X-Forwarded-For oder Forwarded vertraut wird, durch Kommas getrennt',
  LOG_LEVEL:
    'Niedrigste Stufe der Meldungen, die ins Log geschrieben werden: fatal, error, warn, info, debug, trace, silent',
  METRICS_TOKEN: 'Bearer-Token für /metrics; leer: auf dem Port nicht verfügbar',
  METRICS_SOCKET: 'Pfad eines Unix-Sockets, der /metrics nur für den Benutzer des Servers bereitstellt',
  ACCEPT_RESTORED_DATA:
    'Für einen Start nach einer Wiederherstellung: der Code, den der abgelehnte Start ausgegeben hat',
  ADMIN_USERNAME: 'Mit ADMIN_PASSWORD: legt beim ersten Start das erste Konto an',
  ADMIN_PASSWORD: 'Passwort dieses Kontos',
  ADMIN_PASSWORD_FILE: 'Datei, deren erste Zeile dieses Passwort ist, statt ADMIN_PASSWORD',
  MAX_CONNECTIONS:
    'Höchstzahl der Verbindungen von Clients je Knoten; weniger, wenn der Prozess nicht doppelt so viele Dateien öffnen darf',
  RESERVED_CONNECTIONS: 'Wie viele von MAX_CONNECTIONS für angemeldete Clients reserviert sind',
  PASSWORD_MIN_LENGTH: 'Mindestlänge des Passworts eines Kontos, 8 bis 255',
  SELF_REGISTRATION: 'Ob sich jeder selbst ein Konto anlegen darf',
  SESSION_IDLE_HOURS: 'Stunden ohne Anfrage, nach denen eine Anmeldung endet',
  SESSION_ABSOLUTE_HOURS: 'Stunden, nach denen eine Anmeldung in jedem Fall endet',
  LOGIN_ANSWER_SECONDS:
    'Sekunden, die ein Server sich für die Antwort auf eine Anmeldung nehmen darf, etwa während sie jemand am Telefon bestätigt',
  TERMINAL_RESUME_MINUTES: 'Minuten, die ein Terminal darauf wartet, dass sich sein Client neu verbindet',
  TERMINAL_IDLE_MINUTES: 'Minuten ohne Ein- und Ausgabe, nach denen ein Terminal endet; 0: nie',
  TERMINAL_ABSOLUTE_HOURS: 'Stunden, nach denen ein Terminal in jedem Fall endet; 0: nie',
  TERMINALS_PER_ACCOUNT: 'Höchstzahl offener Terminals je Konto und Knoten',
  EGRESS_ALLOW:
    'Netze und Hostnamen-Muster, zu denen sich Gatehouse verbinden darf, obwohl eine Voreinstellung sie sperrt, durch Kommas getrennt',
  EGRESS_DENY:
    'Netze und Hostnamen-Muster, zu denen sich Gatehouse nicht verbinden darf; *: alles, was nicht in EGRESS_ALLOW steht',
  SERVERS_PER_ACCOUNT: 'Höchstzahl der Server je Konto',
  SERVERS_PER_ORGANIZATION: 'Höchstzahl der Server je Organisation',
  SERVERS_PER_IMPORT: 'Höchstzahl der Server je Import',
  FOLDERS_PER_ACCOUNT: 'Höchstzahl der Ordner je Konto',
  FOLDERS_PER_ORGANIZATION: 'Höchstzahl der Ordner je Organisation',
  IDENTITIES_PER_ACCOUNT: 'Höchstzahl der Identitäten je Konto',
  IDENTITIES_PER_ORGANIZATION: 'Höchstzahl der Identitäten je Organisation',
  PENDING_KEYS_PER_ACCOUNT: 'Höchstzahl der erzeugten Schlüssel je Konto, die noch keine Identität verwendet',
  HOST_KEYS_PER_SERVER: 'Höchstzahl der hinterlegten Hostschlüssel und Zertifizierungsstellen je Server',
  API_KEYS_PER_ACCOUNT: 'Höchstzahl der API-Schlüssel je Konto',
  SIGN_INS_PER_ACCOUNT: 'Höchstzahl der Anmeldungen je Konto; eine weitere beendet die am längsten unbenutzte',
  ORGANIZATIONS_PER_ACCOUNT: 'Höchstzahl der Organisationen, die einem Konto gehören',
  MEMBERS_PER_ORGANIZATION: 'Höchstzahl der Mitglieder je Organisation, Einladungen eingeschlossen',
  REGISTERED_ACCOUNTS: 'Höchstzahl der Konten dieses Servers, bis zu der die Selbstregistrierung weitere anlegt',
};
