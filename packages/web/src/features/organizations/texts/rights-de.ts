import type { Texts } from '../../../lib/texts.ts';
import type { rights as english } from './rights-en.ts';

/** Wie jedes Recht heißt, und was daraus folgt, es zu haben oder nicht zu haben. */
export const rights: Texts<typeof english> = {
  title: 'Berechtigungen von {{name}} in {{organization}}',
  pending: 'Diese Berechtigungen gelten, sobald {{name}} die Einladung annimmt.',
  allow: 'Erlauben',
  deny: 'Verweigern',
  neutral: 'Standard',
  byDefault: { allow: 'Standardmäßig erlaubt', deny: 'Standardmäßig verweigert' },
  allowed: 'Von Ihnen erlaubt',
  denied: 'Von Ihnen verweigert',
  saved: 'Berechtigungen von {{name}} geändert.',
  undone: 'Berechtigungen von {{name}} wiederhergestellt.',
  later: 'Noch nicht verfügbare Funktionen',
  laterText:
    'Diese Berechtigungen haben in dieser Version keine Wirkung. Ihre Einstellungen bleiben gespeichert, bis die Funktionen verfügbar sind.',
  reset: 'Alle auf Standard zurücksetzen',
  done: 'Fertig',
  groups: {
    servers: 'Server',
    identities: 'Identitäten',
    organization: 'Organisation',
    desktops: 'Desktops und Tunnel',
    files: 'Dateien',
    scripts: 'Snippets und Skripte',
  },
  identities: {
    manage: {
      title: 'Identitäten verwalten',
      allow: 'Kann Identitäten der Organisation hinzufügen, ändern, löschen und mit Servern verknüpfen.',
      deny: 'Kann nur Identitäten verwenden, die bereits mit Servern verknüpft sind.',
    },
  },
  resources: {
    manage: {
      title: 'Server und Ordner verwalten',
      allow: 'Kann Server und Ordner hinzufügen, ändern, verschieben und löschen sowie Hostschlüssel ersetzen.',
      deny: 'Kann Server nur ansehen.',
    },
  },
  connect: {
    ssh: {
      title: 'Über SSH verbinden',
      allow: 'Kann auf Servern der Organisation Terminals öffnen und Befehle ausführen.',
      deny: 'Kann Server sehen, sich aber nicht anmelden. Aktive Sitzungen enden.',
    },
    rdp: {
      title: 'Über RDP verbinden',
      allow: 'Kann Windows-Desktops öffnen.',
      deny: 'Kann keine Windows-Desktops öffnen.',
    },
    vnc: {
      title: 'Über VNC verbinden',
      allow: 'Kann freigegebene Bildschirme öffnen.',
      deny: 'Kann keine freigegebenen Bildschirme öffnen.',
    },
    tunnel: {
      title: 'Tunnel öffnen',
      allow: 'Kann Ports über Server der Organisation weiterleiten.',
      deny: 'Kann keine Ports weiterleiten.',
    },
  },
  files: {
    view: { title: 'Dateien ansehen', allow: 'Kann Ordner und Dateien auflisten.', deny: 'Kann keine Dateien sehen.' },
    upload: {
      title: 'Dateien hochladen',
      allow: 'Kann Dateien auf Server hochladen.',
      deny: 'Kann keine Dateien hochladen.',
    },
    download: {
      title: 'Dateien herunterladen',
      allow: 'Kann Dateien von Servern herunterladen.',
      deny: 'Kann keine Dateien herunterladen.',
    },
    modify: {
      title: 'Dateien ändern',
      allow: 'Kann Dateien bearbeiten, umbenennen und löschen.',
      deny: 'Kann keine Dateien ändern.',
    },
  },
  snippets: {
    manage: {
      title: 'Snippets verwalten',
      allow: 'Kann Snippets hinzufügen, ändern und löschen.',
      deny: 'Kann nur vorhandene Snippets verwenden.',
    },
  },
  scripts: {
    manage: {
      title: 'Skripte verwalten',
      allow: 'Kann Skripte hinzufügen, ändern und löschen.',
      deny: 'Kann nur vorhandene Skripte verwenden.',
    },
    execute: {
      title: 'Skripte ausführen',
      allow: 'Kann Skripte auf Servern der Organisation ausführen.',
      deny: 'Kann keine Skripte ausführen.',
    },
  },
  audit: {
    view: {
      title: 'Aktivität ansehen',
      allow: 'Kann die Aktivität auf selbst genutzten Servern sehen.',
      deny: 'Kann nur die eigene Aktivität sehen.',
    },
  },
  org: {
    manage: {
      title: 'Organisation bearbeiten',
      allow: 'Kann Name und Beschreibung ändern und, zusammen mit „Identitäten verwalten“, die Standardidentität.',
      deny: 'Kann Name und Beschreibung nur ansehen.',
    },
    members: {
      manage: {
        title: 'Mitglieder einladen und entfernen',
        allow:
          'Kann Personen einladen und Mitglieder außer dem Eigentümer entfernen, aber keine Berechtigungen ändern.',
        deny: 'Kann Mitglieder nur ansehen.',
      },
    },
    audit: {
      view: {
        title: 'Audit-Log der Organisation ansehen',
        allow: 'Kann sehen, was jedes Mitglied hier getan hat, wann und von welcher Adresse.',
        deny: 'Kann nur die eigenen Aktionen sehen.',
      },
    },
  },
};
