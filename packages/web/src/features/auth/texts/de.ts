import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  signIn: {
    title: 'Bei Gatehouse anmelden',
    username: 'Benutzername',
    password: 'Passwort',
    show: 'Passwort zeigen oder verbergen',
    act: 'Anmelden',
    wrong: 'Benutzername und Passwort gehören nicht zusammen.',
  },
  blocked: {
    title: 'Es gab zu viele falsche Passwörter.',
    seconds_one: 'Versuchen Sie es in {{count}} Sekunde noch einmal.',
    seconds_other: 'Versuchen Sie es in {{count}} Sekunden noch einmal.',
    minutes_one: 'Versuchen Sie es in {{count}} Minute noch einmal.',
    minutes_other: 'Versuchen Sie es in {{count}} Minuten noch einmal.',
    hours_one: 'Versuchen Sie es in {{count}} Stunde noch einmal.',
    hours_other: 'Versuchen Sie es in {{count}} Stunden noch einmal.',
    forever: 'Bitten Sie die Verwaltung dieses Servers, ein neues Passwort zu setzen.',
  },
  sessions: {
    title: 'Wo Sie angemeldet sind',
    text: 'Beenden Sie, was Sie nicht kennen, und ändern Sie Ihr Passwort.',
    device: '{{program}} auf {{system}}',
    unknown: 'Unbekanntes Programm',
    current: 'Dieser Browser',
    active: 'aktiv',
    since: 'angemeldet',
    end: 'Beenden',
    endOf: '{{device}} beenden',
  },
};
