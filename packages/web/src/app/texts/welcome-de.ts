import type { Texts } from '../../lib/texts.ts';
import type { welcome as english } from './welcome-en.ts';

/** Die Worte der Einrichtung. */
export const welcome: Texts<typeof english> = {
  progress: 'Fortschritt',
  number: 'Schritt {{number}} von {{of}}',
  next: 'Weiter',
  leave: 'Rest überspringen',
  steps: {
    account: 'Konto',
    kit: 'Notfallblatt',
    identity: 'Erste Identität',
    server: 'Erster Server',
    terminal: 'Terminal',
  },
  account: {
    title: 'Willkommen bei Gatehouse',
    text: 'Legen Sie das erste Konto an. Es verwaltet diesen Server.',
  },
  kit: {
    title: 'Bewahren Sie eine Kopie des Hauptschlüssels auf',
    text: 'Der Hauptschlüssel öffnet jedes Passwort und jeden Schlüssel, die Sie hier speichern werden. Geht er verloren, sind sie verloren. Machen Sie jetzt eine Kopie, solange es nichts zu verlieren gibt.',
    later: 'Später erinnern',
  },
  identity: {
    title: 'Einen Zugang speichern',
    text: 'Eine Identität ist ein Zugang, den Sie auf einem oder vielen Servern verwenden. Er wird versiegelt gespeichert: Man kann ihn benutzen und ersetzen, aber nie wieder lesen.',
    name: 'Name',
    namePlaceholder: 'Mein Laptop-Schlüssel',
    username: 'Benutzername auf den Servern',
    method: 'Womit sie sich anmeldet',
    methods: { key: 'Ich habe einen Schlüssel', generate: 'Schlüssel erzeugen', password: 'Passwort' },
    key: 'Privater Schlüssel',
    passphrase: 'Passphrase',
    passphraseHint: 'Der Schlüssel ist verschlüsselt.',
    password: 'Passwort',
    show: 'Eingabe zeigen oder verbergen',
    generated:
      'Gatehouse erzeugt einen Ed25519-Schlüssel. Die private Hälfte verlässt diesen Server nie; als Nächstes erhalten Sie die Zeile für die Server.',
    save: 'Identität speichern',
    install:
      'Gespeichert. Fügen Sie diese Zeile auf Ihrem Server in ~/.ssh/authorized_keys des Benutzers ein, damit der Schlüssel eingelassen wird:',
    copyLine: 'Zeile kopieren',
  },
  server: {
    title: 'Einen Server hinzufügen',
    text: 'Jede Maschine, die SSH spricht. Bei der ersten Verbindung wird Ihnen ihr Hostschlüssel zum Vergleichen gezeigt.',
    host: 'Hostname oder Adresse',
    port: 'Port',
    name: 'Name',
    nameHint: 'Leer: der Hostname',
    identity: 'Identität',
    noIdentity: 'Beim Verbinden fragen',
    clear: 'Keine Identität',
    act: 'Hinzufügen und verbinden',
  },
};
