import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { createEntry } from '@gatehouse/contract/entries';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { terminalOn } from '../../features/entries/commands.ts';
import { identityList } from '../../features/identities/queries.ts';
import { call } from '../../lib/api.ts';
import { showFieldErrors, useContractForm } from '../../lib/form.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { openTab } from '../../workspace/commands.ts';

interface Values {
  readonly [name: string]: unknown;
  readonly name: string;
  readonly config: { readonly ip: string; readonly port: string };
  /** Undefined until the person selects one; until then, the latest identity is used. */
  readonly identityId: string | null | undefined;
}

const empty: Values = { name: '', config: { ip: '', port: '22' }, identityId: undefined };

interface ServerStepProps {
  readonly onLeave: () => void;
}

/** Adds the first server and opens a terminal on it. */
export function ServerStep({ onLeave }: ServerStepProps) {
  const { t } = useTranslation();
  const connection = useConnectFirstServer();
  const { data: identities = [] } = useQuery(identityList);
  const [shown, setShown] = useState<unknown>();
  const newest = identities.reduce((last, { id }) => Math.max(last, id), 0);
  const identityOf = ({ identityId }: Values) =>
    identityId === undefined ? (newest === 0 ? null : String(newest)) : identityId;
  const bodyOf = (values: Values) => {
    const identityId = identityOf(values);
    const { ip, port } = values.config;
    return {
      name: values.name.trim() === '' ? ip : values.name,
      config: { protocol: 'ssh' as const, ip, port },
      ...(identityId === null ? {} : { identities: [Number(identityId)] }),
    };
  };
  const form = useContractForm<Values>({ initialValues: empty, schema: createEntry.body, bodyOf });
  const submit = form.onSubmit((values) => {
    setShown(undefined);
    connection.mutate(bodyOf(values), {
      onError: (error) => {
        if (!showFieldErrors(form, error)) setShown(error);
      },
    });
  });
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={16} verticalSpacing={16}>
          <TextInput
            label={t('welcome.server.host')}
            placeholder="web-1.example.org"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps('config.ip')}
          />
          <TextInput
            label={t('welcome.server.port')}
            inputMode="numeric"
            autoComplete="off"
            {...form.getInputProps('config.port')}
          />
          <TextInput
            label={t('welcome.server.name')}
            description={t('welcome.server.nameHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <Select
            label={t('welcome.server.identity')}
            placeholder={t('welcome.server.noIdentity')}
            clearable
            clearButtonProps={{ 'aria-label': t('welcome.server.clear') }}
            data={identities.map(({ id, name, username }) => ({
              value: String(id),
              label: username === null ? name : `${name} · ${username}`,
            }))}
            {...form.getInputProps('identityId')}
            value={identityOf(form.values)}
          />
        </SimpleGrid>
        <ProblemAlert error={shown} />
        <Group gap={8}>
          <Button type="submit" loading={connection.isPending}>
            {t('welcome.server.act')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onLeave}>
            {t('welcome.leave')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FirstServer {
  readonly name: string;
  readonly config: { readonly protocol: 'ssh'; readonly ip: string; readonly port: string };
  readonly identities?: number[];
}

function useConnectFirstServer() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (body: FirstServer) => ({ name: body.name, ...(await call(createEntry, { body })) }),
    onSuccess: async ({ id, name }) => {
      await client.invalidateQueries({ queryKey: ['entries'] });
      await navigate({ to: '/terminals/$tabId', params: { tabId: openTab(terminalOn({ entryId: id, name })) } });
    },
  });
}
