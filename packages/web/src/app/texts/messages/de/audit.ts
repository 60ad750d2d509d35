import type { audit as rows } from '@gatehouse/contract/messages/audit';

/** What verifying the audit log found. */
export const audit: Readonly<Record<keyof typeof rows, string>> = {
  entry_missing: 'Eintrag {{seq}} fehlt.',
  entry_out_of_place: 'Vor Eintrag {{seq}} steht einer mit der Nummer {{other}}.',
  entry_unconnected: 'Eintrag {{seq}} schließt nicht an den vorigen an.',
  entry_changed: 'Eintrag {{seq}} wurde geändert.',
  entries_replaced:
    'Zwischen {{from}} und {{to}} stehen nicht die Einträge, aus denen der Prüfpunkt bei {{size}} gemacht wurde.',
  entries_cut_off: 'Ein Prüfpunkt kennt {{size}} Einträge, und das Log endet bei {{head}}.',
  checkpoints_missing:
    'Es gibt keine Prüfpunkte, mit denen das Log zu vergleichen wäre; an seinem Ende können Einträge fehlen.',
  checkpoints_forged: 'Die Datei der Prüfpunkte enthält Notizen, die diese Installation nicht signiert hat.',
};
