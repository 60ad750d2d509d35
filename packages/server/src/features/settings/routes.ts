import { listSettings, updateSettings } from '@gatehouse/contract/settings';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../kernel/http/serve.ts';
import type { SettingsAdministration } from './service.ts';

/** The settings of the server, for administrators. */
export function addSettingRoutes(app: FastifyInstance, settings: SettingsAdministration): void {
  serve(app, listSettings, ({ caller }) => Promise.resolve(settings.list(caller)));
  serve(app, updateSettings, async ({ caller, body }) => {
    await settings.update(caller, body);
    return { ...acknowledge('settings_saved'), settings: settings.list(caller) };
  });
}
