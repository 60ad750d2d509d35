import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  signIn: {
    title: 'Bei Gatehouse anmelden',
    username: 'Benutzername',
    password: 'Passwort',
    show: 'Passwort anzeigen oder verbergen',
    act: 'Anmelden',
    wrong: 'Benutzername oder Passwort falsch.',
  },
  blocked: {
    title: 'Zu viele fehlgeschlagene Anmeldeversuche.',
    seconds_one: 'Versuchen Sie es in {{count}} Sekunde erneut.',
    seconds_other: 'Versuchen Sie es in {{count}} Sekunden erneut.',
    minutes_one: 'Versuchen Sie es in {{count}} Minute erneut.',
    minutes_other: 'Versuchen Sie es in {{count}} Minuten erneut.',
    hours_one: 'Versuchen Sie es in {{count}} Stunde erneut.',
    hours_other: 'Versuchen Sie es in {{count}} Stunden erneut.',
    forever: 'Bitten Sie einen Administrator dieses Servers, Ihr Passwort zurückzusetzen.',
  },
  sessions: {
    title: 'Anmeldungen',
    text: 'Wenn Sie eine Anmeldung nicht erkennen, beenden Sie sie und ändern Sie Ihr Passwort.',
    device: '{{program}} auf {{system}}',
    unknown: 'Unbekannter Client',
    current: 'Dieser Browser',
    active: 'zuletzt aktiv',
    since: 'angemeldet',
    end: 'Beenden',
    endOf: 'Anmeldung auf {{device}} beenden',
  },
};
