import type { audit as rows } from '@gatehouse/contract/messages/audit';

/** What verifying the audit log found. */
export const audit: Readonly<Record<keyof typeof rows, string>> = {
  entry_missing: 'Eintrag {{seq}} fehlt.',
  entry_out_of_place: 'Vor Eintrag {{seq}} steht einer mit der Nummer {{other}}.',
  entry_unconnected: 'Eintrag {{seq}} schließt nicht an den vorigen an.',
  entry_changed: 'Eintrag {{seq}} wurde geändert.',
  entries_replaced: 'Die Einträge von {{from}} bis {{to}} sind nicht die des Prüfpunkts bei {{size}}.',
  entries_cut_off: 'Ein Prüfpunkt umfasst {{size}} Einträge, aber das Log endet bei {{head}}.',
  checkpoints_missing:
    'Es gibt keine Prüfpunkte, mit denen das Log zu vergleichen wäre; an seinem Ende können Einträge fehlen.',
  checkpoints_forged: 'Die Datei der Prüfpunkte enthält Notizen, die diese Installation nicht signiert hat.',
};
