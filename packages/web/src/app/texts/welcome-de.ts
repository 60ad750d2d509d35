import type { Texts } from '../../lib/texts.ts';
import type { welcome as english } from './welcome-en.ts';

/** Die Worte der Einrichtung. */
export const welcome: Texts<typeof english> = {
  progress: 'Fortschritt',
  number: 'Schritt {{number}} von {{of}}',
  next: 'Weiter',
  leave: 'Restliche Schritte überspringen',
  steps: {
    account: 'Konto',
    kit: 'Notfallblatt',
    identity: 'Erste Identität',
    server: 'Erster Server',
    terminal: 'Terminal',
  },
  account: {
    title: 'Willkommen bei Gatehouse',
    text: 'Legen Sie das erste Konto an. Es wird Administrator dieses Servers.',
  },
  kit: {
    title: 'Hauptschlüssel sichern',
    text: 'Der Hauptschlüssel entschlüsselt alle Passwörter und Schlüssel, die Sie hier speichern. Geht er verloren, sind sie nicht wiederherstellbar. Erstellen Sie jetzt eine Sicherungskopie.',
    later: 'Später erinnern',
  },
  identity: {
    title: 'Erste Identität anlegen',
    text: 'Eine Identität enthält Zugangsdaten für einen oder mehrere Server. Sie wird verschlüsselt gespeichert: Sie lässt sich verwenden und ersetzen, ihre Geheimnisse werden aber nie wieder angezeigt.',
    name: 'Name',
    namePlaceholder: 'Mein Laptop-Schlüssel',
    username: 'Benutzername auf dem Server',
    method: 'Authentifizierungsmethode',
    methods: { key: 'Vorhandener Schlüssel', generate: 'Neuer Schlüssel', password: 'Passwort' },
    key: 'Privater Schlüssel',
    passphrase: 'Passphrase',
    passphraseHint: 'Dieser Schlüssel ist verschlüsselt.',
    password: 'Passwort',
    show: 'Passwort anzeigen oder verbergen',
    generated:
      'Gatehouse erzeugt einen Ed25519-Schlüssel. Der private Schlüssel verlässt diesen Server nie; der öffentliche Schlüssel für Ihre Server wird im nächsten Schritt angezeigt.',
    save: 'Identität speichern',
    install:
      'Identität gespeichert. Fügen Sie diese Zeile auf Ihrem Server in ~/.ssh/authorized_keys des Benutzers ein:',
    copyLine: 'Zeile kopieren',
  },
  server: {
    title: 'Ersten Server hinzufügen',
    text: 'Jeder Rechner mit SSH-Server. Bei der ersten Verbindung wird sein Hostschlüssel zum Vergleich angezeigt.',
    host: 'Hostname oder IP-Adresse',
    port: 'Port',
    name: 'Name',
    nameHint: 'Standard: der Hostname',
    identity: 'Identität',
    noIdentity: 'Beim Verbinden fragen',
    clear: 'Keine Identität',
    act: 'Hinzufügen und verbinden',
  },
};
