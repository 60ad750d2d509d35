/** What each permission is called, and what follows from having it and from not having it. */
export const rights = {
  title: 'What {{name}} may do in {{organization}}',
  pending: '{{name}} has these rights from the moment of accepting the invitation.',
  allow: 'Allow',
  deny: 'Deny',
  neutral: 'Default',
  byDefault: { allow: 'Allowed by default', deny: 'Denied by default' },
  allowed: 'Allowed by you',
  denied: 'Denied by you',
  saved: 'The rights of {{name}} are changed.',
  undone: 'The rights of {{name}} are as they were.',
  later: 'For parts that this version does not have yet',
  laterText: 'Nothing asks for these rights now. What you set is kept for the version that does.',
  reset: 'All to default',
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
      allow: 'Adds, changes and deletes its identities and says on which servers they are used.',
      deny: 'Logs in with its identities where others set them up.',
    },
  },
  resources: {
    manage: {
      title: 'Manage servers and folders',
      allow: 'Adds, changes, moves and deletes servers and folders, and replaces host keys.',
      deny: 'Sees its servers as they are.',
    },
  },
  connect: {
    ssh: {
      title: 'Connect over SSH',
      allow: 'Opens terminals and runs commands on its servers.',
      deny: 'Sees its servers and cannot log in to them. Open sessions end.',
    },
    rdp: { title: 'Connect over RDP', allow: 'Opens Windows desktops.', deny: 'Opens no Windows desktops.' },
    vnc: { title: 'Connect over VNC', allow: 'Opens shared screens.', deny: 'Opens no shared screens.' },
    tunnel: {
      title: 'Open tunnels',
      allow: 'Forwards ports through its servers.',
      deny: 'Forwards no ports.',
    },
  },
  files: {
    view: { title: 'See files', allow: 'Lists folders and files.', deny: 'Sees no files.' },
    upload: { title: 'Upload files', allow: 'Puts files onto servers.', deny: 'Puts no files onto servers.' },
    download: { title: 'Download files', allow: 'Gets files from servers.', deny: 'Gets no files from servers.' },
    modify: {
      title: 'Change files',
      allow: 'Edits, renames and deletes files.',
      deny: 'Leaves files as they are.',
    },
  },
  snippets: {
    manage: { title: 'Manage snippets', allow: 'Adds and changes snippets.', deny: 'Uses snippets as they are.' },
  },
  scripts: {
    manage: { title: 'Manage scripts', allow: 'Adds and changes scripts.', deny: 'Uses scripts as they are.' },
    execute: { title: 'Run scripts', allow: 'Runs scripts on its servers.', deny: 'Runs no scripts.' },
  },
  audit: {
    view: {
      title: 'See activity',
      allow: 'Sees what happened on servers that they use.',
      deny: 'Sees only their own activity.',
    },
  },
  org: {
    manage: {
      title: 'Change the organization',
      allow: 'Changes name and description and, together with “Manage identities”, the default identity.',
      deny: 'Reads name and description.',
    },
    members: {
      manage: {
        title: 'Invite and remove members',
        allow: 'Invites people and removes members other than the owner. Gives nobody rights.',
        deny: 'Sees who is a member.',
      },
    },
    audit: {
      view: {
        title: 'Read its audit log',
        allow: 'Reads what every member did here, when and from which address.',
        deny: 'Reads only what they did themselves.',
      },
    },
  },
};
