import { ActionIcon, Menu } from '@mantine/core';
import type { Organization } from '@gatehouse/contract/organizations';
import { IconCrown, IconDotsVertical, IconLogout, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteOrganization } from './delete-organization.tsx';
import { TransferOwnership } from './transfer-ownership.tsx';
import { LeaveOrganization } from './leave-organization.tsx';

type Act = 'transfer' | 'leave' | 'delete';

/** The actions that end or change the person's own membership. */
export function OrganizationMenu({ organization }: { readonly organization: Organization }) {
  const { t } = useTranslation('organizations');
  const [act, setAct] = useState<Act>();
  const props = {
    organization,
    onClose: () => {
      setAct(undefined);
    },
  };
  const choose = (chosen: Act) => () => {
    setAct(chosen);
  };
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('page.more')}>
            <IconDotsVertical size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {organization.isOwner ? (
            <>
              <Menu.Item leftSection={<IconCrown size={16} aria-hidden />} onClick={choose('transfer')}>
                {t('transfer.menu')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={choose('delete')}>
                {t('delete.menu')}
              </Menu.Item>
            </>
          ) : (
            <Menu.Item color="red" leftSection={<IconLogout size={16} aria-hidden />} onClick={choose('leave')}>
              {t('leave.menu')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {act === 'transfer' && <TransferOwnership {...props} />}
      {act === 'leave' && <LeaveOrganization {...props} />}
      {act === 'delete' && <DeleteOrganization {...props} />}
    </>
  );
}
