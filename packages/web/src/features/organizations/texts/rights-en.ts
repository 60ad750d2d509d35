/** What each permission is called, and what follows from having it and from not having it. */
export const rights = {
  title: 'Permissions of {{name}} in {{organization}}',
  pending: 'These permissions apply as soon as {{name}} accepts the invitation.',
  allow: 'Allow',
  deny: 'Deny',
  neutral: 'Default',
  byDefault: { allow: 'Allowed by default', deny: 'Denied by default' },
  allowed: 'Allowed by you',
  denied: 'Denied by you',
  saved: 'Permissions of {{name}} changed.',
  undone: 'Permissions of {{name}} restored.',
  later: 'Features not available yet',
  laterText:
    'These permissions have no effect in this version. Your settings are kept for when the features become available.',
  reset: 'Reset all to default',
  done: 'Done',
  groups: {
    servers: 'Servers',
    identities: 'Identities',
    organization: 'Organization',
    desktops: 'Desktops and tunnels',
    files: 'Files',
    scripts: 'Snippets and scripts',
  },
  identities: {
    manage: {
      title: 'Manage identities',
      allow: 'Can add, change and delete identities of the organization and link them to servers.',
      deny: 'Can only use identities that are already linked to servers.',
    },
  },
  resources: {
    manage: {
      title: 'Manage servers and folders',
      allow: 'Can add, change, move and delete servers and folders, and replace host keys.',
      deny: 'Can only view servers.',
    },
  },
  connect: {
    ssh: {
      title: 'Connect over SSH',
      allow: 'Can open terminals and run commands on servers of the organization.',
      deny: 'Can see servers, but not log in to them. Live sessions end.',
    },
    rdp: { title: 'Connect over RDP', allow: 'Can open Windows desktops.', deny: 'Cannot open Windows desktops.' },
    vnc: { title: 'Connect over VNC', allow: 'Can open shared screens.', deny: 'Cannot open shared screens.' },
    tunnel: {
      title: 'Open tunnels',
      allow: 'Can forward ports through servers of the organization.',
      deny: 'Cannot forward ports.',
    },
  },
  files: {
    view: { title: 'View files', allow: 'Can list folders and files.', deny: 'Cannot see files.' },
    upload: { title: 'Upload files', allow: 'Can upload files to servers.', deny: 'Cannot upload files.' },
    download: { title: 'Download files', allow: 'Can download files from servers.', deny: 'Cannot download files.' },
    modify: {
      title: 'Modify files',
      allow: 'Can edit, rename and delete files.',
      deny: 'Cannot modify files.',
    },
  },
  snippets: {
    manage: {
      title: 'Manage snippets',
      allow: 'Can add, change and delete snippets.',
      deny: 'Can only use existing snippets.',
    },
  },
  scripts: {
    manage: {
      title: 'Manage scripts',
      allow: 'Can add, change and delete scripts.',
      deny: 'Can only use existing scripts.',
    },
    execute: {
      title: 'Run scripts',
      allow: 'Can run scripts on servers of the organization.',
      deny: 'Cannot run scripts.',
    },
  },
  audit: {
    view: {
      title: 'View activity',
      allow: 'Can see the activity on servers that they use.',
      deny: 'Can only see their own activity.',
    },
  },
  org: {
    manage: {
      title: 'Edit organization',
      allow: 'Can change name and description and, together with “Manage identities”, the default identity.',
      deny: 'Can only view name and description.',
    },
    members: {
      manage: {
        title: 'Invite and remove members',
        allow: 'Can invite people and remove members other than the owner, but not change permissions.',
        deny: 'Can only view the members.',
      },
    },
    audit: {
      view: {
        title: 'View audit log of the organization',
        allow: 'Can see what every member did here, when, and from which address.',
        deny: 'Can only see their own actions.',
      },
    },
  },
};
