import { say } from '@gatehouse/contract/messages/message';
import type { Setting, SettingValue } from '@gatehouse/contract/settings';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import { AppError, fieldFault, forbidden, invalid, summaryOf } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import { findSetting, isLiveName, registry, settingList, type LiveName } from '../../kernel/settings/registry.ts';
import { SettingError } from '../../kernel/settings/setting.ts';
import type { AdjustableSettings, GivenSettings } from '../../kernel/settings/settings.ts';
import { createLoader } from './load.ts';
import { presentSetting } from './present.ts';
import { deleteSetting, isAdministrator, readSettings, writeSetting } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly events: EventStream;
  readonly change: Change;
  readonly logger: Logger;
  readonly settings: AdjustableSettings;
  /** The settings in environment and configuration file. */
  readonly given: GivenSettings;
}

/** Values by name; null restores the default. */
export type SettingChanges = Readonly<Record<string, SettingValue | null>>;

/** Shows and changes the settings; throws `forbidden` unless the caller is an administrator. */
export interface SettingsAdministration extends Disposable {
  list(caller: Caller): Setting[];
  /**
   * Changes all or none, and resolves when this node uses them. Throws `invalid_request` for a wrong name or value, `conflict` if environment or
   * configuration file set the value; the details name every fault.
   */
  update(caller: Caller, changes: SettingChanges): Promise<void>;
}

/** The most faults in one answer. */
const maxDetails = 20;

/** Resolves after the table was read; it is read again after each change, of this node or another. */
export async function createSettingsAdministration(dependencies: Dependencies): Promise<SettingsAdministration> {
  const { change, settings, given } = dependencies;
  const loader = createLoader(dependencies);
  await loader.load();
  return {
    list(caller) {
      requireAdmin(caller);
      return settingList.map((named) => presentSetting(named, settings, given));
    },
    async update(caller, changes) {
      requireAdmin(caller);
      const checked = checkAll(changes, given);
      const hasChanged = await change(caller, async (unit) => {
        if (!(await isAdministrator(unit.trx, caller.accountId))) throw forbidden('administrator_required');
        return write(unit, checked);
      });
      if (hasChanged) await loader.load();
    },
    [Symbol.dispose]: () => {
      loader[Symbol.dispose]();
    },
  };
}

interface NewValue {
  readonly name: LiveName;
  /** `undefined` restores the default. */
  readonly text: string | undefined;
}

/** Collects every fault, so that a form can show each at its field. */
function checkAll(changes: SettingChanges, given: GivenSettings): NewValue[] {
  const checked: NewValue[] = [];
  const faults: AppError[] = [];
  for (const [name, value] of Object.entries(changes))
    try {
      checked.push(check(name, value, given));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(error);
    }
  const first = faults.find(({ code }) => code === 'invalid_request') ?? faults[0];
  if (first === undefined) return checked;
  const details = faults.flatMap((fault) => fault.details ?? []).slice(0, maxDetails);
  throw new AppError(first.code, summaryOf(first.details ?? []), { details });
}

function check(name: string, value: SettingValue | null, given: GivenSettings): NewValue {
  if (findSetting(name) === undefined) throw invalid(name, say('setting_unknown'));
  if (!isLiveName(name)) throw invalid(name, say('setting_read_at_start'));
  const source = given.get(name)?.source;
  if (source !== undefined) throw fixedBy(name, source);
  if (value === null) return { name, text: undefined };
  const text = String(value);
  try {
    registry[name].type.parse(text);
  } catch (error) {
    throw error instanceof SettingError ? invalid(name, error.said) : error;
  }
  return { name, text };
}

function fixedBy(name: string, source: 'environment' | 'file'): AppError {
  const code = source === 'environment' ? 'setting_fixed_by_environment' : 'setting_fixed_by_file';
  const details = [fieldFault(name, say(code))];
  return new AppError('conflict', summaryOf(details), { details });
}

/** Resolves to whether anything changed. */
async function write(
  { trx, caller, now, record, emit }: CallerUnitOfWork,
  changes: readonly NewValue[],
): Promise<boolean> {
  const stored = await readSettings(trx);
  const real = changes.filter(({ name, text }) => stored.get(name) !== text);
  for (const { name, text } of real)
    if (text === undefined) await deleteSetting(trx, name);
    else await writeSetting(trx, { name, value: text, changedBy: caller.accountId, changedAt: now });
  if (real.length === 0) return false;
  await record({
    action: 'settings.update',
    resource: 'settings',
    resourceId: null,
    resourceName: null,
    organizationId: null,
    outcome: 'ok',
    // A live setting is never a secret, so both values can be read here.
    details: {
      changes: real.map(({ name, text }) => ({ name, from: stored.get(name) ?? null, to: text ?? null })),
    },
  });
  emit({ type: 'settings' });
  return true;
}
