import type { Texts } from '../../../lib/texts.ts';
import type { rights as english } from './rights-en.ts';

/** Wie jedes Recht heißt, und was daraus folgt, es zu haben oder nicht zu haben. */
export const rights: Texts<typeof english> = {
  title: 'Was {{name}} in {{organization}} darf',
  pending: '{{name}} hat diese Rechte, sobald die Einladung angenommen ist.',
  allow: 'Erlauben',
  deny: 'Verbieten',
  neutral: 'Standard',
  byDefault: { allow: 'Standardmäßig erlaubt', deny: 'Standardmäßig verboten' },
  allowed: 'Von Ihnen erlaubt',
  denied: 'Von Ihnen verboten',
  saved: 'Die Rechte von {{name}} sind geändert.',
  undone: 'Die Rechte von {{name}} sind wie zuvor.',
  later: 'Für Teile, die diese Version noch nicht hat',
  laterText: 'Jetzt fragt nichts nach diesen Rechten. Was Sie einstellen, gilt ab der Version, die es tut.',
  reset: 'Alles auf Standard',
  done: 'Fertig',
  groups: {
    servers: 'Server',
    identities: 'Identitäten',
    organization: 'Organisation',
    desktops: 'Bildschirme und Tunnel',
    files: 'Dateien',
    scripts: 'Bausteine und Skripte',
  },
  identities: {
    manage: {
      title: 'Identitäten verwalten',
      allow:
        'Legt Identitäten der Organisation an, ändert und löscht sie und bestimmt, auf welchen Servern sie benutzt werden.',
      deny: 'Meldet sich mit den Identitäten an, wo andere sie eingerichtet haben.',
    },
  },
  resources: {
    manage: {
      title: 'Server und Ordner verwalten',
      allow: 'Legt Server und Ordner an, ändert, verschiebt und löscht sie und ersetzt Hostschlüssel.',
      deny: 'Sieht die Server, wie sie sind.',
    },
  },
  connect: {
    ssh: {
      title: 'Über SSH verbinden',
      allow: 'Öffnet Terminals und führt Befehle auf den Servern der Organisation aus.',
      deny: 'Sieht die Server und kann sich nicht an ihnen anmelden. Offene Sitzungen enden.',
    },
    rdp: { title: 'Über RDP verbinden', allow: 'Öffnet Windows-Desktops.', deny: 'Öffnet keine Windows-Desktops.' },
    vnc: {
      title: 'Über VNC verbinden',
      allow: 'Öffnet freigegebene Bildschirme.',
      deny: 'Öffnet keine freigegebenen Bildschirme.',
    },
    tunnel: {
      title: 'Tunnel öffnen',
      allow: 'Leitet Ports durch ihre Server.',
      deny: 'Leitet keine Ports weiter.',
    },
  },
  files: {
    view: { title: 'Dateien sehen', allow: 'Sieht Ordner und Dateien.', deny: 'Sieht keine Dateien.' },
    upload: {
      title: 'Dateien hochladen',
      allow: 'Legt Dateien auf Server.',
      deny: 'Legt keine Dateien auf Server.',
    },
    download: {
      title: 'Dateien herunterladen',
      allow: 'Holt Dateien von Servern.',
      deny: 'Holt keine Dateien von Servern.',
    },
    modify: {
      title: 'Dateien ändern',
      allow: 'Bearbeitet, benennt um und löscht Dateien.',
      deny: 'Lässt Dateien, wie sie sind.',
    },
  },
  snippets: {
    manage: {
      title: 'Bausteine verwalten',
      allow: 'Legt Bausteine an und ändert sie.',
      deny: 'Benutzt Bausteine, wie sie sind.',
    },
  },
  scripts: {
    manage: {
      title: 'Skripte verwalten',
      allow: 'Legt Skripte an und ändert sie.',
      deny: 'Benutzt Skripte, wie sie sind.',
    },
    execute: {
      title: 'Skripte ausführen',
      allow: 'Führt Skripte auf ihren Servern aus.',
      deny: 'Führt keine Skripte aus.',
    },
  },
  audit: {
    view: {
      title: 'Aktivität sehen',
      allow: 'Sieht, was auf den eigenen Servern geschehen ist.',
      deny: 'Sieht nur die eigene Aktivität.',
    },
  },
  org: {
    manage: {
      title: 'Organisation ändern',
      allow: 'Ändert Name und Beschreibung und, zusammen mit „Identitäten verwalten“, die Standardidentität.',
      deny: 'Liest Name und Beschreibung.',
    },
    members: {
      manage: {
        title: 'Mitglieder einladen und entfernen',
        allow: 'Lädt Personen ein und entfernt Mitglieder außer dem Besitzer. Gibt niemandem Rechte.',
        deny: 'Sieht, wer Mitglied ist.',
      },
    },
    audit: {
      view: {
        title: 'Protokoll der Organisation lesen',
        allow: 'Liest, was jedes Mitglied hier getan hat, wann und von welcher Adresse.',
        deny: 'Liest nur die eigenen Handlungen.',
      },
    },
  },
};
