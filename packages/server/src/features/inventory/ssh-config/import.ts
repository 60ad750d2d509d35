import type { ImportResult, ImportSshConfig } from '@gatehouse/contract/entries';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { inEnglish, say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { requireQuota } from '../../../kernel/db/quotas.ts';
import { requireLocation } from '../location.ts';
import { edit, type EntryContext } from '../edit.ts';
import { importLimits, planImport, type PlannedEntry } from './plan.ts';
import { addEntry } from '../entries/write.ts';

/** Adds the servers of an ssh_config(5) in one transaction; a dry run returns what it would add. */
export function importSshConfig(
  context: EntryContext,
  caller: Caller,
  { text, folderId, organizationId, dryRun }: ImportSshConfig,
): Promise<ImportResult> {
  const plan = planImport(text);
  if (plan === undefined)
    throw invalid('text', say('too_many_hosts', { hosts: importLimits.hosts, patterns: importLimits.patterns }));
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const requested = { folderId, folderField: 'folderId', organizationId, current: undefined } as const;
    const location = await requireLocation(trx, { rights, action: 'entry.create' }, requested);
    requireQuota(open.settings, 'SERVERS_PER_IMPORT', plan.entries.length);
    await open.quotas.require(trx, 'entries', location.owner, plan.entries.length);
    const ids = new Map<string, number>();
    if (!dryRun)
      for (const { name, config, jumps } of plan.entries) {
        const jumpHosts = jumps.flatMap((jump) => ids.get(jump) ?? []);
        const draft = { name, config: jumpHosts.length === 0 ? config : { ...config, jumpHosts } };
        ids.set(name, await addEntry(open, location, draft));
      }
    const entries = plan.entries.map((planned) => preview(planned, ids.get(planned.name) ?? null));
    return {
      entries,
      skipped: plan.skipped.map(({ host, reason }) => ({ host, ...codedFields('reason', reason) })),
      warnings: plan.warnings.map(({ said }) => inEnglish(said)),
      warningDetails: plan.warnings.map(({ entry, said }) => ({ entry, ...codedFields('message', said) })),
    };
  });
}

function preview({ name, config, jumps, notes }: PlannedEntry, id: number | null): ImportResult['entries'][number] {
  return {
    id,
    name,
    ip: config.ip,
    port: config.port,
    username: config.username ?? null,
    jumpHosts: [...jumps],
    ...(notes === undefined ? { notes: null } : codedFields('notes', notes)),
  };
}
