import type { ImportResult, ImportSshConfig } from '@gatehouse/contract/ssh-config-import';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { requireQuota } from '../../../kernel/db/quotas.ts';
import { requireLocation } from '../location.ts';
import { edit, type EntryContext } from '../edit.ts';
import { destinationKey, importLimits, planImport, planServers, type ImportPlan, type PlannedEntry } from './plan.ts';
import { destinationsIn } from '../entries/repository.ts';
import { addEntry } from '../entries/write.ts';

/** Adds the servers of an ssh_config(5) that the folder does not contain yet, in one transaction; a dry run returns what it would add. */
export function importSshConfig(
  context: EntryContext,
  caller: Caller,
  { folderId, organizationId, dryRun, ...source }: ImportSshConfig,
): Promise<ImportResult> {
  const plan = planOf(source);
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const requested = { folderId, folderField: 'folderId', organizationId, current: undefined } as const;
    const location = await requireLocation(trx, { rights, action: 'entry.create' }, requested);
    const known = new Map(
      (await destinationsIn(trx, location)).map(({ id, name, host: ip, port }) => [
        destinationKey(name, { ip, port }),
        id,
      ]),
    );
    const present = plan.entries.filter((planned) => known.has(keyOf(planned)));
    const added = plan.entries.filter((planned) => !known.has(keyOf(planned)));
    requireQuota(open.settings, 'SERVERS_PER_IMPORT', added.length);
    await open.quotas.require(trx, 'entries', location.owner, added.length);
    const ids = new Map(present.map((planned) => [planned.name, known.get(keyOf(planned))]));
    if (!dryRun)
      for (const { name, config, jumps, identities } of added) {
        const jumpHosts = jumps.flatMap((jump) => ids.get(jump) ?? []);
        const draft = {
          name,
          config: jumpHosts.length === 0 ? config : { ...config, jumpHosts },
          ...(identities && { identities }),
        };
        ids.set(name, await addEntry(open, location, draft));
      }
    const entries = added.map((planned) => preview(planned, ids.get(planned.name) ?? null));
    const skipped = [
      ...present.map(({ name }) => ({ host: name, reason: say('import_entry_present') })),
      ...plan.skipped,
    ];
    return {
      entries,
      ...codedFields('message', outcomeOf(added.length, dryRun)),
      present: present.length,
      skipped: skipped.map(({ host, reason }) => ({ host, ...codedFields('reason', reason) })),
      warnings: plan.warnings.map(({ said }) => inEnglish(said)),
      warningDetails: plan.warnings.map(({ entry, said }) => ({ entry, ...codedFields('message', said) })),
    };
  });
}

function planOf({ text = '', servers }: Pick<ImportSshConfig, 'text' | 'servers'>): ImportPlan {
  if (servers !== undefined) return planServers(servers);
  const plan = planImport(text);
  if (plan === undefined) throw invalid('text', say('too_many_hosts', importLimits));
  return plan;
}

function keyOf({ name, config }: PlannedEntry): string {
  return destinationKey(name, config);
}

function outcomeOf(count: number, isDryRun: boolean): Message {
  if (isDryRun) return count === 1 ? say('import_would_add_one') : say('import_would_add', { count });
  return count === 1 ? say('import_added_one') : say('import_added', { count });
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
