import { listSettings, updateSettings } from '@gatehouse/contract/settings';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../kernel/http/serve.ts';
import type { SettingsAdministration } from './service.ts';

/** The settings of the server, for administrators. */
export function addSettingRoutes(app: FastifyInstance, settings: SettingsAdministration): void {
  serve(app, listSettings, ({ caller }) => Promise.resolve(settings.list(caller)));
  serve(app, updateSettings, async ({ caller, body }) => {
    await settings.update(caller, body);
    return { message: 'The settings were saved.', settings: settings.list(caller) };
  });
}
