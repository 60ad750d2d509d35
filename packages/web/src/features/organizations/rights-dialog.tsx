import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import type { MemberPermissions, Organization } from '@gatehouse/contract/organizations';
import type { Permission } from '@gatehouse/contract/permissions';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { memberPermissions, useSetMemberPermissions, type Member } from './queries.ts';
import { allDefault, defaultOf, effectOf, groups, laterGroups, type RightsGroup, type Setting } from './rights.ts';
import classes from './rights-dialog.module.css';
import { offerUndo } from '../../ui/notice.tsx';

interface RightsDialogProps {
  readonly organization: Organization;
  readonly member: Member;
  readonly onClose: () => void;
}

/** The permissions of a member, in words; for the owner. Every choice takes effect at once and can be undone. */
export function RightsDialog({ organization, member, onClose }: RightsDialogProps) {
  const { t } = useTranslation('organizations');
  const { data: settings, error } = useQuery(memberPermissions(organization.id, member.accountId));
  const save = useSetMemberPermissions(organization.id, member.accountId);
  const { name } = member;
  function change(next: MemberPermissions): void {
    if (settings === undefined) return;
    save.mutate(next, {
      onSuccess: () => {
        offerUndo(`rights-${member.accountId}`, t('rights.saved', { name }), () => {
          save.mutate(settings);
        });
      },
    });
  }
  const isDefault = settings === undefined || Object.values(settings).every((setting) => setting === 'neutral');
  return (
    <Dialog onClose={onClose} size={680} title={t('rights.title', { name, organization: organization.name })}>
      {member.status === 'pending' && <p className={classes['note']}>{t('rights.pending', { name })}</p>}
      <ProblemAlert error={error ?? save.error} />
      {settings === undefined ? (
        <Skeleton height={420} radius={8} />
      ) : (
        <AllGroups
          settings={settings}
          onChoose={(permission, setting) => {
            change({ ...settings, [permission]: setting });
          }}
        />
      )}
      <Group justify="space-between" mt={20}>
        <Button
          variant="subtle"
          color="gray"
          disabled={isDefault}
          onClick={() => {
            if (settings !== undefined) change(allDefault(settings));
          }}
        >
          {t('rights.reset')}
        </Button>
        <Button onClick={onClose}>{t('rights.done')}</Button>
      </Group>
    </Dialog>
  );
}

interface GroupsProps {
  readonly settings: MemberPermissions;
  readonly onChoose: (permission: Permission, setting: Setting) => void;
}

function AllGroups(props: GroupsProps) {
  const { t } = useTranslation('organizations');
  return (
    <>
      {groups.map((group) => (
        <PermissionGroup key={group.name} group={group} {...props} />
      ))}
      <details className={classes['later']}>
        <summary>{t('rights.later')}</summary>
        <p className={classes['note']}>{t('rights.laterText')}</p>
        {laterGroups.map((group) => (
          <PermissionGroup key={group.name} group={group} {...props} />
        ))}
      </details>
    </>
  );
}

function PermissionGroup({ group, settings, onChoose }: GroupsProps & { readonly group: RightsGroup }) {
  const { t } = useTranslation('organizations');
  return (
    <div role="group" className={classes['group']} aria-label={t(`rights.groups.${group.name}`)}>
      <h3 className={classes['heading']}>{t(`rights.groups.${group.name}`)}</h3>
      {group.permissions.map((permission) => (
        <PermissionRow
          key={permission}
          permission={permission}
          setting={settings[permission]}
          onChoose={(setting) => {
            onChoose(permission, setting);
          }}
        />
      ))}
    </div>
  );
}

interface RowProps {
  readonly permission: Permission;
  readonly setting: Setting;
  readonly onChoose: (setting: Setting) => void;
}

function PermissionRow({ permission, setting, onChoose }: RowProps) {
  const { t } = useTranslation('organizations');
  const effect = effectOf(permission, setting);
  const because = {
    neutral: t(`rights.byDefault.${defaultOf(permission)}`),
    allow: t('rights.allowed'),
    deny: t('rights.denied'),
  };
  return (
    <div className={classes['row']} data-setting={setting}>
      <div className={classes['words']}>
        <div className={classes['title']}>{t(`rights.${permission}.title`)}</div>
        <div className={classes['effect']}>
          <span className={classes['because']}>{because[setting]}.</span> {t(`rights.${permission}.${effect}`)}
        </div>
      </div>
      <SegmentedControl
        size="xs"
        radius={8}
        withItemsBorders={false}
        classNames={{ root: classes['choice'] ?? '', indicator: classes['chosen'] ?? '' }}
        aria-label={t(`rights.${permission}.title`)}
        value={setting}
        data={[
          { value: 'allow', label: t('rights.allow') },
          { value: 'neutral', label: t('rights.neutral') },
          { value: 'deny', label: t('rights.deny') },
        ]}
        onChange={(value) => {
          onChoose(value);
        }}
      />
    </div>
  );
}
